import type { InternalEntry } from '../../rules/internal';
import { type Bucket, bucketOf, type Client } from './model';
import { isGranted } from './placement';

/** What an internal entry is in one bucket of a client. */
export interface InternalAccess {
  readonly client: string;
  /** Principals of ours, or anyone of our organization. */
  readonly who: readonly string[];
  readonly can: readonly string[];
  readonly bucket: string;
  /** Empty for the whole bucket. */
  readonly prefix: string;
  /** Whether the bucket's policy says so. */
  readonly grant: boolean;
  readonly reason: string | null;
}

/** One internal entry in one bucket. */
interface EntryInBucket {
  readonly access: InternalAccess;
  readonly entry: InternalEntry;
  readonly bucket: Bucket;
  /** Of the entry among the client's, from 1. */
  readonly number: number;
}

/** What our own company may do in a client's buckets: each entry in each bucket. */
export function internalAccess(client: Client): EntryInBucket[] {
  const all = [client.bucket, ...client.integrations.map((integration) => bucketOf(client, integration))];
  const buckets = [...new Map(all.map((bucket) => [bucket.name, bucket])).values()];
  return client.internal.flatMap((entry, at) =>
    buckets.map((bucket) => ({ access: accessOf(client, entry, bucket), entry, bucket, number: at + 1 })),
  );
}

function accessOf(client: Client, entry: InternalEntry, bucket: Bucket): InternalAccess {
  const { access: can, prefix, reason = null } = entry;
  const grant = isGranted(entry, bucket);
  return { client: client.name, who: whoOf(entry), can, bucket: bucket.name, prefix, grant, reason };
}

function whoOf({ principals, organization }: InternalEntry): string[] {
  if (organization === undefined) return [...principals];
  if (principals.length === 0) return [`anyone of ${organization}`];
  return principals.map((principal) => `${principal} while of ${organization}`);
}
