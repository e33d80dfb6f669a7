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

/** How logs say that an integration was used; as `usage --json` has it. Times are ISO, in UTC. */
export interface Used {
  readonly lastSeen: string | null;
  readonly lastList: string | null;
  readonly lastRead: string | null;
  readonly lastWrite: string | null;
  readonly lastDelete: string | null;
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
  const last = seen.flatMap((each) => each ?? []).sort();
  const idle = seen.length === 0 ? undefined : daysSince(last.at(-1), today);
  const ages = deployed?.keys.filter(({ status }) => status === 'Active').map(({ days }) => days) ?? [];
  const [did] = Object.entries(LAST).filter(([, key]) => used?.[key] && used[key] === used.lastSeen);
  return { deployed, used, idle, did: did?.[0], keyDays: ages.length === 0 ? undefined : Math.max(...ages) };
}

function daysSince(instant: string | undefined, today: string): number {
  return instant === undefined ? -1 : Math.max(0, daysBetween(instant.slice(0, 10), today));
}

/** The capabilities by what logs have of them. */
export const LAST = {
  listed: 'lastList',
  read: 'lastRead',
  wrote: 'lastWrite',
  deleted: 'lastDelete',
} as const satisfies Record<string, keyof Used>;

/** What was seen, in sentences under a label each. */
export function seenFacts({ deployed, used }: Seen): [label: string, values: string[]][] {
  const at = (instant: string) => instant.replace('T', ' ').replace(/:\d\dZ$/, ' UTC');
  const keys = deployed?.keys.map(
    ({ status, days, lastUsed }) =>
      `${status}, ${days} days old, ${lastUsed === undefined ? 'never used' : `last used ${at(lastUsed)}`}`,
  );
  const last = Object.entries(LAST).flatMap(([verb, key]) => (used?.[key] ? [`${verb} ${at(used[key])}`] : []));
  const denied = used?.denied.map(
    ({ operation, count, last, cause, fix }) => `${operation} ${count}×, last ${at(last)}: ${cause}. ${fix}`,
  );
  const facts: [string, string[] | undefined][] = [
    ['In AWS', deployed && [VERDICTS[deployed.verdict], ...deployed.findings.map(({ message }) => message)]],
    ['Keys', keys],
    ['Last use', last.length > 0 ? last : used && ['not seen in these logs']],
    ['Denied', denied],
    ['Never used', used?.unused?.length ? [used.unused.join(' ')] : undefined],
  ];
  return facts.flatMap(([label, values]) => (values?.length ? [[label, values]] : []));
}

export const VERDICTS: Readonly<Record<Verified['verdict'], string>> = {
  same: 'as defined',
  differs: 'differs',
  unknown: 'not judged',
};
