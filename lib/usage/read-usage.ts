import { Capability } from '../rules/confinement';
import type { IntegrationUsage, Usage } from './usage';

/** What others need of a file of `usage --json`. */
export type ReadUsage = Pick<Usage, 'from' | 'to'> & {
  readonly integrations: readonly Pick<IntegrationUsage, 'integration' | 'lastSeen' | 'unused'>[];
};

/** Reads what `usage --json` wrote, or anybody in its place; undefined where it is something else. */
export function readUsage(value: unknown): ReadUsage | undefined {
  const { from, to, integrations } = objectOf(value);
  if (!isTime(from) || !isTime(to) || !Array.isArray(integrations)) return undefined;
  const read = integrations.map((each) => {
    const { integration, lastSeen, unused } = objectOf(each);
    if (typeof integration !== 'string' || !isTime(lastSeen)) return undefined;
    if (unused !== null && !(Array.isArray(unused) && unused.every(isCapability))) return undefined;
    return { integration, lastSeen, unused: unused as Capability[] | null };
  });
  return read.every((each) => each !== undefined) ? { from, to, integrations: read } : undefined;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isTime(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value));
}

function isCapability(value: unknown): boolean {
  return Object.values<unknown>(Capability).includes(value);
}
