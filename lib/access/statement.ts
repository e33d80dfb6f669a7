import type { Narrowing } from './narrowing';
import type { Pattern } from './pattern';
import type { Place } from './place';
import type { Who } from './who';

/** One statement of a policy, as far as it matters who may do what to what. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** Who it names; nobody in the policy of a role, user or group. */
  readonly who: readonly Who[];
  /** What must hold of the one who asks, all of it. */
  readonly only: readonly Narrowing[];
  readonly actions: readonly Pattern[];
  readonly resources: readonly Pattern[];
  readonly place: Place;
  /** All of it, in one spelling: statements of one text mean the same. Of one that nobody can read, why. */
  readonly text: string;
  /** Whether a condition may leave it out. */
  readonly isPerhaps?: true;
}

/** The statements of a policy; one that is not known allows everything to everybody. */
export type Policy = readonly Statement[] | { readonly unreadable: Place };
