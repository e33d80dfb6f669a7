import type { Cause } from './cause';
import type { FailedRequest } from './cause-rule';
import { type Grantee, roleOf } from './grantee';
import type { Refusal } from './refusal';

/**
 * A session that carries more than the trust allows: its action is in the message, and the role's own trust has none of it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
export function carriesMore({ message }: Refusal, { asked, grantee }: FailedRequest): Cause | undefined {
  const action = [asked.action, /not authorized to perform: (sts:\w+)/.exec(message)?.[1]];
  const own = grantee.kind === 'assumed-role' || grantee.kind === 'web-identity';
  const fix = (key: string) =>
    own ? `the vendor sends none; or the owner sets ${key}: true in the definition, and deploys` : 'send none';
  if (action.includes('sts:TagSession')) {
    return {
      code: 'tag-session',
      cause: `the caller sends session tags, which the trust of ${roleOf(grantee)} does not allow`,
      who: own ? 'vendor or owner' : 'vendor',
      fix: fix('sessionTags'),
      fatal: true,
    };
  }
  if (action.includes('sts:SetSourceIdentity')) {
    return {
      code: 'source-identity',
      cause: `the caller sends a source identity, which the trust of ${roleOf(grantee)} does not allow`,
      who: grantee.kind === 'assumed-role' ? 'vendor or owner' : 'vendor',
      fix: grantee.kind === 'assumed-role' ? fix('sourceIdentity') : 'send none',
      fatal: true,
    };
  }
  return undefined;
}

/** No session: STS gives one answer for many reasons. */
export function sessionDenied({ grantee }: FailedRequest): Cause {
  switch (grantee.kind) {
    case 'web-identity':
      return tokenDenied(grantee);
    case 'roles-anywhere':
      return certificateDenied(grantee);
    case 'assumed-role':
      return assumeDenied(grantee);
    case 'direct-trust':
    case 'access-key':
      return noRole(grantee);
    default:
      return grantee.kind satisfies never;
  }
}

/** STS gives the same answer for a role that is not there and for one that does not trust the caller. */
function assumeDenied(grantee: Grantee): Cause {
  const id = grantee.externalIds.length > 0;
  return {
    code: 'assume-denied',
    cause: `STS gives one answer for all of these: the caller is not the role or user that ${roleOf(grantee)} trusts${id ? '; the external ID differs by a character' : '; the role asks for an external ID'}; the role does not exist, is suspended or pending; or the vendor's own policies do not allow sts:AssumeRole`,
    who: 'vendor or owner',
    fix: `the vendor compares its ARN (aws sts get-caller-identity) and the ${id ? 'external ID' : 'role ARN'} with what the owner has; the owner checks principals, externalId and status in the definition, and deploys it`,
    fatal: true,
  };
}

function tokenDenied(grantee: Grantee): Cause {
  return {
    code: 'assume-denied',
    cause: `STS gives one answer for all of these: the token's sub or aud claim is not the one that ${roleOf(grantee)} trusts; or the role does not exist, is suspended or pending`,
    who: 'vendor or owner',
    fix: "compare the token's claims with subjects and audiences of the definition; then check its status, and deploy it",
    fatal: true,
  };
}

function certificateDenied(grantee: Grantee): Cause {
  return {
    code: 'assume-denied',
    cause: `IAM Roles Anywhere gives one answer for all of these: the certificate's subject is not the one that ${roleOf(grantee)} trusts; the request names another trust anchor, profile or role; or the role is suspended or pending`,
    who: 'vendor or owner',
    fix: "the vendor compares trust anchor, profile and role with the hand-off, and the certificate's common name with what the owner has; the owner checks subject and status in the definition, and deploys it",
    fatal: true,
  };
}

function noRole({ integration }: Grantee): Cause {
  return {
    code: 'assume-denied',
    cause: `${integration} has no role of ours: the vendor assumes one that is not for this`,
    who: 'vendor',
    fix: 'use the credentials of the hand-off as they are, without assuming a role of ours',
    fatal: true,
  };
}
