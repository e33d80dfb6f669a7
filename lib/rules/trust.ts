/**
 * Everything that says who an integration is for: how a principal is written, and every statement that
 * lets one in. With confinement.ts, the whole of what an auditor has to read.
 */
import { type Finding, quote } from './finding';
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

/** An outside principal, as its written form says. */
export type Principal =
  | { readonly type: 'role' | 'user'; readonly arn: string; readonly account: string; readonly partition: string }
  /** A whole account; without a partition where it was written as twelve digits. */
  | { readonly type: 'account'; readonly account: string; readonly partition?: string }
  | { readonly type: 'canonical-user'; readonly id: string };

const ROLE_OR_USER = /^arn:(aws[a-z-]*):iam::(\d{12}):(role|user)\/(?:[!-~]+\/)?[\w+=,.@-]{1,64}$/;
const ROOT = /^arn:(aws[a-z-]*):iam::(\d{12}):root$/;
const SESSION = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/.*$/;

/** The principal that a text names, or undefined where {@link checkPrincipal} finds fault with it. */
export function parsePrincipal(text: string): Principal | undefined {
  if (/^\d{12}$/.test(text)) return { type: 'account', account: text };
  if (/^[0-9a-f]{64}$/.test(text)) return { type: 'canonical-user', id: text };
  if (/[*?$]/.test(text)) return undefined;
  const [, rootPartition, rootAccount] = ROOT.exec(text) ?? [];
  if (rootPartition && rootAccount) return { type: 'account', account: rootAccount, partition: rootPartition };
  const [, partition, account, type] = ROLE_OR_USER.exec(text) ?? [];
  if (!partition || !account) return undefined;
  return { type: type === 'role' ? 'role' : 'user', arn: text, account, partition };
}

/**
 * What is wrong with the way a principal is written, and the form to use instead.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function checkPrincipal(text: string): Finding[] {
  if (parsePrincipal(text)) return [];
  const wrong = (code: string, message: string, fix: string): Finding[] => [{ code, message, fix }];
  const example = 'a role or user ARN, for example arn:aws:iam::111122223333:role/exporter';
  if (text === '*') {
    return wrong('principal-wildcard', '"*" is everybody', `name the vendor: ${example}`);
  }
  const spaceless = text.replace(/\s+/g, '');
  if (spaceless !== text) {
    const fix = parsePrincipal(spaceless) ? `write ${spaceless}` : `write it without spaces: ${example}`;
    return wrong('bad-principal', `the principal ${quote(text)} has a space in it`, fix);
  }
  if (/[*?]/.test(text)) {
    return wrong('principal-wildcard', `the principal ${quote(text)} has a wildcard`, `name each one: ${example}`);
  }
  if (text.includes('$')) {
    return wrong('principal-variable', `the principal ${quote(text)} has a $, as policy variables do`, example);
  }
  const [, partition, account, role] = SESSION.exec(text) ?? [];
  if (role) {
    const arn = `arn:${partition}:iam::${account}:role/${role}`;
    const fix = `name its role: ${arn} (with the role's path, if it has one)`;
    return wrong('principal-session', `${quote(text)} is one session of a role, gone when it ends`, fix);
  }
  if (/^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(text)) {
    const fix = `name the vendor's own role or user instead: ${example}`;
    return wrong('principal-service', `${quote(text)} is a service principal, shared by all its customers`, fix);
  }
  if (/:(?:saml|oidc)-provider\//.test(text) || text === 'accounts.google.com') {
    const fix = 'use kind: web-identity for identities that a provider vouches for';
    return wrong('principal-provider', `${quote(text)} is an identity provider`, fix);
  }
  if (/^arn:aws[a-z-]*:iam::\d{12}:(?:group|instance-profile|policy)\//.test(text)) {
    return wrong('principal-type', `${quote(text)} cannot sign a request`, `name the role or user: ${example}`);
  }
  if (/^A(?:ROA|IDA)[A-Z0-9]{12,}$/.test(text)) {
    return wrong(
      'principal-unique-id',
      `${quote(text)} is a unique id`,
      `write the ARN that it stands for: ${example}`,
    );
  }
  if (/^\d{4}-\d{4}-\d{4}$/.test(text) || /^\d{9,13}$/.test(text)) {
    const fix = 'write the account id as twelve digits without dashes, for example 111122223333';
    return wrong('bad-account-id', `${quote(text)} is not an account id`, fix);
  }
  if (/^[0-9a-fA-F]{64}$/.test(text)) {
    return wrong('bad-principal', `the canonical user id ${quote(text)} is not lower case`, text.toLowerCase());
  }
  return wrong('bad-principal', `${quote(text)} is not a principal`, `write ${example}`);
}

/** The kinds of integration that name their vendor by principals. */
export type PrincipalKind = 'assumed-role' | 'direct-trust';

