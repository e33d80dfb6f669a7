/**
 * Everything that lets somebody in: every trust policy, and every Principal of a bucket or key policy.
 * With confinement.ts, the whole of what an auditor has to read.
 */

import { counted } from '../text/plural';
import { quote } from '../text/quote';
import type { Finding } from './finding';
import { parsePrincipal } from './principal';
import { GOOGLE, isPattern, type Provider } from './provider';
import { type Restrictions, untilExpiry } from './restrictions';
import {
  allOf,
  type Conditions,
  oneOrMany,
  type PolicyDocument,
  type Principals,
  policyDocument,
  type Statement,
  statement,
} from './statement';
import { Status } from './vocabulary';

/**
 * What is wrong with an external ID.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (ExternalId)
 */
export function checkExternalId(value: string): Finding[] {
  if (/^[\w+=,.@:/-]{2,1224}$/.test(value)) return [];
  const strange = /[^\w+=,.@:/-]/.exec(value)?.[0];
  return [
    {
      code: 'bad-external-id',
      message: strange
        ? `the external ID ${quote(value)} has ${quote(strange)}, which AWS does not take`
        : `the external ID is ${counted(value.length, 'character')} long`,
      fix: 'use 2 to 1,224 characters of A-Z a-z 0-9 _ + = , . @ : / -',
    },
  ];
}

/**
 * What is wrong with the session name that a caller must use; `*` inside stands for any text.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (RoleSessionName)
 */
export function checkRoleSessionName(value: string): Finding[] {
  if (/^[\w+=,.@*-]{2,64}$/.test(value) && /[^*]/.test(value)) return [];
  return [
    {
      code: 'bad-session-name',
      message: `${quote(value)} is not a role session name`,
      fix: 'use 2 to 64 characters of A-Z a-z 0-9 _ + = , . @ -, with * for a part that varies',
    },
  ];
}

/** A Principal element with the conditions without which it would be too wide. */
export interface PrincipalMatch {
  readonly principal: Principals;
  readonly condition?: Conditions;
}

/**
 * The fewest Principal elements that name exactly these principals. A role or user is named by its
 * account, with its ARN in `aws:PrincipalArn`: naming the ARN itself would fail the deployment where
 * it does not exist, and block every later one when it is deleted and turns into a unique id.
 *
 * @param principals in written form; each must pass {@link checkPrincipal}
 * @param partition of the deployment, for accounts written as twelve digits
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function principalMatches(principals: readonly string[], partition: string): PrincipalMatch[] {
  const parsed = principals.map((text) => {
    const principal = parsePrincipal(text);
    if (!principal) throw new Error(`${text} is not a principal`);
    return principal;
  });
  const root = (account: string, of: string) => `arn:${of}:iam::${account}:root`;
  const exact = parsed.filter((p) => 'arn' in p);
  const accounts = parsed.filter((p) => p.type === 'account');
  const canonical = parsed.filter((p) => p.type === 'canonical-user');
  const found: PrincipalMatch[] = [];
  if (exact.length > 0) {
    const roots = [...new Set(exact.map((p) => root(p.account, p.partition)))];
    found.push({
      principal: { AWS: oneOrMany(roots) },
      condition: { StringEquals: { 'aws:PrincipalArn': oneOrMany(exact.map((p) => p.arn)) } },
    });
  }
  if (accounts.length > 0) {
    const roots = [...new Set(accounts.map((p) => root(p.account, p.partition ?? partition)))];
    found.push({ principal: { AWS: oneOrMany(roots) } });
  }
  if (canonical.length > 0) {
    found.push({ principal: { CanonicalUser: oneOrMany(canonical.map((p) => p.id)) } });
  }
  return found;
}

/** Confined statements of a bucket or key policy, for exactly these principals. */
export function statementsFor(
  principals: readonly string[],
  partition: string,
  sidPrefix: string,
  statements: readonly Statement[],
): Statement[] {
  return principalMatches(principals, partition).flatMap(({ principal, condition }, at) =>
    statements.map((s) =>
      statement({
        ...s,
        Sid: `${sidPrefix}${s.Sid}${at === 0 ? '' : `For${at + 1}`}`,
        Principal: principal,
        Condition: allOf(condition, s.Condition),
      }),
    ),
  );
}

/** A principal with the external ID that it must send. */
export interface ExternalTrust {
  readonly principal: string;
  readonly externalId?: string;
}

type Expiry = Pick<Restrictions, 'expires'>;

