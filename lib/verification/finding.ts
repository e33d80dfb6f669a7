import type { ProofRule } from '../proof';

/** What can be wrong with an account; those that checks have too mean the same there. */
export type VerificationCode =
  | ProofRule
  | 'bucket-guard'
  | 'unknown-door'
  | 'unknown-key'
  | 'unknown-profile'
  | 'changed-authority'
  /** Something that is defined is not there. */
  | 'missing'
  /** An access key that is defined is not there, or is not as the status says. */
  | 'key-state'
  /** A stack or integration of ours that no definition has. */
  | 'not-defined'
  /** Somebody of ours reaches a client's bucket, and no internal entry says so. */
  | 'undeclared-insider';

/** Something in an account that is not as it is defined. */
export interface Finding {
  readonly code: VerificationCode;
  readonly severity: 'error' | 'warning';
  /** Null where it is about several clients, or none. */
  readonly client: string | null;
  readonly integration: string | null;
  /** The ARN of what is reached, or is not as it should be. */
  readonly resource: string | null;
  /** The ARN of the role, user or outsider that it is about. */
  readonly principal: string | null;
  readonly message: string;
  /** What to do: in the account, or in a definition where it is meant. */
  readonly fix: string;
  /** The AWS CLI command that takes it back. */
  readonly undo: string | null;
}

/** Somebody of ours who reaches a client's bucket, key or secret. */
export interface Insider {
  /** An ARN, or how a policy names somebody. */
  readonly principal: string;
  /** What it reaches, in a few words each. */
  readonly reach: readonly string[];
  /** Whether an internal entry names it. */
  readonly declared: boolean;
}

/** What was not judged. */
export interface NotJudged {
  /** Null where it is about the account, or about no client. */
  readonly client: string | null;
  readonly account: string | null;
  readonly what: string;
  readonly why: string;
  /** Whether it may hide something of a client's own, or a way to it. */
  readonly counts: boolean;
}

/** `differs` where there is an error, else `unknown` where something that counts was not judged. */
export type Verdict = 'same' | 'differs' | 'unknown';

/** What the comparison of accounts with definitions came to. */
export interface Verification {
  readonly accounts: readonly string[];
  /** When the oldest of the snapshots was taken. */
  readonly collectedAt: string;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly insiders: readonly Insider[];
  readonly notJudged: readonly NotJudged[];
}

/** Why two things cannot be compared at all: nothing was judged. */
export class NothingJudged extends Error {}
