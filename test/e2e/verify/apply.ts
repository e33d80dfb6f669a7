/**
 * Makes what templates say by the APIs of the services themselves. A stand-in's CloudFormation reports success for much that it
 * does not do: policies of buckets, secrets, providers, settings. It knows the resource types of this app alone.
 */
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as s3 from '@aws-sdk/client-s3';
import { CreateAccessPointCommand, PutAccessPointPolicyCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SynthesizedStack } from '../../../lib/templates';
import { referencesIn, workedOut } from '../../support/intrinsics';
import type { Credentials } from '../servers/clients';

/** Where an account is. */
export interface Where {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly credentials: Credentials;
}

// biome-ignore lint/suspicious/noExplicitAny: templates are looked into freely by tests
type Any = any;

/** What a resource that was made is called. */
interface Made {
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
    cloudFormation: new CloudFormationClient(common),
  };
}

type Clients = ReturnType<typeof clientsIn>;

/** Makes the stacks, one after the other, and leaves of each a stack with its description and outputs. */
export async function applyStacks(stacks: readonly SynthesizedStack[], where: Where): Promise<void> {
  const clients = clientsIn(where);
  const exported = new Map<string, unknown>();
  for (const stack of stacks) await applyStack(stack, where, clients, exported);
}

async function applyStack(
  { name, template }: SynthesizedStack,
  where: Where,
  clients: Clients,
  exported: Map<string, unknown>,
): Promise<void> {
  const made = new Map<string, Made>();
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': where.account,
    'AWS::Region': where.region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const value = (given: unknown): Any =>
    workedOut(given, {
      reference: (id) => pseudo[id] ?? made.get(id)?.ref,
      attribute: (id, attribute) => made.get(id)?.attributes[attribute],
      imported: (key) => exported.get(key),
    });
  const left = new Map(Object.entries(template.Resources as Readonly<Record<string, Any>>));
  while (left.size > 0) {
    const ready = [...left].find(([, { Properties = {}, DependsOn = [] }]) =>
      [...referencesIn(Properties), ...[DependsOn].flat()].every((id) => !left.has(id)),
    );
    if (!ready) throw new Error(`the resources of ${name} wait for each other`);
    const [id, { Type, Properties = {} }] = ready;
    const maker = MAKERS[Type];
    if (!maker) throw new Error(`no test knows how to make ${Type}`);
    made.set(id, await maker(clients, value(Properties), where));
    left.delete(id);
  }
  const outputs = Object.entries((template.Outputs ?? {}) as Readonly<Record<string, Any>>).map(([id, output]) => {
    const Value = value(output.Value);
    if (output.Export) exported.set(value(output.Export.Name), Value);
    return [id, { Value }];
  });
  const shown = {
    Description: template.Description,
    Resources: { Nothing: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
    Outputs: Object.fromEntries(outputs),
  };
  await clients.cloudFormation.send(new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(shown) }));
}

const NOTHING: Made = { ref: '', attributes: {} };

type Maker = (clients: Clients, properties: Any, where: Where) => Promise<Made>;

const MAKERS: Readonly<Record<string, Maker>> = {
  'AWS::CloudFormation::WaitConditionHandle': async () => NOTHING,
  'AWS::IAM::Role': async (clients, properties) => {
    const { RoleName, Path, AssumeRolePolicyDocument, MaxSessionDuration, PermissionsBoundary } = properties;
    const { Role } = await clients.iam.send(
      new iam.CreateRoleCommand({
        ...{ RoleName, Path, MaxSessionDuration, PermissionsBoundary },
        AssumeRolePolicyDocument: JSON.stringify(AssumeRolePolicyDocument),
      }),
    );
    for (const { PolicyName, PolicyDocument } of properties.Policies ?? []) {
      const document = JSON.stringify(PolicyDocument);
      await clients.iam.send(new iam.PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: document }));
    }
    return { ref: RoleName, attributes: { Arn: Role?.Arn ?? '' } };
  },
  'AWS::IAM::User': async (clients, { UserName, Path, Policies = [], PermissionsBoundary }) => {
    const { User } = await clients.iam.send(new iam.CreateUserCommand({ UserName, Path, PermissionsBoundary }));
    for (const { PolicyName, PolicyDocument } of Policies) {
      const document = JSON.stringify(PolicyDocument);
      await clients.iam.send(new iam.PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument: document }));
    }
    return { ref: UserName, attributes: { Arn: User?.Arn ?? '' } };
  },
  'AWS::IAM::AccessKey': async (clients, { UserName, Status }) => {
    const { AccessKey } = await clients.iam.send(new iam.CreateAccessKeyCommand({ UserName }));
    const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
    await clients.iam.send(new iam.UpdateAccessKeyCommand({ UserName, AccessKeyId, Status }));
    return { ref: AccessKeyId, attributes: { SecretAccessKey } };
  },
  'AWS::IAM::OIDCProvider': async (clients, { Url, ClientIdList }) => {
    const { OpenIDConnectProviderArn: Arn = '' } = await clients.iam.send(
      new iam.CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ClientIdList }),
    );
    return { ref: Arn, attributes: { Arn } };
  },
  'AWS::SecretsManager::Secret': async (clients, { Name, Description, SecretString }) => {
    const { ARN = '' } = await clients.secrets.send(new CreateSecretCommand({ Name, Description, SecretString }));
    return { ref: ARN, attributes: {} };
  },
  'AWS::KMS::Key': async (clients, { KeyPolicy, Description }) => {
    const { KeyMetadata } = await clients.kms.send(
      new kms.CreateKeyCommand({ Policy: JSON.stringify(KeyPolicy), Description }),
    );
    return { ref: KeyMetadata?.KeyId ?? '', attributes: { Arn: KeyMetadata?.Arn ?? '' } };
  },
  'AWS::S3::Bucket': async (clients, properties, { region }) => {
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
    for (const command of [
      new s3.CreateBucketCommand({ ...common, ...place, ObjectOwnership }),
      new s3.PutPublicAccessBlockCommand({
        ...common,
        PublicAccessBlockConfiguration: properties.PublicAccessBlockConfiguration,
      }),
      new s3.PutBucketEncryptionCommand({ ...common, ServerSideEncryptionConfiguration: { Rules: rules } }),
      new s3.PutBucketLifecycleConfigurationCommand({ ...common, LifecycleConfiguration: { Rules: lifecycle } }),
      ...(VersioningConfiguration ? [new s3.PutBucketVersioningCommand({ ...common, VersioningConfiguration })] : []),
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
  },
  'AWS::S3::BucketPolicy': async (clients, { Bucket, PolicyDocument }) => {
    await clients.s3.send(new s3.PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(PolicyDocument) }));
    return NOTHING;
  },
  'AWS::S3::AccessPoint': async (clients, { Name, Bucket, Policy }, { account: AccountId }) => {
    const { Alias = '' } = await clients.s3control.send(new CreateAccessPointCommand({ AccountId, Name, Bucket }));
    await clients.s3control.send(new PutAccessPointPolicyCommand({ AccountId, Name, Policy: JSON.stringify(Policy) }));
    return { ref: Name, attributes: { Alias } };
  },
};
