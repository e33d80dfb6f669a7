/** What a resource of a template is made by: the APIs of the services themselves. Those of this app alone. */
import { createHash } from 'node:crypto';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as s3 from '@aws-sdk/client-s3';
import {
  CreateAccessPointCommand,
  DeleteAccessPointCommand,
  PutAccessPointPolicyCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Credentials } from '../servers/clients';

/** Where an account is. */
export interface Where {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly credentials: Credentials;
}

// biome-ignore lint/suspicious/noExplicitAny: templates are looked into freely by tests
export type Any = any;

/** What a resource that was made is called. */
export interface Made {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Clients of the services of an account. */
export function clientsIn({ endpoint, region, credentials }: Where) {
  const common = { endpoint, region, credentials: { ...credentials } };
  const s3control = new S3ControlClient(common);
  // A stand-in has no name for each account.
  s3control.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { hostname: string };
      request.hostname = request.hostname.replace(/^\d{12}\./, '');
      return next(args);
    },
    { step: 'build', priority: 'high' },
  );
  return {
    iam: new iam.IAMClient(common),
    s3: new s3.S3Client({ ...common, forcePathStyle: true }),
    s3control,
    kms: new kms.KMSClient(common),
    secrets: new SecretsManagerClient(common),
  };
}

export type Clients = ReturnType<typeof clientsIn>;

/** Makes a resource of a type, changes and removes it. */
export interface Maker {
  /** The property that names it: another name is another resource. */
  readonly name?: string;
  /** @param before what it was made as, where it is there already */
  readonly put: (clients: Clients, properties: Any, where: Where, before?: Made) => Promise<Made>;
  /** Undefined where it is never removed, or goes with another. */
  readonly remove?: (clients: Clients, made: Made, properties: Any, where: Where) => Promise<unknown>;
}

const nothing: Maker = { put: async () => ({ ref: '', attributes: {} }) };

