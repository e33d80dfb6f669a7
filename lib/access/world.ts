import type { Ours } from './ours';
import type { Place } from './place';
import type { Policy } from './statement';
import type { Value } from './value';

/** A role, a user or a group, with what it may do and who may become it. */
export interface Holder {
  readonly kind: 'role' | 'user' | 'group';
  readonly account: Value;
  readonly arn: Value;
  /** Its name, without a path. */
  readonly name: Value;
  /** Its unique id (`AROA…`), where that is known. */
  readonly id?: Value;
  /** Of a role. */
  readonly trust?: Policy;
  /** Its own policies. */
  readonly held: readonly Policy[];
  /** Policies that stand elsewhere and are attached to it, or may be. */
  readonly attached?: readonly Attached[];
  /** The names of the groups that a user is in. A group that is not in the world gives nothing: a reader that cannot read it says so in `held`. */
  readonly groups?: readonly Value[];
  /** Where somebody gets credentials that last: access keys, a password. Then outsiders have them. */
  readonly handedOut?: readonly Place[];
  /** Whether it is an outsider's own: nobody needs to become it. */
  readonly isOutside?: boolean;
  readonly place: Place;
}

/** A policy that stands elsewhere. */
export interface Attached {
  readonly policy: Policy;
  /** Whether it is surely this holder's. */
  readonly isSure: boolean;
}

/** What a door is, and so what its policy says. */
export type DoorKind =
  /** Guarded by its policy. */
  | 'bucket'
  | 'key'
  | 'secret'
  /** Leads those whom its policy allows to the bucket that it lends, where that bucket leaves it to access points. */
  | 'access-point'
  /** Lets those whom its policy allows act as the role that it lends: a grant, a file transfer user, a profile. */
  | 'lender'
  /** Runs code as the role that it lends: those who may change the code act as it. */
  | 'runner';

/** Something with a policy of its own, or something that leads to somebody else's rights. */
export interface Door {
  readonly kind: DoorKind;
  readonly account: Value;
  /** The ARNs by which policies name it; of an access point, the ARN of a bucket that its alias would have, too. */
  readonly names: readonly Value[];
  readonly policy?: Policy;
  /** The ARN of the bucket or role that it leads to. */
  readonly lends?: Value;
  /** Of a runner, by which rights it is changed: rows of `TAKES_OVER`. @default - by none */
  readonly rows?: readonly string[];
  readonly place: Place;
}

/** Something that outsiders must not reach but as it is meant. */
export interface Target {
  readonly kind: 'bucket' | 'key' | 'secret' | 'principal';
  readonly account: Value;
  /** Its ARNs. */
  readonly names: readonly Value[];
}

/** All that is known of who can do what. */
export interface World {
  readonly ours: Ours;
  readonly holders: readonly Holder[];
  readonly doors: readonly Door[];
  /** Accounts of which every holder is known: a name that is not among them is nobody's. @default - none */
  readonly whole?: readonly Value[];
}
