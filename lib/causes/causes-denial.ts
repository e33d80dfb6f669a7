import { ACTS_AS_ITSELF, type Kind, Status } from '../rules/vocabulary';
import { opensSession } from './asked';
import type { Cause, CauseCode, Who } from './cause';
import type { FailedRequest } from './cause-rule';
import { beyondDefinition, differs, notGranted } from './causes-request';
import { carriesMore, sessionDenied } from './causes-session';
import { type Grantee, roleOf } from './grantee';
import type { Refusal } from './refusal';

/**
 * The likely cause of a denial: what the definition itself explains, and what AWS says of the policy that denies (to
 * callers of the same account or organization only), then what is usual for such a request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denial(refusal: Refusal, request: FailedRequest): Cause {
  return (
    expired(request) ??
    carriesMore(refusal, request) ??
    keyDenied(refusal, request) ??
    byNamedPolicy(refusal, request) ??
    notActive(refusal, request) ??
    beyondDefinition(refusal, request) ??
    byPolicy(refusal, request) ??
    byStep(refusal, request)
  );
}

function expired({ grantee, today }: FailedRequest): Cause | undefined {
  if (grantee.expires === undefined || today < grantee.expires) return undefined;
  return {
    code: 'expired',
    cause: `access ended on ${grantee.expires}, at 00:00 UTC, as defined`,
    who: 'owner',
    fix: 'set a later day in expires and deploy, or end the integration',
    fatal: true,
  };
}

/** @see https://repost.aws/knowledge-center/s3-large-file-encryption-kms-key */
function keyDenied({ message }: Refusal, { grantee }: FailedRequest): Cause | undefined {
  const [action] = /kms:\w+/.exec(message) ?? [];
  if (action === undefined) return undefined;
  const both = ACTS_AS_ITSELF[grantee.kind];
  return {
    code: 'key-denied',
    cause: `the bucket is encrypted with a KMS key for which ${action} is not allowed`,
    who: both ? 'vendor or owner' : 'owner',
    fix: `name the key in the definition (kmsKey) and deploy; ${both ? "the vendor's own role or user must be allowed to use it too" : 'the policy of a key from elsewhere must itself allow the role or user'}`,
  };
}

/** Whose a policy is that AWS names in its message, and what to do with it. */
interface PolicyType {
  readonly named: RegExp;
  readonly code: CauseCode;
  readonly who: (theirs: boolean) => Who;
  readonly fix: (action: string, grantee: Grantee) => string;
}

const POLICIES: readonly PolicyType[] = [
  {
    named: /service control policy/,
    code: 'organization-policy',
    who: (theirs) => (theirs ? 'vendor' : 'owner'),
    fix: (action) => `allow ${action} in the organization's service control policies`,
  },
  {
    named: /resource control policy/,
    code: 'organization-policy',
    who: () => 'owner',
    fix: (action) => `allow ${action} for this caller in the organization's resource control policies`,
  },
  {
    named: /VPC endpoint policy/,
    code: 'endpoint-policy',
    who: () => 'network',
    fix: (action, { bucket }) => `allow ${action} on ${bucket} in the VPC endpoint's policy`,
  },
  {
    named: /permissions boundary/,
    code: 'boundary',
    who: (theirs) => (theirs ? 'vendor' : 'owner'),
    fix: (action) => `allow ${action} in the permissions boundary`,
  },
  {
    named: /session policy/,
    code: 'session-policy',
    who: () => 'vendor or owner',
    fix: (action) => `allow ${action} in the policy that the session was opened with, or in the Roles Anywhere profile`,
  },
];

/** Policies that are neither the integration's nor the bucket's, where AWS names one. */
function byNamedPolicy({ message }: Refusal, request: FailedRequest): Cause | undefined {
  const type = POLICIES.find(({ named }) => named.test(message));
  if (type === undefined) return undefined;
  const action = actionIn(message);
  const [named] = type.named.exec(message) ?? [];
  return {
    code: type.code,
    cause: `a ${named} denies ${action}`,
    who: type.who(isTheirs(request)),
    fix: type.fix(action, request.grantee),
  };
}

