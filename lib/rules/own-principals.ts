/**
 * Principals that are an integration's already: its own role or user, and its vendor's. A principal that is
 * named twice gets what is said of either.
 */
import { someOf } from '../text/list';
import { quote } from '../text/quote';
import type { Finding } from './finding';
import { parsePrincipal } from './principal';

/** One text for a role or user of an account; IAM does not distinguish names by case. */
export function principalKey(account: string, type: 'role' | 'user', name: string): string {
  return `${account} ${type} ${name.toLowerCase()}`;
}

/** The {@link principalKey} of a role or user that a principal is; undefined of any other. */
export function keyOfPrincipal(text: string): string | undefined {
  const principal = parsePrincipal(text);
  if (principal?.type !== 'role' && principal?.type !== 'user') return undefined;
  const { account, type, arn } = principal;
  return principalKey(account, type, arn.slice(arn.lastIndexOf('/') + 1));
}

/**
 * A finding where a principal is the role or user of an integration.
 * @param owner that integration
 */
export function principalOfIntegration(text: string, owner: string): Finding {
  const type = parsePrincipal(text)?.type === 'user' ? 'user' : 'role';
  return {
    code: 'principal-of-integration',
    message: `${quote(text)} is the ${type} of ${owner}, so the vendor of ${owner} would have this access too`,
    fix: 'name a role or user that is not one of an integration',
  };
}

/** Whether two principals are the same, or one is the account of the other. */
export function meets(one: string, other: string): 'same' | 'account' | undefined {
  const [a, b] = [parsePrincipal(one), parsePrincipal(other)];
  if (!a || !b || !('account' in a) || !('account' in b) || a.account !== b.account) return undefined;
  if (a.type === 'account' || b.type === 'account') return a.type === b.type ? 'same' : 'account';
  return keyOfPrincipal(one) === keyOfPrincipal(other) ? 'same' : undefined;
}

/**
 * A warning where one of ours is an integration's vendor as well: what confines it there means nothing.
 * @param who a principal, or our organization
 * @param vendors the integrations whose vendor it is, or may be
 */
export function internalIsVendor(who: string, how: 'same' | 'account', vendors: readonly string[]): Finding {
  const fix =
    'name other principals here, or set a prefix here and remove the integration; accept this if both are meant';
  return {
    code: 'internal-is-vendor',
    message: `${quote(who)} is one of ours here, and ${how === 'same' ? 'is' : 'includes or is in the account of'} the vendor of ${someOf(vendors)}, which its prefix then does not confine`,
    fix,
  };
}
