/**
 * What a competent user would write without this library: the same buckets, roles, users and policies by the CDK's own
 * constructs, a stack for each client, from a list of integrations as plain data. The CDK's template validation and
 * cdk-nag are on, as in this library's app; what cdk-nag finds and is meant is acknowledged, as there.
 *
 * Reads the data from the JSON file that `BENCH_DATA` names.
 */
import { readFileSync } from 'node:fs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rolesanywhere from 'aws-cdk-lib/aws-rolesanywhere';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { App, CfnOutput, Duration, RemovalPolicy, SecretValue, Stack, Tags, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import type { Client, Deployment, Integration } from '../../lib/definitions/model/model';

class HandWritten extends Stack {
  constructor(scope: App, client: Client) {
    super(scope, client.name, {
      stackName: `integrations-${client.name}`,
      env: { account: client.account, region: client.region },
    });
    for (const [key, value] of Object.entries(client.tags)) Tags.of(this).add(key, value);
    const key = client.bucket.kmsKey === undefined ? undefined : new kms.Key(this, 'Key', { enableKeyRotation: true });
    const bucket = new s3.Bucket(this, 'Bucket', {
      bucketName: client.bucket.name,
      encryption: key ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey: key,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(bucket, 'AwsSolutions-S1', 'No access logs are wanted.');
    for (const integration of client.integrations) integrate(this, bucket, integration);
  }
}

function integrate(stack: Stack, bucket: s3.Bucket, integration: Integration): void {
  const { vendor, name, prefix } = integration;
  const outputs: Record<string, unknown> = { integration: name, bucket: bucket.bucketName, prefix };
  switch (integration.kind) {
    case 'direct-trust':
      for (const arn of integration.principals) {
        for (const statement of statements(bucket, integration)) {
          statement.addPrincipals(new iam.AccountPrincipal(arn.split(':')[4]));
          statement.addCondition('ArnEquals', { 'aws:PrincipalArn': arn });
          bucket.addToResourcePolicy(statement);
          bucket.encryptionKey?.addToResourcePolicy(
            new iam.PolicyStatement({
              actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
              principals: [new iam.AccountPrincipal(arn.split(':')[4])],
              resources: ['*'],
              conditions: { ArnEquals: { 'aws:PrincipalArn': arn } },
            }),
          );
        }
      }
      break;
    case 'access-key': {
      const user = new iam.User(stack, `${vendor}User`, { userName: name });
      for (const statement of statements(bucket, integration)) user.addToPolicy(statement);
      bucket.encryptionKey?.grantEncryptDecrypt(user);
      acknowledgeWildcards(user, bucket, prefix);
      const accessKey = new iam.AccessKey(stack, `${vendor}AccessKey`, { user });
      const secret = new secretsmanager.Secret(stack, `${vendor}Secret`, {
        secretName: `integrations/${name}`,
        secretObjectValue: {
          accessKeyId: unsafe(accessKey.accessKeyId),
          secretAccessKey: accessKey.secretAccessKey,
          bucket: unsafe(bucket.bucketName),
          prefix: unsafe(prefix),
        },
      });
      acknowledge(secret, 'AwsSolutions-SMG4', 'Rotated by hand, with the vendor.');
      outputs.secret = secret.secretName;
      break;
    }
    case 'assumed-role':
    case 'web-identity':
    case 'roles-anywhere': {
      const anchor = integration.kind === 'roles-anywhere' ? trustAnchor(stack, integration) : undefined;
      const role = new iam.Role(stack, `${vendor}Role`, {
        roleName: name,
        assumedBy: trusted(stack, integration, anchor),
        maxSessionDuration: Duration.seconds(integration.maxSessionSeconds),
      });
      for (const statement of statements(bucket, integration)) role.addToPolicy(statement);
      bucket.encryptionKey?.grantEncryptDecrypt(role);
      acknowledgeWildcards(role, bucket, prefix);
      if (anchor) {
        const profile = new rolesanywhere.CfnProfile(stack, `${vendor}Profile`, {
          name,
          roleArns: [role.roleArn],
          durationSeconds: integration.maxSessionSeconds,
        });
        outputs.profileArn = profile.attrProfileArn;
      }
      outputs.roleArn = role.roleArn;
    }
  }
  new CfnOutput(stack, `${vendor}Output`, { value: stack.toJsonString(outputs) });
}

function trusted(
  stack: Stack,
  integration: Extract<Integration, { roleName: string }>,
  anchor: rolesanywhere.CfnTrustAnchor | undefined,
): iam.IPrincipal {
  switch (integration.kind) {
    case 'assumed-role':
      // Nobody is known yet: the account itself holds the place.
      if (integration.principals.length === 0) return new iam.AccountRootPrincipal();
      return new iam.CompositePrincipal(
        ...integration.principals.map((arn) =>
          new iam.AccountPrincipal(arn.split(':')[4]).withConditions({
            ArnEquals: { 'aws:PrincipalArn': arn },
            StringEquals: { 'sts:ExternalId': integration.externalIds },
          }),
        ),
      );
    case 'roles-anywhere':
      return new iam.ServicePrincipal('rolesanywhere.amazonaws.com', {
        conditions: {
          ArnEquals: { 'aws:SourceArn': anchor?.attrTrustAnchorArn },
          StringEquals: { 'aws:PrincipalTag/x509Subject/CN': integration.subject?.commonName },
        },
      }).withSessionTags();
    case 'web-identity': {
      const issuer = (integration.provider ?? '').replace('https://', '');
      const arn = `arn:${stack.partition}:iam::${stack.account}:oidc-provider/${issuer}`;
      return new iam.WebIdentityPrincipal(arn, {
        StringEquals: { [`${issuer}:aud`]: integration.audiences, [`${issuer}:sub`]: integration.subjects },
      });
    }
  }
}

function trustAnchor(
  stack: Stack,
  integration: Extract<Integration, { kind: 'roles-anywhere' }>,
): rolesanywhere.CfnTrustAnchor {
  return new rolesanywhere.CfnTrustAnchor(stack, `${integration.vendor}Anchor`, {
    name: integration.name,
    enabled: true,
    source: {
      sourceType: 'CERTIFICATE_BUNDLE',
      sourceData: { x509CertificateData: integration.certificateAuthority },
    },
  });
}

/** What an integration may do. */
function statements(bucket: s3.Bucket, { prefix, access, expires, sourceIps }: Integration): iam.PolicyStatement[] {
  const conditions = {
    ...(expires && { DateLessThan: { 'aws:CurrentTime': `${expires}T00:00:00Z` } }),
    ...(sourceIps.length > 0 && { IpAddress: { 'aws:SourceIp': sourceIps } }),
  };
  const may = (capability: string) => access.some((each) => each === capability);
  const actions = [
    ...(may('read') ? ['s3:GetObject', 's3:GetObjectAttributes'] : []),
    ...(may('write') ? ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'] : []),
    ...(may('delete') ? ['s3:DeleteObject'] : []),
    ...(may('versions') ? ['s3:GetObjectVersion', 's3:GetObjectVersionAttributes', 's3:GetObjectVersionTagging'] : []),
    ...(may('acl') ? ['s3:PutObjectAcl'] : []),
  ];
  const listed = [...(may('list') ? ['s3:ListBucket'] : []), ...(may('versions') ? ['s3:ListBucketVersions'] : [])];
  return [
    new iam.PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: [bucket.bucketArn], conditions }),
    ...(listed.length > 0
      ? [
          new iam.PolicyStatement({
            actions: listed,
            resources: [bucket.bucketArn],
            conditions: { ...conditions, StringLike: { 's3:prefix': `${prefix}*` } },
          }),
        ]
      : []),
    new iam.PolicyStatement({ actions, resources: [bucket.arnForObjects(`${prefix}*`)], conditions }),
  ];
}

/** cdk-nag takes an acknowledgement for one wildcard, not for all. */
function acknowledgeWildcards(construct: IConstruct, bucket: s3.Bucket, prefix: string): void {
  const id = bucket.stack.getLogicalId(bucket.node.defaultChild as s3.CfnBucket);
  acknowledge(construct, `AwsSolutions-IAM5[Resource::<${id}.Arn>/${prefix}*]`, 'The objects under the prefix.');
  if (bucket.encryptionKey === undefined) return;
  acknowledge(construct, 'AwsSolutions-IAM5[Action::kms:GenerateDataKey*]', 'For uploads.');
  acknowledge(construct, 'AwsSolutions-IAM5[Action::kms:ReEncrypt*]', 'For copies.');
}

function acknowledge(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}

function unsafe(text: string) {
  return SecretValue.unsafePlainText(text);
}

const { clients }: Deployment = JSON.parse(readFileSync(process.env.BENCH_DATA ?? '', 'utf8'));
const only = process.env.BENCH_CLIENT;

const app = new App();
for (const client of clients) if (only === undefined || client.name === only) new HandWritten(app, client);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
