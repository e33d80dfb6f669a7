import type { Handoff } from './model';

/** The hand-off as one JSON document: the setup information at its root, the rest beside it. */
export function handoffJson(handoff: Handoff): string {
  const { setup, trusted, hasProfile, ...rest } = handoff;
  return `${JSON.stringify({ ...setup, ...rest }, null, 2)}\n`;
}
