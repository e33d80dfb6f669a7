import type { Stranger } from './usage';

/** So many are named; the others are counted together. */
const MOST = 1000;

/** Those in buckets of definitions whom no definition names. */
export class Strangers {
  private readonly found = new Map<string, { requester: string; bucket: string; requests: number; last: number }>();

  add(requester: string, bucket: string, at: number): void {
    const key = `${bucket} ${requester}`;
    const full = this.found.size >= MOST && !this.found.has(key);
    const known = this.found.get(full ? `${bucket} ` : key);
    if (known) {
      known.requests += 1;
      if (at > known.last) known.last = at;
      return;
    }
    const shown = full ? 'others' : requester;
    this.found.set(full ? `${bucket} ` : key, { requester: shown, bucket, requests: 1, last: at });
  }

  /** Those that asked most come first. */
  result(): Stranger[] {
    return [...this.found.values()]
      .sort((a, b) => b.requests - a.requests || compare(a.requester, b.requester) || compare(a.bucket, b.bucket))
      .map(({ last, ...one }) => ({ ...one, last: new Date(last).toISOString().replace(/\.\d+Z$/, 'Z') }));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
