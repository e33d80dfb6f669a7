import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Duration, Stack, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AccessKeyIntegration } from '../constructs/access-key-integration';
import { acknowledgeNoAccessLogs } from '../constructs/acknowledgements';
import { AssumedRoleIntegration } from '../constructs/assumed-role-integration';
import { ClientBucket } from '../constructs/client-bucket';
import { DirectTrustIntegration } from '../constructs/direct-trust-integration';
import { RolesAnywhereIntegration } from '../constructs/roles-anywhere-integration';
import { WebIdentityIntegration } from '../constructs/web-identity-integration';
import type * as model from '../definitions/model';

/**
 * One client as a stack: its bucket and its integrations. Construct ids are the names in the
 * definitions, so that adding or removing one never renames another's resources.
 */
export class ClientStack extends Stack {
  constructor(scope: Construct, client: model.Client, environment: { account?: string; region?: string }) {
    super(scope, client.name, {
      stackName: `integrations-${client.name}`,
      description: `Bucket and integrations of ${client.name}`,
      env: { account: client.account ?? environment.account, region: client.region ?? environment.region },
    });
    for (const [key, value] of Object.entries(client.tags)) Tags.of(this).add(key, value);
    const shared = clientBucket(this, 'Bucket', client.name, client.bucket);
    const permissionsBoundary =
      client.permissionsBoundary === undefined
        ? undefined
        : ManagedPolicy.fromManagedPolicyArn(this, 'PermissionsBoundary', client.permissionsBoundary);
    for (const integration of client.integrations) {
      const own = integration.dedicatedBucket;
      const bucket = own ? clientBucket(this, `${integration.vendor}-Bucket`, client.name, own) : shared;
      addIntegration(this, integration, bucket, permissionsBoundary);
    }
  }
}

function clientBucket(scope: Construct, id: string, clientName: string, bucket: model.Bucket): ClientBucket {
  const { kmsKey, accessLogs } = bucket;
  const encryptionKey =
    kmsKey === undefined || kmsKey === 'create' ? undefined : Key.fromKeyArn(scope, `${id}-Key`, kmsKey);
  if (bucket.existing) {
    const existingBucket = Bucket.fromBucketName(scope, `${id}-Existing`, bucket.name);
    return new ClientBucket(scope, id, { clientName, existingBucket, encryptionKey });
  }
  const days = (count: number | undefined) => (count === undefined ? undefined : Duration.days(count));
  const made = new ClientBucket(scope, id, {
    clientName,
    bucketName: bucket.name,
    encryptionKey,
    createEncryptionKey: kmsKey === 'create',
    versioned: bucket.versioned,
    abortUploadsAfter: days(bucket.abortUploadsAfterDays),
    expireObjectsAfter: days(bucket.expireObjectsAfterDays),
    expireOldVersionsAfter: days(bucket.expireOldVersionsAfterDays),
    eventBridgeEnabled: bucket.eventBridge,
    serverAccessLogsBucket: accessLogs && Bucket.fromBucketName(scope, `${id}-Logs`, accessLogs.bucket),
    serverAccessLogsPrefix: accessLogs?.prefix,
  });
  if (!accessLogs) acknowledgeNoAccessLogs(made.bucket);
  return made;
}

function addIntegration(
  scope: Construct,
  integration: model.Integration,
  bucket: ClientBucket,
  permissionsBoundary: ReturnType<typeof ManagedPolicy.fromManagedPolicyArn> | undefined,
): void {
  const common = {
    clientBucket: bucket,
    vendorName: integration.vendor,
    status: integration.status,
    ...(integration.prefix === '' ? { wholeBucket: true } : { prefix: integration.prefix }),
    access: [...integration.access],
    expires: integration.expires,
    sourceIps: some(integration.sourceIps),
    vpcEndpoints: some(integration.vpcEndpoints),
  };
  switch (integration.kind) {
    case 'assumed-role':
      new AssumedRoleIntegration(scope, integration.vendor, {
        ...common,
        principals: [...integration.principals],
        externalIds: some(integration.externalIds),
        allowWholeAccount: integration.allowWholeAccount,
        maxSessionDuration: Duration.seconds(integration.maxSessionSeconds),
        roleName: integration.roleName,
        roleSessionName: integration.roleSessionName,
        selfAssume: integration.selfAssume,
        permissionsBoundary,
      });
      break;
    case 'direct-trust':
      new DirectTrustIntegration(scope, integration.vendor, {
        ...common,
        principals: [...integration.principals],
        allowWholeAccount: integration.allowWholeAccount,
      });
      break;
    case 'roles-anywhere':
      new RolesAnywhereIntegration(scope, integration.vendor, {
        ...common,
        ...integration.subject,
        certificateAuthority: integration.certificateAuthority,
        trustAnchorArn: integration.trustAnchorArn,
        sessionDuration: Duration.seconds(integration.maxSessionSeconds),
        acceptRoleSessionName: integration.acceptRoleSessionName,
        permissionsBoundary,
      });
      break;
    case 'web-identity':
      new WebIdentityIntegration(scope, integration.vendor, {
        ...common,
        provider: integration.provider,
        audiences: [...integration.audiences],
        subjects: [...integration.subjects],
        roleSessionName: integration.roleSessionName,
        maxSessionDuration: Duration.seconds(integration.maxSessionSeconds),
        permissionsBoundary,
      });
      break;
    case 'access-key':
      new AccessKeyIntegration(scope, integration.vendor, {
        ...common,
        keys: [...integration.keys],
        permissionsBoundary,
      });
      break;
  }
}

/** A list's copy; undefined where it is empty, which constructs refuse. */
function some<T>(values: readonly T[]): T[] | undefined {
  return values.length === 0 ? undefined : [...values];
}