/** Who may assume a role, and how they must ask. */
export interface RoleTrust extends Expiry {
  readonly principals: readonly string[];
  readonly externalIds: readonly string[];
  /** Instead of the two, where each principal has an external ID of its own. */
  readonly trusts?: readonly ExternalTrust[];
  /** Whether callers may send session tags. */
  readonly sessionTags?: boolean;
  /** Whether callers may set a source identity. */
  readonly sourceIdentity?: boolean;
  readonly roleSessionName?: string;
  /** The role's own ARN and account, where it may assume itself. */
  readonly self?: { readonly roleArn: string; readonly account: string };
  readonly partition: string;
}

/**
 * The trust policy of a role that outside principals assume. Where an external ID is named, a request
 * without one is refused too.
 *
 * `sourceIps` and `vpcEndpoints` are not here: they bind every S3 request of the session, while
 * `sts:AssumeRole` often takes another way out of the vendor's network.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
 */
export function roleTrust(trust: RoleTrust): PolicyDocument {
  const asked = (externalIds: readonly string[]) =>
    allOf(
      externalIds.length > 0 ? { StringEquals: { 'sts:ExternalId': oneOrMany(externalIds) } } : undefined,
      sessionNamed(trust.roleSessionName),
      untilExpiry(trust),
    );
  const matches = groupsOf(trust).flatMap(({ principals, externalIds }) =>
    principalMatches(principals, trust.partition).map((match) => ({ ...match, asked: asked(externalIds) })),
  );
  const statements = matches.map(({ principal, condition, asked: how }, at) =>
    statement({
      Sid: `Vendor${at === 0 ? '' : at + 1}`,
      Effect: 'Allow',
      Principal: principal,
      Action: 'sts:AssumeRole',
      Condition: allOf(condition, how),
    }),
  );
  const actions = [
    ...(trust.sessionTags ? ['sts:TagSession'] : []),
    ...(trust.sourceIdentity ? ['sts:SetSourceIdentity'] : []),
  ];
  if (actions.length > 0) {
    // Neither action carries an external ID or a session name; alone they open no session.
    for (const [at, { principal, condition }] of principalMatches(principalsOf(trust), trust.partition).entries()) {
      statements.push(
        statement({
          Sid: `Session${at === 0 ? '' : at + 1}`,
          Effect: 'Allow',
          Principal: principal,
          Action: oneOrMany(actions),
          Condition: allOf(condition, untilExpiry(trust)),
        }),
      );
    }
  }
  if (trust.self) {
    statements.push(
      statement({
        Sid: 'Self',
        Effect: 'Allow',
        Principal: { AWS: `arn:${trust.partition}:iam::${trust.self.account}:root` },
        Action: 'sts:AssumeRole',
        // As the vendor must ask, or a session from before a change of either would renew itself for ever.
        Condition: allOf({ StringEquals: { 'aws:PrincipalArn': trust.self.roleArn } }, asked(externalIdsOf(trust))),
      }),
    );
  }
  return policyDocument(statements);
}

/** Principals by the external IDs of which they must send one. */
function groupsOf({ principals, externalIds, trusts }: RoleTrust): Pick<RoleTrust, 'principals' | 'externalIds'>[] {
  if (!trusts) return [{ principals, externalIds }];
  const groups = new Map<string | undefined, string[]>();
  for (const { principal, externalId } of trusts)
    groups.set(externalId, [...(groups.get(externalId) ?? []), principal]);
  return [...groups].map(([externalId, of]) => ({
    principals: of,
    externalIds: externalId === undefined ? [] : [externalId],
  }));
}

function principalsOf({ principals, trusts }: RoleTrust): readonly string[] {
  return trusts ? [...new Set(trusts.map(({ principal }) => principal))] : principals;
}

function externalIdsOf({ externalIds, trusts }: RoleTrust): readonly string[] {
  return trusts ? [...new Set(trusts.flatMap(({ externalId }) => externalId ?? []))] : externalIds;
}

/** Which certificate may open sessions. */
export interface CertificateSubject {
  readonly commonName: string;
  readonly organization?: string;
  readonly organizationalUnit?: string;
}

/** What a roles-anywhere integration says of the certificates it takes. */
export interface Certificate {
  readonly status: Status;
  readonly trustAnchor: boolean;
  readonly commonName?: string;
}

