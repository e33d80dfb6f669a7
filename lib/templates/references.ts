/**
 * What `Ref` and `Fn::GetAtt` of a resource come to, by its type: names and ARNs in the model's words. What is not listed may
 * be anything.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
import { ANY, ANYTHING, type Piece, type Value } from '../access';
import type { Environment } from './environment';

/** A resource that something refers to. */
export interface Referred {
  readonly scope: string;
  readonly id: string;
  readonly type: string;
  readonly environment: Environment;
  /** One of its properties, evaluated; undefined where it has none of that name. */
  readonly property: (name: string) => Value | undefined;
}

type Build = (resource: Referred) => Value;

interface Referable {
  /** What `Ref` gives. */
  readonly ref: Build;
  readonly attributes: Readonly<Record<string, Build>>;
}

/** A name that only the deployment gives, by attribute where a resource has several. */
const made =
  (attribute?: string): Build =>
  ({ scope, id }) => [{ scope, id, ...(attribute !== undefined && { attribute }) }];

/** Types of which a made name begins with that of the stack. */
const BY_STACK: ReadonlySet<string> = new Set([
  'AWS::S3::Bucket',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::IAM::Group',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::InstanceProfile',
  'AWS::Lambda::Function',
]);

/** What CloudFormation makes of the stack's name, the logical id and chance; either it shortens where they are long. */
function generatedName({ scope, id, type, environment: { generated, isNested } }: Referred): Value {
  if (generated === undefined || !BY_STACK.has(type)) return [{ scope, id }];
  const shortened = isNested || generated.length > 24 || id.length > 24;
  const start = shortened ? generated.slice(0, 12) : `${generated}-${id}-`;
  return [{ scope, id, like: [type === 'AWS::S3::Bucket' ? start.toLowerCase() : start, ANY] }];
}

const named =
  (property: string): Build =>
  (resource) =>
    resource.property(property) ?? generatedName(resource);

const arn =
  (service: string, region: boolean, account: boolean, resource: Build): Build =>
  (referred) => {
    const { partition, region: where, account: whose } = referred.environment;
    const parts: Piece[] = [':', ...(region ? where : []), ':', ...(account ? whose : []), ':'];
    return ['arn:', ...partition, ':', service, ...parts, ...resource(referred)];
  };

const after =
  (start: string, ...builds: readonly Build[]): Build =>
  (referred) => [start, ...builds.flatMap((build) => build(referred))];

const iam = (kind: string, name: Build): Build =>
  arn(
    'iam',
    false,
    true,
    after(kind, ({ property }) => property('Path') ?? ['/'], name),
  );

const byName = (property: string, arnOf: (name: Build) => Build): Referable => ({
  ref: named(property),
  attributes: { Arn: arnOf(named(property)) },
});

const byArn = (build: Build, ...names: readonly string[]): Referable => ({
  ref: build,
  attributes: Object.fromEntries(names.map((name) => [name, build])),
});

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
const ofBucket = byName('BucketName', (name) => arn('s3', false, false, name));
const host =
  (start: string, before: string, region: boolean): Build =>
  (referred) => {
    const { region: where, urlSuffix } = referred.environment;
    return [start, ...named('BucketName')(referred), before, ...(region ? [...where, '.'] : []), ...urlSuffix];
  };
const bucket: Referable = {
  ...ofBucket,
  attributes: {
    ...ofBucket.attributes,
    DomainName: host('', '.s3.', false),
    RegionalDomainName: host('', '.s3.', true),
    DualStackDomainName: host('', '.s3.dualstack.', true),
    WebsiteURL: (referred) => ['http://', ...named('BucketName')(referred), '.s3-website', ANY],
  },
};
const key: Referable = {
  ref: made(),
  attributes: { KeyId: made(), Arn: arn('kms', true, true, after('key/', made())) },
};
const secret = byArn(
  arn('secretsmanager', true, true, (referred) => [
    'secret:',
    ...named('Name')(referred),
    '-',
    ...made('suffix')(referred),
  ]),
  'Id',
);
/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html */
const alias: Build = ({ scope, id }) => [{ scope, id, attribute: 'Alias', like: [ANY, '-s3alias'] }];
const point = byName('Name', (name) => arn('s3', true, true, after('accesspoint/', name)));
const ofRolesAnywhere = (kind: string, id: string): Referable => ({
  ref: made(),
  attributes: {
    [`${id}Id`]: made(),
    [`${id}Arn`]: arn('rolesanywhere', true, true, after(kind, made())),
  },
});

const ofRepository = byName('RepositoryName', (name) => arn('ecr', true, true, after('repository/', name)));
const repository: Referable = {
  ...ofRepository,
  attributes: {
    ...ofRepository.attributes,
    RepositoryUri: (referred) => {
      const { account, region, urlSuffix } = referred.environment;
      return [...account, '.dkr.ecr.', ...region, '.', ...urlSuffix, '/', ...named('RepositoryName')(referred)];
    },
  },
};

/** Of a function's alias or version, which says its function by name or ARN. */
const ofFunction = (attribute: string) =>
  arn('lambda', true, true, (referred) => ['function:', ...made(attribute)(referred)]);

