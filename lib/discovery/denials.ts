/** Denials: which of them a definition has too. */
import { parsePrincipal } from '../rules/principal';
import { accountOfPrincipal } from './assumed-trust';
import { actionMatches, meantBy } from './globs';
import type { Site } from './grants';
import { dayOf, limitsDenied } from './limits';
import type { Proposal } from './proposal';
import { actionsGiven } from './s3-actions';
import type { Condition, Said } from './said';

/** What a denial is compared with. */
export interface Compared {
  readonly site: Site;
  readonly proposal: Proposal;
  /** The bucket's KMS key, if it has one of its own. */
  readonly keyArn: string | undefined;
}

/** Whether a denial takes something from what a definition gives. */
export function concerns(said: Said, { site, proposal, keyArn }: Compared): boolean {
  const { actions, notActions, resources, notResources } = said;
  if (said.effect !== 'Deny') return false;
  const isDenied = (action: string) =>
    notActions.length > 0
      ? !notActions.some((pattern) => actionMatches(pattern, action))
      : actions.some((pattern) => actionMatches(pattern, action));
  if (keyArn !== undefined && ['kms:Decrypt', 'kms:GenerateDataKey'].some(isDenied)) return true;
  const { prefix, access } = proposal;
  if (![...actionsGiven(prefix, access)].some(isDenied)) return false;
  if (notResources.length > 0) return true;
  return resources.some((resource) => {
    const { itself, keys } = meantBy(resource, site);
    return itself || keys.some(({ start }) => start.startsWith(prefix) || prefix.startsWith(start));
  });
}

/** Whether a denial is one that a definition's own statements have, or its conditions come to. */
export function isReproduced(said: Said, compared: Compared): boolean {
  return isOwn(said, compared.keyArn) || isLimit(said, compared);
}

function isOwn({ conditions, actions }: Said, keyArn: string | undefined): boolean {
  const is = (key: string, operator: string, value: string) => (each: Condition) =>
    each.key === key && each.operator === operator && each.values.join() === value;
  // Who is denied it less matters nothing: a definition denies it to its own.
  const [first, second, ...others] = conditions.filter(
    ({ key, operator }) => !(key === 'aws:principalarn' && operator === 'stringequals'),
  );
  if (!first || others.length > 0) return false;
  if (!second && is('aws:securetransport', 'bool', 'false')(first)) return true;
  if (actions.join() !== 's3:PutObject') return false;
  const encryption = 's3:x-amz-server-side-encryption';
  if (!second) return is(`${encryption}-customer-algorithm`, 'null', 'false')(first);
  const both = [first, second];
  const [key, value] = keyArn === undefined ? [encryption, 'AES256'] : [`${encryption}-aws-kms-key-id`, keyArn];
  return both.some(is(encryption, 'null', 'false')) && both.some(is(key, 'stringnotequals', value));
}

/** Whether everything that the definition allows is outside of what is denied from elsewhere, or from some day on. */
function isLimit(said: Said, { site, proposal: { limits } }: Compared): boolean {
  const denied = limitsDenied(said);
  if (!denied || !isOfAll(said, site)) return false;
  if (denied.until !== undefined) {
    const end = dayOf(denied.until);
    return end !== undefined && limits.expires !== undefined && limits.expires <= end;
  }
  return isInside(limits, denied);
}

type Origins = Readonly<Record<'sourceIps' | 'vpcEndpoints' | 'sourceVpcs', readonly string[]>>;

/** Whether one set of origins has nothing that another lacks. */
export function isInside(origins: Origins, wider: Origins): boolean {
  const kinds = ['sourceIps', 'vpcEndpoints', 'sourceVpcs'] as const;
  return (
    kinds.some((kind) => origins[kind].length > 0) &&
    kinds.every((kind) => origins[kind].every((each) => wider[kind].includes(each)))
  );
}

/** Whether a statement means every object of a bucket. */
export function isOfAll({ resources }: Said, site: Site): boolean {
  return resources.some((resource) =>
    meantBy(resource, site).keys.some(({ all, start }) => all === 'under' && start === ''),
  );
}

/** Whether a denial of a door may be for one of these. */
export function isFor({ principals, isNotPrincipal }: Said, those: readonly string[]): boolean {
  if (isNotPrincipal || principals.length === 0) return true;
  return principals.some(({ value }) => {
    const parsed = parsePrincipal(value);
    if (!parsed) return true;
    const account = accountOfPrincipal(value);
    if (parsed.type === 'account') return those.some((each) => accountOfPrincipal(each) === account);
    return those.some(
      (each) => each === value || parsePrincipal(each)?.type === 'account' || !accountOfPrincipal(each),
    );
  });
}
