import { decodedKey } from './log-key';
import type { LogRecord } from './logs/record';

/** Which records of a log count. */
export interface RecordFilter {
  /** Milliseconds since 1970: the first instant that counts, and the first that does not any more. */
  readonly since?: number;
  readonly until?: number;
  readonly place?: PlaceFilter;
}

/** An object's key, or, where it ends with a slash, all keys under it; in one bucket, or in any. */
export interface PlaceFilter {
  readonly bucket?: string;
  readonly key: string;
}

/** Whether a record is of the time that counts. */
export function isInTime({ at }: LogRecord, { since, until }: RecordFilter): boolean {
  return (since === undefined || at >= since) && (until === undefined || at < until);
}

/** Whether a record is of an object, or a listing, in a place. */
export function isInPlace(record: LogRecord, { bucket, key }: PlaceFilter): boolean {
  if (bucket !== undefined && record.bucket !== bucket) return false;
  const logged = record.key === '' ? record.prefix : record.key;
  if (!logged) return false;
  return [logged, decodedKey(logged), decodedKey(logged.replaceAll('+', ' '))].some((each) =>
    key.endsWith('/') ? each.startsWith(key) : each === key,
  );
}

/** `KEY`, `FOLDER/`, or either as `s3://BUCKET/KEY`; undefined where there is no key. */
export function placeFilterOf(text: string): PlaceFilter | undefined {
  const [, bucket, key = text] = /^s3:\/\/([^/]+)\/(.*)$/.exec(text) ?? [];
  if (key === '' || key.startsWith('s3://')) return undefined;
  return { ...(bucket === undefined ? {} : { bucket }), key };
}

const DAY = 86_400_000;

/**
 * The instant of a day or a time: `2026-11-27`, `2026-11-27T10:00Z`; NaN where it is none.
 * @param end whether the end of a day is meant
 */
export function instantOf(text: string, end: boolean): number {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  if (!isDay && !/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z$/.test(text)) return Number.NaN;
  const at = Date.parse(text);
  // No other day than the one that was written.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text.slice(0, 10))) return Number.NaN;
  return isDay && end ? at + DAY : at;
}
