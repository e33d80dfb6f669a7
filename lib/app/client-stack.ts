import { type IManagedPolicy, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Annotations, CfnWaitConditionHandle, Duration, Stack, type StackProps, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AccessKeyIntegration } from '../constructs/access-key-integration';
import { acknowledgeNoAccessLogs } from '../constructs/acknowledgements';
import { AssumedRoleIntegration } from '../constructs/assumed-role-integration';
import { ClientBucket } from '../constructs/client-bucket';
import { DirectTrustIntegration } from '../constructs/direct-trust-integration';
import { acknowledgeWarnings } from '../constructs/findings';
import { InternalAccess } from '../constructs/internal-access';
import { RolesAnywhereIntegration } from '../constructs/roles-anywhere-integration';
import { WebIdentityIntegration } from '../constructs/web-identity-integration';
import type * as model from '../definitions/model/model';
import { partsOf } from '../definitions/model/model';
import { isGranted } from '../definitions/model/placement';
import { isBare } from '../definitions/model/stack-sizes';
import { stackDescription, stackId, stackName } from '../rules/stacks';
import type { Environment } from './identity-providers-stack';

/** The stacks of one client, its own first: each but that depends on it. */
export function clientStacks(scope: Construct, client: model.Client, environment: Environment): Stack[] {
  const own = new ClientStack(scope, client, environment);
  const parts = partsOf(client).flatMap((part) =>
    part === undefined ? [] : [new ClientPartStack(scope, client, environment, part, own)],
  );
  if (parts.length > 0) {
    const ids = [own, ...parts].map(({ node }) => node.id);
    // `cdk deploy` with the client's name alone deploys this stack alone.
    Annotations.of(own).addInfo(`${client.name} has ${ids.length} stacks; npx cdk deploy ${ids.join(' ')} deploys all`);
  }
  return [own, ...parts];
}

/**
 * One client as a stack: its bucket, and its integrations but those of its parts. Construct ids are the names in the
 * definitions, so that adding or removing one never renames another's resources.
 */
export class ClientStack extends Stack {
  /** The bucket that the client's integrations share. */
  readonly shared: ClientBucket;

  constructor(scope: Construct, client: model.Client, environment: Environment) {
    super(scope, stackId(client.name), stackProps(client, environment));
    for (const [key, value] of Object.entries(client.tags)) Tags.of(this).add(key, value);
    acknowledgeWarnings(this);
    this.shared = clientBucket(this, 'Bucket', client, client.bucket);
    const key = client.bucket.kmsKey === 'create' ? this.shared.encryptionKey : undefined;
    // Put out whether or not a part uses it now: what a part still imports, CloudFormation lets nobody take away.
    if (key && partsOf(client).length > 1) this.exportValue(key.keyArn);
    addIntegrations(this, client, undefined, this.shared);
  }
}

/**
 * What the client's own stack has no room for. The shared bucket, its policy and its key stay there, with the statements
 * of every direct trust.
 */
class ClientPartStack extends Stack {
  constructor(scope: Construct, client: model.Client, environment: Environment, part: number, own: ClientStack) {
    super(scope, stackId(client.name, part), stackProps(client, environment, part));
    for (const [key, value] of Object.entries(client.tags)) Tags.of(this).add(key, value);
    acknowledgeWarnings(this);
    this.addStackDependency(own, 'its integrations act in the bucket');
    addIntegrations(this, client, part, own.shared);
  }
}

function stackProps(client: model.Client, environment: Environment, part?: number): StackProps {
  return {
    stackName: stackName(client.name, part),
    description: stackDescription(client.name, part),
    // A full stack's template is near what CloudFormation takes, and a third of it would be white space.
    suppressTemplateIndentation: partsOf(client).length > 1,
    env: { account: client.account ?? environment.account, region: client.region ?? environment.region },
  };
}

