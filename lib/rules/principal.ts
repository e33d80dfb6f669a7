/**
 * How a principal is written in a definition, and what is wrong with it.
 */

import { quote } from '../text/quote';
import type { FindingCode } from './codes';
import type { Finding } from './finding';
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

/** The account of a principal; undefined of a canonical user, and of what is no principal. */
export function accountOf(text: string): string | undefined {
  const principal = parsePrincipal(text);
  return principal && 'account' in principal ? principal.account : undefined;
}

/**
 * What is wrong with the way a principal is written, and the form to use instead.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function checkPrincipal(text: string): Finding[] {
  if (parsePrincipal(text)) return [];
  const wrong = (code: FindingCode, message: string, fix: string): Finding[] => [{ code, message, fix }];
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
    const fix = 'use kind: web-identity for identities of a provider';
    return wrong('principal-provider', `${quote(text)} is an identity provider`, fix);
  }
  if (/^arn:aws[a-z-]*:iam::\d{12}:(?:group|instance-profile|policy)\//.test(text)) {
    return wrong('principal-type', `${quote(text)} cannot sign a request`, `name the role or user: ${example}`);
  }
  if (/^A(?:ROA|IDA)[A-Z0-9]{12,}$/.test(text)) {
    return wrong('principal-unique-id', `${quote(text)} is a unique id`, `write the ARN of that identity: ${example}`);
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
export interface PrincipalRules {
  readonly kind: PrincipalKind;
  readonly status: Status;
  readonly principals?: readonly string[];
  readonly externalIds?: readonly string[];
  readonly allowWholeAccount?: boolean;
}

/** Nobody is trusted, where somebody must be. */
export function checkSomebody({ kind, status, principals = [] }: PrincipalRules): Finding[] {
  if (principals.length > 0 || status !== Status.ACTIVE) return [];
  return [
    {
      code: 'missing-key',
      message: `an active ${kind} integration needs principals`,
      fix: "list the vendor's role or user ARN under principals, or set status: pending until it is known",
    },
  ];
}

/** A whole account, where nothing narrows it down; nobody is allowed unless the integration is active. */
export function checkWholeAccount(principal: string, trusted: PrincipalRules): Finding[] {
  const { kind, status, externalIds = [], allowWholeAccount } = trusted;
  if (parsePrincipal(principal)?.type !== 'account' || allowWholeAccount || status !== Status.ACTIVE) return [];
  if (kind === 'assumed-role' && externalIds.length > 0) return [];
  return [
    {
      code: 'whole-account',
      message: `${principal} allows everybody in that account`,
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
