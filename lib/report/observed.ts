/** What an account and its logs showed, beside what the definitions say. All of it comes from outside. */

import { daysBetween } from '../text/dates';

/** Where the definitions come from. */
export interface Source {
  /** In the repository where there is one. */
  readonly folder: string;
  /** Undefined outside of a git repository. */
  readonly commit?: string;
  /** Whether the folder holds what is not committed. */
  readonly changed: boolean;
}

/** An access key in an account. */
export interface KeyInUse {
  readonly status: string;
  /** Days since it was created. */
  readonly days: number;
  readonly lastUsed?: string;
}

/** What an account has of an integration. */
export interface Verified {
  /** `unknown` where it was not judged, or not all of it. */
  readonly verdict: 'same' | 'differs' | 'unknown';
  readonly findings: readonly { readonly code: string; readonly message: string }[];
  readonly keys: readonly KeyInUse[];
  /** When AWS last saw its role or a key of it: null where it never did, undefined where nobody looked. */
  readonly lastUsed?: string | null;
}

/** The capabilities, by what logs have of them. */
const LAST = { listed: 'lastList', read: 'lastRead', wrote: 'lastWrite', deleted: 'lastDelete' } as const;

/** How logs say that an integration was used; as `usage --json` has it. Times are ISO, in UTC. */
export interface Used extends Readonly<Record<'lastSeen' | (typeof LAST)[keyof typeof LAST], string | null>> {
  readonly requests: number;
  readonly denied: readonly { operation: string; count: number; last: string; cause: string; fix: string }[];
  readonly unused: readonly string[] | null;
}

/** Somebody in a bucket whom no definition names. */
export interface Stranger {
  readonly requester: string;
  readonly bucket: string;
  readonly requests: number;
  readonly last: string;
}

export interface Observed {
  readonly source?: Source;
  readonly account?: {
    readonly accounts: readonly string[];
    readonly collectedAt: string;
    /** Findings that are no one integration's. */
    readonly others: readonly string[];
    of(client: string, integration: string): Verified;
  };
  readonly usage?: {
    readonly from: string | null;
    readonly to: string | null;
    readonly integrations: ReadonlyMap<string, Used>;
    readonly strangers: readonly Stranger[];
  };
}

/** What was seen of one integration, as a row of the report has it. */
export interface Seen {
  readonly deployed?: Verified;
  readonly used?: Used;
  /** Days since it was last used; -1 where nobody saw it used, undefined where nobody looked. */
  readonly idle?: number;
  /** What it did last, where logs say so. */
  readonly did?: string;
  /** Days since its oldest active key was created. */
  readonly keyDays?: number;
}

/** What was seen of an integration on a day. */
export function seenOf({ account, usage }: Observed, client: string, integration: string, today: string): Seen {
  const deployed = account?.of(client, integration);
  const used = usage?.integrations.get(integration);
  // Logs that show nothing of its bucket say nothing.
  const logged = used && used.lastSeen === null && used.unused === null ? undefined : used?.lastSeen;
  const seen = [deployed?.lastUsed, logged].filter((each) => each !== undefined);
  const last = seen
    .flatMap((each) => each ?? [])
    .sort()
    .at(-1);
  const idle = last === undefined ? -1 : Math.max(0, daysBetween(last.slice(0, 10), today));
  const ages = deployed?.keys.filter(({ status }) => status === 'Active').map(({ days }) => days) ?? [];
  const did = Object.entries(LAST).find(([, key]) => used?.[key] && used[key] === used.lastSeen)?.[0];
  const keyDays = ages.length === 0 ? undefined : Math.max(...ages);
  return { deployed, used, idle: seen.length === 0 ? undefined : idle, did, keyDays };
}

/** What was seen, in sentences under a label each. */
export function seenFacts({ deployed, used }: Seen): [label: string, values: readonly string[]][] {
  const keys = deployed?.keys.map(({ status, days, lastUsed }) => {
    const use = lastUsed === undefined ? 'never used' : `last used ${instantText(lastUsed)}`;
    return `${status}, ${days} days old, ${use}`;
  });
  const last = Object.entries(LAST).flatMap(([verb, key]) => (used?.[key] ? `${verb} ${instantText(used[key])}` : []));
  const denied = used?.denied.map(
    ({ operation, count, last, cause, fix }) => `${operation} ${count}×, last ${instantText(last)}: ${cause}. ${fix}`,
  );
  const facts: [string, readonly string[] | undefined][] = [
    ['In AWS', deployed && [VERDICTS[deployed.verdict], ...deployed.findings.map(({ message }) => message)]],
    ['Keys', keys],
    ['Last use', last.length > 0 ? last : used && ['not seen in these logs']],
    ['Denied', denied],
    ['Never used', used?.unused?.length ? [used.unused.join(' ')] : undefined],
  ];
  return facts.flatMap(([label, values]) => (values?.length ? [[label, values]] : []));
}

/** `2026-11-20 10:00 UTC`. */
export function instantText(instant: string): string {
  return instant.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC');
}

export const VERDICTS: Readonly<Record<Verified['verdict'], string>> = {
  same: 'as defined',
  differs: 'differs',
  unknown: 'not judged',
};
