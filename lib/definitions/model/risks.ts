import { accountOf } from '../../rules/principal';
import { type Risk, risksOf } from '../../rules/risk';
import { Status } from '../../rules/vocabulary';
import type { AssumedRole, Integration } from './model';

/** The risks of some integrations by name, with those that they have together: the same external ID in two roles. */
export function risksAmong(integrations: readonly Integration[]): ReadonlyMap<string, readonly Risk[]> {
  const sharing = sharersOf(integrations);
  return new Map(integrations.map((one) => [one.name, risksOf({ ...one, sharedWith: sharing.get(one.name) })]));
}

/** Whose external ID it is: the vendor's accounts in which it is sent, and the client whose role asks for it. */
interface Asker {
  readonly name: string;
  readonly client: string;
  readonly accounts: ReadonlySet<string>;
}

/**
 * Of each active role, the others that ask for one of its external IDs. Not two roles of one client for one vendor: there
 * the vendor's own principal has both, and both are set up at the vendor for the same client.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html (a vendor gives each of its customers an external ID)
 */
export function sharersOf(integrations: readonly Integration[]): ReadonlyMap<string, readonly string[]> {
  const askers = new Map<string, Asker[]>();
  for (const one of integrations) {
    if (one.kind !== 'assumed-role' || one.status !== Status.ACTIVE) continue;
    for (const id of new Set(one.externalIds)) {
      const asker = { name: one.name, client: one.client, accounts: accountsThatSend(id, one) };
      const there = askers.get(id);
      if (there) there.push(asker);
      else askers.set(id, [asker]);
    }
  }
  const shared = new Map<string, Set<string>>();
  for (const asking of askers.values()) {
    for (const one of asking) {
      const others = asking.filter((other) => other !== one && !isOneVendorOfOneClient(one, other));
      if (others.length > 0)
        shared.set(one.name, new Set([...(shared.get(one.name) ?? []), ...others.map(({ name }) => name)]));
    }
  }
  return new Map([...shared].map(([name, others]) => [name, [...others].sort()]));
}

function isOneVendorOfOneClient(one: Asker, other: Asker): boolean {
  return one.client === other.client && [...one.accounts].some((account) => other.accounts.has(account));
}

function accountsThatSend(id: string, { principals, trusts }: AssumedRole): ReadonlySet<string> {
  const senders = trusts
    ? trusts.filter(({ externalId }) => externalId === id).map((each) => each.principal)
    : principals;
  return new Set(senders.flatMap((text) => accountOf(text) ?? []));
}
