/** What of a resource lets somebody in or keeps somebody out, beside its policies. */
import type { Raw } from '../text/record';

/**
 * Properties that let nobody in and keep nobody out. Every other property of a resource is taken to matter, and so is
 * every resource of another type: what this project comes to write is compared before anybody thinks of it here.
 */
const INERT: Readonly<Record<string, readonly string[]>> = {
  // Stands where a stack would be without a resource.
  'AWS::CloudFormation::WaitConditionHandle': [],
  'AWS::IAM::AccessKey': [],
  'AWS::IAM::OIDCProvider': ['ThumbprintList'],
  // Where a name stands in ARNs lets nobody in; that an ARN changes is told of the integration.
  'AWS::IAM::Role': ['Description', 'Path', 'RoleName'],
  'AWS::IAM::User': ['Path', 'UserName'],
  'AWS::KMS::Key': ['Description', 'EnableKeyRotation'],
  'AWS::RolesAnywhere::Profile': ['Name'],
  'AWS::RolesAnywhere::TrustAnchor': ['Name'],
  'AWS::S3::AccessPoint': ['Name'],
  'AWS::S3::Bucket': [
    // Policies name the bucket that they are of.
    'BucketName',
    // Who may use the key, the policies say.
    'BucketEncryption',
    'LifecycleConfiguration',
    'LoggingConfiguration',
    'NotificationConfiguration',
    'VersioningConfiguration',
  ],
  'AWS::S3::BucketPolicy': [],
  'AWS::SecretsManager::Secret': ['Description', 'Name', 'SecretString'],
};

/** Whether one value of a property lets somebody in whom the other did not. */
const GROWS: Readonly<Record<string, (before: unknown, after: unknown) => boolean>> = {
  MaxSessionDuration: longer,
  DurationSeconds: longer,
  AcceptRoleSessionName: (before, after) => after === true && before !== true,
  Enabled: (before, after) => after !== false && before === false,
  Status: (before, after) => after !== 'Inactive' && before === 'Inactive',
  PermissionsBoundary: (before, after) => before !== undefined && !sameValue(before, after),
  PublicAccessBlockConfiguration: (before, after) =>
    Object.entries((before ?? {}) as Raw).some(
      ([key, value]) => value === true && (after as Raw | undefined)?.[key] !== true,
    ),
  ClientIdList: moreOf(listed),
  RoleArns: moreOf(listed),
  Source: moreOf(certificates),
};

const DEFAULT_SECONDS = 3600;

function longer(before: unknown, after: unknown): boolean {
  return Number(after ?? DEFAULT_SECONDS) > Number(before ?? DEFAULT_SECONDS);
}

function moreOf(members: (value: unknown) => readonly string[]): (before: unknown, after: unknown) => boolean {
  return (before, after) => members(after).some((member) => !members(before).includes(member));
}

function listed(value: unknown): string[] {
  return [value ?? []].flat().map((member) => JSON.stringify(member));
}

/** The certificates of a trust anchor; what has none is one thing whole. */
function certificates(source: unknown): string[] {
  const text = JSON.stringify(source) ?? '';
  return text.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/g) ?? [text];
}

/** Whether it matters that there is a resource of this type, even where no policy names it. */
export function opensAccess(type: string, properties: Raw): boolean {
  if (type === 'AWS::IAM::AccessKey') return properties.Status !== 'Inactive';
  if (type === 'AWS::RolesAnywhere::Profile') return properties.Enabled !== false;
  return INERT[type] === undefined;
}

/** The properties by which a resource lets in more than before. */
export function widenedProperties(type: string, before: Raw, after: Raw): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.filter((key) => {
    if (key === 'Tags' || INERT[type]?.includes(key)) return false;
    const [was, is] = [before[key], after[key]];
    return GROWS[key]?.(was, is) ?? !sameValue(was, is);
  });
}

function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
