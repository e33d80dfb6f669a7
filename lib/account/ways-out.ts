/** What of a bucket goes to somebody else without any policy of the bucket's: copies, lists of objects, notifications. */
import type { Bucket } from './bucket';
import { isObject, type JsonObject } from './json';

/** What is ours. */
export interface Own {
  /** Accounts. */
  readonly ours: ReadonlySet<string>;
  /** ARNs of buckets. */
  readonly owned: ReadonlySet<string>;
}

/** Something that leaves a bucket for a destination that is not known as ours. */
export interface WayOut {
  readonly kind: 'replication' | 'inventory' | 'notification';
  /** The id of an inventory. */
  readonly id?: string;
  /** What the bucket does, up to the destination. */
  readonly what: string;
  readonly to: string;
  /** As it is configured. */
  readonly configured: JsonObject;
}

/** The ways out of a bucket to what is not known as ours. */
export function waysOut({ Replication, Inventories, Notifications }: Bucket, own: Own): readonly WayOut[] {
  const replicas = (Replication?.Rules ?? []).flatMap((rule): WayOut[] => {
    const { Destination: to } = rule;
    if (!isObject(to) || isOwn(to.Bucket, to.Account, own)) return [];
    return [{ kind: 'replication', what: 'copies its objects to', to: String(to.Bucket), configured: rule }];
  });
  const inventories = (Inventories ?? []).flatMap((inventory): WayOut[] => {
    const { Id, Destination } = inventory;
    const to =
      isObject(Destination) && isObject(Destination.S3BucketDestination) ? Destination.S3BucketDestination : {};
    if (isOwn(to.Bucket, to.AccountId, own)) return [];
    const about = { what: 'lists its objects in', to: String(to.Bucket), configured: inventory };
    return [{ kind: 'inventory', id: String(Id), ...about }];
  });
  const notifications = Object.values(Notifications ?? {})
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter(isObject)
    .flatMap((configured) => {
      const { QueueArn, TopicArn, LambdaFunctionArn } = configured;
      return [QueueArn, TopicArn, LambdaFunctionArn]
        .filter((to) => typeof to === 'string')
        .filter((to) => !own.ours.has(to.split(':')[4] ?? ''))
        .map((to): WayOut => ({ kind: 'notification', what: 'says what comes in to', to, configured }));
    });
  return [...replicas, ...inventories, ...notifications];
}

function isOwn(bucket: unknown, account: unknown, { ours, owned }: Own): boolean {
  if (typeof bucket === 'string' && owned.has(bucket)) return true;
  return typeof account === 'string' && ours.has(account);
}
