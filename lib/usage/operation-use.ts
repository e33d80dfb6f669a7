import { actionOf } from '../causes/operations';
import { Capability, capabilitiesFor } from '../rules/confinement';

/** Which of the last times of an integration a request is one of. */
export type LastKind = 'list' | 'read' | 'write' | 'delete';

/** What an operation says of use. */
export interface OperationUse {
  readonly action: string;
  readonly capabilities: readonly Capability[];
  readonly last?: LastKind;
  /** Whether CloudTrail has it among its data events. */
  readonly data: boolean;
}

/** What a request says of use; the same object for the same operation. */
export function operationUse(operation: string, versioned: boolean, root: boolean): OperationUse {
  const key = `${operation}${versioned ? ' versioned' : ''}${root ? ' root' : ''}`;
  const known = KNOWN.get(key);
  if (known) return known;
  const action = actionOf(operation, versioned);
  const capabilities = capabilitiesFor(action, root ? '' : undefined) ?? [];
  const use = { action, capabilities, last: lastOf(action, root), data: !MANAGEMENT.test(operation) };
  // The names of operations are whatever a log says.
  if (KNOWN.size < 1000) KNOWN.set(key, use);
  return use;
}

const KNOWN = new Map<string, OperationUse>();

/**
 * Bucket-level calls, of which CloudTrail has management events.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
 */
const MANAGEMENT = /^(?:ListBuckets$|GetBucket|PutBucket|DeleteBucket|CreateBucket|HeadBucket$|AssumeRole|GetCaller)/;

function lastOf(action: string, root: boolean): LastKind | undefined {
  switch (action) {
    case 's3:ListBucket':
    case 's3:ListBucketVersions':
      return root ? undefined : 'list';
    case 's3:GetObject':
    case 's3:GetObjectVersion':
      return 'read';
    case 's3:PutObject':
      return 'write';
    case 's3:DeleteObject':
    case 's3:DeleteObjectVersion':
      return 'delete';
    default:
      return undefined;
  }
}

/**
 * Capabilities whose use a log cannot show: a header is in no server access log, and CloudTrail's records have of these
 * only the ACL; a list of all buckets is of none.
 */
export const HIDDEN: Readonly<Record<'server-access' | 'cloudtrail', readonly Capability[]>> = {
  'server-access': [Capability.TAGS, Capability.ACL, Capability.LIST_BUCKETS],
  cloudtrail: [Capability.TAGS],
};
