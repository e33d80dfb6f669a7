import { daysBetween } from '../text/dates';
import { counted } from '../text/plural';

/** A day on which something ends, or somebody has to look. */
export interface Day {
  readonly what: 'access ends' | 'review' | 'certificate authority ends';
  /** As `YYYY-MM-DD`. */
  readonly on: string;
  /** Days from today; negative where it is past. */
  readonly days: number;
  readonly period: Period;
  /** In words, as of today: `access ended 41 days ago`. */
  readonly says: string;
}

/** A day of one integration. */
export interface Due extends Day {
  readonly integration: string;
  readonly owner?: string;
}

/** How near a day is: each is in one of them. */
export type Period = keyof typeof PERIODS;

/** The last of its days, counted from today, and its name. */
export const PERIODS = {
  past: [0, 'overdue'],
  week: [7, 'this week'],
  month: [30, 'in 8 to 30 days'],
  quarter: [90, 'in 31 to 90 days'],
  later: [Number.POSITIVE_INFINITY, 'later'],
} as const satisfies Record<string, readonly [most: number, title: string]>;

/** The dates of an integration. */
export interface Dated {
  /** The day on which access ends, at 00:00 UTC. */
  readonly expires?: string;
  /** The day by which somebody asks again whether it is needed. */
  readonly reviewBy?: string;
  /** The last day of the certificate authority. */
  readonly authorityEnds?: string;
}

/** The dates of an integration, the nearest first. */
export function daysOf({ expires, reviewBy, authorityEnds }: Dated, today: string): Day[] {
  const dates: [Day['what'], string | undefined][] = [
    ['access ends', expires],
    ['review', reviewBy],
    ['certificate authority ends', authorityEnds],
  ];
  return dates
    .flatMap(([what, on]) => (on === undefined ? [] : [dayOf(what, on, daysBetween(today, on))]))
    .sort((a, b) => a.days - b.days);
}

function dayOf(what: Day['what'], on: string, days: number): Day {
  const period = (Object.keys(PERIODS) as Period[]).find((each) => days <= PERIODS[each][0]) ?? 'later';
  // From a thousand on nobody counts days.
  const far = Math.abs(days);
  const count = far > 999 ? counted(Math.round(far / 365.25), 'year') : counted(far, 'day');
  if (days > 0) return { what, on, days, period, says: `${what} in ${count}` };
  if (days === 0) return { what, on, days, period, says: `${what} today` };
  const says = what === 'review' ? `review ${count} overdue` : `${what.replace('ends', 'ended')} ${count} ago`;
  return { what, on, days, period, says };
}
