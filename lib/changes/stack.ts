import type { Change } from './compare';

/** What a deployment does to one stack. */
export interface StackChanges {
  readonly stack: string;
  readonly client?: string;
  /** By logical id; at least one. */
  readonly changes: readonly Change[];
}
