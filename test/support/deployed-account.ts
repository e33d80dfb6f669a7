/**
 * An account as it is after definitions were deployed to it: the snapshot that AWS's answers would come to, made of the
 * app's templates. It knows the resource types of this app alone, and throws on any other.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cdkJson from '../../cdk.json';
import { SNAPSHOT_FORMAT } from '../../lib/account/snapshot';
import { synthesizedStacks } from '../../lib/app/templates';
import { load } from '../../lib/definitions/load';
import { bucketOf, type Client, type Deployment } from '../../lib/definitions/model/model';
import { problemLine } from '../../lib/definitions/yaml/problem';
import type { SynthesizedStack } from '../../lib/templates';
import { workedOut } from './intrinsics';

// biome-ignore lint/suspicious/noExplicitAny: an account is changed freely by tests
export type Raw = any;

export const HOME = { account: '111122223333', region: 'eu-west-1', partition: 'aws', urlSuffix: 'amazonaws.com' };

/** The owner of an account, by whom ACLs name it. */
export function canonicalId(account: string): string {
  return createHash('sha256').update(account).digest('hex');
}

/** The account of a folder of definitions. Clients that name another account are not in it. */
export function deployedAccount(dir: string, { account, region }: typeof HOME = HOME): Raw {
  const { deployment, problems, failed } = load(dir);
  if (failed) throw new Error(problems.map((problem) => problemLine(problem, dir)).join('\n'));
  const made = accountOf(stacksOf(deployment, { account, region }), { ...HOME, account, region });
  for (const client of deployment.clients)
    if ((client.account ?? account) === account) addExisting(made, client, region);
  return made;
}

/** What definitions name without making it. */
function addExisting(account: Raw, client: Client, region: string): void {
  for (const bucket of new Set([client.bucket, ...client.integrations.map((each) => bucketOf(client, each))])) {
    if (bucket.existing) addBucket(account, bucket.name, client.region ?? region);
    if (bucket.kmsKey?.startsWith('arn:')) addKey(account, bucket.kmsKey);
  }
  for (const integration of client.integrations) {
    if (integration.kind !== 'roles-anywhere' || integration.trustAnchorArn === undefined) continue;
    const source = {
      sourceType: 'AWS_ACM_PCA',
      sourceData: { acmPcaArn: 'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/1' },
    };
    account.trustAnchors.push({ trustAnchorArn: integration.trustAnchorArn, name: 'ours', enabled: true, source });
  }
}

/** A bucket that somebody else made: nothing is public, everything else as S3 has it for a new one. */
export function addBucket(account: Raw, name: string, region = HOME.region): Raw {
  const bucket = {
    Name: name,
    Region: region,
    Policy: null,
    PublicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    Acl: { Owner: { ID: canonicalId(account.account) }, Grants: ownersGrant(account.account) },
    Encryption: null,
    Versioning: {},
    Lifecycle: null,
    Logging: null,
    Replication: null,
    Inventories: [],
    Website: null,
    Notifications: {},
    Cors: null,
    Accelerate: {},
    AccessPoints: [],
  };
  account.bucketNames.push(name);
  account.buckets.push(bucket);
  return bucket;
}

