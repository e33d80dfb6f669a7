import { policyOf } from './document';
import { arn } from './iam';
import { isObject } from './json';
import { bag, flag, list, members, orNull, type Read, type Shape, text } from './shape';

/**
 * What S3 says of a bucket. A member that is absent was not read; null is a bucket that has no such setting.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */

/** Of a bucket, an access point or an account. */
export const publicAccessBlock = members(
  {},
  { BlockPublicAcls: flag, IgnorePublicAcls: flag, BlockPublicPolicy: flag, RestrictPublicBuckets: flag },
  'PublicAccessBlockConfiguration',
);

const ownershipControls = members({ Rules: list(members({ ObjectOwnership: text }, {})) }, {}, 'OwnershipControls');

const acl = members(
  {
    Grants: list(members({ Grantee: members({}, { Type: text, ID: text, URI: text }), Permission: text }, {}), {
      by: ({ Grantee, Permission }) => `${Grantee.ID ?? Grantee.URI} ${Permission}`,
      absentIsEmpty: true,
    }),
  },
  { Owner: members({}, { ID: text }) },
);

const encryption = members(
  {
    Rules: list(
      members(
        {},
        {
          ApplyServerSideEncryptionByDefault: members({}, { SSEAlgorithm: text, KMSMasterKeyID: text }),
          BucketKeyEnabled: flag,
          BlockedEncryptionTypes: bag,
        },
      ),
    ),
  },
  {},
  'ServerSideEncryptionConfiguration',
);

const logging = members({ TargetBucket: text }, { TargetPrefix: text }, 'LoggingEnabled');

/** An API answers with an object without members where a setting is off. */
function orOff<T>(of: Shape<T>): Shape<T | null> {
  const plain = orNull(of);
  const isOff = (value: unknown) => isObject(value) && Object.values(value).every((member) => member === undefined);
  return { ...plain, read: (value, place) => plain.read(isOff(value) ? null : value, place) };
}

const accessPoint = members(
  { Name: text },
  { Arn: arn, Alias: text, NetworkOrigin: text, VpcId: text, Policy: policyOf('Policy') },
);

/** One that was looked into. */
export const bucket = members(
  { Name: text },
  {
    Region: text,
    Policy: policyOf('Policy'),
    PublicAccessBlock: orNull(publicAccessBlock),
    OwnershipControls: orNull(ownershipControls),
    Acl: orNull(acl),
    Encryption: orNull(encryption),
    Versioning: orNull(members({}, { Status: text, MFADelete: text })),
    Lifecycle: orNull(members({ Rules: list(bag) }, {})),
    Logging: orOff(logging),
    Replication: orNull(members({}, { Role: text, Rules: list(bag) }, 'ReplicationConfiguration')),
    Inventories: orNull(list(bag, { unwrap: ['InventoryConfigurationList'], by: ({ Id }) => String(Id) })),
    Website: orNull(bag),
    Notifications: orNull(bag),
    Cors: orNull(members({ CORSRules: list(bag) }, {})),
    Accelerate: orNull(members({}, { Status: text })),
    AccessPoints: list(accessPoint, { unwrap: ['AccessPointList'], by: ({ Name }) => Name }),
  },
);

/** What else the account's S3 has. */
export const accessGrant = members(
  { AccessGrantId: text },
  {
    AccessGrantArn: arn,
    Grantee: members({}, { GranteeType: text, GranteeIdentifier: text }),
    Permission: text,
    AccessGrantsLocationId: text,
    GrantScope: text,
  },
);

export const accessGrantsLocation = members(
  { AccessGrantsLocationId: text },
  { AccessGrantsLocationArn: arn, LocationScope: text, IAMRoleArn: arn },
);

export type Bucket = Read<typeof bucket>;
export type AccessPoint = Read<typeof accessPoint>;
export type PublicAccessBlock = Read<typeof publicAccessBlock>;
export type AccessGrant = Read<typeof accessGrant>;
export type AccessGrantsLocation = Read<typeof accessGrantsLocation>;
