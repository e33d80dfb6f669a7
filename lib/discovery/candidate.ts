import type { Draft } from '../definitions/yaml/write';
import type { Kind, Status } from '../rules/vocabulary';
import type { Rights } from './grants';
import type { Limits } from './limits';
import type { Setup } from './setups';
import type { Unsaid } from './trust-read';

/** Somebody outside who reaches a bucket, as far as the account says. */
export interface Candidate {
  readonly bucket: string;
  readonly kind: Kind;
  /** Keys of its kind. */
  readonly keys: Draft;
  readonly status: Status;
  /** How it is found, for people. */
  readonly description: string;
  readonly principals: readonly string[];
  /** The role or user by which it acts, if there is one. */
  readonly actsAs?: {
    readonly type: 'role' | 'user';
    readonly name: string;
    readonly arn: string;
    readonly path: string;
  };
  /** Managed policies that stay attached whatever its definition says. */
  readonly attached: readonly string[];
  readonly boundary?: string;
  readonly rights: Rights;
  /** Prefixes of the same rights that are other candidates'. */
  readonly accounted: readonly string[];
  /** Only under this prefix; wherever most is allowed without it. */
  readonly prefix?: string;
  readonly denied: readonly Limits[];
  readonly until?: string;
  readonly notes: readonly string[];
  readonly lost: readonly string[];
  readonly unsaid: readonly Unsaid[];
  /** What else makes it inexact, a sentence each. */
  readonly unclear?: readonly string[];
  /** What it may be called, best first. */
  readonly names: readonly string[];
  /** Accounts of those who are trusted. */
  readonly accounts: readonly string[];
  /** Of a stack of ours that made it. */
  readonly setup?: Setup;
}