/** A key that its own account alone may use. */
export function addKey(account: Raw, arn: string): void {
  if (account.keys.some(({ Arn }: Raw) => Arn === arn)) return;
  const root = { AWS: `arn:aws:iam::${account.account}:root` };
  const Statement = { Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*' };
  account.keys.push({
    Arn: arn,
    Aliases: [],
    Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
    Grants: [],
  });
}

/** The templates of a deployment. */
function stacksOf(
  deployment: Deployment,
  environment: { account: string; region: string },
): readonly SynthesizedStack[] {
  const outdir = mkdtempSync(join(tmpdir(), 'deployed-account-'));
  try {
    const clients = new Set(deployment.clients.map(({ name }) => name));
    return synthesizedStacks(deployment, { clients, providers: true, environment, context: cdkJson.context, outdir });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The stacks of an account, deployed to it. */
export function accountOf(stacks: readonly SynthesizedStack[], home: typeof HOME = HOME): Raw {
  const made = emptyAccount(home);
  const exports = new Map<string, unknown>();
  for (const stack of stacks) {
    if ((stack.account ?? home.account) === home.account) new StackDeployment(stack, home, exports).into(made);
  }
  made.regions = [...new Set([home.region, ...made.stacks.map(({ StackId }: Raw) => StackId.split(':')[3])])].sort();
  return made;
}

export function emptyAccount({ account, region, partition }: typeof HOME = HOME): Raw {
  return {
    format: SNAPSHOT_FORMAT,
    account,
    partition,
    regions: [region],
    collectedAt: '2026-11-27T10:00:00Z',
    iam: { RoleDetailList: [], UserDetailList: [], GroupDetailList: [], Policies: [] },
    maxSessionDurations: {},
    accessKeys: [],
    loginProfiles: [],
    oidcProviders: [],
    samlProviders: [],
    accountPublicAccessBlock: null,
    bucketNames: [],
    buckets: [],
    keys: [],
    secrets: [],
    trustAnchors: [],
    rolesAnywhereProfiles: [],
    accessGrants: [],
    accessGrantsLocations: [],
    transferUsers: [],
    transferAccesses: [],
    stacks: [],
    notRead: [],
  };
}

interface Resource {
  readonly Type: string;
  readonly Properties: Raw;
}

type Place = typeof HOME;

class StackDeployment {
  private readonly resources: Readonly<Record<string, Resource>>;
  private readonly place: Place;

  constructor(
    private readonly stack: SynthesizedStack,
    home: Place,
    private readonly exports: Map<string, unknown>,
  ) {
    this.place = { ...home, region: stack.region ?? home.region };
    this.resources = stack.template.Resources as Readonly<Record<string, Resource>>;
  }

  into(account: Raw): void {
    const { name, template } = this.stack;
    const { region } = this.place;
    const Outputs = Object.entries((template.Outputs ?? {}) as Readonly<Record<string, Raw>>).map(
      ([OutputKey, output]) => {
        const OutputValue = String(this.value(output.Value));
        const ExportName = output.Export && String(this.value(output.Export.Name));
        if (ExportName) this.exports.set(ExportName, OutputValue);
        return { OutputKey, OutputValue, ...(ExportName && { ExportName }) };
      },
    );
    account.stacks.push({
      StackName: name,
      StackId: `arn:aws:cloudformation:${region}:${this.place.account}:stack/${name}/${uuid(name)}`,
      StackStatus: 'CREATE_COMPLETE',
      Description: template.Description,
      Outputs,
      Resources: Object.entries(this.resources).map(([LogicalResourceId, { Type }]) => ({
        LogicalResourceId,
        PhysicalResourceId: this.physical(LogicalResourceId),
        ResourceType: Type,
      })),
    });
    for (const [id, { Type, Properties }] of Object.entries(this.resources))
      this.make(account, id, Type, this.value(Properties ?? {}));
  }

  private value(value: unknown): Raw {
    return workedOut(value, {
      reference: (id) => this.reference(id),
      attribute: (id, name) => this.attribute(id, name),
      imported: (name) => this.exports.get(name),
    });
  }

  private reference(id: string): unknown {
    const { account, region, partition, urlSuffix } = this.place;
    const pseudo: Readonly<Record<string, string>> = {
      'AWS::AccountId': account,
      'AWS::Region': region,
      'AWS::Partition': partition,
      'AWS::URLSuffix': urlSuffix,
    };
    return pseudo[id] ?? this.physical(id);
  }

  /** What CloudFormation calls a resource. */
  private physical(id: string): string {
    const { Type, Properties = {} } = this.resources[id] ?? { Type: 'nothing' };
    switch (Type) {
      case 'AWS::S3::Bucket':
        return Properties.BucketName;
      case 'AWS::IAM::User':
        return Properties.UserName;
      case 'AWS::IAM::Role':
        return Properties.RoleName;
      case 'AWS::IAM::AccessKey':
        return `AKIA${hex(`${this.stack.name} ${id}`).slice(0, 16).toUpperCase()}`;
      default:
        return uuid(`${this.stack.name} ${id}`);
    }
  }

  private arn(service: string, resource: string): string {
    const { partition, region, account } = this.place;
    return `arn:${partition}:${service}:${region}:${account}:${resource}`;
  }

  private attribute(id: string, name: string): unknown {
    const { Type, Properties } = this.resources[id] ?? { Type: 'nothing', Properties: {} };
    const physical = this.physical(id);
    switch (`${Type} ${name}`) {
      case 'AWS::S3::Bucket Arn':
        return `arn:${this.place.partition}:s3:::${physical}`;
      case 'AWS::KMS::Key Arn':
        return this.arn('kms', `key/${physical}`);
      case 'AWS::IAM::AccessKey SecretAccessKey':
        return `secret-of-${id}`;
      case 'AWS::RolesAnywhere::TrustAnchor TrustAnchorArn':
        return this.arn('rolesanywhere', `trust-anchor/${physical}`);
      case 'AWS::RolesAnywhere::Profile ProfileArn':
        return this.arn('rolesanywhere', `profile/${physical}`);
      case 'AWS::S3::AccessPoint Alias':
        return `${Properties.Name}-${hex(id).slice(0, 20)}-s3alias`;
      default:
        throw new Error(`no test knows ${name} of ${Type}`);
    }
  }

  private make(account: Raw, id: string, type: string, properties: Raw): void {
    const maker = MAKERS[type];
    if (!maker) throw new Error(`no test knows how AWS would show ${type}`);
    maker({
      account,
      properties,
      id,
      physical: this.physical(id),
      place: this.place,
      arn: (service, resource) => this.arn(service, resource),
      attribute: (name) => this.attribute(id, name),
    });
  }
}

interface Making {
  readonly account: Raw;
  readonly properties: Raw;
  readonly id: string;
  readonly physical: string;
  readonly place: Place;
  arn(service: string, resource: string): string;
  attribute(name: string): unknown;
}

/** As IAM's API gives a document. */
export function encoded(document: unknown): string {
  return encodeURIComponent(JSON.stringify(document));
}

const iamArn = ({ place }: Making, kind: string, path = '/', name = '') =>
  `arn:${place.partition}:iam::${place.account}:${kind}${path}${name}`;

const inlineOf = (properties: Raw) =>
  (properties.Policies ?? []).map(({ PolicyName, PolicyDocument }: Raw) => ({
    PolicyName,
    PolicyDocument: encoded(PolicyDocument),
  }));

const boundaryOf = ({ PermissionsBoundary }: Raw) =>
  PermissionsBoundary && {
    PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: PermissionsBoundary },
  };

const CREATED = '2026-11-01T08:00:00Z';

const MAKERS: Readonly<Record<string, (making: Making) => void>> = {
  'AWS::CloudFormation::WaitConditionHandle': () => {},
  'AWS::IAM::Role': (making) => {
    const { account, properties } = making;
    const { RoleName, Path = '/', AssumeRolePolicyDocument, MaxSessionDuration = 3600 } = properties;
    account.iam.RoleDetailList.push({
      Path,
      RoleName,
      RoleId: `AROA${hex(RoleName).slice(0, 16).toUpperCase()}`,
      Arn: iamArn(making, 'role', Path, RoleName),
      CreateDate: CREATED,
      AssumeRolePolicyDocument: encoded(AssumeRolePolicyDocument),
      RolePolicyList: inlineOf(properties),
      AttachedManagedPolicies: [],
      ...boundaryOf(properties),
    });
    account.maxSessionDurations[RoleName] = MaxSessionDuration;
  },
  'AWS::IAM::User': (making) => {
    const { account, properties } = making;
    const { UserName, Path = '/' } = properties;
    account.iam.UserDetailList.push({
      Path,
      UserName,
      UserId: `AIDA${hex(UserName).slice(0, 16).toUpperCase()}`,
      Arn: iamArn(making, 'user', Path, UserName),
      CreateDate: CREATED,
      UserPolicyList: inlineOf(properties),
      GroupList: [],
      AttachedManagedPolicies: [],
      ...boundaryOf(properties),
    });
  },
  'AWS::IAM::AccessKey': ({ account, properties, physical }) => {
    const { UserName, Status = 'Active' } = properties;
    account.accessKeys.push({ UserName, AccessKeyId: physical, Status, CreateDate: CREATED });
  },
  'AWS::IAM::OIDCProvider': (making) => {
    const { Url, ClientIdList } = making.properties;
    const bare = Url.replace('https://', '');
    making.account.oidcProviders.push({
      Arn: iamArn(making, 'oidc-provider', '/', bare),
      Url: bare,
      ClientIDList: ClientIdList,
    });
  },
  'AWS::SecretsManager::Secret': ({ account, properties, arn }) => {
    account.secrets.push({
      Name: properties.Name,
      Arn: arn('secretsmanager', `secret:${properties.Name}-${hex(properties.Name).slice(0, 6)}`),
      Policy: null,
    });
  },
  'AWS::S3::Bucket': ({ account, properties, place }) => {
    const { BucketName, BucketEncryption, VersioningConfiguration, LifecycleConfiguration } = properties;
    account.bucketNames.push(BucketName);
    account.buckets.push({
      Name: BucketName,
      Region: place.region,
      Policy: null,
      PublicAccessBlock: properties.PublicAccessBlockConfiguration,
      OwnershipControls: properties.OwnershipControls,
      Acl: { Owner: { ID: canonicalId(place.account) }, Grants: ownersGrant(place.account) },
      Encryption: {
        Rules: BucketEncryption.ServerSideEncryptionConfiguration.map(
          ({ ServerSideEncryptionByDefault, ...rule }: Raw) => ({
            ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault,
            ...rule,
          }),
        ),
      },
      Versioning: VersioningConfiguration ? { Status: VersioningConfiguration.Status } : {},
      Lifecycle: { Rules: LifecycleConfiguration.Rules.map(lifecycleRule) },
      Logging: properties.LoggingConfiguration
        ? {
            TargetBucket: properties.LoggingConfiguration.DestinationBucketName,
            TargetPrefix: properties.LoggingConfiguration.LogFilePrefix ?? '',
          }
        : null,
      Replication: null,
      Inventories: [],
      Website: null,
      Notifications: properties.NotificationConfiguration?.EventBridgeConfiguration
        ? { EventBridgeConfiguration: {} }
        : {},
      Cors: null,
      Accelerate: {},
      AccessPoints: [],
    });
  },
  'AWS::S3::BucketPolicy': ({ account, properties }) => {
    bucketNamed(account, properties.Bucket).Policy = JSON.stringify(properties.PolicyDocument);
  },
  'AWS::S3::AccessPoint': ({ account, properties, arn, attribute }) => {
    bucketNamed(account, properties.Bucket).AccessPoints.push({
      Name: properties.Name,
      Arn: arn('s3', `accesspoint/${properties.Name}`),
      Alias: attribute('Alias'),
      NetworkOrigin: 'Internet',
      Policy: JSON.stringify(properties.Policy),
    });
  },
  'AWS::KMS::Key': ({ account, properties, physical, arn }) => {
    account.keys.push({
      Arn: arn('kms', `key/${physical}`),
      Aliases: [],
      Policy: JSON.stringify(properties.KeyPolicy, null, 2),
      Grants: [],
    });
  },
  'AWS::RolesAnywhere::TrustAnchor': ({ account, properties, physical, arn }) => {
    const { Name, Enabled, Source } = properties;
    account.trustAnchors.push({
      trustAnchorArn: arn('rolesanywhere', `trust-anchor/${physical}`),
      name: Name,
      enabled: Enabled,
      source: {
        sourceType: Source.SourceType,
        sourceData: { x509CertificateData: Source.SourceData.X509CertificateData },
      },
      createdAt: CREATED,
    });
  },
  'AWS::RolesAnywhere::Profile': ({ account, properties, physical, arn }) => {
    const { Name, Enabled, RoleArns, DurationSeconds, AcceptRoleSessionName } = properties;
    account.rolesAnywhereProfiles.push({
      profileArn: arn('rolesanywhere', `profile/${physical}`),
      name: Name,
      enabled: Enabled,
      roleArns: RoleArns,
      managedPolicyArns: [],
      durationSeconds: DurationSeconds,
      acceptRoleSessionName: AcceptRoleSessionName ?? false,
      attributeMappings: [
        { certificateField: 'x509Subject', mappingRules: [{ specifier: '*' }] },
        { certificateField: 'x509Issuer', mappingRules: [{ specifier: '*' }] },
        {
          certificateField: 'x509SAN',
          mappingRules: [{ specifier: 'DNS' }, { specifier: 'URI' }, { specifier: 'Name/*' }],
        },
      ],
      createdAt: CREATED,
    });
  },
};

export function ownersGrant(account: string): Raw {
  return [{ Grantee: { Type: 'CanonicalUser', ID: canonicalId(account) }, Permission: 'FULL_CONTROL' }];
}

function bucketNamed(account: Raw, name: string): Raw {
  return account.buckets.find((bucket: Raw) => bucket.Name === name);
}

/** CloudFormation's words are not the API's. */
function lifecycleRule(rule: Raw): Raw {
  const { Id, Status, AbortIncompleteMultipartUpload, ExpirationInDays, NoncurrentVersionExpiration } = rule;
  return {
    ID: Id,
    Status,
    Filter: { Prefix: '' },
    ...(AbortIncompleteMultipartUpload && { AbortIncompleteMultipartUpload }),
    ...(ExpirationInDays && { Expiration: { Days: ExpirationInDays } }),
    ...(NoncurrentVersionExpiration && {
      NoncurrentVersionExpiration: { NoncurrentDays: NoncurrentVersionExpiration.NoncurrentDays },
    }),
  };
}

function hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function uuid(text: string): string {
  return hex(text).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
