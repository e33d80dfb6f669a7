import { CfnAccessKey, CfnGroup, CfnPolicy, CfnRole, CfnUser, CfnUserToGroupAddition } from 'aws-cdk-lib/aws-iam';
import {
  Bucket,
  CfnAccessGrantsLocation,
  CfnAccessPoint,
  type CfnBucketPolicy,
  type IBucket,
} from 'aws-cdk-lib/aws-s3';
import { CfnResourcePolicy } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnCondition, CfnMapping, CfnOutput, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib/core';
import { ConfinementChecks } from '../../lib/checks/confinement-checks';
import { AccessKeyIntegration } from '../../lib/constructs/access-key-integration';
import { AssumedRoleIntegration } from '../../lib/constructs/assumed-role-integration';
import { ClientBucket } from '../../lib/constructs/client-bucket';
import { DirectTrustIntegration } from '../../lib/constructs/direct-trust-integration';
import { newApp } from '../support/synth';

const VENDOR = 'arn:aws:iam::123456789876:role/sender';
const ENV = { account: '999988887777', region: 'eu-west-1' };
const STRANGERS = { Statement: [{ Effect: 'Allow', Principal: { AWS: '666677778888' }, Action: 'sts:AssumeRole' }] };

const SECRET_FOR_STRANGERS = {
  Statement: [{ Effect: 'Allow', Principal: { AWS: VENDOR }, Action: 'secretsmanager:GetSecretValue', Resource: '*' }],
};

/** An app with one integration of each of three kinds, and what somebody adds to it. */
function found(add: (given: ReturnType<typeof built>) => void): string[] {
  const given = built();
  add(given);
  const app = given.stack.node.root as ReturnType<typeof newApp>;
  const stackTemplates = app.synth().stacks.map(({ hierarchicalId, templateFullPath, environment }) => ({
    stackConstructPath: hierarchicalId,
    templatePath: templateFullPath,
    accountId: environment.account,
    region: environment.region,
  }));
  const context = {
    appConstruct: app,
    templatePaths: stackTemplates.map(({ templatePath }) => templatePath),
    stackTemplates,
  };
  return [
    ...new Set(
      new ConfinementChecks().validate(context).violations.map(({ ruleName }) => ruleName.replace(/\[.*/, '')),
    ),
  ].sort();
}

function built() {
  const stack = new Stack(newApp(), 'Kohler', { env: ENV });
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', createEncryptionKey: true });
  new AssumedRoleIntegration(stack, 'Role', { clientBucket, vendorName: 'role', principals: [VENDOR] });
  new AccessKeyIntegration(stack, 'User', { clientBucket, vendorName: 'user' });
  new DirectTrustIntegration(stack, 'Point', {
    clientBucket,
    vendorName: 'point',
    principals: [VENDOR],
    accessPoint: true,
  });
  const point = stack.node.findChild('Point').node.findChild('AccessPoint') as CfnAccessPoint;
  const somewhere = new CfnMapping(stack, 'Map', { mapping: { of: { kohler: 'kohler_role' } } });
  const hidden = () => Fn.findInMap(somewhere.logicalId, 'of', 'kohler');
  const parameter = () => new CfnParameter(stack, 'Parameter').valueAsString;
  return { stack, clientBucket, point, hidden, parameter };
}

const policies = (Action: string | string[], Resource: string | string[]) => [
  { policyName: 'p', policyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] } },
];

/** Another client in the same bucket, with an integration at a prefix that is taken. */
function twin(stack: Stack, existingBucket: IBucket): void {
  const clientBucket = new ClientBucket(stack, 'Again', { clientName: 'acme', existingBucket });
  const props = { clientBucket, vendorName: 'role', prefix: 'role/', principals: [VENDOR] };
  new AssumedRoleIntegration(stack, 'Twin', props);
}

test('what is meant, and what is nobody’s business, is let be', () => {
  expect(
    found(({ stack, parameter }) => {
      new CfnRole(stack, 'Own', {
        assumeRolePolicyDocument: STRANGERS,
        policies: policies(
          ['s3:GetObject', 's3:CreateAccessPoint'],
          ['arn:aws:s3:::other/*', 'arn:aws:s3:eu-west-1:999988887777:accesspoint/kohler-other--x'],
        ),
      });
      new CfnPolicy(stack, 'Elsewhere', {
        roles: [parameter()],
        ...policyOf('sqs:SendMessage', 'arn:aws:sqs:*:*:queue'),
      });
      new CfnAccessPoint(stack, 'Other', { bucket: 'another-bucket', name: 'another' });
      // Users of ours are outside only once somebody has their keys.
      new CfnGroup(stack, 'Group', { groupName: 'g', policies: policies('s3:*', '*') });
      new CfnUser(stack, 'Member', { groups: ['g', 'Administrators'] });
      new CfnUserToGroupAddition(stack, 'More', { groupName: 'Administrators', users: ['somebody'] });
    }),
  ).toEqual([]);
});

function keyOf(stack: Stack, user: CfnUser): void {
  new CfnAccessKey(stack, 'Key', { userName: user.ref });
}

function policyOf(Action: string, Resource: string) {
  return { policyName: 'p', policyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] } };
}

