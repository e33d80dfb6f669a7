/** Each way in, read as an integration. */
import type { Snapshot } from '../account/snapshot';
import { sharedIssuer } from '../rules/issuers';
import { Status } from '../rules/vocabulary';
import { accountOfPrincipal, assumedTrust, assumes, namedBy } from './assumed-trust';
import type { Candidate } from './candidate';
import { isOfAll } from './denials';
import { type AccountFacts, described, type Read, siteOf, used } from './facts';
import { rightsIn, type Site } from './grants';
import { keyCandidate } from './key-candidate';
import type { Leak } from './leak';
import { limitsDenied } from './limits';
import { certificateTrust, durationKey, takesCertificates, takesTokens, tokenTrust } from './other-trusts';
import { isPattern, type Said } from './said';
import { hasCondition, type TrustContext, type TrustRead, type Unsaid } from './trust-read';
import type { ByHolder } from './ways';

export function readHolder(way: ByHolder, facts: AccountFacts): Read {
  return way.type === 'role' ? readRole(way, facts) : readUser(way, facts);
}

function readUser({ bucket, arn, atDoors }: ByHolder, facts: AccountFacts): Read {
  const user = facts.policies.user(arn);
  if (!user) return { leaks: [], unsaid: [] };
  const held = facts.policies.ofUser(user);
  const variables = { 'aws:username': user.UserName, ...(user.UserId !== undefined && { 'aws:userid': user.UserId }) };
  const rights = rightsIn(siteOf(facts.snapshot, bucket), [...held, ...atDoors], variables);
  const all = administrator(arn, bucket, rights.elsewhere, held);
  if (all) return all;
  return keyCandidate({ bucket, user, rights, denied: deniedIn(held, rights.site), unsaid: denials(held) }, facts);
}

function readRole({ bucket, arn, atDoors }: ByHolder, facts: AccountFacts): Read {
  const { snapshot, policies, setups } = facts;
  const role = policies.role(arn);
  if (!role) return { leaks: [], unsaid: [] };
  const held = policies.ofRole(role);
  const rights = rightsIn(siteOf(snapshot, bucket), [...held, ...atDoors]);
  const all = administrator(arn, bucket, rights.elsewhere, held);
  if (all) return all;
  const statements = policies.trustOf(role);
  const context = { account: snapshot.account, roleArn: arn, isOurs: facts.isOurs };
  const trust = trustRead(statements, context, snapshot);
  const leaks = [...anyoneIn(statements, bucket, arn), ...(trust ? anyProof(trust, bucket, arn) : [])];
  if (!trust) return { leaks, unsaid: leaks.length > 0 ? [] : notATrust(statements) };
  if (trust.kind === 'assumed-role' && leaks.length > 0 && trust.principals.length === 0)
    return { leaks, unsaid: trust.unsaid };
  const setup = setups.of(bucket, ({ roleArn }) => roleArn === arn);
  const seconds = trust.kind === 'roles-anywhere' ? undefined : snapshot.maxSessionDurations?.get(role.RoleName);
  const candidate: Candidate = {
    bucket,
    kind: trust.kind,
    keys: { ...trust.keys, ...durationKey('maxSessionDuration', seconds) },
    status: trust.isWhole ? Status.ACTIVE : Status.PENDING,
    description: `${described('role', role.RoleName, role.CreateDate)}${used(role.RoleLastUsed?.LastUsedDate)}`,
    principals: trust.principals,
    actsAs: { type: 'role', name: role.RoleName, arn, path: role.Path ?? '/' },
    attached: role.AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn),
    boundary: role.PermissionsBoundary?.PermissionsBoundaryArn,
    rights,
    accounted: [],
    denied: deniedIn(held, rights.site),
    until: trust.until,
    notes: trust.notes,
    lost: trust.lost,
    unsaid: [...trust.unsaid, ...otherTrusts(statements, trust, context), ...denials(held)],
    names: [role.RoleName],
    accounts: trust.principals.flatMap((principal) => accountOfPrincipal(principal) ?? []),
    setup,
  };
  return { candidate, leaks, unsaid: [] };
}

/** What the trust is as one kind: the first that it has. */
function trustRead(statements: readonly Said[], context: TrustContext, snapshot: Snapshot): TrustRead | undefined {
  const isOutside = (each: Said) =>
    assumes(each) &&
    (namedBy(each).others.length > 0 ||
      namedBy(each).principals.some((principal) => !context.isOurs(accountOfPrincipal(principal) ?? '')));
  if (statements.some(isOutside)) return assumedTrust(statements, context);
  if (statements.some(takesCertificates)) return certificateTrust(statements, context, snapshot);
  if (statements.some(takesTokens)) return tokenTrust(statements, snapshot);
  return undefined;
}

