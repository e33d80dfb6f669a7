/**
 * Who is ours and who is outside: what is not surely ours is outside.
 */
import { arnParts } from './arn';
import { covers, mayMeet } from './meet';
import type { Narrowing } from './narrowing';
import { type Pattern, STAR } from './pattern';
import type { Statement } from './statement';
import { isThing, literalText, type Value } from './value';
import type { Who } from './who';

export interface Ours {
  readonly accounts: readonly Value[];
  /** The id of our organization. */
  readonly organization?: Value;
  /** Canonical users of our accounts. */
  readonly canonicalUsers?: readonly Value[];
  /** ARNs of identity providers whose people are ours: an account's own SAML providers. */
  readonly federations?: readonly Pattern[];
  /** ARNs of ours that name no account: buckets. */
  readonly buckets?: readonly Value[];
}

export function isOurAccount(ours: Ours, account: Pattern): boolean {
  return covers(ours.accounts, account);
}

/** Whether a policy guards a thing, or says who may become a role. */
export type PolicyKind = 'resource' | 'trust';

/** Those of a statement's principals that may be outside, whatever its conditions ask for. */
export function outsidersOf(statement: Statement, kind: PolicyKind, world: Surroundings): readonly Who[] {
  return statement.who.filter((who) => mayBeOutside(who, statement.only, kind, world));
}

/** Who is who. */
export interface Surroundings {
  readonly ours: Ours;
  /** Whether an ARN of ours names a user that nothing here makes: then nobody knows who has its keys. */
  readonly isUnmadeUser: (arn: Pattern) => boolean;
}

function mayBeOutside(who: Who, only: readonly Narrowing[], kind: PolicyKind, world: Surroundings): boolean {
  const { ours } = world;
  const asks = (...keys: readonly Narrowing['key'][]) =>
    only.some((each) => keys.includes(each.key) && each.values.every((value) => isOurs(value, each, world)));
  const byPrincipal = () => asks('principal-arn', 'principal-account', 'principal-organization');
  const bySource = () => asks('source-account', 'source-arn', 'source-organization');
  switch (who.by) {
    case 'service':
      return kind === 'trust' ? bringsOutsiders(who.name, only) : !bySource();
    case 'federated':
      return !covers(ours.federations ?? [], who.provider);
    case 'anyone':
      if (namesUnmadeUser(only, world)) return true;
      // Services that bring outsiders say a source of ours as well.
      return !(
        byPrincipal() ||
        asks('access-point-account', 'access-point-arn') ||
        (kind === 'resource' && bySource())
      );
    default:
      if (namesUnmadeUser(only, world)) return true;
      return !(isOne(who, world) || byPrincipal() || asks('access-point-account', 'access-point-arn') || bySource());
  }
}

function namesUnmadeUser(only: readonly Narrowing[], { isUnmadeUser }: Surroundings): boolean {
  return only.some(({ key, values }) => key === 'principal-arn' && values.some(isUnmadeUser));
}

function isOne(who: Who, world: Surroundings): boolean {
  const { ours } = world;
  switch (who.by) {
    case 'account':
      return isOurAccount(ours, who.account);
    case 'principal':
      return isOurArn(who.arn, 'spans', world);
    case 'canonical':
      return covers(ours.canonicalUsers ?? [], who.id) || isOneName(who.id);
    default:
      return false;
  }
}

/** The user of an origin access identity that is made here. */
function isOneName([only, ...others]: Pattern): boolean {
  return only !== undefined && others.length === 0 && isName(only);
}

function isName(piece: Pattern[number]): boolean {
  return typeof piece === 'object' && isThing(piece);
}

/** Whether what a condition asks for is surely of ours. */
function isOurs(value: Pattern, { key, wildcards }: Narrowing, world: Surroundings): boolean {
  const { ours } = world;
  switch (key) {
    case 'principal-account':
    case 'source-account':
    case 'access-point-account':
      return isOurAccount(ours, value);
    case 'principal-organization':
    case 'source-organization':
      return ours.organization !== undefined && covers([ours.organization], value);
    case 'principal-arn':
    case 'access-point-arn':
      return isOurArn(value, wildcards, world);
    case 'source-arn':
      return isOurArn(value, wildcards, world) || isOurBucket(value, ours);
    default:
      return false;
  }
}

function isOurArn(arn: Pattern, wildcards: Narrowing['wildcards'], { ours, isUnmadeUser }: Surroundings): boolean {
  const parts = arnParts(arn, wildcards);
  return parts !== undefined && isOurAccount(ours, parts.account) && !isUnmadeUser(arn);
}

/** The ARN of a bucket says no account: it is ours by its name, or since it is made here. */
function isOurBucket(arn: Pattern, { buckets = [] }: Ours): boolean {
  if (covers(buckets, arn)) return true;
  const parts = arnParts(arn);
  const [first] = parts?.resource ?? [];
  return parts !== undefined && literalText(parts.service) === 's3' && first !== undefined && isName(first);
}

/**
 * Services that let anybody in who holds a certificate, or an activation code.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/hybrid-multicloud-service-role.html
 * @see https://docs.aws.amazon.com/greengrass/v1/developerguide/group-role.html
 */
const BRING_OUTSIDERS = ['rolesanywhere', 'credentials.iot', 'greengrass', 'ssm'];

/** What Systems Manager names as source where it runs a document; a machine's agent has another. */
const AUTOMATIONS: readonly Pattern[] = [['arn:', STAR, ':ssm:', STAR, ':automation-execution/', STAR]];

/** Whether a service may bring outsiders into a role. In some partitions a name has a suffix. */
function bringsOutsiders(name: Pattern, only: readonly Narrowing[]): boolean {
  const automations = only.some(
    ({ key, values }) => key === 'source-arn' && values.every((value) => covers(AUTOMATIONS, value)),
  );
  return BRING_OUTSIDERS.some(
    (service) => mayMeet(name, [service, '.amazonaws.com', STAR], 'no-case') && !(automations && service === 'ssm'),
  );
}
