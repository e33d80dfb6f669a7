/** The settings of a folder that has none yet. */
import type { Snapshot } from '../account/snapshot';
import type { Draft } from '../definitions/yaml/write';
import type { Candidate } from './candidate';
import type { KnownSettings } from './options';

export interface MadeSettings {
  readonly draft: Draft;
  readonly account?: string;
  readonly region?: string;
  readonly rolePath?: string;
  readonly permissionsBoundary?: string;
}

/** What the settings say, or would say: the account, its usual Region, and what all roles have alike. */
export function settingsFor(snapshot: Snapshot, candidates: readonly Candidate[], known: KnownSettings): MadeSettings {
  if (known.isThere) {
    const { account, region, rolePath, permissionsBoundary } = known;
    return { draft: {}, account, region, rolePath, permissionsBoundary };
  }
  const { account, buckets = [], regions } = snapshot;
  const region = mostOf(buckets.flatMap(({ Region }) => Region ?? [])) ?? regions[0];
  const holders = candidates.filter(({ actsAs }) => actsAs !== undefined);
  const path = alike(holders.map(({ actsAs }) => actsAs?.path));
  const permissionsBoundary = alike(holders.map(({ boundary }) => boundary));
  const rolePath = path === '/' ? undefined : path;
  return { draft: { account, region, rolePath, permissionsBoundary }, account, region, rolePath, permissionsBoundary };
}

function alike(values: readonly (string | undefined)[]): string | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

function mostOf(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))[0]?.[0];
}
