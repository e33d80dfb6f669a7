/**
 * Whether a statement of a policy is for one role, user or group of the world.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 */
import { arnParts } from './arn';
import { mayMeet } from './meet';
import type { Narrowing, NarrowingKey } from './narrowing';
import type { Ours } from './ours';
import { type Pattern, STAR } from './pattern';
import type { Statement } from './statement';
import { ANYTHING } from './value';
import type { Who } from './who';
import type { Holder } from './world';

/**
 * Whether the statement is enough, or leaves it to the account, so that a policy of the holder's must allow it too;
 * undefined where it is not for the holder.
 */
export type Admission = { readonly isEnough: boolean } | undefined;

const ENOUGH: Admission = { isEnough: true };
const LEAVES: Admission = { isEnough: false };

const knownForms = new WeakMap<Holder, readonly Pattern[]>();

/** The ARNs by which a holder goes: its own, and those of its sessions. */
export function formsOf(holder: Holder): readonly Pattern[] {
  let forms = knownForms.get(holder);
  if (!forms) {
    forms = [holder.arn, ...sessionForms(holder)];
    knownForms.set(holder, forms);
  }
  return forms;
}

function sessionForms({ kind, account, arn, name }: Holder): readonly Pattern[] {
  const partition = arnParts(arn)?.partition ?? ANYTHING;
  // A user chooses what the sessions are called that it opens by `sts:GetFederationToken`.
  if (kind === 'user') return [['arn:', ...partition, ':sts::', ...account, ':federated-user/', STAR]];
  return kind === 'role' ? [['arn:', ...partition, ':sts::', ...account, ':assumed-role/', ...name, '/', STAR]] : [];
}

/** Whether an ARN, as one who asks is named, may mean a holder. */
export function mayName(arn: Pattern, holder: Holder): boolean {
  return formsOf(holder).some((form) => mayMeet(arn, form, 'no-case'));
}

export function admits({ who, only }: Pick<Statement, 'who' | 'only'>, holder: Holder, ours: Ours): Admission {
  if (!only.every((condition) => mayHold(condition, holder))) return undefined;
  const each = who.map((one) => admitsBy(one, holder, ours));
  return each.find((admission) => admission?.isEnough) ?? each.find((admission) => admission !== undefined);
}

function admitsBy(who: Who, holder: Holder, { canonicalUsers = [] }: Ours): Admission {
  switch (who.by) {
    case 'anyone':
      return ENOUGH;
    case 'account':
      return mayMeet(who.account, holder.account) ? LEAVES : undefined;
    case 'principal':
      return mayName(who.arn, holder) ? ENOUGH : undefined;
    case 'id':
      return holder.id && mayMeet(who.id, holder.id) ? ENOUGH : undefined;
    case 'canonical':
      return canonicalUsers.some((user) => mayMeet(user, who.id)) ? LEAVES : undefined;
    default:
      return undefined;
  }
}

/** What only a request says that comes by a service or through an access point. */
const OF_OTHERS: ReadonlySet<NarrowingKey> = new Set([
  'source-account',
  'source-arn',
  'source-organization',
  'access-point-account',
  'access-point-arn',
]);

/** Whether a condition may hold of a holder's own request. */
export function mayHold({ key, values }: Narrowing, holder: Holder): boolean {
  if (key === 'principal-arn') return values.some((value) => mayName(value, holder));
  if (key === 'principal-account') return values.some((value) => mayMeet(value, holder.account));
  return !OF_OTHERS.has(key);
}
