import { decodedKey } from './log-key';
import type { LogRecord } from './logs/record';
import { timeOf } from './time';

/** Requests of one caller from one address that were alike. */
export interface Match {
  /** As the log names it; `anonymous` for nobody. */
  readonly requester: string;
  /** Whose it is; null where it is no integration's. */
  readonly integration: string | null;
  readonly address: string | null;
  /** As the log names it. */
  readonly operation: string;
  /** `ok`, or the error's code. */
  readonly result: string;
  /** The last key, or the prefix of a listing. */
  readonly key: string | null;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/** So many groups are distinguished; what comes after is counted in one for each operation. */
const MOST = 1000;

interface Group extends Omit<Match, 'first' | 'last'> {
  key: string | null;
  count: number;
  first: number;
  last: number;
}

/** CloudTrail has of callers of other accounts no ARN. */
function callerOf({ requester, account }: LogRecord): string {
  if (requester === '') return account === undefined ? 'anonymous' : `account ${account}`;
  return account === undefined || requester.startsWith('arn:') ? requester : `${requester} of account ${account}`;
}

/** Who did what from where: by caller, address, operation and result. */
export class Matches {
  private readonly groups = new Map<string, Group>();

  /** @param only the one integration whose requests count; all that are in its clients' buckets where left out */
  constructor(private readonly only?: string) {}

  add(record: LogRecord, integration: string | null): void {
    if (this.only !== undefined && integration !== this.only) return;
    const { at, name, errorCode, status } = record;
    const result = errorCode || (status >= 400 ? String(status) : 'ok');
    const who = callerOf(record);
    const id = [who, integration, record.address, name, result].join('\n');
    const full = this.groups.size >= MOST && !this.groups.has(id);
    const known = this.groups.get(full ? `\n${name}` : id);
    const shown = record.key === '' ? record.prefix : record.key;
    const key = shown === undefined ? null : decodedKey(shown);
    if (known === undefined) {
      const caller = full
        ? { requester: 'others', integration: null, address: null, result: '-' }
        : { requester: who, integration, address: record.address || null, result };
      this.groups.set(full ? `\n${name}` : id, { ...caller, operation: name, key, count: 1, first: at, last: at });
      return;
    }
    known.count += 1;
    known.first = Math.min(known.first, at);
    if (at < known.last) return;
    known.last = at;
    known.key = key;
  }

  /** The latest first. */
  result(): Match[] {
    return [...this.groups.values()]
      .sort((a, b) => b.last - a.last || (a.requester < b.requester ? -1 : 1))
      .map(({ first, last, ...group }) => ({ ...group, first: timeOf(first) ?? '', last: timeOf(last) ?? '' }));
  }
}
