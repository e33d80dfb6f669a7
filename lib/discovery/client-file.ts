/** A client's bucket as its file says it. */
import type { Bucket } from '../account/bucket';
import { isObject } from '../account/json';
import type { Snapshot } from '../account/snapshot';
import type { Draft } from '../definitions/yaml/write';
import { parseKeyArn } from '../rules/names';
import type { OwnBucket } from './setups';

/** A bucket's keys, and what of it they cannot say. */
export interface BucketFile {
  readonly keys: Draft;
  readonly notes: readonly string[];
}

/**
 * @param existing whether it is used as it is, and never changed
 * @param own where a stack of ours made it
 */
export function bucketFile(
  bucket: Bucket,
  existing: boolean,
  own: OwnBucket | undefined,
  snapshot: Snapshot,
): BucketFile {
  const key = keyOf(bucket, own, snapshot);
  if (existing) return { keys: { name: bucket.Name, existing: true, kmsKey: key.arn }, notes: key.notes };
  const lifecycle = lifecycleOf(bucket);
  const isVersioned = bucket.Versioning?.Status === 'Enabled';
  const isEventBridge = isObject(bucket.Notifications) && isObject(bucket.Notifications.EventBridgeConfiguration);
  return {
    keys: {
      name: bucket.Name,
      kmsKey: key.arn,
      versioned: isVersioned ? undefined : false,
      lifecycle: lifecycle.keys,
      eventBridge: isEventBridge ? true : undefined,
    },
    notes: [...key.notes, ...(own ? [] : [...lifecycle.notes, ...otherSettings(bucket)])],
  };
}

function keyOf(
  { Encryption }: Bucket,
  own: OwnBucket | undefined,
  { keys = [] }: Snapshot,
): { readonly arn?: string; readonly notes: readonly string[] } {
  const rule = Encryption?.Rules.flatMap((each) => each.ApplyServerSideEncryptionByDefault ?? [])[0];
  if (!rule?.SSEAlgorithm?.startsWith('aws:kms')) return { notes: [] };
  const id = rule.KMSMasterKeyID;
  if (id === undefined || /alias\/aws\/s3$/.test(id))
    return {
      notes: [
        'it encrypts with the key aws/s3 of the account, which no definition names: uploads that ask for it are denied',
      ],
    };
  if (own?.makesKey) return { arn: 'create', notes: [] };
  if (parseKeyArn(id)) return { arn: id, notes: [] };
  const named = keys.filter(
    ({ Arn, Aliases = [] }) => Arn.endsWith(`:key/${id}`) || Aliases.some(({ AliasName }) => id.endsWith(AliasName)),
  );
  const [found] = named;
  return found ? { arn: found.Arn, notes: [] } : { notes: [`its key is ${id}: write its ARN as kmsKey`] };
}

/** Rules of the whole bucket that a definition can have. */
function lifecycleOf({ Lifecycle }: Bucket): { readonly keys?: Draft; readonly notes: readonly string[] } {
  const keys: Record<string, number> = {};
  const notes: string[] = [];
  for (const rule of Lifecycle?.Rules ?? []) {
    const { Filter, Prefix, Status } = rule;
    const prefix = isObject(Filter) ? Filter.Prefix : Prefix;
    const isWhole = prefix === '' || prefix === undefined;
    const read =
      isWhole && (!isObject(Filter) || Object.keys(Filter).every((key) => key === 'Prefix')) ? daysIn(rule) : {};
    if (Status !== 'Enabled' || Object.keys(read).length === 0)
      notes.push(`adopting removes its lifecycle rule ${String(rule.ID ?? '')}`);
    else Object.assign(keys, read);
  }
  return { keys: Object.keys(keys).length > 0 ? keys : undefined, notes };
}

function daysIn(rule: Readonly<Record<string, unknown>>): Record<string, number> {
  const days = (of: string, member: string) => {
    const part = rule[of];
    const value = isObject(part) ? part[member] : undefined;
    return typeof value === 'number' && value > 0 ? value : undefined;
  };
  const found = {
    abortUploadsAfterDays: days('AbortIncompleteMultipartUpload', 'DaysAfterInitiation'),
    expireObjectsAfterDays: days('Expiration', 'Days'),
    expireOldVersionsAfterDays: days('NoncurrentVersionExpiration', 'NoncurrentDays'),
  };
  return Object.fromEntries(Object.entries(found).filter((each): each is [string, number] => each[1] !== undefined));
}

function otherSettings({ Logging, OwnershipControls, Acl, Website }: Bucket): readonly string[] {
  const isEnforced = OwnershipControls?.Rules.some(({ ObjectOwnership }) => ObjectOwnership === 'BucketOwnerEnforced');
  const grants = (Acl?.Grants ?? []).filter(({ Grantee }) => Grantee.ID !== Acl?.Owner?.ID);
  return [
    ...(isEnforced === false || OwnershipControls === null
      ? ['adopting disables its ACLs: uploads with other ACLs fail then']
      : []),
    ...(grants.length > 0 ? [`adopting ends ${grants.length} grants of its ACL`] : []),
    ...(Logging
      ? [`its access logs go to ${Logging.TargetBucket}: accessLogs in settings.yaml says where they go`]
      : []),
    ...(Website ? ['it is a website: what is public ends with adopting'] : []),
  ];
}
