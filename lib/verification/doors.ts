/** Ways into and out of clients' buckets beside their policies: access points, replication, inventories, notifications. */
import { valueText } from '../access';
import type { Bucket } from '../account/bucket';
import { accessPointArnOf, bucketArn } from '../account/doors';
import { type Own, type WayOut, waysOut } from '../account/ways-out';
import type { AccountIndex } from './account-index';
import { awsCommand } from './aws-command';
import type { Expected, ExpectedBucket, ExpectedIntegration } from './expected';
import type { Finding } from './finding';
import { aboutIntegration, finding } from './settings';

/** @param ours accounts that are ours */
export function doorFindings({ buckets, integrations }: Expected, ours: ReadonlySet<string>): readonly Finding[] {
  const points = new Map(
    integrations.flatMap((each): [string, ExpectedIntegration][] => {
      const { accessPoint } = each.meant;
      return accessPoint ? [[valueText(accessPoint.arn), each]] : [];
    }),
  );
  const owned = new Set([...new Set(buckets.map(({ site }) => site.at))].flatMap(ownBuckets));
  return [
    ...[...points].flatMap(([arn, each]) => missingPoint(arn, each)),
    ...buckets.flatMap((expected) => {
      const found = expected.site.at.bucket(expected.bucket.name);
      if (!found || expected.bucket.existing) return [];
      return [...unknownPoints(expected, found, points), ...outFindings(expected, found, { ours, owned })];
    }),
  ];
}

function ownBuckets({ snapshot, partition }: AccountIndex): readonly string[] {
  return (snapshot.bucketNames ?? []).map((name) => bucketArn(partition, name));
}

function missingPoint(arn: string, { site, bucket, integration }: ExpectedIntegration): readonly Finding[] {
  const points = site.at.bucket(bucket.bucket.name)?.AccessPoints;
  if (points === undefined || points.some(({ Name }) => arn.endsWith(`:accesspoint/${Name}`))) return [];
  const message = `the access point of ${integration.name} is not there`;
  return [finding('missing', aboutIntegration(integration.name, { resource: arn }), message)];
}

function unknownPoints(
  { site, arn }: ExpectedBucket,
  found: Bucket,
  points: ReadonlyMap<string, unknown>,
): readonly Finding[] {
  const { snapshot } = site.at;
  return (found.AccessPoints ?? []).flatMap((point) => {
    const its = accessPointArnOf(snapshot, found, point);
    if (points.has(its)) return [];
    const undo = awsCommand('s3control', 'delete-access-point', {
      'account-id': snapshot.account,
      name: point.Name,
      region: found.Region,
    });
    const message = `the access point ${point.Name} leads to ${arn}, and no integration has it`;
    return [finding('unknown-door', { client: site.client.name, resource: its }, message, undo)];
  });
}

/** What copies objects, or the names of their keys, to somebody else. */
function outFindings({ site, arn, bucket }: ExpectedBucket, found: Bucket, own: Own): readonly Finding[] {
  const about = { client: site.client.name, resource: arn };
  const named = { bucket: bucket.name, region: found.Region };
  const ways = waysOut(found, own);
  return ways.map(({ kind, id = '', what, to }) => {
    const undo = {
      replication: () => withoutRules(found, ways),
      inventory: () => awsCommand('s3api', 'delete-bucket-inventory-configuration', { ...named, id }),
      notification: () => null,
    }[kind]();
    return finding('unknown-door', about, `${arn} ${what} ${to}, which is not known as ours`, undo);
  });
}

/** The replication without the rules that are ways out. */
function withoutRules({ Name: bucket, Region: region, Replication }: Bucket, ways: readonly WayOut[]): string | null {
  const wrong = new Set<unknown>(ways.map(({ configured }) => configured));
  const Rules = (Replication?.Rules ?? []).filter((rule) => !wrong.has(rule));
  const named = { bucket, region };
  if (Rules.length === 0) return awsCommand('s3api', 'delete-bucket-replication', named);
  const configuration = JSON.stringify({ ...Replication, Rules });
  return awsCommand('s3api', 'put-bucket-replication', { ...named, 'replication-configuration': configuration });
}
