import { SNAPSHOT_FORMAT, type Snapshot, toSnapshot } from '../snapshot';
import { readAccessGrants, readAccessPoints, readAccountPublicAccessBlock } from './access-points';
import { type Ask, Refusal } from './ask';
import { type BucketPlace, readBucket, readBucketPlaces } from './buckets';
import { readIam } from './iam';
import { type KeyName, readKeys } from './keys';
import { Reading } from './reading';
import { readRolesAnywhere } from './roles-anywhere';
import { readSecrets } from './secrets';
import { readStacks } from './stacks';
import { readTransfer } from './transfer';

/** What is looked into. */
export interface Scope {
  /** Whose lists are read; those of the buckets are as well. */
  readonly regions: readonly string[];
  /** Buckets, with the Region in which they are sought where the account's buckets may not be listed. */
  readonly buckets: readonly BucketPlace[];
  /** Every bucket of the account. */
  readonly allBuckets: boolean;
  /** ARNs of keys, beside those of the buckets and of our stacks. */
  readonly keys: readonly string[];
}

/** Who asks. */
export interface Identity {
  readonly account: string;
  readonly partition: string;
}

/**
 * Whose credentials these are.
 * @throws Refusal where they are nobody's, or AWS is not reached
 */
export async function identify(ask: Ask, region: string): Promise<Identity> {
  const { Account, Arn } = await ask('sts', region, 'GetCallerIdentity', {});
  const partition = Arn?.split(':')[1];
  if (Account !== undefined && partition) return { account: Account, partition };
  throw new Refusal('NoIdentity', 'the answer does not say whose credentials these are');
}

/**
 * Reads an account, as far as it may be read.
 *
 * @param region any of the account's partition: where what is of no Region is asked for
 * @param now when it is read
 * @throws Refusal where the session ends meanwhile
 * @throws NotASnapshot where AWS's answers are not what they should be
 */
export async function collect(
  ask: Ask,
  { account, partition }: Identity,
  region: string,
  scope: Scope,
  now: Date,
): Promise<Snapshot> {
  const reading = new Reading(ask, account, partition);
  const [iam, accountPublicAccessBlock, others] = await Promise.all([
    readIam(reading, region),
    readAccountPublicAccessBlock(reading, region),
    readOthers(reading, region, scope, now),
  ]);
  return toSnapshot({ ...others, ...iam, accountPublicAccessBlock, notRead: reading.notRead });
}

/** What is not of the whole account alone. */
async function readOthers(reading: Reading, region: string, scope: Scope, now: Date) {
  const places = await reading.orNote('bucketNames', null, () => readBucketPlaces(reading, region));
  const wanted = wantedBuckets(scope, places);
  const regions = [...new Set([...scope.regions, ...wanted.map((bucket) => bucket.region)])].sort();
  const [buckets, stacks, secrets, rolesAnywhere, transfer, accessGrants] = await Promise.all([
    readBuckets(reading, wanted),
    reading.ofRegions('stacks', regions, ['cloudformation', 'stack/*'], (each) => readStacks(reading, each)),
    reading.ofRegions('secrets', regions, ['secretsmanager', 'secret:*'], (each) => readSecrets(reading, each)),
    readRolesAnywhere(reading, regions),
    readTransfer(reading, regions),
    readAccessGrants(reading, regions),
  ]);
  const { account, partition } = reading;
  const bucketNames = places?.map(({ name }) => name);
  const some = { format: SNAPSHOT_FORMAT, account, partition, regions, collectedAt: now, bucketNames, buckets, stacks };
  // Once it is known which keys the buckets have.
  const keys = await readKeys(reading, keysOf(scope, toSnapshot(some)));
  return { ...some, keys, secrets, ...rolesAnywhere, ...transfer, ...accessGrants };
}

/** Those of the account; where they are not known, those that are named. */
function wantedBuckets(
  { buckets, allBuckets }: Scope,
  places: readonly BucketPlace[] | undefined,
): readonly BucketPlace[] {
  if (places === undefined) return buckets;
  const names = new Set(buckets.map(({ name }) => name));
  return places.filter(({ name }) => allBuckets || names.has(name));
}

async function readBuckets(reading: Reading, places: readonly BucketPlace[]): Promise<object[]> {
  const byRegion = new Map<string, Set<string>>();
  for (const { name, region } of places) byRegion.set(region, (byRegion.get(region) ?? new Set<string>()).add(name));
  const ofRegion = async (region: string, names: ReadonlySet<string>) => {
    const read = [...names].map((name) => readBucket(reading, { name, region }));
    const [accessPoints, buckets] = await Promise.all([readAccessPoints(reading, region, names), Promise.all(read)]);
    return [...names].flatMap((name, at) =>
      buckets[at] ? [{ ...buckets[at], AccessPoints: accessPoints?.get(name) }] : [],
    );
  };
  return (await Promise.all([...byRegion].map(([region, names]) => ofRegion(region, names)))).flat();
}

/** The keys of the definitions, of the buckets and of our stacks. */
function keysOf({ keys }: Scope, { buckets = [], stacks = [], regions }: Snapshot): KeyName[] {
  const ofBuckets = buckets.flatMap(({ Region = '', Encryption }) =>
    (Encryption?.Rules ?? []).flatMap(({ ApplyServerSideEncryptionByDefault: rule }) =>
      rule?.SSEAlgorithm?.startsWith('aws:kms')
        ? [{ name: rule.KMSMasterKeyID ?? 'alias/aws/s3', region: Region }]
        : [],
    ),
  );
  const ofStacks = stacks.flatMap(({ StackId, Resources = [] }) =>
    Resources.filter(({ ResourceType }) => ResourceType === 'AWS::KMS::Key').flatMap(({ PhysicalResourceId: name }) =>
      name === undefined ? [] : [{ name, region: StackId.split(':')[3] ?? '' }],
    ),
  );
  const [first = ''] = regions;
  return [...keys.map((name) => ({ name, region: first })), ...ofBuckets, ...ofStacks];
}
