import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as s3 from '@aws-sdk/client-s3';
import * as secrets from '@aws-sdk/client-secrets-manager';
import type { Credentials } from '../servers/clients';
import type { Asked } from './asked';

/** How the AWS SDK reaches the server. */
export interface Reach {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/** Properties by the names that CloudFormation gives them; undefined where they are not set. */
export type Properties = Readonly<Record<string, unknown>>;

/** A stack as the server tells of it. */
export interface ArrivedStack {
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Logical id → physical id. */
  readonly physical: Readonly<Record<string, string>>;
}

/** What the AWS SDK reads back from a server, resource by resource. */
export class Arrived {
  private readonly cloudFormation: CloudFormationClient;
  private readonly iam: iam.IAMClient;
  private readonly kms: kms.KMSClient;
  private readonly s3: s3.S3Client;
  private readonly secrets: secrets.SecretsManagerClient;

  constructor(reach: Reach) {
    // A server that fails at a question will fail again.
    const once = { ...reach, maxAttempts: 1 };
    this.cloudFormation = new CloudFormationClient(once);
    this.iam = new iam.IAMClient(once);
    this.kms = new kms.KMSClient(once);
    this.s3 = new s3.S3Client({ ...once, forcePathStyle: true });
    this.secrets = new secrets.SecretsManagerClient(once);
  }

  async stack(name: string): Promise<ArrivedStack> {
    const { Stacks = [] } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName: name }));
    const resources = await part(
      this.cloudFormation.send(new DescribeStackResourcesCommand({ StackName: name })),
      ({ StackResources }) => StackResources,
    );
    return {
      status: Stacks[0]?.StackStatus ?? '',
      outputs: Object.fromEntries(
        (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
      ),
      physical: Object.fromEntries(
        (Array.isArray(resources) ? resources : [])
          .filter(({ PhysicalResourceId }) => PhysicalResourceId !== undefined)
          .map(({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId, PhysicalResourceId]),
      ),
    };
  }

  /** The names of every role and user of the account. */
  async names(): Promise<{ readonly roles: string[]; readonly users: string[] }> {
    const { Roles = [] } = await this.iam.send(new iam.ListRolesCommand({ MaxItems: 1000 }));
    const { Users = [] } = await this.iam.send(new iam.ListUsersCommand({ MaxItems: 1000 }));
    return {
      roles: Roles.map(({ RoleName = '' }) => RoleName).sort(),
      users: Users.map(({ UserName = '' }) => UserName).sort(),
    };
  }

  /**
   * A resource's properties.
   * @returns undefined where there is no such resource
   * @throws where nobody knows how to read such a resource
   */
  async properties(asked: Asked): Promise<Properties | undefined> {
    const read = this.readers[asked.type];
    if (!read) throw new Error(`nobody knows how to read ${asked.type} back`);
    return found(read(asked));
  }

  /** The types that can be read back. */
  get types(): string[] {
    return Object.keys(this.readers);
  }

  private readonly readers: Readonly<Record<string, (asked: Asked) => Promise<Properties | undefined>>> = {
    'AWS::S3::Bucket': ({ properties }) => this.bucket(properties.BucketName as string),
    'AWS::S3::BucketPolicy': async ({ properties }) => {
      const Bucket = properties.Bucket as string;
      const { Policy } = await this.s3.send(new s3.GetBucketPolicyCommand({ Bucket }));
      return Policy === undefined ? undefined : { Bucket, PolicyDocument: JSON.parse(Policy) };
    },
    'AWS::IAM::Role': ({ properties }) => this.role(properties.RoleName as string),
    'AWS::IAM::User': ({ properties }) => this.user(properties.UserName as string),
    'AWS::IAM::AccessKey': async ({ properties, physicalId }) => {
      const UserName = properties.UserName as string;
      const { AccessKeyMetadata = [] } = await this.iam.send(new iam.ListAccessKeysCommand({ UserName }));
      const key = AccessKeyMetadata.find(({ AccessKeyId }) => AccessKeyId === physicalId);
      return key && { UserName: key.UserName, Status: key.Status };
    },
    'AWS::IAM::OIDCProvider': async ({ properties }) => {
      const { OpenIDConnectProviderList = [] } = await this.iam.send(new iam.ListOpenIDConnectProvidersCommand({}));
      const url = (properties.Url as string).replace('https://', '');
      const arn = OpenIDConnectProviderList.map(({ Arn = '' }) => Arn).find((each) => each.endsWith(`/${url}`));
      if (arn === undefined) return undefined;
      const command = new iam.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn });
      const { Url, ClientIDList, Tags } = await this.iam.send(command);
      return { Url: `https://${Url?.replace('https://', '')}`, ClientIdList: ClientIDList, Tags };
    },
    'AWS::KMS::Key': ({ physicalId }) => (physicalId === undefined ? nothing() : this.key(physicalId)),
    'AWS::SecretsManager::Secret': async ({ properties }) => {
      const SecretId = properties.Name as string;
      const { Name, Description, Tags } = await this.secrets.send(new secrets.DescribeSecretCommand({ SecretId }));
      // What it holds is nobody's to read.
      return { Name, Description, Tags, SecretString: UNREADABLE };
    },
  };

  private async bucket(Bucket: string): Promise<Properties> {
    await this.s3.send(new s3.HeadBucketCommand({ Bucket }));
    const of = { Bucket };
    return {
      BucketName: Bucket,
      BucketEncryption: await part(this.s3.send(new s3.GetBucketEncryptionCommand(of)), (encryption) => ({
        ServerSideEncryptionConfiguration: encryption.ServerSideEncryptionConfiguration?.Rules?.map(
          ({ ApplyServerSideEncryptionByDefault, BucketKeyEnabled }) => ({
            ServerSideEncryptionByDefault: ApplyServerSideEncryptionByDefault,
            ...(BucketKeyEnabled ? { BucketKeyEnabled } : {}),
          }),
        ),
      })),
      PublicAccessBlockConfiguration: await part(
        this.s3.send(new s3.GetPublicAccessBlockCommand(of)),
        (access) => access.PublicAccessBlockConfiguration,
      ),
      OwnershipControls: await part(
        this.s3.send(new s3.GetBucketOwnershipControlsCommand(of)),
        (ownership) => ownership.OwnershipControls,
      ),
      VersioningConfiguration: await part(
        this.s3.send(new s3.GetBucketVersioningCommand(of)),
        ({ Status }) => Status && { Status },
      ),
      LifecycleConfiguration: await part(
        this.s3.send(new s3.GetBucketLifecycleConfigurationCommand(of)),
        ({ Rules }) => ({ Rules: Rules?.map(({ ID: Id, Filter: _, ...rule }) => ({ Id, ...rule })) }),
      ),
      LoggingConfiguration: await part(
        this.s3.send(new s3.GetBucketLoggingCommand(of)),
        ({ LoggingEnabled: to }) =>
          to && {
            DestinationBucketName: to.TargetBucket,
            ...(to.TargetPrefix ? { LogFilePrefix: to.TargetPrefix } : {}),
          },
      ),
      NotificationConfiguration: await part(
        this.s3.send(new s3.GetBucketNotificationConfigurationCommand(of)),
        ({ EventBridgeConfiguration }) =>
          EventBridgeConfiguration && { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      ),
      Tags: await part(this.s3.send(new s3.GetBucketTaggingCommand(of)), ({ TagSet }) => TagSet),
    };
  }

  private async role(RoleName: string): Promise<Properties> {
    const { Role } = await this.iam.send(new iam.GetRoleCommand({ RoleName }));
    const { PolicyNames = [] } = await this.iam.send(new iam.ListRolePoliciesCommand({ RoleName }));
    const documents = PolicyNames.map((PolicyName) =>
      this.iam.send(new iam.GetRolePolicyCommand({ RoleName, PolicyName })),
    );
    return {
      RoleName: Role?.RoleName,
      AssumeRolePolicyDocument: document(Role?.AssumeRolePolicyDocument),
      Policies: (await Promise.all(documents)).map(inline),
      MaxSessionDuration: Role?.MaxSessionDuration,
      PermissionsBoundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
      Tags: Role?.Tags,
    };
  }

  private async user(UserName: string): Promise<Properties> {
    const { User } = await this.iam.send(new iam.GetUserCommand({ UserName }));
    const { PolicyNames = [] } = await this.iam.send(new iam.ListUserPoliciesCommand({ UserName }));
    const documents = PolicyNames.map((PolicyName) =>
      this.iam.send(new iam.GetUserPolicyCommand({ UserName, PolicyName })),
    );
    const { Tags } = await this.iam.send(new iam.ListUserTagsCommand({ UserName }));
    return {
      UserName: User?.UserName,
      Policies: (await Promise.all(documents)).map(inline),
      PermissionsBoundary: User?.PermissionsBoundary?.PermissionsBoundaryArn,
      Tags,
    };
  }

  private async key(KeyId: string): Promise<Properties | undefined> {
    const { Keys = [] } = await this.kms.send(new kms.ListKeysCommand({ Limit: 1000 }));
    if (!Keys.some((key) => key.KeyId === KeyId)) return undefined;
    const of = { KeyId };
    return {
      Description: await part(this.kms.send(new kms.DescribeKeyCommand(of)), (key) => key.KeyMetadata?.Description),
      EnableKeyRotation: await part(
        this.kms.send(new kms.GetKeyRotationStatusCommand(of)),
        (rotation) => rotation.KeyRotationEnabled,
      ),
      KeyPolicy: await part(this.kms.send(new kms.GetKeyPolicyCommand({ ...of, PolicyName: 'default' })), (key) =>
        document(key.Policy),
      ),
      Tags: await part(this.kms.send(new kms.ListResourceTagsCommand(of)), ({ Tags }) =>
        Tags?.map(({ TagKey: Key, TagValue: Value }) => ({ Key, Value })),
      ),
    };
  }
}

