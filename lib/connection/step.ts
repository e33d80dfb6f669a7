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

/** Who must do something. `owner` is who owns the bucket; `network` who runs the network between; `nobody`: try again. */
export type Who = 'vendor' | 'owner' | 'vendor or owner' | 'network' | 'nobody';

/** Why a step went otherwise than it should, as far as that can be told. */
export interface Diagnosis {
  /** Stable and greppable, for example `wrong-region`. */
  readonly code: string;
  /** The likely cause, in a sentence. */
  readonly cause: string;
  readonly who: Who;
  readonly fix: string;
  /** Whether everything after it would go wrong alike. */
  readonly fatal?: boolean;
}

/** One step and what came of it. */
export interface Step {
  readonly step: StepName;
  readonly expected: 'works' | 'denied';
  /** `error`: neither, so that nothing is known; `skipped`: it can't be tried here, and nothing is wrong with that. */
  readonly outcome: 'works' | 'denied' | 'error' | 'skipped';
  readonly diagnosis?: Diagnosis;
  readonly detail: string;
}

/** Whether a step went as it should. */
export function isRight({ expected, outcome }: Step): boolean {
  return outcome === expected || outcome === 'skipped';
}
