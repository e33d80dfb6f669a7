import { type Risk, risksOf } from '../../rules/risk';
import { Status } from '../../rules/vocabulary';
import type { Integration } from './model';

/** The risks of some integrations by name, with those that they have together: the same external ID in two roles. */
export function risksAmong(integrations: readonly Integration[]): ReadonlyMap<string, readonly Risk[]> {
  const sharing = sharersOf(integrations);
  return new Map(integrations.map((one) => [one.name, risksOf({ ...one, sharedWith: sharing.get(one.name) })]));
}

/** Of each active role, the others that ask for one of its external IDs. */
function sharersOf(integrations: readonly Integration[]): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const one of integrations) {
    if (one.kind !== 'assumed-role' || one.status !== Status.ACTIVE) continue;
    for (const id of new Set(one.externalIds)) users.set(id, [...(users.get(id) ?? []), one.name]);
  }
  const shared = new Map<string, string[]>();
  for (const names of users.values()) {
    for (const name of names) {
      const others = new Set([...(shared.get(name) ?? []), ...names.filter((other) => other !== name)]);
      if (others.size > 0) shared.set(name, [...others].sort());
    }
  }
  return shared;
}
