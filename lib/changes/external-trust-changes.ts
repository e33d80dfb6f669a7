import type { AssumedRole } from '../definitions/model/model';
import type { ExternalTrust } from '../rules/trust';
import { alternatives, askedExternalIds } from './change-text';
import { type ChangeText, ofSet } from './effect';
import { principalWithin } from './within';

/** What changes in whom a role trusts and for which external ID, where each principal has its own before or after. */
export function externalTrustChanges(before: AssumedRole, after: AssumedRole): ChangeText[] {
  const [was, is] = [before, after].map(trustsOf) as [ExternalTrust[], ExternalTrust[]];
  const has = (trusts: readonly ExternalTrust[], principal: string) =>
    trusts.some((one) => one.principal === principal);
  // Who stays is told below by its external IDs, so here it counts as it was.
  const stays = was.filter(({ principal }) => has(is, principal));
  const comes = is.filter(({ principal }) => !has(was, principal));
  const kept = [...new Set(stays.map(({ principal }) => principal))];
  return [
    ...alternatives('trusted by', principalsOf(was), principalsOf(is)).map((said) => ({
      ...said,
      effect: ofSet(was, [...stays, ...comes], trustWithin),
    })),
    ...kept.flatMap((principal) =>
      askedExternalIds(idsOf(was, principal), idsOf(is, principal)).map((said) => ({
        ...said,
        text: `from ${principal} ${said.text}`,
      })),
    ),
  ];
}

/** Each principal with each external ID of which it must send one. */
function trustsOf({ principals, externalIds, trusts }: AssumedRole): readonly ExternalTrust[] {
  if (trusts) return trusts;
  return principals.flatMap((principal): ExternalTrust[] =>
    externalIds.length === 0 ? [{ principal }] : externalIds.map((externalId) => ({ principal, externalId })),
  );
}

function principalsOf(trusts: readonly ExternalTrust[]): string[] {
  return [...new Set(trusts.map(({ principal }) => principal))];
}

/** None where one of its trusts asks for none. */
function idsOf(trusts: readonly ExternalTrust[], principal: string): string[] {
  const ids = trusts.filter((one) => one.principal === principal).map(({ externalId }) => externalId);
  return ids.includes(undefined) ? [] : [...new Set(ids.flatMap((id) => id ?? []))];
}

function trustWithin(one: ExternalTrust, other: ExternalTrust): boolean {
  const isAsked = other.externalId === undefined || one.externalId === other.externalId;
  return isAsked && principalWithin(one.principal, other.principal);
}