const nothing = () => Promise.resolve(undefined);

/**
 * A policy. IAM sends it encoded as in a URL; moto sends what its CloudFormation made as Python writes it (an inline
 * policy) or as JSON that is no text (a key's).
 */
function document(policy: unknown): unknown {
  if (typeof policy !== 'string') return policy;
  const plain = policy.startsWith('%') ? decodeURIComponent(policy) : policy;
  return JSON.parse(plain.startsWith("{'") ? plain.replaceAll("'", '"') : plain);
}

function inline({ PolicyName, PolicyDocument }: { PolicyName?: string; PolicyDocument?: string }): Properties {
  return { PolicyName, PolicyDocument: document(PolicyDocument) };
}

/** An answer; undefined where the server says that there is no such thing. */
async function found<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    if ($metadata?.httpStatusCode === 404 || /^NoSuch|NotFound/.test(name)) return undefined;
    throw error;
  }
}

/** Stands for what nobody can tell: the server fails when it is asked, or it is not asked. */
export const UNREADABLE = Symbol('unreadable');

/** What of an answer is wanted; {@link UNREADABLE} where the server fails at the question. */
async function part<T>(answer: Promise<T>, wanted: (answer: T) => unknown): Promise<unknown> {
  try {
    const told = await found(answer);
    return told === undefined ? undefined : wanted(told);
  } catch (error) {
    if (((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0) < 500) throw error;
    return UNREADABLE;
  }
}
