import { regionOfLocation } from '../../rules/names';
import type { Bucket } from '../bucket';
import type { Input, Operation, Output } from './ask';
import { ofPages, orNone, type Reading } from './reading';

/** A bucket of the account, and where it is. */
export interface BucketPlace {
  readonly name: string;
  readonly region: string;
}

/** Every bucket of the account. */
export async function readBucketPlaces(reading: Reading, region: string): Promise<BucketPlace[]> {
  const buckets = await ofPages(
    // Without a number of them S3 does not say where they are.
    (ContinuationToken) => reading.ask('s3', region, 'ListBuckets', { MaxBuckets: 1000, ContinuationToken }),
    ({ Buckets }) => Buckets,
    ({ ContinuationToken }) => ContinuationToken,
  );
  return Promise.all(
    buckets.map(async ({ Name = '', BucketRegion }) => {
      return { name: Name, region: BucketRegion ?? (await locationOf(reading, region, Name)) };
    }),
  );
}

/** Servers in AWS's place do not say it in the list. */
async function locationOf({ ask, account }: Reading, region: string, Bucket: string): Promise<string> {
  const located = await orNone(GONE, () =>
    ask('s3', region, 'GetBucketLocation', { Bucket, ExpectedBucketOwner: account }),
  );
  return located ? regionOfLocation(located.LocationConstraint) : region;
}

const GONE = ['NoSuchBucket'];

/** A bucket's policy and settings; null where there is no such bucket, or no longer. */
export async function readBucket(reading: Reading, { name, region }: BucketPlace): Promise<object | null> {
  return orNone(GONE, async () => {
    const parts = await Promise.all(PARTS.map((part) => part(reading, name, region)));
    return { Name: name, Region: region, ...Object.assign({}, ...parts) };
  });
}

/** Reads one member of a bucket; the object is empty where it may not be read. */
type Part = (reading: Reading, bucket: string, region: string) => Promise<Partial<Record<keyof Bucket, unknown>>>;

/**
 * @param pick the setting out of an answer
 * @param absent the code by which S3 says that the bucket has no such setting
 */
function part<O extends Operation<'s3'>>(
  member: keyof Bucket,
  operation: O,
  pick: (answer: Output<'s3', O>) => unknown,
  absent?: string,
): Part {
  return async (reading, bucket, region) => {
    const arn = `arn:${reading.partition}:s3:::${bucket}`;
    // A bucket of the same name that is somebody else's by now is not this one.
    const input = { Bucket: bucket, ExpectedBucketOwner: reading.account } as Input<'s3', O>;
    const ask = () => orNone(absent === undefined ? [] : [absent], () => reading.ask('s3', region, operation, input));
    const answer = await reading.orNote(`buckets.${member}`, arn, ask, GONE);
    return answer === undefined ? {} : { [member]: answer && (pick(answer) ?? null) };
  };
}

const PARTS: readonly Part[] = [
  part('Policy', 'GetBucketPolicy', ({ Policy }) => Policy, 'NoSuchBucketPolicy'),
  part(
    'PublicAccessBlock',
    'GetPublicAccessBlock',
    (answer) => answer.PublicAccessBlockConfiguration,
    'NoSuchPublicAccessBlockConfiguration',
  ),
  part(
    'OwnershipControls',
    'GetBucketOwnershipControls',
    (answer) => answer.OwnershipControls,
    'OwnershipControlsNotFoundError',
  ),
  part('Acl', 'GetBucketAcl', ({ Owner, Grants }) => ({ Owner, Grants })),
  part(
    'Encryption',
    'GetBucketEncryption',
    (answer) => answer.ServerSideEncryptionConfiguration,
    'ServerSideEncryptionConfigurationNotFoundError',
  ),
  part('Versioning', 'GetBucketVersioning', ({ Status, MFADelete }) => ({ Status, MFADelete })),
  part('Lifecycle', 'GetBucketLifecycleConfiguration', (answer) => answer, 'NoSuchLifecycleConfiguration'),
  part('Logging', 'GetBucketLogging', ({ LoggingEnabled }) => LoggingEnabled),
  part(
    'Replication',
    'GetBucketReplication',
    (answer) => answer.ReplicationConfiguration,
    'ReplicationConfigurationNotFoundError',
  ),
  part('Website', 'GetBucketWebsite', (answer) => answer, 'NoSuchWebsiteConfiguration'),
  part('Notifications', 'GetBucketNotificationConfiguration', (answer) => answer),
  part('Cors', 'GetBucketCors', (answer) => answer, 'NoSuchCORSConfiguration'),
  part('Accelerate', 'GetBucketAccelerateConfiguration', ({ Status }) => ({ Status })),
  readInventories,
];

async function readInventories(reading: Reading, bucket: string, region: string) {
  const owned = { Bucket: bucket, ExpectedBucketOwner: reading.account };
  const ask = () =>
    ofPages(
      (ContinuationToken) =>
        reading.ask('s3', region, 'ListBucketInventoryConfigurations', { ...owned, ContinuationToken }),
      ({ InventoryConfigurationList }) => InventoryConfigurationList,
      ({ IsTruncated, NextContinuationToken }) => (IsTruncated ? NextContinuationToken : undefined),
    );
  const inventories = await reading.orNote('buckets.Inventories', `arn:${reading.partition}:s3:::${bucket}`, ask, GONE);
  return inventories === undefined ? {} : { Inventories: inventories };
}
