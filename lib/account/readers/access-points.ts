import type { Output } from './ask';
import { ofPages, orNone, type Reading } from './reading';

type Listed = NonNullable<Output<'s3control', 'ListAccessPoints'>['AccessPointList']>[number];

/** What S3 blocks in the whole account; null where nothing is set. */
export async function readAccountPublicAccessBlock(reading: Reading, region: string) {
  return reading.orNote('accountPublicAccessBlock', null, () =>
    orNone(['NoSuchPublicAccessBlockConfiguration'], async () => {
      const answer = await reading.ask('s3control', region, 'GetPublicAccessBlock', { AccountId: reading.account });
      return answer.PublicAccessBlockConfiguration ?? null;
    }),
  );
}

/**
 * The access points of buckets in a Region, by bucket: those of this account. Other accounts' access points cannot be listed;
 * they reach a bucket only as far as its own policy delegates.
 *
 * @param buckets whose access points are looked into
 * @returns undefined where they may not be listed
 */
export async function readAccessPoints(
  reading: Reading,
  region: string,
  buckets: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly object[]> | undefined> {
  const { ask, account } = reading;
  const every = reading.arn('s3', region, 'accesspoint/*');
  const listed = await reading.orNote('buckets.AccessPoints', every, () =>
    ofPages(
      (NextToken) => ask('s3control', region, 'ListAccessPoints', { AccountId: account, NextToken }),
      ({ AccessPointList }) => AccessPointList,
      ({ NextToken }) => NextToken,
    ),
  );
  if (listed === undefined) return undefined;
  const ours = listed.filter(
    ({ Bucket = '', BucketAccountId = account }) => BucketAccountId === account && buckets.has(Bucket),
  );
  const read = await Promise.all(ours.map((each) => readAccessPoint(reading, region, each)));
  const byBucket = new Map<string, object[]>([...buckets].map((bucket) => [bucket, []]));
  for (const [at, { Bucket = '' }] of ours.entries()) byBucket.get(Bucket)?.push(read[at] ?? {});
  return byBucket;
}

async function readAccessPoint(reading: Reading, region: string, listed: Listed) {
  const { Name = '', Alias, NetworkOrigin, VpcConfiguration } = listed;
  const { AccessPointArn: Arn = reading.arn('s3', region, `accesspoint/${Name}`) } = listed;
  const Policy = await reading.orNote('buckets.AccessPoints.Policy', Arn, () =>
    orNone(['NoSuchAccessPointPolicy'], async () => {
      const answer = await reading.ask('s3control', region, 'GetAccessPointPolicy', {
        AccountId: reading.account,
        Name,
      });
      return answer.Policy ?? null;
    }),
  );
  return { Name, Arn, Alias, NetworkOrigin, VpcId: VpcConfiguration?.VpcId, Policy };
}

const NO_INSTANCE = ['AccessGrantsInstanceNotExistsError'];

/**
 * S3 Access Grants: who gets credentials for which prefixes.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants.html
 */
export async function readAccessGrants(reading: Reading, regions: readonly string[]) {
  const { ask, account: AccountId } = reading;
  const [accessGrants, accessGrantsLocations] = await Promise.all([
    reading.ofRegions('accessGrants', regions, ['s3', 'access-grants/default/grant/*'], async (region) => {
      const read = () =>
        ofPages(
          (NextToken) => ask('s3control', region, 'ListAccessGrants', { AccountId, NextToken }),
          ({ AccessGrantsList }) => AccessGrantsList,
          ({ NextToken }) => NextToken,
        );
      return (await orNone(NO_INSTANCE, read)) ?? [];
    }),
    reading.ofRegions('accessGrantsLocations', regions, ['s3', 'access-grants/default/location/*'], async (region) => {
      const read = () =>
        ofPages(
          (NextToken) => ask('s3control', region, 'ListAccessGrantsLocations', { AccountId, NextToken }),
          ({ AccessGrantsLocationsList }) => AccessGrantsLocationsList,
          ({ NextToken }) => NextToken,
        );
      return (await orNone(NO_INSTANCE, read)) ?? [];
    }),
  ]);
  return { accessGrants, accessGrantsLocations };
}