test.each<[string, (given: ReturnType<typeof built>) => void, string]>([
  [
    'a role of strangers with rights on an access point, by reference',
    ({ stack, point }) =>
      new CfnRole(stack, 'R', {
        assumeRolePolicyDocument: STRANGERS,
        policies: policies('s3:GetObject', `${point.attrArn}/object/*`),
      }),
    'unknown-principal',
  ],
  [
    'by its alias',
    ({ stack, point }) =>
      keyOf(
        stack,
        new CfnUser(stack, 'U', { policies: policies('s3:GetObject', `arn:aws:s3:::${point.attrAlias}/*`) }),
      ),
    'unknown-principal',
  ],
  [
    'a role of strangers that may make an access point that the bucket hands on to',
    ({ stack }) =>
      new CfnRole(stack, 'R', {
        assumeRolePolicyDocument: STRANGERS,
        policies: policies('s3:CreateAccessPoint', 'arn:aws:s3:eu-west-1:999988887777:accesspoint/kohler--evil'),
      }),
    'unknown-principal',
  ],
  [
    'an access point of nobody’s whose bucket is hidden',
    ({ stack, parameter }) => new CfnAccessPoint(stack, 'A', { bucket: parameter(), name: 'x' }),
    'unknown-door',
  ],
  [
    'an access point of nobody’s under a name that the bucket hands on to',
    ({ stack }) => new CfnAccessPoint(stack, 'A', { bucket: 'another-bucket', name: 'kohler--evil' }),
    'unknown-door',
  ],
  [
    'a policy for a role that is hidden',
    ({ stack, hidden }) => new CfnPolicy(stack, 'P', { roles: [hidden()], ...policyOf('s3:*', '*') }),
    'more-access',
  ],
  [
    'an access key of a user that is hidden',
    ({ stack, parameter }) => new CfnAccessKey(stack, 'K', { userName: parameter() }),
    'unknown-key',
  ],
  [
    'a grant of a key that is hidden',
    ({ stack, parameter }) =>
      new CfnResource(stack, 'G', {
        type: 'AWS::KMS::Grant',
        properties: { KeyId: parameter(), GranteePrincipal: VENDOR, Operations: ['Decrypt'] },
      }),
    'unknown-statement',
  ],
  [
    'a policy of a secret that is hidden',
    ({ stack, parameter }) =>
      new CfnResourcePolicy(stack, 'S', { secretId: parameter(), resourcePolicy: SECRET_FOR_STRANGERS }),
    'unknown-statement',
  ],
  [
    'access grants for every bucket',
    ({ stack }) => new CfnAccessGrantsLocation(stack, 'L', { iamRoleArn: VENDOR, locationScope: 's3://' }),
    'unknown-door',
  ],
  [
    'a user in a group by its name',
    ({ stack }) => {
      new CfnGroup(stack, 'G', { groupName: 'g', policies: policies('s3:*', '*') });
      keyOf(stack, new CfnUser(stack, 'U', { groups: ['g'] }));
    },
    'unknown-principal',
  ],
  [
    'a user in a group that nobody sees',
    ({ stack }) => keyOf(stack, new CfnUser(stack, 'U', { groups: ['Administrators'] })),
    'unknown-principal',
  ],
  [
    'a user put into such a group from elsewhere',
    ({ stack }) => {
      keyOf(stack, new CfnUser(stack, 'U', { userName: 'u' }));
      new CfnUserToGroupAddition(stack, 'A', { groupName: 'Administrators', users: ['u'] });
    },
    'unknown-principal',
  ],
  [
    'a secret in an output, by its ARN',
    ({ stack }) => {
      const arn = 'arn:aws:secretsmanager:eu-west-1:999988887777:secret:integrations/kohler/user/a-AbCdEf';
      new CfnOutput(stack, 'O', { value: `{{resolve:secretsmanager:${arn}:SecretString:secretAccessKey}}` });
    },
    'secret-shown',
  ],
  [
    'a bucket policy that is never made',
    ({ stack, clientBucket }) => {
      const never = new CfnCondition(stack, 'Never', { expression: Fn.conditionEquals('a', 'b') });
      const policy = (clientBucket.bucket as Bucket).policy?.node.defaultChild as CfnBucketPolicy;
      policy.cfnOptions.condition = never;
    },
    'bucket-guard',
  ],
  [
    'the same bucket as another client’s, with the same prefix',
    ({ stack, clientBucket }) => twin(stack, clientBucket.bucket),
    'overlapping-prefix',
  ],
  [
    'the same bucket by a name put together',
    ({ stack, clientBucket }) => twin(stack, Bucket.fromBucketName(stack, 'ByName', clientBucket.bucket.bucketName)),
    'overlapping-prefix',
  ],
])('%s', (_, add, rule) => {
  expect(found(add)).toContain(rule);
});

test('an access point in another account or region than its bucket is refused', () => {
  const { stack, clientBucket } = built();
  for (const env of [
    { ...ENV, account: '111111111111' },
    { ...ENV, region: 'us-east-1' },
  ]) {
    const other = new Stack(stack.node.root as ReturnType<typeof newApp>, `Other-${env.account}-${env.region}`, {
      env,
    });
    const props = { clientBucket, principals: [VENDOR], accessPoint: true };
    expect(
      () => new DirectTrustIntegration(other, 'X', { ...props, vendorName: `x${env.account}${env.region}` }),
    ).toThrow('access-point-elsewhere');
  }
});
