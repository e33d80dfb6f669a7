/**
 * Resources that lead to a client's bucket, or to an integration's principal or secret, beside policies: each type of door
 * with its check.
 */
import { canonicalText } from '../access';
import { at, classOf, type DoorType, type ReadResource } from '../templates';
import { customCall, deletesObjects } from './custom-resources';
import { distribution, streamingDistribution } from './distributions';
import { type DoorCheck, door, leadingBy, under, WAY_IN } from './door-check';
import {
  accessGrant,
  grantsLocation,
  lakePermissions,
  multiRegionPolicy,
  resourceAssociation,
  resourceShare,
} from './granting-doors';
import { GuardedNames } from './guarded-names';
import type { JudgedApp } from './judged-app';
import { unknownType } from './unknown-types';
import { type Violation, violation } from './violation';
import { backupAccessPoint, backupPlan, deliverySource, eventRule, rotation, storageLens, trail } from './ways-out';

/** Judged with what it guards, or with whom it lets act. */
const ELSEWHERE: DoorCheck = () => [];

/** An action of a budget attaches a policy to the roles and users that it names. */
const budgetAction: DoorCheck = ({ properties }, judged) => {
  const named = (kind: 'role' | 'user', list: string) =>
    under(properties, ['Definition', 'IamActionDefinition', list]).flatMap(
      (name) => judged.perhapsNamed(kind, name) ?? [],
    );
  const [integration] = [...named('role', 'Roles'), ...named('user', 'Users')];
  return integration
    ? [
        {
          rule: 'more-access',
          at: 'Definition',
          reason: `it adds to what ${integration.intent.integration} is meant to have`,
        },
      ]
    : [];
};

/** A file transfer that begins in a client's bucket; the role by which it is there is judged as well. */
const transfer: DoorCheck = ({ properties }, _, guarded) =>
  ['HomeDirectory', 'HomeDirectoryMappings', 'BaseDirectory', 'CustomDirectories'].flatMap((name) =>
    guarded.inPart(at(properties, name)) ? door(name, `it is ${WAY_IN}`) : [],
  );

/** What writes into a bucket whatever strangers send: mail, messages of devices. */
const received =
  (...paths: readonly (readonly string[])[]): DoorCheck =>
  ({ properties }, _, guarded) =>
    paths.some((path) => under(properties, path).some((bucket) => guarded.mayLead(bucket)))
      ? door(paths[0]?.[0] ?? '', "it writes what anyone sends into a client's bucket, or may")
      : [];

const unreadTemplate: DoorCheck = ({ type }) => [
  { rule: 'unread-template', at: 'Properties', reason: `nobody here reads the template that ${type} deploys` },
];