/** What is missing from the conditions on a certificate. */
export function checkCertificateTrust({ status, trustAnchor, commonName }: Certificate): Finding[] {
  if (status !== Status.ACTIVE) return [];
  const pending = 'or set status: pending until it is known';
  const missing = (key: string, fix: string): Finding => ({ code: 'missing-key', message: `${key} is missing`, fix });
  return [
    ...(trustAnchor
      ? []
      : [missing('the trust anchor', `name the authority that issues the vendor's certificate, ${pending}`)]),
    ...(commonName === undefined
      ? [missing('the common name', `say which certificate: its subject's CN, ${pending}`)]
      : []),
  ];
}

/** Who may open a session through IAM Roles Anywhere. */
export interface CertificateTrust extends Expiry {
  readonly trustAnchorArn: string;
  readonly subject: CertificateSubject;
}

/**
 * The trust policy of a role that IAM Roles Anywhere opens sessions of. Without the conditions, any certificate of any
 * trust anchor of the account would do. Sessions carry the subject as tags and the serial number as source identity.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export function certificateTrust(trust: CertificateTrust): PolicyDocument {
  const { commonName, organization, organizationalUnit } = trust.subject;
  const subject = {
    'aws:PrincipalTag/x509Subject/CN': commonName,
    ...(organization !== undefined && { 'aws:PrincipalTag/x509Subject/O': organization }),
    ...(organizationalUnit !== undefined && { 'aws:PrincipalTag/x509Subject/OU': organizationalUnit }),
  };
  return policyDocument([
    statement({
      Sid: 'Certificate',
      Effect: 'Allow',
      Principal: { Service: 'rolesanywhere.amazonaws.com' },
      Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      Condition: allOf(
        { ArnEquals: { 'aws:SourceArn': trust.trustAnchorArn }, StringEquals: subject },
        untilExpiry(trust),
      ),
    }),
  ]);
}

/** Who may open a session with a token. */
export interface TokenTrust extends Expiry {
  readonly provider: Provider;
  /** The ARN of the provider in the role's account; not of one that is built in. */
  readonly providerArn: string;
  readonly audiences: readonly string[];
  /** None where the session name is asked for instead. */
  readonly subjects: readonly string[];
  readonly roleSessionName?: string;
  /** Whether tokens may carry session tags. */
  readonly sessionTags?: boolean;
}

/**
 * The trust policy of a role that is assumed with a web identity token: always for its audience, and for its subject or
 * a session name besides.
 *
 * Of Google's tokens AWS compares the authorized party with `aud` where the token names one, and the audience with `oaud`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function tokenTrust(trust: TokenTrust): PolicyDocument {
  const { issuer, builtIn } = trust.provider;
  const operator = trust.subjects.some(isPattern) ? 'StringLike' : 'StringEquals';
  const subjects =
    trust.subjects.length > 0 ? { [operator]: { [`${issuer}:sub`]: oneOrMany(trust.subjects) } } : undefined;
  const Principal = { Federated: builtIn ? issuer : trust.providerArn };
  const statements = (issuer === GOOGLE ? ['aud', 'oaud'] : ['aud']).flatMap((key, at) => {
    const number = at === 0 ? '' : at + 1;
    const token = allOf({ StringEquals: { [`${issuer}:${key}`]: oneOrMany(trust.audiences) } }, subjects);
    const asked = allOf(token, sessionNamed(trust.roleSessionName), untilExpiry(trust));
    const open = statement({
      Sid: `Token${number}`,
      Effect: 'Allow',
      Principal,
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: asked,
    });
    if (!trust.sessionTags) return [open];
    // sts:TagSession does not carry the session name; alone it opens no session.
    const tag = statement({
      Sid: `Session${number}`,
      Effect: 'Allow',
      Principal,
      Action: 'sts:TagSession',
      Condition: allOf(token, untilExpiry(trust)),
    });
    return [open, tag];
  });
  return policyDocument(statements);
}

function sessionNamed(roleSessionName: string | undefined): Conditions | undefined {
  if (roleSessionName === undefined) return undefined;
  const operator = roleSessionName.includes('*') ? 'StringLike' : 'StringEquals';
  return { [operator]: { 'sts:RoleSessionName': roleSessionName } };
}

/** Lets a role assume itself, which its trust alone does not: inside one account both sides must agree, until the trust expires. */
export function assumeSelf(roleArn: string): Statement {
  return { Sid: 'AssumeSelf', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn };
}

/** A trust policy under which nobody can assume the role: it exists, with its ARN, before it is used. */
export function nobodyTrusted(): PolicyDocument {
  return policyDocument([{ Sid: 'NotActive', Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }]);
}
