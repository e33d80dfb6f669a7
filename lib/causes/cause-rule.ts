import type { Asked } from './asked';
import type { Cause } from './cause';
import type { Grantee } from './grantee';
import type { Refusal } from './refusal';

/** A request that failed. */
export interface FailedRequest {
  readonly asked: Asked;
  readonly grantee: Grantee;
  /** The current day, `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Whether anything worked in the bucket; undefined where it is not known. */
  readonly reached?: boolean;
  /** Whether the same action worked at another time. */
  readonly worksElsewhere?: boolean;
  /** False where only what the answer says counts, and not what is usual for such a request. */
  readonly mayGuess?: boolean;
}

/** One row of the tables of causes: the first that fits is the cause. */
export interface CauseRule {
  /** Codes that it is about; any, where left out. */
  readonly codes?: readonly string[];
  /** What must be so besides. */
  readonly when?: (refusal: Refusal, request: FailedRequest) => boolean;
  readonly say: (refusal: Refusal, request: FailedRequest) => Cause;
}
