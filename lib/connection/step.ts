import { Capability } from '../rules/confinement';
import type { Cause } from './cause';

/** What is tried, in the order in which it is tried. */
export type StepName =
  | 'credentials'
  | 'assume'
  | 'assume-without-external-id'
  | 'assume-with-wrong-external-id'
  | 'assume-with-other-session-name'
  | 'location'
  | 'list'
  | 'put'
  | 'acl'
  | 'multipart'
  | 'abort'
  | 'get'
  | 'tags'
  | 'versions'
  | 'retention'
  | 'root-list'
  | 'list-buckets'
  | 'delete'
  | 'delete-version'
  | 'neighbour-list'
  | 'neighbour-get'
  | 'neighbour-put'
  | 'neighbour-delete'
  | 'bare-prefix'
  | 'bucket-policy'
  | 'clean-up';

/** The steps in which a capability is tried; some of them need another capability beside it. */
export const STEPS_OF: Readonly<Record<Capability, readonly StepName[]>> = {
  [Capability.LIST]: ['list'],
  [Capability.READ]: ['get'],
  [Capability.WRITE]: ['put', 'multipart', 'abort'],
  [Capability.DELETE]: ['delete'],
  [Capability.VERSIONS]: ['versions'],
  [Capability.TAGS]: ['tags'],
  [Capability.ACL]: ['acl'],
  [Capability.RETENTION_READ]: ['retention'],
  [Capability.ROOT_LIST]: ['root-list'],
  [Capability.LIST_BUCKETS]: ['list-buckets'],
};

/** One step and what came of it. */
export interface Step {
  readonly step: StepName;
  readonly expected: 'works' | 'denied';
  /** `error`: neither, so that nothing is known; `skipped`: it can't be tried here, and nothing is wrong with that. */
  readonly outcome: 'works' | 'denied' | 'error' | 'skipped';
  readonly cause?: Cause;
  readonly detail: string;
}

/** Whether a step went as it should. */
export function isRight({ expected, outcome }: Step): boolean {
  return outcome === expected || outcome === 'skipped';
}
