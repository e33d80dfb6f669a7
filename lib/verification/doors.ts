/** Ways into and out of clients' buckets beside their policies: access points, replication, inventories, notifications. */
import { valueText } from '../access';
import type { Bucket } from '../account/bucket';
import { accessPointArnOf, bucketArn } from '../account/doors';
import { isObject } from '../account/json';
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
      return [...unknownPoints(expected, found, points), ...waysOut(expected, found, { ours, owned })];
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

interface Own {
  readonly ours: ReadonlySet<string>;
  /** ARNs of buckets of ours. */
  readonly owned: ReadonlySet<string>;
}

/** What copies objects, or the names of their keys, to somebody else. */
function waysOut({ site, arn, bucket }: ExpectedBucket, found: Bucket, own: Own): readonly Finding[] {
  const about = { client: site.client.name, resource: arn };
  const named = { bucket: bucket.name, region: found.Region };
  const out = (what: string, to: string, undo: string | null) =>
    finding('unknown-door', about, `${arn} ${what} ${to}, which is not known as ours`, undo);
  const isForeign = ({ Destination: to }: Rule) => isObject(to) && !isOwn(to.Bucket, to.Account, own);
  const replicas = (found.Replication?.Rules ?? [])
    .filter(isForeign)
    .map(({ Destination: to }) =>
      out('copies its objects to', String(isObject(to) && to.Bucket), withoutRules(found, isForeign)),
    );
  const inventories = (found.Inventories ?? []).flatMap(({ Id, Destination }) => {
    const to =
      isObject(Destination) && isObject(Destination.S3BucketDestination) ? Destination.S3BucketDestination : {};
    if (isOwn(to.Bucket, to.AccountId, own)) return [];
    const undo = awsCommand('s3api', 'delete-bucket-inventory-configuration', { ...named, id: String(Id) });
    return [out('lists its objects in', String(to.Bucket), undo)];
  });
  return [
    ...replicas,
    ...inventories,
    ...foreignNotifications(found, own).map((to) => out('says what comes in to', to, null)),
  ];
}

type Rule = Readonly<Record<string, unknown>>;

/** The replication without some of its rules, of which the others stay. */
function withoutRules({ Name: bucket, Region: region, Replication }: Bucket, isWrong: (rule: Rule) => boolean) {
  const Rules = (Replication?.Rules ?? []).filter((rule) => !isWrong(rule));
  const named = { bucket, region };
  if (Rules.length === 0) return awsCommand('s3api', 'delete-bucket-replication', named);
  const configuration = JSON.stringify({ ...Replication, Rules });
  return awsCommand('s3api', 'put-bucket-replication', { ...named, 'replication-configuration': configuration });
}

function isOwn(bucket: unknown, account: unknown, { ours, owned }: Own): boolean {
  if (typeof bucket === 'string' && owned.has(bucket)) return true;
  return typeof account === 'string' && ours.has(account);
}

/** The ARNs of other accounts' queues, topics and functions that a bucket notifies. */
function foreignNotifications({ Notifications }: Bucket, { ours }: Own): readonly string[] {
  return Object.values(Notifications ?? {})
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter(isObject)
    .flatMap(({ QueueArn, TopicArn, LambdaFunctionArn }) => [QueueArn, TopicArn, LambdaFunctionArn])
    .filter((to) => typeof to === 'string')
    .filter((to) => !ours.has(to.split(':')[4] ?? ''));
}
