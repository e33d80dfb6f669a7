/** What of a role's trust its definition does not have. */
import type { Snapshot } from '../account/snapshot';
import { assumes, namedBy } from './assumed-trust';
import type { Candidate } from './candidate';
import { actionMatches } from './globs';
import { isEnd, isExact, type Known, OF_PRINCIPALS, unknownConditions } from './known-conditions';
import { takesCertificates, takesTokens } from './other-trusts';
import { isPattern, type Said } from './said';
import { conditionWords } from './trust-read';

const SESSION_NAME: Known = {
  'sts:rolesessionname': ({ operator, values }) =>
    operator === 'stringlike'
      ? !values.some((each) => each.includes('${'))
      : operator === 'stringequals' && !values.some(isPattern),
  'aws:currenttime': isEnd,
};

const ASSUMED: Known = { ...OF_PRINCIPALS, ...SESSION_NAME, 'sts:externalid': isExact };

const CERTIFICATES: Known = {
  'aws:sourcearn': isExact,
  'aws:currenttime': isEnd,
  ...Object.fromEntries(['cn', 'o', 'ou'].map((name) => [`aws:principaltag/x509subject/${name}`, isExact])),
};

/** Reasons why a role's definition may let more in than its trust does. */
export function trustBeyond(candidate: Candidate, trust: readonly Said[], snapshot: Snapshot): readonly string[] {
  const denied = trust
    .filter(({ effect }) => effect === 'Deny')
    .map(() => 'its trust also denies; a definition has no denial of its own');
  const allowed = trust.filter(({ effect }) => effect === 'Allow');
  const extra = allowed.filter((each) =>
    ['sts:TagSession', 'sts:SetSourceIdentity'].some((action) =>
      each.actions.some((one) => actionMatches(one, action)),
    ),
  );
  switch (candidate.kind) {
    case 'assumed-role':
      return [...denied, ...assumedBeyond(candidate, allowed.filter(assumes), extra)];
    case 'roles-anywhere':
      return [
        ...denied,
        ...conditionsBeyond(allowed.filter(takesCertificates), CERTIFICATES),
        ...anywhereBeyond(candidate, snapshot),
      ];
    case 'web-identity':
      return [...denied, ...tokensBeyond(candidate, allowed.filter(takesTokens), extra)];
    default:
      return denied;
  }
}

function conditionsBeyond(statements: readonly Said[], known: Known): readonly string[] {
  return statements.flatMap((each) => {
    const unknown = unknownConditions(each, known);
    return [
      ...(unknown.length > 0 ? [`its trust also asks for ${conditionWords(unknown)}`] : []),
      ...(each.notActions.length > 0 ? ['its trust has a NotAction'] : []),
    ];
  });
}

function assumedBeyond(
  { principals }: Candidate,
  statements: readonly Said[],
  extra: readonly Said[],
): readonly string[] {
  const names = statements.map((each) =>
    JSON.stringify(each.conditions.filter(({ key }) => key === 'sts:rolesessionname')),
  );
  const all = [...new Set([...statements, ...extra])];
  const ofAws = extra.filter((each) => each.principals.some(({ type }) => type === 'aws'));
  const isForAll = ofAws.every((each) => {
    const named = namedBy(each).principals;
    return principals.every((principal) => named.includes(principal));
  });
  return [
    ...conditionsBeyond(
      all.filter((each) => each.principals.some(({ type }) => type === 'aws')),
      ASSUMED,
    ),
    ...sessions(statements),
    ...(new Set(names).size > 1
      ? ['its trust asks for another session name of each; a definition has one for all']
      : []),
    ...(isForAll ? [] : ['only some that it trusts may tag sessions or set a source identity']),
  ];
}

/** Principals that are one session of a role. */
export function sessions(statements: readonly Said[]): readonly string[] {
  return statements
    .flatMap(({ principals }) => principals)
    .filter(({ value }) => /:assumed-role\//.test(value))
    .map(({ value }) => `one session is named, ${value}; a definition names its whole role`);
}

function anywhereBeyond(
  { actsAs, keys }: Candidate,
  { rolesAnywhereProfiles = [], trustAnchors = [] }: Snapshot,
): readonly string[] {
  const profiles = rolesAnywhereProfiles.filter(({ roleArns = [] }) => roleArns.includes(actsAs?.arn ?? ''));
  const { arn } = (keys.trustAnchor ?? {}) as { readonly arn?: string };
  const anchor = trustAnchors.find(({ trustAnchorArn }) => trustAnchorArn === arn);
  return [
    ...(profiles.length === 0
      ? ['no profile of IAM Roles Anywhere has its role: nobody opens sessions of it today']
      : []),
    ...(profiles.some(({ enabled }) => !enabled) ? ['its profile is disabled'] : []),
    ...(profiles.some(
      ({ sessionPolicy, managedPolicyArns = [] }) => Boolean(sessionPolicy) || managedPolicyArns.length > 0,
    )
      ? ['its profile has a session policy, which allows less than the role’s own']
      : []),
    ...(arn !== undefined && !anchor?.enabled ? ['its trust anchor is disabled, or is not there'] : []),
  ];
}

function tokensBeyond({ keys }: Candidate, [first]: readonly Said[], extra: readonly Said[]): readonly string[] {
  if (!first) return [];
  const provider = first.principals.find(({ type }) => type === 'federated')?.value ?? '';
  const issuer = provider.replace(/^.*?:oidc-provider\//, '').toLowerCase();
  const asks = (name: string) => first.conditions.some(({ key }) => key === `${issuer}:${name}`);
  const known: Known = { ...SESSION_NAME };
  const claims: Known = Object.fromEntries(
    ['aud', 'oaud', 'sub'].map((name) => [`${issuer}:${name}`, SESSION_NAME['sts:rolesessionname'] as Known[string]]),
  );
  const same = new Set(first.conditions.map(({ written, values }) => JSON.stringify([written, values])));
  const others = extra.flatMap(({ conditions }) =>
    conditions.filter(({ written, values }) => !same.has(JSON.stringify([written, values]))),
  );
  return [
    ...conditionsBeyond([first], { ...known, ...claims }),
    ...(asks('aud') && asks('oaud') ? ['its trust compares two audiences at once'] : []),
    ...(keys.sessionTags === true && others.length > 0
      ? [`tags of sessions also ask for ${conditionWords(others)}`]
      : []),
    ...(first.principals.length > 1 ? ['its trust has several providers in one statement'] : []),
  ];
}
