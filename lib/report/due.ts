import { daysBetween } from '../text/dates';
import type { Row } from './row';

/** A day on which something ends, or somebody has to look. */
export interface Due {
  readonly integration: string;
  readonly what: 'access ends' | 'review' | 'certificate authority ends';
  /** As `YYYY-MM-DD`. */
  readonly on: string;
  /** Days from today; negative where it is past. */
  readonly days: number;
  readonly owner?: string;
}

/** The dates of all integrations, the nearest first. */
export function dueDates(rows: readonly Row[], today: string): Due[] {
  const due = rows.flatMap(({ integration, owner, expires, reviewBy, authorityEnds }) => {
    const at = (what: Due['what'], on: string | undefined): Due[] =>
      on === undefined ? [] : [{ integration, what, on, days: daysBetween(today, on), owner }];
    return [
      ...at('access ends', expires),
      ...at('review', reviewBy),
      ...at('certificate authority ends', authorityEnds),
    ];
  });
  // The rows are in order already, and sorting keeps it within a day.
  return due.sort((a, b) => a.days - b.days);
}

/** Dates that belong together. */
export interface Period {
  readonly title: string;
  /** Whether it wants somebody now. */
  readonly urgent: boolean;
  readonly due: readonly Due[];
}

/** The dates by how near they are; a period without any is left out. */
export function periods(due: readonly Due[]): Period[] {
  const within = (title: string, from: number, to: number) => ({
    title,
    urgent: from < 1,
    due: due.filter(({ days }) => days >= from && days <= to),
  });
  return [
    within('Past', Number.NEGATIVE_INFINITY, 0),
    within('In the next 30 days', 1, 30),
    within('In 31 to 90 days', 31, 90),
    within('Later', 91, Number.POSITIVE_INFINITY),
  ].filter((period) => period.due.length > 0);
}
