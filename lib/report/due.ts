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

interface Dated {
  readonly expires?: string;
  readonly reviewBy?: string;
  readonly authorityEnds?: string;
}

/** The dates of an integration, the nearest first. */
export function daysOf({ expires, reviewBy, authorityEnds }: Dated, today: string): Day[] {
  const at = (what: Day['what'], on: string | undefined): Day[] => {
    if (on === undefined) return [];
    const days = daysBetween(today, on);
    const [period] = (Object.keys(PERIODS) as Period[]).filter((each) => days <= PERIODS[each][0]);
    return [{ what, on, days, period: period ?? 'later', says: says(what, days) }];
  };
  const all = [
    ...at('access ends', expires),
    ...at('review', reviewBy),
    ...at('certificate authority ends', authorityEnds),
  ];
  return all.sort((a, b) => a.days - b.days);
}

/** From here on nobody counts days. */
const MOST_DAYS = 999;

function says(what: Day['what'], days: number): string {
  const far = Math.abs(days);
  const count = far > MOST_DAYS ? counted(Math.round(far / 365.25), 'year') : counted(far, 'day');
  if (what === 'review') return days > 0 ? `review in ${count}` : days < 0 ? `review ${count} overdue` : 'review today';
  if (days === 0) return `${what} today`;
  return days > 0 ? `${what} in ${count}` : `${what.replace('ends', 'ended')} ${count} ago`;
}
