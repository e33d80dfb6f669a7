/**
 * Ways from outside to what is guarded, hop by hop.
 */
import type { Step } from './becoming';
import type { Place } from './place';
import type { Statement } from './statement';
import type { Who } from './who';
import type { Door, Holder, Target } from './world';

/** How a path ends, beside a step into a principal that is a target itself. */
export type End =
  /** The policy of a bucket, key, secret or access point allows it. */
  | 'allowed'
  /** A policy of the last holder allows it. */
  | 'holds'
  /** The last holder can allow anything in the account. */
  | 'rewrites'
  /** The last holder can become somebody whom nothing here shows, and who may have any right in the account. */
  | 'unseen';

/** One hop of a path. */
export interface Hop {
  readonly how: Step | End;
  /** Where what allows it stands. */
  readonly place: Place;
  /** The statement in one spelling; empty where there is none, as for an access key. */
  readonly text: string;
  readonly statement?: Statement;
  /** Those of whom the statement names that may be outside, where outsiders begin with it. */
  readonly outsiders?: readonly Who[];
  /** What allows it on the other side. */
  readonly and?: Statement;
  readonly door?: Door;
  /** Whom the hop leads into. */
  readonly into?: Holder;
  /** The hop before; none where outsiders begin. */
  readonly before?: Hop;
  /** Whether this hop, or one before it, leads into a role of `cdk bootstrap`: there is no way around. */
  readonly byBootstrap: boolean;
}

/** One way from outside to what is guarded. */
export interface Path {
  /** The last hop, from which the others hang. */
  readonly last: Hop;
  readonly targets: readonly Target[];
}

/** The hops of a path, the first from outside. */
export function hopsOf({ last }: Pick<Path, 'last'>): readonly Hop[] {
  const hops: Hop[] = [];
  for (let hop: Hop | undefined = last; hop; hop = hop.before) hops.push(hop);
  return hops.reverse();
}