export const MAKERS: Readonly<Record<string, Maker>> = {
  'AWS::CDK::Metadata': nothing,
  'AWS::CloudFormation::WaitConditionHandle': nothing,
  'AWS::IAM::Role': {
    name: 'RoleName',
    put: async ({ iam: client }, properties, _, before) => {
      const { RoleName, Path, MaxSessionDuration, PermissionsBoundary, Policies = [] } = properties;
      const PolicyDocument = JSON.stringify(properties.AssumeRolePolicyDocument);
      if (before) {
        await client.send(new iam.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
        await client.send(new iam.UpdateRoleCommand({ RoleName, MaxSessionDuration }));
      } else {
        const made = { RoleName, Path, MaxSessionDuration, PermissionsBoundary };
        await client.send(new iam.CreateRoleCommand({ ...made, AssumeRolePolicyDocument: PolicyDocument }));
      }
      const { PolicyNames = [] } = await client.send(new iam.ListRolePoliciesCommand({ RoleName }));
      for (const { PolicyName, PolicyDocument: document } of Policies) {
        const inline = { RoleName, PolicyName, PolicyDocument: JSON.stringify(document) };
        await client.send(new iam.PutRolePolicyCommand(inline));
      }
      for (const PolicyName of PolicyNames.filter((name) => !isAmong(Policies, name)))
        await client.send(new iam.DeleteRolePolicyCommand({ RoleName, PolicyName }));
      const { Role } = await client.send(new iam.GetRoleCommand({ RoleName }));
      return { ref: RoleName, attributes: { Arn: Role?.Arn ?? '' } };
    },
    remove: async ({ iam: client }, { ref: RoleName }) => {
      const { PolicyNames = [] } = await client.send(new iam.ListRolePoliciesCommand({ RoleName }));
      for (const PolicyName of PolicyNames)
        await client.send(new iam.DeleteRolePolicyCommand({ RoleName, PolicyName }));
      await client.send(new iam.DeleteRoleCommand({ RoleName }));
    },
  },
  'AWS::IAM::User': {
    name: 'UserName',
    put: async ({ iam: client }, { UserName, Path, Policies = [], PermissionsBoundary }, _, before) => {
      if (!before) await client.send(new iam.CreateUserCommand({ UserName, Path, PermissionsBoundary }));
      const { PolicyNames = [] } = await client.send(new iam.ListUserPoliciesCommand({ UserName }));
      for (const { PolicyName, PolicyDocument: document } of Policies) {
        const inline = { UserName, PolicyName, PolicyDocument: JSON.stringify(document) };
        await client.send(new iam.PutUserPolicyCommand(inline));
      }
      for (const PolicyName of PolicyNames.filter((name) => !isAmong(Policies, name)))
        await client.send(new iam.DeleteUserPolicyCommand({ UserName, PolicyName }));
      const { User } = await client.send(new iam.GetUserCommand({ UserName }));
      return { ref: UserName, attributes: { Arn: User?.Arn ?? '' } };
    },
    remove: async ({ iam: client }, { ref: UserName }) => {
      const { PolicyNames = [] } = await client.send(new iam.ListUserPoliciesCommand({ UserName }));
      for (const PolicyName of PolicyNames)
        await client.send(new iam.DeleteUserPolicyCommand({ UserName, PolicyName }));
      await client.send(new iam.DeleteUserCommand({ UserName }));
    },
  },
  'AWS::IAM::AccessKey': {
    name: 'UserName',
    put: async ({ iam: client }, { UserName, Status }, _, before) => {
      const { AccessKey } = before ? {} : await client.send(new iam.CreateAccessKeyCommand({ UserName }));
      const { AccessKeyId = before?.ref ?? '', SecretAccessKey = '' } = AccessKey ?? {};
      await client.send(new iam.UpdateAccessKeyCommand({ UserName, AccessKeyId, Status }));
      return before ?? { ref: AccessKeyId, attributes: { SecretAccessKey } };
    },
    remove: ({ iam: client }, { ref: AccessKeyId }, { UserName }) =>
      client.send(new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId })),
  },
  'AWS::IAM::OIDCProvider': {
    name: 'Url',
    put: async ({ iam: client }, { Url, ClientIdList = [] }, _, before) => {
      if (!before) {
        const { OpenIDConnectProviderArn: Arn = '' } = await client.send(
          new iam.CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ClientIdList }),
        );
        return { ref: Arn, attributes: { Arn } };
      }
      const OpenIDConnectProviderArn = before.ref;
      const there = await client.send(new iam.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
      const { ClientIDList = [] } = there;
      for (const ClientID of ClientIdList.filter((id: string) => !ClientIDList.includes(id)))
        await client.send(new iam.AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID }));
      for (const ClientID of ClientIDList.filter((id) => !ClientIdList.includes(id)))
        await client.send(
          new iam.RemoveClientIDFromOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID }),
        );
      return before;
    },
    remove: ({ iam: client }, { ref }) =>
      client.send(new iam.DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: ref })),
  },
  'AWS::SecretsManager::Secret': {
    name: 'Name',
    put: async ({ secrets }, { Name, Description, SecretString }, _, before) => {
      if (before) {
        await secrets.send(new PutSecretValueCommand({ SecretId: before.ref, SecretString }));
        return before;
      }
      const { ARN = '' } = await secrets.send(new CreateSecretCommand({ Name, Description, SecretString }));
      return { ref: ARN, attributes: {} };
    },
    remove: ({ secrets }, { ref }) =>
      secrets.send(new DeleteSecretCommand({ SecretId: ref, ForceDeleteWithoutRecovery: true })),
  },
  'AWS::KMS::Key': {
    put: async ({ kms: client }, { KeyPolicy, Description }, _, before) => {
      const Policy = JSON.stringify(KeyPolicy);
      if (before) {
        await client.send(new kms.PutKeyPolicyCommand({ KeyId: before.ref, PolicyName: 'default', Policy }));
        return before;
      }
      const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({ Policy, Description }));
      return { ref: KeyMetadata?.KeyId ?? '', attributes: { Arn: KeyMetadata?.Arn ?? '' } };
    },
  },
  'AWS::S3::Bucket': { name: 'BucketName', put: putBucket },
  'AWS::S3::BucketPolicy': {
    name: 'Bucket',
    put: async ({ s3: client }, { Bucket, PolicyDocument }) => {
      await client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(PolicyDocument) }));
      return { ref: Bucket, attributes: {} };
    },
    remove: ({ s3: client }, { ref }) => client.send(new s3.DeleteBucketPolicyCommand({ Bucket: ref })),
  },
  'AWS::S3::AccessPoint': {
    name: 'Name',
    put: async ({ s3control }, { Name, Bucket, Policy }, { account: AccountId }, before) => {
      const { Alias = before?.attributes.Alias ?? '' } = before
        ? {}
        : await s3control.send(new CreateAccessPointCommand({ AccountId, Name, Bucket }));
      await s3control.send(new PutAccessPointPolicyCommand({ AccountId, Name, Policy: JSON.stringify(Policy) }));
      return { ref: Name, attributes: { Alias } };
    },
    remove: ({ s3control }, { ref: Name }, _, { account: AccountId }) =>
      s3control.send(new DeleteAccessPointCommand({ AccountId, Name })),
  },
  // No server here has Roles Anywhere: they are remembered, and shown.
  'AWS::RolesAnywhere::TrustAnchor': rolesAnywhere('TrustAnchor', 'trust-anchor'),
  'AWS::RolesAnywhere::Profile': rolesAnywhere('Profile', 'profile'),
};

