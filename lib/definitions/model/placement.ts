import { type ArnPlace, bucketArn } from '../../rules/arns';
import type { InternalIntent } from '../../rules/intent';
import type { InternalEntry } from '../../rules/internal';
import { UNKNOWN } from '../../rules/limits';
import type { Placement } from '../../rules/meant';
import { internalSid, partitionOf } from '../../rules/names';
import { urlSuffixOf } from '../../rules/place';
import type { BucketKey } from '../../rules/policies';
import { type Bucket, bucketOf, type Client, type Integration } from './model';

/** Where the constructs will put an integration, with the longest values for what only AWS knows. */
export function placementOf(client: Client, integration: Integration): Placement {
  const place = arnPlaceOf(client);
  const { partition, account } = place;
  const bucket = bucketOf(client, integration);
  return {
    ...place,
    bucket: {
      arn: bucketArn(partition, bucket.name),
      isGuarded: !bucket.existing,
      key: keyOf(client, bucket),
    },
    rolePath: client.rolePath,
    trustAnchorArn: hasTrustAnchor(integration)
      ? `arn:${partition}:rolesanywhere:${UNKNOWN}:${account}:trust-anchor/${LONGEST.keyId}`
      : undefined,
  };
}

/** What stands for what only AWS knows. */
interface Unknowns extends ArnPlace {
  readonly keyId: string;
  /** What the names of AWS's services end in. */
  readonly urlSuffix: (partition: string) => string;
}

/** For measuring: as long as any value can be. */
const LONGEST: Unknowns = {
  partition: UNKNOWN,
  account: UNKNOWN,
  region: UNKNOWN,
  keyId: '?'.repeat(36),
  urlSuffix: () => UNKNOWN,
};

/** For people to fill in. */
export const IN_CAPITALS: Unknowns = {
  partition: 'aws',
  account: 'ACCOUNT',
  region: 'REGION',
  keyId: 'KEY-ID',
  urlSuffix: urlSuffixOf,
};

/**
 * What an internal entry is meant to be in one of a client's buckets.
 * @param number of the entry among the client's, from 1
 */
export function internalIntentOf(
  client: Client,
  entry: InternalEntry,
  bucket: Bucket,
  number: number,
  unknowns = LONGEST,
): InternalIntent {
  const { partition, account } = arnPlaceOf(client, unknowns);
  const key = keyOf(client, bucket, unknowns);
  return {
    entry: { ...entry, grant: isGranted(entry, bucket) },
    place: {
      bucketArn: bucketArn(partition, bucket.name),
      account,
      partition,
      bucketIsGuarded: !bucket.existing,
      keyArn: key?.arn,
    },
    sid: internalSid(number),
    // The policy of a key that is there already is never changed.
    key: bucket.kmsKey === 'create' ? key : undefined,
  };
}

/** Whether a bucket's policy says so: that of an existing one is never changed. */
export function isGranted(entry: InternalEntry, bucket: Bucket): boolean {
  return entry.grant && !bucket.existing;
}

/** The KMS key of one of a client's buckets, if it has one. */
export function keyOf(client: Client, { kmsKey }: Bucket, unknowns = LONGEST): BucketKey | undefined {
  if (kmsKey === undefined) return undefined;
  const { partition, account, region } = arnPlaceOf(client, unknowns);
  const { keyId, urlSuffix } = unknowns;
  return {
    arn: kmsKey === 'create' ? `arn:${partition}:kms:${region}:${account}:key/${keyId}` : kmsKey,
    viaService: `s3.${region}.${urlSuffix(partition)}`,
  };
}

function hasTrustAnchor(integration: Integration): boolean {
  if (integration.kind !== 'roles-anywhere') return false;
  return (integration.certificateAuthority ?? integration.trustAnchorArn) !== undefined;
}

/** Where a client's resources will be, as far as it is known. */
export function arnPlaceOf({ account, region }: Client, unknowns: ArnPlace = LONGEST): ArnPlace {
  return {
    partition: partitionOf(region) ?? unknowns.partition,
    account: account ?? unknowns.account,
    region: region ?? unknowns.region,
  };
}
