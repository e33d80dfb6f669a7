import type { Conditions, Principals, Statement } from '../../../lib/rules/statement';
import { ADMIN } from '../servers/accounts';
import { users } from '../servers/users';
import type { NotJudged } from './not-judged';
import { type Asked, listed, type PolicyKind, Untranslatable } from './translation';

/** Who is meant, and what else is asked of them. */
export interface Who {
  readonly principal?: Principals;
  readonly condition: Conditions;
}

const LEFT_OUT: Readonly<Record<string, string>> = {
  CanonicalUser: 'Ceph never matches a canonical user',
  Federated: 'no issuer of tokens runs here',
  Service: 'no server here is IAM Roles Anywhere',
};

/**
 * The gateway has no `aws:PrincipalArn`: an account with that condition becomes the named principals themselves.
 * @throws where the gateway can't be told who is meant
 */
export function principalsAsked(
  principal: Principals | undefined,
  condition: Conditions,
  effect: Statement['Effect'],
  kind: PolicyKind,
): Asked<Who> {
  if (principal === undefined) return { value: { condition }, notJudged: [] };
  const [[type = '', given = []] = [], ...others] = Object.entries(principal === '*' ? { AWS: '*' } : principal);
  if (others.length > 0) throw new Untranslatable('several kinds of principals in one statement');
  const why = LEFT_OUT[type];
  if (why !== undefined && effect === 'Allow') return { notJudged: [{ what: `Principal: ${type}`, why }] };
  if (type !== 'AWS') throw new Untranslatable(`${effect} of a principal of type ${type}`);
  const [named, rest] = withoutPrincipalArn(condition);
  const arns = named === undefined ? listed(given) : within(listed(given), named);
  if (arns.includes('*')) return { value: { principal: { AWS: '*' }, condition: rest }, notJudged: [] };
  return forKind(arns.map(parsed), rest, effect, kind);
}

interface Parsed {
  readonly arn: string;
  readonly account: string;
  readonly type: 'root' | 'user' | 'role';
}

function parsed(arn: string): Parsed {
  const [, account = '', type = ''] =
    /^arn:aws:iam::(\d{12}):(root$|user(?=\/[^/]+$)|role(?=\/[^/]+$))/.exec(arn) ?? [];
  if (type === '') throw new Untranslatable(`the principal ${arn}`);
  return { arn, account, type: type as Parsed['type'] };
}

function forKind(
  all: readonly Parsed[],
  condition: Conditions,
  effect: Statement['Effect'],
  kind: PolicyKind,
): Asked<Who> {
  const notJudged: NotJudged[] = [];
  const allowed = all.filter(({ type }) => {
    if (type === 'role' && kind === 'bucket') {
      const why = 'Ceph takes no role of another account there';
      if (effect !== 'Allow') throw new Untranslatable(`Deny of a role in a bucket policy: ${why}`);
      notJudged.push({ what: 'bucket policy that names a role', why });
      return false;
    }
    if (type === 'root') {
      notJudged.push({ what: 'whole account: its role sessions', why: 'Ceph lets only its users in' });
    }
    return true;
  });
  if (allowed.length === 0) return { notJudged };
  return { value: { principal: { AWS: allowed.map(({ arn }) => arn) }, condition }, notJudged };
}

/** The named principals, of which each must be of one of the accounts: others would never be let in. */
function within(roots: readonly string[], named: readonly string[]): readonly string[] {
  const accounts = roots.map((root) => {
    const { account, type } = parsed(root);
    if (type !== 'root') throw new Untranslatable(`aws:PrincipalArn beside the principal ${root}`);
    return account;
  });
  const stray = named.find((arn) => !accounts.includes(parsed(arn).account));
  if (stray !== undefined) throw new Untranslatable(`aws:PrincipalArn ${stray}, of an account that is no principal`);
  return named;
}

function withoutPrincipalArn(condition: Conditions): [readonly string[] | undefined, Conditions] {
  const { 'aws:PrincipalArn': named, ...others } = condition.StringEquals ?? {};
  if (named === undefined) return [undefined, condition];
  const { StringEquals, ...rest } = condition;
  return [listed(named), Object.keys(others).length > 0 ? { StringEquals: others, ...rest } : rest];
}

/** AWS refuses a policy that names somebody who is not there. */
export class InvalidPrincipal extends Error {
  constructor(arn: string) {
    super(`Invalid principal in policy: ${arn}`);
  }
}

/**
 * Ceph takes any principal. AWS takes only accounts, users and roles that are there, which is what makes a deployment
 * fail, so it is asked here.
 *
 * @throws {@link InvalidPrincipal}
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export async function refuseMissing(document: unknown): Promise<void> {
  const { Statement: statements } = document as { Statement: Statement | readonly Statement[] };
  const arns = listed(statements).flatMap(({ Principal }) =>
    Principal === undefined || Principal === '*' ? [] : listed(Principal.AWS ?? []),
  );
  for (const arn of new Set(arns)) {
    if (arn === '*') continue;
    const { account, type } = parsed(arn);
    const name = type === 'user' ? arn.slice(arn.indexOf('/') + 1) : ADMIN;
    if ((await users.find(account, name)) === undefined) throw new InvalidPrincipal(arn);
  }
}