function isAmong(policies: readonly { readonly PolicyName: string }[], name: string): boolean {
  return policies.some(({ PolicyName }) => PolicyName === name);
}

function rolesAnywhere(type: string, path: string): Maker {
  return {
    put: async (_, { Name }, { account, region }, before) => {
      if (before) return before;
      const hash = createHash('md5').update(`${type} ${Name}`).digest('hex');
      const id = hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      const arn = `arn:aws:rolesanywhere:${region}:${account}:${path}/${id}`;
      return { ref: id, attributes: { [`${type}Id`]: id, [`${type}Arn`]: arn } };
    },
  };
}

async function putBucket(clients: Clients, properties: Any, { region }: Where, before?: Made): Promise<Made> {
  const { BucketName: Bucket, BucketEncryption, LifecycleConfiguration, VersioningConfiguration } = properties;
  const LocationConstraint = region as s3.BucketLocationConstraint;
  const place = region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint } };
  const [{ ObjectOwnership }] = properties.OwnershipControls.Rules;
  const rules = BucketEncryption.ServerSideEncryptionConfiguration.map(
    ({ ServerSideEncryptionByDefault, ...rule }: Any) => ({
      ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
      ...rule,
    }),
  );
  const lifecycle = LifecycleConfiguration.Rules.map(({ Id, ExpirationInDays, ...rule }: Any) => ({
    ID: Id,
    Filter: { Prefix: '' },
    ...rule,
    ...(ExpirationInDays && { Expiration: { Days: ExpirationInDays } }),
  }));
  const common = { Bucket };
  const { DestinationBucketName: TargetBucket, LogFilePrefix: TargetPrefix } = properties.LoggingConfiguration ?? {};
  for (const command of [
    ...(before ? [] : [new s3.CreateBucketCommand({ ...common, ...place, ObjectOwnership })]),
    new s3.PutPublicAccessBlockCommand({
      ...common,
      PublicAccessBlockConfiguration: properties.PublicAccessBlockConfiguration,
    }),
    new s3.PutBucketEncryptionCommand({ ...common, ServerSideEncryptionConfiguration: { Rules: rules } }),
    new s3.PutBucketLifecycleConfigurationCommand({ ...common, LifecycleConfiguration: { Rules: lifecycle } }),
    ...(VersioningConfiguration ? [new s3.PutBucketVersioningCommand({ ...common, VersioningConfiguration })] : []),
    ...(TargetBucket
      ? [
          new s3.PutBucketLoggingCommand({
            ...common,
            BucketLoggingStatus: { LoggingEnabled: { TargetBucket, TargetPrefix } },
          }),
        ]
      : []),
    ...(properties.NotificationConfiguration
      ? [
          new s3.PutBucketNotificationConfigurationCommand({
            ...common,
            NotificationConfiguration: { EventBridgeConfiguration: {} },
          }),
        ]
      : []),
  ])
    await clients.s3.send(command as never);
  return { ref: Bucket, attributes: { Arn: `arn:aws:s3:::${Bucket}` } };
}