/** Statements of a trust that are of another kind. */
function otherTrusts(statements: readonly Said[], { kind }: TrustRead, { isOurs }: TrustContext): readonly Unsaid[] {
  const why = 'the role has another kind of trust as well; a definition has one: make a role of its own for it';
  return statements
    .filter((each) => {
      if (kind !== 'roles-anywhere' && takesCertificates(each)) return true;
      if (kind !== 'web-identity' && takesTokens(each)) return true;
      const named = kind !== 'assumed-role' && assumes(each) ? namedBy(each).principals : [];
      return named.some((principal) => !isOurs(accountOfPrincipal(principal) ?? ''));
    })
    .map((said) => ({ said, why }));
}

function notATrust(statements: readonly Said[]): readonly Unsaid[] {
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .map((said) => ({
      said,
      why: 'its trust is for a service or provider that brings outsiders, and that no definition has',
    }));
}

/** Who may assume a role without being named. */
function anyoneIn(statements: readonly Said[], bucket: string, arn: string): readonly Leak[] {
  return statements
    .filter((each) => assumes(each) && namedBy(each).anyone)
    .map((each) => {
      const isAsked = hasCondition(each, 'sts:externalid');
      const organization = hasCondition(each, 'aws:principalorgid');
      return {
        principal: '*',
        bucket,
        what: `may assume ${arn}${isAsked ? ' with the external ID' : ''}`,
        why: organization
          ? 'every account of an organization that is not ours may: name the accounts'
          : 'anybody’s account may: an external ID is not a secret, and nothing distinguishes anybody',
      };
    });
}

/** A trust for certificates or tokens that does not say whose. */
function anyProof({ kind, keys, principals, isWhole }: TrustRead, bucket: string, arn: string): readonly Leak[] {
  if (kind === 'roles-anywhere' && !isWhole && keys.subject === undefined) {
    const why = 'the trust compares no common name: every certificate of the authority opens its sessions';
    return [{ principal: 'rolesanywhere.amazonaws.com', bucket, what: `opens ${arn} for any certificate`, why }];
  }
  if (kind !== 'web-identity') return [];
  const provider = String(keys.provider);
  const shared = sharedIssuer(provider.replace(/^.*?(?:oidc-provider|:\/)\//, ''));
  const isOpen = (subject: string) =>
    shared?.claim === 'sub' ? isPattern(subject) && !shared.customer?.test(subject) : /^[*?]+$/.test(subject);
  const open = principals.filter(isOpen);
  if (open.length === 0 && (isWhole || keys.subjects !== undefined)) return [];
  const whose = shared ? `every customer of ${shared.name}` : 'everybody who has a token of it for this audience';
  const how = open.length > 0 ? `takes every subject like ${open.join(', ')}` : 'compares no subject';
  const why = `the trust ${how}: ${whose} may assume the role`;
  return [{ principal: provider, bucket, what: `opens ${arn} for any token`, why }];
}

/** Who may do everything is not an integration. */
function administrator(
  arn: string,
  bucket: string,
  elsewhere: readonly string[],
  held: readonly Said[],
): Read | undefined {
  if (!elsewhere.includes('every service')) return undefined;
  const statements = held.filter(({ actions, notActions, resources }) => {
    return (actions.includes('*') || notActions.length > 0) && resources.includes('*');
  });
  if (statements.length === 0) return undefined;
  const leak = {
    principal: arn,
    bucket,
    what: 'may do everything in the account',
    why: 'outsiders can be it: an integration would have one prefix; give it a role of its own',
  };
  const why = 'it allows everything in the account, which says nothing about a place in this bucket';
  return { leaks: [leak], unsaid: statements.map((said) => ({ said, why })) };
}

/** Limits of everything in the bucket: a denial elsewhere, or of a folder, limits nothing here. */
function deniedIn(held: readonly Said[], site: Site): Candidate['denied'] {
  return held.filter((each) => isOfAll(each, site)).flatMap((each) => limitsDenied(each) ?? []);
}

/** What is denied in a way that no definition denies it. */
function denials(held: readonly Said[]): readonly Unsaid[] {
  const isKnown = (each: Said) =>
    limitsDenied(each) !== undefined || OWN_DENIALS.some((key) => hasCondition(each, key));
  return held
    .filter(({ effect, actions }) => effect === 'Deny' && actions.some((action) => /^(?:\*|s3:)/i.test(action)))
    .filter((each) => !isKnown(each))
    .map((said) => ({ said, why: 'it denies what a definition may allow: an integration has no denials of its own' }));
}

const OWN_DENIALS = [
  'aws:securetransport',
  's3:x-amz-server-side-encryption',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:x-amz-server-side-encryption-customer-algorithm',
];