/** What is wrong with one principal of an integration of this kind. */
export function checkPrincipalOf(kind: PrincipalKind, text: string): Finding[] {
  if (kind === 'assumed-role' && parsePrincipal(text)?.type === 'canonical-user') {
    return [
      {
        code: 'principal-type',
        message: 'a canonical user id is known to S3 only, and cannot assume a role',
        fix: "write the vendor's role or user ARN, or use kind: direct-trust",
      },
    ];
  }
  return checkPrincipal(text);
}

/** What an integration says of whom it trusts. */
export interface Trusted {
  readonly kind: PrincipalKind;
  readonly status: Status;
  readonly principals?: readonly string[];
  readonly externalIds?: readonly string[];
  readonly allowWholeAccount?: boolean;
}

/** What is wrong with the principals of an integration taken together; each is checked by {@link checkPrincipalOf}. */
export function checkTrusted(trusted: Trusted): Finding[] {
  const { kind, principals = [], externalIds = [] } = trusted;
  if (principals.length === 0 && trusted.status === Status.ACTIVE) {
    return [
      {
        code: 'missing-key',
        message: `an active ${kind} integration needs principals`,
        fix: "list the vendor's role or user ARN under principals, or set status: pending until it is known",
      },
    ];
  }
  const account = principals.find((text) => parsePrincipal(text)?.type === 'account');
  if (account === undefined || externalIds.length > 0 || trusted.allowWholeAccount) return [];
  return [
    {
      code: 'whole-account',
      message: `${account} lets in everybody in that account`,
      fix: `name the role or user, ${kind === 'assumed-role' ? 'add the externalId that the vendor sends, ' : ''}or accept it with allowWholeAccount: true`,
    },
  ];
}

/**
 * What is wrong with principals that the policy of a KMS key would have to name.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html
 */
export function checkKeyPrincipals(principals: readonly string[]): Finding[] {
  return principals
    .filter((text) => parsePrincipal(text)?.type === 'canonical-user')
    .map((text) => ({
      code: 'canonical-user-kms',
      message: `the canonical user id ${quote(text)} is known to S3 only, and cannot use the bucket's KMS key`,
      fix: "name the vendor's role or user ARN instead, or a bucket without a KMS key",
    }));
}

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
        : `the external ID is ${value.length} characters long`,
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
export interface Vendor {
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
export function vendors(principals: readonly string[], partition: string): Vendor[] {
  const parsed = principals.map((text) => {
    const principal = parsePrincipal(text);
    if (!principal) throw new Error(`${text} is not a principal`);
    return principal;
  });
  const root = (account: string, of: string) => `arn:${of}:iam::${account}:root`;
  const exact = parsed.filter((p) => 'arn' in p);
  const accounts = parsed.filter((p) => p.type === 'account');
  const canonical = parsed.filter((p) => p.type === 'canonical-user');
  const found: Vendor[] = [];
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
  return vendors(principals, partition).flatMap(({ principal, condition }, at) =>
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

/** Who may assume a role, and how they must ask. */
export interface RoleTrust extends Restrictions {
  readonly principals: readonly string[];
  readonly externalIds: readonly string[];
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
  const externalId =
    trust.externalIds.length > 0 ? { StringEquals: { 'sts:ExternalId': oneOrMany(trust.externalIds) } } : undefined;
  const statements = vendors(trust.principals, trust.partition).map(({ principal, condition }, at) =>
    statement({
      Sid: `Vendor${at === 0 ? '' : at + 1}`,
      Effect: 'Allow',
      Principal: principal,
      Action: 'sts:AssumeRole',
      Condition: allOf(condition, externalId, sessionNamed(trust.roleSessionName), untilExpiry(trust)),
    }),
  );
  if (trust.self) {
    statements.push(
      statement({
        Sid: 'Self',
        Effect: 'Allow',
        Principal: { AWS: `arn:${trust.partition}:iam::${trust.self.account}:root` },
        Action: 'sts:AssumeRole',
        Condition: allOf({ StringEquals: { 'aws:PrincipalArn': trust.self.roleArn } }, untilExpiry(trust)),
      }),
    );
  }
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
