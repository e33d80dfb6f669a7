import { AccessCapability } from '@k9securityio/k9-cdk/lib/k9policy';
import { grantAccessViaResourcePolicy } from '@k9securityio/k9-cdk/lib/s3';
import { ArnPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { devDependencies } from '../../package.json';
import type { Caller } from '../support/judge';
import { HOME } from '../support/resolve';
import { newApp, type Resource, synthesize, type Template, templateOf } from '../support/synth';

const VENDOR = 'arn:aws:iam::123456789876:role/exports/sender';
const OTHER = 'arn:aws:iam::123456789876:role/exports/another';
const BUCKET = 'client-data';
const ACCESS = 'access: [list, read, write, delete]';

/** A way to do the job, as a template that is "deployed", and who then acts as the vendor. */
export interface Way {
  readonly name: string;
  /** Which release, and of which day where it has no release. */
  readonly version: string;
  /** How its statements came about: made here by running it, or taken from a published source. */
  readonly from: string;
  readonly template: Template;
  readonly vendor: Caller;
  /** Another role of the vendor's account; none where the vendor has a user of ours. */
  readonly other?: Caller;
}

/** All ways, ours last. */
export function ways(): Way[] {
  const cdk = `aws-cdk-lib ${devDependencies['aws-cdk-lib']}`;
  const outside = { vendor: { outside: VENDOR }, other: { outside: OTHER } };
  return [
    {
      name: 'CDK: `grantReadWrite` to a role',
      version: cdk,
      from: 'run: `bucket.grantReadWrite(role, "sender/*")`',
      template: made((stack, bucket) => {
        const role = new Role(stack, 'Role', {
          roleName: 'sender',
          assumedBy: new ArnPrincipal(VENDOR),
          externalIds: ['x1y2'],
        });
        bucket.grantReadWrite(role, 'sender/*');
      }),
      vendor: { role: 'sender' },
    },
    {
      name: 'CDK: `grantReadWrite` to an ARN',
      version: cdk,
      from: 'run: `bucket.grantReadWrite(new ArnPrincipal(arn), "sender/*")`',
      template: made((_, bucket) => bucket.grantReadWrite(new ArnPrincipal(VENDOR), 'sender/*')),
      ...outside,
    },
    {
      name: 'k9-cdk',
      version: `@k9securityio/k9-cdk ${devDependencies['@k9securityio/k9-cdk']}`,
      from: 'run: `grantAccessViaResourcePolicy` with read, write and delete data; it has no prefixes',
      template: made((stack, bucket) => {
        grantAccessViaResourcePolicy(stack, 'K9', {
          bucket,
          encryption: BucketEncryption.S3_MANAGED,
          k9DesiredAccess: [
            {
              accessCapabilities: [
                AccessCapability.READ_DATA,
                AccessCapability.WRITE_DATA,
                AccessCapability.DELETE_DATA,
              ],
              allowPrincipalArns: [VENDOR],
            },
            {
              accessCapabilities: [AccessCapability.ADMINISTER_RESOURCE, AccessCapability.READ_CONFIG],
              allowPrincipalArns: [`arn:aws:iam::${HOME.account}:role/admin`],
            },
          ],
        });
      }),
      ...outside,
    },
    {
      name: 'cloudposse: `privileged_principal_arns`',
      version: 'terraform-aws-s3-bucket, main of 2026-06-27 (5c2d9f1)',
      from: '[main.tf](https://github.com/cloudposse/terraform-aws-s3-bucket/blob/5c2d9f17ea13ce2c7507f8a7275e06acbfbf7b31/main.tf): its statements, with `allow_ssl_requests_only` and the actions that the job needs',
      template: cloudposse(),
      ...outside,
    },
    {
      name: 's3-credentials: `--prefix sender/`',
      version: 's3-credentials 0.17, main of 2025-12-21 (4611f33)',
      from: '[policies.py](https://github.com/simonw/s3-credentials/blob/4611f333407d2428b2e21771469e34fd52a5165d/s3_credentials/policies.py): its statements for a user that reads and writes',
      template: s3Credentials(),
      vendor: { user: 'sender' },
    },
    ours('assumed-role', `principals: [${VENDOR}]\nexternalId: x1y2-9f8e-7d6c`, { vendor: { role: 'client_sender' } }),
    ours('direct-trust', `principals: [${VENDOR}]`, outside),
    ours('access-key', 'reason: a comparison', { vendor: { user: 'client_sender' } }),
  ];
}

function ours(kind: string, lines: string, who: Pick<Way, 'vendor' | 'other'>): Way {
  const { client } = synthesize({
    'client/client.yaml': `bucket: {name: ${BUCKET}}\n`,
    'client/sender.yaml': `kind: ${kind}\n${lines}\n${ACCESS}\n`,
  });
  if (!client) throw new Error('no template');
  return {
    name: `this project: \`${kind}\``,
    version: 'this commit',
    from: `run: \`${ACCESS}\``,
    template: client,
    ...who,
  };
}

/** A bucket as a careful user of the CDK makes it, and what is granted on it. */
function made(grant: (stack: Stack, bucket: Bucket) => void): Template {
  const stack = new Stack(newApp(), 'Stack', { env: { account: HOME.account, region: HOME.region } });
  const bucket = new Bucket(stack, 'Bucket', {
    bucketName: BUCKET,
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
  });
  grant(stack, bucket);
  return withInlinePolicies(templateOf(stack));
}

/** The template with each policy resource written into its roles, which is the same to IAM. */
function withInlinePolicies(template: Template): Template {
  const policies = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy');
  const written = (id: string, resource: Resource): Resource => {
    if (resource.Type !== 'AWS::IAM::Role') return resource;
    const own = policies.filter(({ Properties }) => Properties.Roles.some(({ Ref }: { Ref: string }) => Ref === id));
    return { ...resource, Properties: { ...resource.Properties, Policies: own.map(({ Properties }) => Properties) } };
  };
  const resources = Object.entries(template.Resources).map(([id, resource]) => [id, written(id, resource)]);
  return { Outputs: {}, Resources: Object.fromEntries(resources) };
}

const ARN = `arn:aws:s3:::${BUCKET}`;
const PLAIN_BUCKET: Resource = {
  Type: 'AWS::S3::Bucket',
  Properties: {
    BucketName: BUCKET,
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
  },
};

function cloudposse(): Template {
  const actions = [
    's3:ListBucket',
    's3:GetBucketLocation',
    's3:GetObject',
    's3:PutObject',
    's3:DeleteObject',
    's3:AbortMultipartUpload',
    's3:ListMultipartUploadParts',
  ];
  const statements = [
    {
      Sid: 'ForceSSLOnlyAccess',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [ARN, `${ARN}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    {
      Sid: 'AllowPrivilegedPrincipal[0]',
      Effect: 'Allow',
      Principal: { AWS: VENDOR },
      Action: actions,
      Resource: [ARN, `${ARN}/sender/*`],
    },
  ];
  return {
    Outputs: {},
    Resources: {
      Bucket: PLAIN_BUCKET,
      Policy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: BUCKET, PolicyDocument: { Version: '2012-10-17', Statement: statements } },
      },
    },
  };
}

function s3Credentials(): Template {
  const allow = (Action: string[], Resource: string, Condition?: object) => ({
    Effect: 'Allow',
    Action,
    Resource: [Resource],
    ...(Condition && { Condition }),
  });
  const statements = [
    allow(['s3:GetBucketLocation'], ARN),
    allow(['s3:ListBucket'], ARN, { StringLike: { 's3:prefix': ['sender/*'] } }),
    allow(
      ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectLegalHold', 's3:GetObjectRetention', 's3:GetObjectTagging'],
      `${ARN}/sender/*`,
    ),
    allow(['s3:PutObject', 's3:DeleteObject'], `${ARN}/sender/*`),
  ];
  return {
    Outputs: {},
    Resources: {
      Bucket: PLAIN_BUCKET,
      User: {
        Type: 'AWS::IAM::User',
        Properties: {
          UserName: 'sender',
          Policies: [{ PolicyName: 's3', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
        },
      },
    },
  };
}
