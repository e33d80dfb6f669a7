import type { Asked } from '../causes/asked';
import type { Cause } from '../causes/cause';
import type { Grantee } from '../causes/grantee';
import { Capability } from '../rules/confinement';

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
  | 'head-bucket'
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

/** What a step asks for first. */
export function askedBy(step: StepName, { prefix }: Pick<Grantee, 'prefix'>): Asked {
  const action = ACTIONS[step];
  if (step === 'head-bucket') return { action, operation: 'HeadBucket', prefix: '' };
  if (action === 's3:ListBucket') return { action, prefix: step === 'list' ? prefix : '' };
  // It sends no encryption headers.
  return action === 's3:PutObject' ? { action, foreignEncryption: false } : { action };
}

const ACTIONS: Readonly<Record<StepName, string>> = {
  credentials: 'sts:GetCallerIdentity',
  assume: 'sts:AssumeRole',
  'assume-without-external-id': 'sts:AssumeRole',
  'assume-with-wrong-external-id': 'sts:AssumeRole',
  'assume-with-other-session-name': 'sts:AssumeRole',
  location: 's3:GetBucketLocation',
  list: 's3:ListBucket',
  put: 's3:PutObject',
  acl: 's3:PutObjectAcl',
  multipart: 's3:PutObject',
  abort: 's3:AbortMultipartUpload',
  get: 's3:GetObject',
  tags: 's3:PutObjectTagging',
  versions: 's3:ListBucketVersions',
  retention: 's3:GetObjectRetention',
  'root-list': 's3:ListBucket',
  'head-bucket': 's3:ListBucket',
  'list-buckets': 's3:ListAllMyBuckets',
  delete: 's3:DeleteObject',
  'delete-version': 's3:DeleteObjectVersion',
  'neighbour-list': 's3:ListBucket',
  'neighbour-get': 's3:GetObject',
  'neighbour-put': 's3:PutObject',
  'neighbour-delete': 's3:DeleteObject',
  'bare-prefix': 's3:ListBucket',
  'bucket-policy': 's3:GetBucketPolicy',
  'clean-up': 's3:DeleteObject',
};

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
  [Capability.ROOT_LIST]: ['root-list', 'head-bucket'],
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