const TYPES: ReadonlyMap<string, Referable> = new Map([
  ['AWS::S3::Bucket', bucket],
  ['AWS::S3::AccessPoint', { ...point, attributes: { ...point.attributes, Name: named('Name'), Alias: alias } }],
  ['AWS::IAM::Role', byName('RoleName', (name) => iam('role', name))],
  ['AWS::IAM::User', byName('UserName', (name) => iam('user', name))],
  ['AWS::IAM::Group', byName('GroupName', (name) => iam('group', name))],
  ['AWS::IAM::InstanceProfile', byName('InstanceProfileName', (name) => iam('instance-profile', name))],
  ['AWS::IAM::ManagedPolicy', byArn(iam('policy', named('ManagedPolicyName')), 'PolicyArn')],
  ['AWS::IAM::AccessKey', { ref: made(), attributes: { Id: made(), SecretAccessKey: made('SecretAccessKey') } }],
  [
    'AWS::IAM::OIDCProvider',
    byArn(
      arn('iam', false, true, ({ property }) => ['oidc-provider/', ...withoutScheme(property('Url'))]),
      'Arn',
    ),
  ],
  ['AWS::IAM::SAMLProvider', byArn(arn('iam', false, true, after('saml-provider/', named('Name'))), 'Arn')],
  ['AWS::KMS::Key', key],
  ['AWS::KMS::ReplicaKey', key],
  ['AWS::KMS::Alias', { ref: named('AliasName'), attributes: {} }],
  ['AWS::SecretsManager::Secret', secret],
  [
    'AWS::S3::AccessGrantsInstance',
    byArn(arn('s3', true, true, after('access-grants/', made())), 'AccessGrantsInstanceArn'),
  ],
  [
    'AWS::ACMPCA::CertificateAuthority',
    byArn(arn('acm-pca', true, true, after('certificate-authority/', made())), 'Arn'),
  ],
  ['AWS::S3::MultiRegionAccessPoint', { ref: named('Name'), attributes: {} }],
  ['AWS::S3::AccessGrantsLocation', { ref: made(), attributes: { AccessGrantsLocationId: made() } }],
  // A secret that is attached to a database goes by the same ARN.
  [
    'AWS::SecretsManager::SecretTargetAttachment',
    { ref: ({ property }) => property('SecretId') ?? ANYTHING, attributes: {} },
  ],
  ['AWS::RolesAnywhere::TrustAnchor', ofRolesAnywhere('trust-anchor/', 'TrustAnchor')],
  ['AWS::RolesAnywhere::Profile', ofRolesAnywhere('profile/', 'Profile')],
  [
    'AWS::Backup::LogicallyAirGappedBackupVault',
    {
      ref: named('BackupVaultName'),
      attributes: { BackupVaultArn: arn('backup', true, true, after('backup-vault:', named('BackupVaultName'))) },
    },
  ],
  ['AWS::SNS::Topic', byArn(arn('sns', true, true, named('TopicName')), 'TopicArn')],
  [
    'AWS::S3Tables::TableBucket',
    byArn(arn('s3tables', true, true, after('bucket/', named('TableBucketName'))), 'TableBucketARN'),
  ],
  ['AWS::Lambda::Alias', byArn(ofFunction('Name'), 'AliasArn')],
  ['AWS::Lambda::Version', byArn(ofFunction('Version'), 'FunctionArn')],
  ['AWS::CodeBuild::Project', byName('Name', (name) => arn('codebuild', true, true, after('project/', name)))],
  ['AWS::CodePipeline::Pipeline', { ref: named('Name'), attributes: {} }],
  ['AWS::ECR::Repository', repository],
  ['AWS::Glue::Job', { ref: named('Name'), attributes: {} }],
  [
    'AWS::StepFunctions::StateMachine',
    byArn(arn('states', true, true, after('stateMachine:', named('StateMachineName'))), 'Arn'),
  ],
  ['AWS::Lambda::Function', byName('FunctionName', (name) => arn('lambda', true, true, after('function:', name)))],
  [
    'AWS::CloudFront::CloudFrontOriginAccessIdentity',
    { ref: made(), attributes: { S3CanonicalUserId: made('S3CanonicalUserId') } },
  ],
  [
    'AWS::SSM::Parameter',
    { ref: named('Name'), attributes: { Value: ({ property }) => property('Value') ?? ANYTHING } },
  ],
]);

function withoutScheme(url: Value | undefined): Value {
  const [first, ...others] = url ?? [];
  return typeof first === 'string' && first.startsWith('https://')
    ? [first.slice('https://'.length), ...others]
    : ANYTHING;
}

/** What `Ref` of a resource comes to. */
export function refOf(resource: Referred): Value {
  return TYPES.get(resource.type)?.ref(resource) ?? ANYTHING;
}

/** What `Fn::GetAtt` of a resource comes to. */
export function attributeOf(resource: Referred, attribute: string): Value {
  const known = TYPES.get(resource.type);
  const build = known && Object.hasOwn(known.attributes, attribute) ? known.attributes[attribute] : undefined;
  if (build) return build(resource);
  const [, own, kind] = /^AWS::(\w+)::(\w+)$/.exec(resource.type) ?? [];
  const isArn = attribute === 'Arn' || attribute === `${kind}Arn`;
  // What AWS makes for a stack is in the stack's account; buckets alone don't say so.
  return own !== undefined && own !== 'CloudFormation' && !known && isArn ? arnOfUnlisted(resource) : ANYTHING;
}

function arnOfUnlisted({ scope, id, environment: { partition, account, region } }: Referred): Value {
  const where: Piece = { oneOf: [region, []] };
  return ['arn:', ...partition, ':', { scope, id, attribute: 'service' }, ':', where, ':', ...account, ':', ANY];
}
