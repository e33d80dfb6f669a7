/** What has a policy of its own in an account, and what else leads to a bucket or lends a role. */
import { ANY, type Door, type Place, type Policy, plainJson, readPolicy, type Value } from '../access';
import type { AccessGrant, AccessPoint, Bucket } from './bucket';
import { readDocument } from './holders';
import type { Key, TransferAccess, TransferUser } from './services';
import type { Snapshot } from './snapshot';

/** Where in a door something stands. */
export const DOOR_AT = {
  policy: 'Policy',
  acl: 'Acl',
  kmsGrant: (id: string) => `Grants ${id}`,
  accessGrant: (id: string) => `AccessGrant ${id}`,
  transfer: 'Role',
} as const;

export function doorsOf(snapshot: Snapshot): readonly Door[] {
  const { account, partition, buckets = [], keys = [], secrets = [] } = snapshot;
  const door = (kind: Door['kind'], id: string, at: string, names: readonly string[], policy: Policy): Door => ({
    kind,
    account: [account],
    names: names.map((name) => [name]),
    policy,
    place: { scope: account, id, at },
  });
  const placeOf = (id: string, at: string): Place => ({ scope: account, id, at });
  const policyDoor = (kind: Door['kind'], arn: string, document: Bucket['Policy']): readonly Door[] =>
    document ? [door(kind, arn, '', [arn], readDocument(document, placeOf(arn, DOOR_AT.policy)))] : [];
  return [
    ...buckets.flatMap((bucket) => {
      const arn = bucketArn(partition, bucket.Name);
      const acl = aclStatements(bucket);
      return [
        ...policyDoor('bucket', arn, bucket.Policy),
        ...(acl.length === 0 ? [] : [door('bucket', arn, DOOR_AT.acl, [arn], written(acl, placeOf(arn, DOOR_AT.acl)))]),
        ...(bucket.AccessPoints ?? []).map((point) => accessPointDoor(snapshot, bucket, point)),
      ];
    }),
    ...keys.flatMap((key) => [
      ...policyDoor('key', key.Arn, key.Policy),
      ...(key.Grants ?? []).map((grant) => {
        const place = placeOf(key.Arn, DOOR_AT.kmsGrant(grant.GrantId));
        return door('key', key.Arn, place.at, [key.Arn], written(grantStatements(grant, account), place));
      }),
    ]),
    ...secrets.flatMap(({ Arn, Policy }) => policyDoor('secret', Arn, Policy)),
    ...(snapshot.accessGrants ?? []).flatMap((grant) => accessGrantDoors(snapshot, grant)),
    ...[...(snapshot.transferUsers ?? []), ...(snapshot.transferAccesses ?? [])].flatMap((user) =>
      transferDoors(snapshot, user),
    ),
  ];
}

export function bucketArn(partition: string, name: string): string {
  return `arn:${partition}:s3:::${name}`;
}

function written(statements: readonly object[], place: Place): Policy {
  return readPolicy(plainJson({ Statement: statements }), place);
}

/** The ARN of an access point, which an old script may have left out. */
export function accessPointArnOf(
  { account, partition }: Snapshot,
  { Region = '' }: Bucket,
  point: AccessPoint,
): string {
  return point.Arn ?? `arn:${partition}:s3:${Region}:${account}:accesspoint/${point.Name}`;
}

function accessPointDoor(snapshot: Snapshot, bucket: Bucket, point: AccessPoint): Door {
  const { account, partition } = snapshot;
  const arn = accessPointArnOf(snapshot, bucket, point);
  const place = { scope: account, id: arn, at: '' };
  return {
    kind: 'access-point',
    account: [account],
    names: [[arn], ...(point.Alias === undefined ? [] : [[bucketArn(partition, point.Alias)]])],
    policy: point.Policy ? readDocument(point.Policy, { ...place, at: DOOR_AT.policy }) : [],
    lends: [bucketArn(partition, bucket.Name)],
    place,
  };
}

/**
 * What an ACL allows, as statements.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions
 */
const ACL_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  READ: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
  WRITE: ['s3:PutObject', 's3:DeleteObject'],
  READ_ACP: ['s3:GetBucketAcl'],
  WRITE_ACP: ['s3:PutBucketAcl'],
  FULL_CONTROL: ['s3:*'],
};

/** S3's own writer of access logs. */
export const LOG_DELIVERY = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

/** The grants of a bucket's ACL that S3 heeds, but its owner's. */
function aclStatements(bucket: Bucket): readonly object[] {
  return (bucket.Acl?.Grants ?? []).flatMap((grant) => aclStatement(bucket, grant) ?? []);
}

