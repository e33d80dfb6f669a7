import type { Cause } from './cause';
import type { ReceivedHandoff } from './received-handoff';
import type { Refusal } from './refusal';
import type { StepName } from './step';

/** Where a request failed. */
export interface FailedRequest {
  readonly step: StepName;
  readonly handed: ReceivedHandoff;
  /** The current day, `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Whether anything worked in the bucket. */
  readonly reached: boolean;
}

/** One row of the tables of causes: the first that fits is the cause. */
export interface CauseRule {
  /** Codes that it is about; any, where left out. */
  readonly codes?: readonly string[];
  /** What must be so besides. */
  readonly when?: (refusal: Refusal, scene: FailedRequest) => boolean;
  readonly say: (refusal: Refusal, scene: FailedRequest) => Cause;
}
