import { isDeepStrictEqual } from 'node:util';
import { table } from '../../../lib/command/terminal/table';
import { type Properties, UNREADABLE } from './arrived';
import type { Asked } from './asked';

/** What became of something that was asked for. */
export enum Verdict {
  ARRIVED = 'arrived',
  /** It is not there, or as if it had never been asked for. */
  DROPPED = 'dropped',
  /** Of a setting with several parts, some are not there, and what is there is as it was asked for. */
  PARTLY = 'partly',
  /** It is as it was before an update that changed it. */
  NOT_UPDATED = 'not updated',
  /** Nobody can tell: the server fails when it is asked. */
  UNREADABLE = 'unreadable',
  /** It is something else. */
  WRONG = 'wrong',
}

/** One property of one resource, or (`property` is {@link RESOURCE}) the resource itself. */
export interface Row {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly property: string;
  readonly verdict: Verdict;
  /** What is there instead, where that is wrong. */
  readonly instead?: unknown;
}

export const RESOURCE = '-';

/**
 * What a server says of properties that were never set.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
 */
const NEVER_SET: Readonly<Record<string, unknown>> = {
  MaxSessionDuration: 3600,
  EnableKeyRotation: false,
  Description: '',
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
  },
};

/** A policy of which a part is missing says something else. */
const WHOLE = ['AssumeRolePolicyDocument', 'Policies', 'PolicyDocument', 'KeyPolicy', 'Outputs'];

/**
 * A resource, property by property.
 * @param before what it was before an update, if there was one
 */
export function compare(stack: string, asked: Asked, arrived: Properties | undefined, before?: Properties): Row[] {
  const { id, type } = asked;
  const row = (property: string, verdict: Verdict): Row => ({ stack, id, type, property, verdict });
  if (arrived === undefined) return [row(RESOURCE, Verdict.DROPPED)];
  return [
    row(RESOURCE, Verdict.ARRIVED),
    ...Object.entries(asked.properties).map(([property, value]): Row => {
      const is = verdict(property, value, arrived[property], before?.[property]);
      return { ...row(property, is), ...(is === Verdict.WRONG ? { instead: arrived[property] } : {}) };
    }),
  ];
}

/** What became of one property. */
export function verdict(property: string, asked: unknown, arrived: unknown, before: unknown): Verdict {
  if (arrived === UNREADABLE) return Verdict.UNREADABLE;
  if (same(asked, arrived)) return Verdict.ARRIVED;
  if (isUnset(arrived)) return Verdict.DROPPED;
  if (before !== undefined && same(before, arrived)) return Verdict.NOT_UPDATED;
  if (same(NEVER_SET[property], arrived)) return Verdict.DROPPED;
  return !WHOLE.includes(property) && isPartOf(arrived, asked) ? Verdict.PARTLY : Verdict.WRONG;
}

/** The rows as a table: what was asked for, how often, and what became of it. */
export function verdictTable(rows: readonly Row[]): string {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.type} ${row.property}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const verdicts = Object.values(Verdict);
  const cells = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => {
      const count = (each: Verdict) => members.filter((row) => row.verdict === each).length;
      return [...key.split(' '), String(members.length), ...verdicts.map((each) => String(count(each) || ''))];
    });
  return table(['type', 'property', 'asked', ...verdicts], cells);
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

/** Whether every part of a value is in another too. */
function isPartOf(value: unknown, whole: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === whole;
  if (typeof whole !== 'object' || whole === null) return false;
  return Object.entries(value).every(([key, part]) => isPartOf(part, (whole as Record<string, unknown>)[key]));
}

/** Equal, whatever the order of tags and of the keys of a mapping. */
function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(inOrder(a), inOrder(b));
}

function inOrder(value: unknown): unknown {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'object' && each !== null && 'Key' in each)) {
    return value;
  }
  return [...value].sort((a, b) => (a.Key < b.Key ? -1 : 1));
}