/** A grant of a bucket's ACL as a statement; undefined where it lets nobody in but the owner and S3's log delivery. */
export function aclStatement(
  { Name, Acl, OwnershipControls, PublicAccessBlock }: Bucket,
  { Grantee: { ID, URI }, Permission }: NonNullable<Bucket['Acl']>['Grants'][number],
): object | undefined {
  if (OwnershipControls?.Rules.some(({ ObjectOwnership }) => ObjectOwnership === 'BucketOwnerEnforced'))
    return undefined;
  if (URI === LOG_DELIVERY || (ID !== undefined && ID === Acl?.Owner?.ID)) return undefined;
  if (URI !== undefined && PublicAccessBlock?.IgnorePublicAcls) return undefined;
  const arn = `arn:*:s3:::${Name}`;
  return {
    Effect: 'Allow',
    Principal: ID === undefined ? '*' : { CanonicalUser: ID },
    Action: ACL_ACTIONS[Permission] ?? ['s3:*'],
    Resource: [arn, `${arn}/*`],
  };
}

/** A grant of a key is as good as a statement of its policy. */
function grantStatements(grant: NonNullable<Key['Grants']>[number], account: string): readonly object[] {
  const { GranteePrincipal: who, IssuingAccount = '', Operations = [] } = grant;
  if (who === undefined) return [];
  const ofOurs = IssuingAccount.includes(account);
  const service = /(?:^|\.)amazonaws\.[a-z.]+$/.test(who);
  // What a service was granted by one of ours it does for that one.
  const Condition = service && ofOurs ? { StringEquals: { 'aws:SourceAccount': account } } : undefined;
  return [
    {
      Effect: 'Allow',
      Principal: service ? { Service: who } : { AWS: who },
      Action: Operations.map((name) => `kms:${name}`),
      Resource: '*',
      ...(Condition && { Condition }),
    },
  ];
}

/**
 * What S3 Access Grants give. People of a directory are of the organization's own identity centre.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-grant.html
 */
function accessGrantDoors({ account, partition }: Snapshot, grant: AccessGrant): readonly Door[] {
  const { AccessGrantId, AccessGrantArn, Grantee, Permission, GrantScope = '' } = grant;
  const [, bucket, key = ''] = /^s3:\/\/([^/*]+)\/?(.*)$/.exec(GrantScope) ?? [];
  const who = Grantee?.GranteeIdentifier;
  const Principal = Grantee?.GranteeType === 'IAM' ? { AWS: who ?? '*' } : { AWS: account };
  const Action = [
    ...(Permission === 'WRITE' ? [] : ['s3:GetObject', 's3:ListBucket']),
    ...(Permission === 'READ' ? [] : ['s3:PutObject', 's3:DeleteObject']),
  ];
  const place = { scope: account, id: AccessGrantArn ?? AccessGrantId, at: DOOR_AT.accessGrant(AccessGrantId) };
  return [bucketDoor({ account, partition }, bucket, key, { Principal, Action }, place)];
}

/**
 * Something that opens a bucket without a policy of the bucket's.
 * @param bucket any, where it is undefined
 * @param key as IAM's pattern
 */
function bucketDoor(
  { account, partition }: Pick<Snapshot, 'account' | 'partition'>,
  bucket: string | undefined,
  key: string,
  allows: object,
  place: Place,
): Door {
  const name: Value = bucket === undefined ? [bucketArn(partition, ''), ANY] : [bucketArn(partition, bucket)];
  const arn = bucketArn(partition, bucket ?? '*');
  const statement = { Effect: 'Allow', ...allows, Resource: [arn, `${arn}/${key === '' ? '*' : key}`] };
  return { kind: 'bucket', account: [account], names: [name], policy: written([statement], place), place };
}

/**
 * Somebody who logs in to a file transfer server acts as its role, with keys and passwords that nobody here sees: in the
 * folders that are mapped for it, or wherever the role may.
 * @see https://docs.aws.amazon.com/transfer/latest/userguide/logical-dir-mappings.html
 */
function transferDoors(snapshot: Snapshot, user: TransferUser | TransferAccess): readonly Door[] {
  const { Role, ServerId, HomeDirectoryType, HomeDirectoryMappings = [] } = user;
  const { account } = snapshot;
  const id = transferId(user);
  const place = { scope: account, id, at: DOOR_AT.transfer };
  const anything = { Principal: '*', Action: '*' };
  if (HomeDirectoryType === 'LOGICAL') {
    return HomeDirectoryMappings.map(({ Target = '' }) => {
      const [, bucket = '', key = ''] = /^\/?([^/]*)\/?(.*)$/.exec(Target) ?? [];
      const isKnown = /^[\w.-]+$/.test(bucket);
      const under = key === '' ? '' : `${key.replace(/\/$/, '')}/*`;
      return bucketDoor(snapshot, isKnown ? bucket : undefined, under, anything, place);
    });
  }
  if (Role === undefined) return [];
  const policy = written([{ Effect: 'Allow', ...anything, Resource: '*' }], place);
  return [{ kind: 'lender', account: [account], names: [[`${ServerId}/${id}`]], policy, lends: [Role], place }];
}

/** By what somebody who logs in to a server is known: an ARN, or the server's id with that of a directory's group. */
export function transferId(user: TransferUser | TransferAccess): string {
  if ('Arn' in user && typeof user.Arn === 'string') return user.Arn;
  return `${user.ServerId}/${'ExternalId' in user ? String(user.ExternalId) : ''}`;
}
