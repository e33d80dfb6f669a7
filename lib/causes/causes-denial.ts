import { Capability } from '../rules/confinement';
import { ACTS_AS_ITSELF, type Kind } from '../rules/vocabulary';
import { deployCommand } from './advice';
import { capabilitiesAsked, opensSession } from './asked';
import type { Cause, CauseCode, Who } from './cause';
import type { FailedRequest } from './cause-rule';
import { type Grantee, roleOf } from './grantee';
import type { Refusal } from './refusal';

/**
 * The likely cause of a denial of what must work: what the hand-off itself explains, then what AWS says of the policy
 * that denies (to callers of the same account or organization only), then what is usual at that step.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denial(refusal: Refusal, request: FailedRequest): Cause {
  return expired(request) ?? keyDenied(refusal, request) ?? byPolicy(refusal, request) ?? byStep(request);
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

function byPolicy({ message }: Refusal, request: FailedRequest): Cause | undefined {
  const { grantee, asked } = request;
  const [, action = 'the action'] = /not authorized to perform: ([\w-]+:\w+)/.exec(message) ?? [];
  const type = POLICIES.find(({ named }) => named.test(message));
  // Until a session is open, and where the bucket's policy lets it in, the caller's own policies are the vendor's.
  const theirs = opensSession(asked) || ACTS_AS_ITSELF[grantee.kind];
  if (type) {
    const [named] = type.named.exec(message) ?? [];
    return {
      code: type.code,
      cause: `a ${named} denies ${action}`,
      who: type.who(theirs),
      fix: type.fix(action, grantee),
    };
  }
  if (
    /explicit deny in the role trust policy/.test(message) ||
    (!theirs && /explicit deny in an identity/.test(message))
  )
    return {
      code: 'not-active',
      cause: `${grantee.integration} is suspended or pending: what is deployed denies everything`,
      who: 'owner',
      fix: 'remove status from the definition and deploy',
      fatal: true,
    };
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
      cause: `the policy of the bucket ${grantee.bucket} denies ${action}`,
      who: 'owner',
      fix: "look for a Deny in the bucket's policy that the definition did not make",
    };
  return undefined;
}

function byStep(request: FailedRequest): Cause {
  const { grantee, asked, reached } = request;
  const itself = ACTS_AS_ITSELF[grantee.kind];
  if (opensSession(asked)) return grantee.kind === 'web-identity' ? tokenDenied(request) : assumeDenied(request);
  if (reached === false) return nothingAllowed(request);
  const capabilities = capabilitiesAsked(asked, grantee);
  const grant = capabilities?.length
    ? `what is deployed does not grant ${capabilities.join(' with ')}`
    : 'what is deployed does not allow it';
  const where = capabilities?.some((each) => ANYWHERE.includes(each)) ? '' : ` under ${grantee.prefix || 'the bucket'}`;
  return {
    code: 'not-granted',
    cause: `${grant}${where}: it was deployed before the hand-off was written, or changed manually${itself ? "; or the vendor's own policies do not allow it" : ''}`,
    who: itself ? 'vendor or owner' : 'owner',
    fix: `deploy the client again (${deployCommand(grantee)}, and its parts if it has any) and write the hand-off from its outputs`,
  };
}

/** What is not granted under a prefix. */
const ANYWHERE: readonly Capability[] = [Capability.ROOT_LIST, Capability.LIST_BUCKETS];

/** STS gives the same answer for a role that is not there and for one that does not trust the caller. */
function assumeDenied({ grantee }: FailedRequest): Cause {
  const id = grantee.externalIds.length > 0;
  return {
    code: 'assume-denied',
    cause: `STS gives one answer for all of these: the caller is not the role or user that ${roleOf(grantee)} trusts${id ? '; the external ID differs by a character' : '; the role asks for an external ID'}; the role does not exist, is suspended or pending; or the vendor's own policies do not allow sts:AssumeRole`,
    who: 'vendor or owner',
    fix: `the vendor compares its ARN (aws sts get-caller-identity) and the ${id ? 'external ID' : 'role ARN'} with what the owner has; the owner checks principals, externalId and status in the definition, and deploys it`,
    fatal: true,
  };
}

function tokenDenied({ grantee }: FailedRequest): Cause {
  return {
    code: 'assume-denied',
    cause: `STS gives one answer for all of these: the token's sub or aud claim is not the one that ${roleOf(grantee)} trusts; or the role does not exist, is suspended or pending`,
    who: 'vendor or owner',
    fix: "compare the token's claims with subjects and audiences of the definition; then check its status, and deploy it",
    fatal: true,
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
