import type { ResourceType } from '../resource-type';
import { accessKey } from './access-key';
import { bucket } from './bucket';
import { bucketPolicy } from './bucket-policy';
import { accessPoint, handle, identityProvider, profile, trustAnchor } from './elsewhere';
import { key } from './key';
import { role } from './role';
import { secret } from './secret';
import { user } from './user';

/** Every type of resource that this project emits. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::CloudFormation::WaitConditionHandle': plain(handle),
  'AWS::IAM::AccessKey': plain(accessKey),
  'AWS::IAM::OIDCProvider': plain(identityProvider),
  'AWS::IAM::Role': plain(role),
  'AWS::IAM::User': plain(user),
  'AWS::KMS::Key': plain(key),
  'AWS::RolesAnywhere::Profile': plain(profile),
  'AWS::RolesAnywhere::TrustAnchor': plain(trustAnchor),
  'AWS::S3::AccessPoint': plain(accessPoint),
  'AWS::S3::Bucket': plain(bucket),
  'AWS::S3::BucketPolicy': plain(bucketPolicy),
  'AWS::SecretsManager::Secret': plain(secret),
};

/** Each is asked only with properties of its own type, which templates don't say. */
function plain<P>(type: ResourceType<P>): ResourceType {
  return type as unknown as ResourceType;
}