const CHECKS: Readonly<Record<DoorType, DoorCheck>> = {
  'AWS::IAM::AccessKey': ELSEWHERE,
  'AWS::IAM::Group': ELSEWHERE,
  'AWS::IAM::GroupPolicy': ELSEWHERE,
  'AWS::IAM::InstanceProfile': ELSEWHERE,
  'AWS::IAM::ManagedPolicy': ELSEWHERE,
  'AWS::IAM::Policy': ELSEWHERE,
  'AWS::IAM::Role': ELSEWHERE,
  'AWS::IAM::RolePolicy': ELSEWHERE,
  'AWS::IAM::User': ELSEWHERE,
  'AWS::IAM::UserPolicy': ELSEWHERE,
  'AWS::IAM::UserToGroupAddition': ELSEWHERE,
  'AWS::Budgets::BudgetsAction': budgetAction,
  'AWS::KMS::Grant': ELSEWHERE,
  'AWS::KMS::Key': ELSEWHERE,
  'AWS::KMS::ReplicaKey': ELSEWHERE,
  'AWS::S3::Bucket': ELSEWHERE,
  'AWS::S3::BucketPolicy': ELSEWHERE,
  'AWS::SecretsManager::ResourcePolicy': ELSEWHERE,
  'AWS::SecretsManager::RotationSchedule': rotation,
  'AWS::SecretsManager::Secret': ELSEWHERE,
  'AWS::RolesAnywhere::Profile': ELSEWHERE,
  'AWS::RolesAnywhere::TrustAnchor': ELSEWHERE,
  'AWS::S3::AccessGrant': accessGrant,
  'AWS::S3::AccessGrantsLocation': grantsLocation,
  'AWS::S3::AccessPoint': ELSEWHERE,
  'AWS::S3::MultiRegionAccessPoint': leadingBy('Regions', 'Bucket'),
  'AWS::S3::MultiRegionAccessPointPolicy': multiRegionPolicy,
  'AWS::S3Express::AccessPoint': leadingBy('Bucket'),
  'AWS::S3Files::FileSystem': leadingBy('Bucket'),
  'AWS::S3ObjectLambda::AccessPoint': leadingBy('ObjectLambdaConfiguration', 'SupportingAccessPoint'),
  'AWS::DataSync::LocationObjectStorage': leadingBy('BucketName'),
  'AWS::DataSync::LocationS3': leadingBy('S3BucketArn'),
  'AWS::FSx::DataRepositoryAssociation': leadingBy('DataRepositoryPath'),
  'AWS::StorageGateway::NFSFileShare': leadingBy('LocationARN'),
  'AWS::StorageGateway::SMBFileShare': leadingBy('LocationARN'),
  'AWS::LakeFormation::Permissions': lakePermissions(
    ['DataLakePrincipal', 'DataLakePrincipalIdentifier'],
    ['Resource', 'DataLocationResource', 'S3Resource'],
  ),
  'AWS::LakeFormation::PrincipalPermissions': lakePermissions(
    ['Principal', 'DataLakePrincipalIdentifier'],
    ['Resource', 'DataLocation', 'ResourceArn'],
  ),
  'AWS::LakeFormation::Resource': leadingBy('ResourceArn'),
  'AWS::RAM::PrincipalAssociation': ELSEWHERE,
  'AWS::RAM::ResourceAssociation': resourceAssociation,
  'AWS::RAM::ResourceShare': resourceShare,
  'AWS::ApiGateway::Method': ELSEWHERE,
  'AWS::ApiGateway::RestApi': ELSEWHERE,
  'AWS::ApiGatewayV2::Api': ELSEWHERE,
  'AWS::ApiGatewayV2::ApiGatewayManagedOverrides': ELSEWHERE,
  'AWS::ApiGatewayV2::Integration': ELSEWHERE,
  'AWS::AppStream::Fleet': ELSEWHERE,
  'AWS::AppSync::DataSource': ELSEWHERE,
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': ELSEWHERE,
  'AWS::Chatbot::SlackChannelConfiguration': ELSEWHERE,
  'AWS::CleanRooms::ConfiguredTableAssociation': ELSEWHERE,
  'AWS::Transfer::Access': transfer,
  'AWS::Transfer::Agreement': transfer,
  'AWS::Transfer::Server': ELSEWHERE,
  'AWS::Transfer::User': transfer,
  'AWS::CloudFront::Distribution': distribution,
  'AWS::CloudFront::StreamingDistribution': streamingDistribution,
  'AWS::MediaPackage::Asset': leadingBy('SourceArn'),
  'AWS::MediaTailor::SourceLocation': leadingBy('HttpConfiguration', 'BaseUrl'),
  'AWS::IoT::TopicRule': received(
    ['TopicRulePayload', 'Actions', 'S3', 'BucketName'],
    ['TopicRulePayload', 'ErrorAction', 'S3', 'BucketName'],
  ),
  'AWS::SES::MailManagerRuleSet': received(['Rules', 'Actions', 'WriteToS3', 'S3Bucket']),
  'AWS::SES::ReceiptRule': received(['Rule', 'Actions', 'S3Action', 'BucketName']),
  'AWS::Backup::BackupAccessPoint': backupAccessPoint,
  'AWS::Backup::BackupPlan': backupPlan,
  'AWS::CloudTrail::Trail': trail,
  'AWS::Events::Rule': eventRule,
  'AWS::Logs::DeliverySource': deliverySource,
  'AWS::S3::StorageLens': storageLens,
  'AWS::Shield::DRTAccess': leadingBy('LogBucketList'),
  'AWS::CloudFormation::StackSet': unreadTemplate,
  'AWS::ServiceCatalog::CloudFormationProvisionedProduct': unreadTemplate,
  'Custom::AWS': customCall,
  'Custom::S3AutoDeleteObjects': deletesObjects,
  'Custom::S3BucketNotifications': ELSEWHERE,
};

/** Resources that are there to lead somewhere, and those of which nobody knows. */
export function otherDoors(judged: JudgedApp): readonly Violation[] {
  const guarded = new GuardedNames(judged);
  return judged.app.resources.flatMap((resource) => {
    const { type } = resource;
    const kind = classOf(type);
    const check = kind === 'unknown' ? unknownType : kind === 'door' ? CHECKS[type as DoorType] : ELSEWHERE;
    return check(resource, judged, guarded).map(({ rule, at: where, reason, value = '' }) =>
      violation(rule, resource, where, reason, `${settingsText(resource)}${value}`),
    );
  });
}

/** Everything that says where it leads, as one text: tags do not. */
function settingsText({ properties }: ReadResource): string {
  if (!('members' in properties)) return canonicalText(properties);
  return canonicalText({ members: properties.members.filter(([name]) => name !== 'Tags') });
}