function addIntegrations(stack: Stack, client: model.Client, part: number | undefined, shared: ClientBucket): void {
  const permissionsBoundary =
    client.permissionsBoundary === undefined
      ? undefined
      : ManagedPolicy.fromManagedPolicyArn(stack, 'PermissionsBoundary', client.permissionsBoundary);
  for (const integration of client.integrations) {
    if (integration.stackPart !== part) continue;
    const own = integration.dedicatedBucket;
    const bucket = own ? clientBucket(stack, `${integration.vendor}-Bucket`, client, own) : shared;
    addIntegration(stack, integration, bucket, { rolePath: client.rolePath, permissionsBoundary });
  }
  // Without a resource there is no stack, and so none of its outputs: direct trusts are in the bucket's policy.
  if (isBare(client, part)) new CfnWaitConditionHandle(stack, 'Nothing');
}

/** A bucket of a client, with what our own company may do there. */
function clientBucket(scope: Construct, id: string, client: model.Client, bucket: model.Bucket): ClientBucket {
  const made = makeBucket(scope, id, client.name, bucket);
  client.internal.forEach((entry, at) => {
    new InternalAccess(scope, `${id}-Internal${at + 1}`, {
      clientBucket: made,
      principals: some(entry.principals),
      organizationId: entry.organization,
      access: [...entry.access],
      prefix: entry.prefix || undefined,
      grant: isGranted(entry, bucket),
      reason: entry.reason,
    });
  });
  return made;
}

function makeBucket(scope: Construct, id: string, clientName: string, bucket: model.Bucket): ClientBucket {
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
  principal: { readonly rolePath?: string; readonly permissionsBoundary?: IManagedPolicy },
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
    sourceVpcs: some(integration.sourceVpcs),
  };
  switch (integration.kind) {
    case 'assumed-role':
      new AssumedRoleIntegration(scope, integration.vendor, {
        ...common,
        ...(integration.trusts
          ? { trusts: [...integration.trusts] }
          : { principals: [...integration.principals], externalIds: some(integration.externalIds) }),
        sessionTags: integration.sessionTags,
        sourceIdentity: integration.sourceIdentity,
        allowWholeAccount: integration.allowWholeAccount,
        maxSessionDuration: Duration.seconds(integration.maxSessionSeconds),
        roleName: integration.roleName,
        roleSessionName: integration.roleSessionName,
        selfAssume: integration.selfAssume,
        ...principal,
      });
      break;
    case 'direct-trust':
      new DirectTrustIntegration(scope, integration.vendor, {
        ...common,
        principals: [...integration.principals],
        allowWholeAccount: integration.allowWholeAccount,
        accessPoint: integration.accessPoint,
      });
      break;
    case 'roles-anywhere':
      new RolesAnywhereIntegration(scope, integration.vendor, {
        ...common,
        ...integration.subject,
        roleName: integration.roleName,
        certificateAuthority: integration.certificateAuthority,
        trustAnchorArn: integration.trustAnchorArn,
        sessionDuration: Duration.seconds(integration.maxSessionSeconds),
        acceptRoleSessionName: integration.acceptRoleSessionName,
        ...principal,
      });
      break;
    case 'web-identity':
      new WebIdentityIntegration(scope, integration.vendor, {
        ...common,
        provider: integration.provider,
        audiences: [...integration.audiences],
        subjects: [...integration.subjects],
        roleName: integration.roleName,
        sessionTags: integration.sessionTags,
        roleSessionName: integration.roleSessionName,
        maxSessionDuration: Duration.seconds(integration.maxSessionSeconds),
        ...principal,
      });
      break;
    case 'access-key':
      new AccessKeyIntegration(scope, integration.vendor, {
        ...common,
        keys: [...integration.keys],
        userPath: principal.rolePath,
        permissionsBoundary: principal.permissionsBoundary,
      });
      break;
    default:
      integration satisfies never;
  }
}

/** A list's copy; undefined where it is empty, which constructs refuse. */
function some<T>(values: readonly T[]): T[] | undefined {
  return values.length === 0 ? undefined : [...values];
}
