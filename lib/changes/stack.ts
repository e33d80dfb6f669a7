import type { Change } from './compare';
import type { Template } from './template';

/** One synthesized version of a stack. */
export interface Stack {
  /** Its name, for example `integrations-kohler`. */
  readonly name: string;
  /** The client whose stack it is; none of one that clients share. */
  readonly client?: string;
  /** Where it is deployed, as far as that is known. */
  readonly account?: string;
  readonly region?: string;
  readonly template: Template;
}

/** What a deployment does to one stack. */
export interface StackChanges {
  readonly stack: string;
  readonly client?: string;
  /** By logical id; at least one. */
  readonly changes: readonly Change[];
}
