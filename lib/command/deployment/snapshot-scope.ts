import type { Scope } from '../../account/readers/collect';
import { bucketOf, type Client, type Deployment } from '../../definitions/model/model';

/** What of the definitions a snapshot of an account looks into, and what more is asked for. */
export interface ScopeOptions {
  readonly account: string;
  /** Of clients that do not say theirs. */
  readonly region: string;
  /** Further Regions. */
  readonly regions: readonly string[];
  /** Further buckets. */
  readonly buckets: readonly string[];
  readonly allBuckets: boolean;
}

/** The clients of an account; one that does not say its account may be of any. */
export function clientsOf(deployment: Deployment, account: string): readonly Client[] {
  return deployment.clients.filter((client) => client.account === undefined || client.account === account);
}

/** The buckets and keys of an account's clients, and their Regions. */
export function snapshotScope(clients: readonly Client[], options: ScopeOptions): Scope {
  const places = new Map(options.buckets.map((name) => [name, options.region]));
  const regions = new Set(options.regions);
  const keys = new Set<string>();
  for (const client of clients) {
    const { region = options.region, integrations } = client;
    regions.add(region);
    for (const { name, kmsKey } of [client.bucket, ...integrations.map((each) => bucketOf(client, each))]) {
      places.set(name, region);
      if (kmsKey !== undefined && kmsKey !== 'create') keys.add(kmsKey);
    }
  }
  if (regions.size === 0) regions.add(options.region);
  return {
    regions: [...regions],
    buckets: [...places].map(([name, region]) => ({ name, region })),
    allBuckets: options.allBuckets,
    keys: [...keys],
  };
}
