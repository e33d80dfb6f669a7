import type { NotJudged } from './not-judged';

/** Whose policy it is: a role's trust, a role's or user's own, or a bucket's. */
export type PolicyKind = 'trust' | 'identity' | 'bucket';

/** What the gateway is told of something; nothing where it is left out. */
export interface Asked<T> {
  readonly value?: T;
  readonly notJudged: readonly NotJudged[];
}

/** The gateway can't be told this; a test that needs it has to ask the simulator. */
export class Untranslatable extends Error {
  constructor(what: string) {
    super(`the servers of the end-to-end tests can't be told: ${what}`);
  }
}

/** One or many, as many. */
export function listed<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
