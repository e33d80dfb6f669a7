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

/** What can be behind a step that went wrong; docs/test-connection.md says it of each. */
export const CAUSE_CODES = [
  // Between here and AWS.
  'no-network',
  'tls',
  'not-aws',
  'clock-off',
  'throttled',
  'server-error',
  // Who asks.
  'no-credentials',
  'expired-session',
  'unknown-key',
  'wrong-secret',
  'bad-session-token',
  'already-assumed',
  'other-caller',
  'bad-token',
  'issuer-unreachable',
  'session-too-long',
  'region-disabled',
  'account-problem',
  // Where.
  'wrong-region',
  'no-bucket',
  'no-object',
  'nothing-there',
  'other-content',
  'acl-refused',
  'key-unusable',
  'left-behind',
  // What is denied.
  'assume-denied',
  'nothing-allowed',
  'not-granted',
  'not-active',
  'expired',
  'key-denied',
  'bucket-denies',
  'vendor-policy',
  'organization-policy',
  'boundary',
  'session-policy',
  'endpoint-policy',
  // What is open.
  'external-id-not-asked',
  'external-id-not-compared',
  'session-name-not-compared',
  'list-not-confined',
  'list-no-slash',
  'root-listed',
  'objects-not-confined',
  'no-slash',
  'more-granted',
  'policy-readable',
  // Anything else.
  'unknown',
] as const;

export type CauseCode = (typeof CAUSE_CODES)[number];

/** Why a step went otherwise than it should, as far as that can be told. */
export interface Diagnosis {
  /** Stable and greppable. */
  readonly code: CauseCode;
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
