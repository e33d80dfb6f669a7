import { counted } from './plural';

const DAY_MS = 86_400_000;

const UNITS: readonly (readonly [string, number])[] = [
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** The current day in UTC, as `YYYY-MM-DD`. */
export function today(now: Date = new Date()): string {
  return dayOf(now);
}

/** The day of an instant in UTC, as `YYYY-MM-DD`. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** Days from one date to another, negative where the second is earlier. Both as `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** How long ago something was, for example `3 hours ago`. */
export function ago(then: Date, now: Date): string {
  const passed = now.getTime() - then.getTime();
  for (const [unit, length] of UNITS) {
    const count = Math.floor(passed / length);
    if (count >= 1) return `${counted(count, unit)} ago`;
  }
  return 'just now';
}