function notActive({ message }: Refusal, { grantee }: FailedRequest): Cause | undefined {
  const { status = Status.ACTIVE, integration } = grantee;
  if (status === Status.ACTIVE && !/explicit deny in the role trust policy/.test(message)) return undefined;
  return inactive(integration, status === Status.ACTIVE ? 'suspended or pending' : status);
}

function inactive(integration: string, status: string): Cause {
  return {
    code: 'not-active',
    cause: `${integration} is ${status}: what is deployed denies everything`,
    who: 'owner',
    fix: 'remove status from the definition and deploy',
    fatal: true,
  };
}

/** Policies of the role, the user or the bucket. */
function byPolicy({ message }: Refusal, request: FailedRequest): Cause | undefined {
  const { grantee, asked } = request;
  const action = actionIn(message);
  const theirs = isTheirs(request);
  if (!theirs && /explicit deny in an identity/.test(message))
    return inactive(grantee.integration, 'suspended or pending');
  if (theirs && /identity-based policy/.test(message))
    return {
      code: 'vendor-policy',
      cause: `the vendor's own policies do not allow ${action}`,
      who: 'vendor',
      fix: `allow ${action} on ${opensSession(asked) ? roleOf(grantee) : `${grantee.accessPointArn ?? `arn:aws:s3:::${grantee.bucket}`} and its objects`} in the policies of the role or user`,
    };
  if (/explicit deny in a resource-based policy/.test(message))
    return {
      code: 'bucket-denies',
      cause: `the policy of the bucket ${grantee.bucket} denies ${action}: it denies plain HTTP; every other Deny in it is of no definition`,
      who: 'vendor or owner',
      fix: "the vendor uses HTTPS; if it does, the owner looks for a Deny in the bucket's policy that the definition did not make",
    };
  return undefined;
}

/** Until a session is open, and where the bucket's policy allows it, the caller's own policies are the vendor's. */
function isTheirs({ asked, grantee }: FailedRequest): boolean {
  return opensSession(asked) || ACTS_AS_ITSELF[grantee.kind];
}

function actionIn(message: string): string {
  return /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? 'the action';
}

function byStep({ message }: Refusal, request: FailedRequest): Cause {
  if (opensSession(request.asked)) return sessionDenied(request);
  if (request.mayGuess === false && !/because no [\w -]+ allows/.test(message)) return unexplained(request.asked);
  return request.reached === false ? nothingAllowed(request) : (differs(request) ?? notGranted(request));
}

function unexplained({ action = 'the request' }: FailedRequest['asked']): Cause {
  return {
    code: 'unknown',
    cause: `${action} is denied, and the answer does not say why`,
    who: 'vendor or owner',
    fix: 'ask for the whole message, its time and request ID',
  };
}

/** Everybody may ask for the bucket's location: who can't has the wrong credentials, or may do nothing at all. */
function nothingAllowed({ grantee, asked }: FailedRequest): Cause {
  const whose = WHOSE[grantee.kind];
  return {
    code: 'nothing-allowed',
    cause: `nothing is allowed, not even what every caller may do: ${grantee.integration} is suspended or not deployed, this machine's address is not among sourceIps or vpcEndpoints, or ${whose}`,
    who: 'vendor or owner',
    fix: 'the owner checks status, sourceIps and vpcEndpoints in the definition, and deploys it; the vendor checks whose credentials it uses (aws sts get-caller-identity)',
    // One refusal may have a reason of its own; two of different kinds have the same.
    fatal: asked.action !== 's3:GetBucketLocation',
  };
}

const WHOSE: Readonly<Record<Kind, string>> = {
  'assumed-role': 'the role lost its policy',
  'direct-trust':
    "the credentials are not of the role or user that the bucket's policy names, or its own policies do not allow it",
  'roles-anywhere': 'the session is of another role',
  'web-identity': 'the session is of another role',
  'access-key': 'the key is of another user',
};
