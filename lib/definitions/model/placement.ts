import { type ArnPlace, bucketArn } from '../../rules/arns';
import type { InternalIntent } from '../../rules/intent';
import type { InternalEntry } from '../../rules/internal';
import { UNKNOWN } from '../../rules/limits';
import type { Placement } from '../../rules/meant';
import { internalSid, partitionOf } from '../../rules/names';
import { type Bucket, bucketOf, type Client, type Integration } from './model';

/** Where the constructs will put an integration, with the longest values for what only AWS knows. */
export function placementOf(client: Client, integration: Integration): Placement {
  const place = arnPlaceOf(client);
  const { partition, account, region } = place;
  const bucket = bucketOf(client, integration);
  const arn = keyOf(client, bucket);
  return {
    ...place,
    bucket: {
      arn: bucketArn(partition, bucket.name),
      isGuarded: !bucket.existing,
      key: arn === undefined ? undefined : { arn, viaService: `s3.${region}.${UNKNOWN}` },
    },
    rolePath: client.rolePath,
    trustAnchorArn: hasTrustAnchor(integration)
      ? `arn:${partition}:rolesanywhere:${UNKNOWN}:${account}:trust-anchor/${UUID}`
      : undefined,
  };
}

/** What an internal entry is meant to be in one of a client's buckets, with the longest values for what only AWS knows. */
export function internalIntentOf(client: Client, entry: InternalEntry, bucket: Bucket, number: number): InternalIntent {
  const { partition, account, region } = arnPlaceOf(client);
  const key = keyOf(client, bucket);
  return {
    entry: { ...entry, grant: isGranted(entry, bucket) },
    place: {
      bucketArn: bucketArn(partition, bucket.name),
      account,
      partition,
      bucketIsGuarded: !bucket.existing,
      keyArn: key,
    },
    sid: internalSid(number),
    // The policy of a key that is there already is never changed.
    key:
      key !== undefined && bucket.kmsKey === 'create' ? { arn: key, viaService: `s3.${region}.${UNKNOWN}` } : undefined,
  };
}

/** Whether a bucket's policy says so: that of an existing one is never changed. */
export function isGranted(entry: InternalEntry, bucket: Bucket): boolean {
  return entry.grant && !bucket.existing;
}

function keyOf(client: Client, { kmsKey }: Bucket): string | undefined {
  const { partition, account } = arnPlaceOf(client);
  return kmsKey === 'create' ? `arn:${partition}:kms:${UNKNOWN}:${account}:key/${UUID}` : kmsKey;
}

const UUID = '?'.repeat(36);

function hasTrustAnchor(integration: Integration): boolean {
  if (integration.kind !== 'roles-anywhere') return false;
  return (integration.certificateAuthority ?? integration.trustAnchorArn) !== undefined;
}

/** Where a client's resources will be, as far as it is known. */
export function arnPlaceOf({ account = UNKNOWN, region }: Client): ArnPlace {
  return { partition: partitionOf(region) ?? UNKNOWN, account, region: region ?? UNKNOWN };
}
