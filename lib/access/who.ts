/**
 * Who is named by a policy's principal, in every spelling that AWS takes.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { arnParts } from './arn';
import { mayMeet } from './meet';
import { type Pattern, wildcardPattern } from './pattern';
import { isThing, literalText, type Value } from './value';

export type Who =
  /** `*`, `NotPrincipal`, and what is not known. */
  | { readonly by: 'anyone' }
  /** An account or its root: it leaves it to that account's own policies. */
  | { readonly by: 'account'; readonly account: Pattern }
  /** A role or user, or sessions of one. */
  | { readonly by: 'principal'; readonly arn: Pattern }
  /** The unique id of a role, user or session (`AROA…:session`). */
  | { readonly by: 'id'; readonly id: Pattern }
  | { readonly by: 'service'; readonly name: Pattern }
  | { readonly by: 'federated'; readonly provider: Pattern }
  | { readonly by: 'canonical'; readonly id: Pattern };

export const ANYONE: Who = { by: 'anyone' };

/** Who a value of a principal element means, by its type (`AWS`, `Service`, …, in whatever case). */
export function whoIs(type: string, value: Value): readonly Who[] {
  const [only, ...others] = value;
  if (others.length === 0 && typeof only === 'object' && 'oneOf' in only) {
    return only.oneOf.flatMap((branch) => whoIs(type, branch));
  }
  const pattern = wildcardPattern(value);
  switch (type.toLowerCase()) {
    case 'aws':
      return awsPrincipal(value, pattern);
    case 'service':
      return [{ by: 'service', name: pattern }];
    case 'federated':
      return [{ by: 'federated', provider: pattern }];
    case 'canonicaluser':
      return [{ by: 'canonical', id: pattern }];
    default:
      return [ANYONE];
  }
}

function awsPrincipal(value: Value, pattern: Pattern): readonly Who[] {
  const text = literalText(value) ?? '';
  const [, id] = /^(A[A-Z]{3}[A-Z0-9]+)(?::|$)/.exec(text) ?? [];
  if (id !== undefined) return [{ by: 'id', id: [id] }];
  if (/^\d{12}$/.test(text)) return [{ by: 'account', account: pattern }];
  const [only, ...others] = value;
  // A name alone, where a template says its own account by a reference.
  if (typeof only === 'object' && isThing(only) && others.length === 0) return [{ by: 'account', account: pattern }];
  const arn = arnParts(pattern);
  if (!arn) return [ANYONE];
  const ofAccount: readonly Who[] = mayMeet(arn.resource, ['root']) ? [{ by: 'account', account: arn.account }] : [];
  const inAccount: readonly Who[] = literalText(arn.resource) === 'root' ? [] : [{ by: 'principal', arn: pattern }];
  return [...ofAccount, ...inAccount];
}
