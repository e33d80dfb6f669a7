/**
 * What each type of resource can do to what is guarded. A type that is in no list is judged by what it holds.
 */
import { KNOWN_TYPES } from './known-types';

/**
 * What a type of resource is:
 * - `door`: it leads somewhere, or guards something, and has a check of its own;
 * - `acts-by-role`: what it does, it does by a role that it names, and that role is judged;
 * - `inert`: it gives nobody anything that is guarded;
 * - `unknown`: nobody has looked at it.
 */
export type ResourceClass = 'door' | 'acts-by-role' | 'inert' | 'unknown';

/** Types with a check of their own: of what they hold, or of where they lead. */
export const DOOR_TYPES = [
  // Who may do what.
  'AWS::IAM::AccessKey',
  'AWS::IAM::Group',
  'AWS::IAM::GroupPolicy',
  'AWS::IAM::InstanceProfile',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::IAM::RolePolicy',
  'AWS::IAM::User',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::UserToGroupAddition',
  'AWS::Budgets::BudgetsAction',
  // What is guarded, and its policies.
  'AWS::KMS::Grant',
  'AWS::KMS::Key',
  'AWS::KMS::ReplicaKey',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::SecretsManager::Secret',
  // Who vouches for certificates.
  'AWS::RolesAnywhere::Profile',
  'AWS::RolesAnywhere::TrustAnchor',
  // Other ways into a bucket.
  'AWS::S3::AccessGrant',
  'AWS::S3::AccessGrantsLocation',
  'AWS::S3::AccessPoint',
  'AWS::S3::MultiRegionAccessPoint',
  'AWS::S3::MultiRegionAccessPointPolicy',
  'AWS::S3Express::AccessPoint',
  'AWS::S3Files::FileSystem',
  'AWS::S3ObjectLambda::AccessPoint',
  'AWS::DataSync::LocationObjectStorage',
  'AWS::DataSync::LocationS3',
  'AWS::FSx::DataRepositoryAssociation',
  'AWS::StorageGateway::NFSFileShare',
  'AWS::StorageGateway::SMBFileShare',
  'AWS::LakeFormation::Permissions',
  'AWS::LakeFormation::PrincipalPermissions',
  'AWS::LakeFormation::Resource',
  'AWS::RAM::PrincipalAssociation',
  'AWS::RAM::ResourceAssociation',
  'AWS::RAM::ResourceShare',
  // Who acts by a role of ours from outside.
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::ApiGatewayManagedOverrides',
  'AWS::ApiGatewayV2::Integration',
  'AWS::AppStream::Fleet',
  'AWS::AppSync::DataSource',
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
  'AWS::Chatbot::SlackChannelConfiguration',
  'AWS::CleanRooms::ConfiguredTableAssociation',
  'AWS::Transfer::Access',
  'AWS::Transfer::Agreement',
  'AWS::Transfer::Server',
  'AWS::Transfer::User',
  // What serves objects to the world.
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::StreamingDistribution',
  'AWS::MediaPackage::Asset',
  'AWS::MediaTailor::SourceLocation',
  // What writes objects that strangers send.
  'AWS::IoT::TopicRule',
  'AWS::SES::MailManagerRuleSet',
  'AWS::SES::ReceiptRule',
  // What takes objects, or what is said of them, elsewhere.
  'AWS::Backup::BackupAccessPoint',
  'AWS::Backup::BackupPlan',
  'AWS::CloudTrail::Trail',
  'AWS::Events::Rule',
  'AWS::Logs::DeliverySource',
  'AWS::S3::StorageLens',
  'AWS::Shield::DRTAccess',
  // What deploys templates that nobody here reads.
  'AWS::CloudFormation::StackSet',
  'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
  // Custom resources of the CDK.
  'Custom::AWS',
  'Custom::S3AutoDeleteObjects',
  'Custom::S3BucketNotifications',
] as const;

export type DoorType = (typeof DOOR_TYPES)[number];

/** Custom resources that the CDK brings: what they do is known, and gives nobody anything that is guarded. */
const CUSTOM = `AWSCDKCfnJson AWSCDKCfnJsonStringify AWSCDKOpenIdConnectProvider AWSCDK-EKS-Cluster AWSCDK-EKS-FargateProfile
  AWSCDK-EKS-HelmChart AWSCDK-EKS-KubernetesObjectValue AWSCDK-EKS-KubernetesPatch AWSCDK-EKS-KubernetesResource
  CDKBucketDeployment CloudwatchLogResourcePolicy CrossAccountZoneDelegation CrossRegionExportReader
  CrossRegionExportWriter CrossRegionStringParameterReader DeleteExistingRecordSet DescribeCognitoUserPoolClient
  DynamoDBReplica ECRAutoDeleteImages ElasticsearchAccessPolicy GluePartitionIndex LogRetention OpenSearchAccessPolicy
  S3ObjectCopy SyntheticsAutoDeleteUnderlyingResources Trigger UserPoolCloudFrontDomainName VpcRestrictDefaultSG`;

/** What a transform of AWS's makes policies of, or a function of anybody's: judged by what it holds. */
const BY_WHAT_THEY_HOLD = /^AWS::(?:Serverless::|CloudFormation::CustomResource$)/;

const CLASSES: ReadonlyMap<string, ResourceClass> = new Map<string, ResourceClass>([
  ...KNOWN_TYPES.trim()
    .split(/\n(?! )/)
    .flatMap((paragraph): [string, ResourceClass][] => {
      const [service = '', ...names] = paragraph.split(/\s+/);
      return names
        .map((name): [string, ResourceClass] => [
          `${service}::${name.replace('*', '')}`,
          name.endsWith('*') ? 'acts-by-role' : 'inert',
        ])
        .filter(([type]) => !BY_WHAT_THEY_HOLD.test(type));
    }),
  ...CUSTOM.split(/\s+/).map((name): [string, ResourceClass] => [`Custom::${name}`, 'inert']),
  // CloudFormation's own, which no class of the CDK makes.
  ['AWS::CDK::Metadata', 'inert'],
  ...DOOR_TYPES.map((type): [string, ResourceClass] => [type, 'door']),
]);

/** What a type of resource is. */
export function classOf(type: string): ResourceClass {
  return CLASSES.get(type) ?? 'unknown';
}

/** Every type that somebody has looked at, with what it is. */
export function classifiedTypes(): ReadonlyMap<string, ResourceClass> {
  return CLASSES;
}
