import { bucketOf, type Client } from '../definitions/model/model';
import { Capability } from '../rules/confinement';
import { parsePrincipal } from '../rules/principal';
import { all } from '../text/list';
import { type ChangeText, type Effect, effectOf } from './effect';
import { principalWithin } from './within';
import { deeds, under } from './words';

/** What one of ours may do by one entry. */
interface Holding {
  /** In words. */
  readonly who: string;
  /** None where anyone of the organization is meant. */
  readonly principal?: string;
  /** Asked for too. */
  readonly organization?: string;
  readonly access: readonly Capability[];
  readonly prefix: string;
  /** Whether it is written into the policies of buckets; else it is only meant. */
  readonly written: boolean;
}

/** A change before it is known of how many of ours. */
interface OneChange {
  readonly who: string;
  readonly sign: ChangeText['sign'];
  readonly words: (who: string) => string;
  readonly effect: Effect;
}

/** What changes in what our own company may do in a client's buckets; what is the same of several is told once. */
export function internalChanges(before: Client | undefined, after: Client | undefined): ChangeText[] {
  const [was, is] = [before, after].map((client) => byWho(client ? holdingsOf(client) : [])) as [ByWho, ByWho];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  const [earlier, now] = [was, is].map((holdings) => [...holdings.values()].flat()) as [Holding[], Holding[]];
  const changes = names.flatMap((who) => changesOf(was.get(who) ?? [], is.get(who) ?? [], earlier, now));
  return [...together(changes), ...(before && after ? bucketsOfInternal(before, after) : [])];
}

/** Whether somebody of ours is allowed by the policies of a client's buckets, and may write there. */
export function internalUse(client: Client): { readonly open: boolean; readonly writes: boolean } {
  const written = holdingsOf(client).filter((one) => one.written);
  return { open: written.length > 0, writes: written.some(({ access }) => access.includes(Capability.WRITE)) };
}

function holdingsOf(client: Client): Holding[] {
  const somewhere = madeBuckets(client).length > 0;
  return client.internal.flatMap(({ principals, organization, access, prefix, grant }) => {
    const ours = organization === undefined ? '' : `the organization ${organization}`;
    const common = { organization, access, prefix };
    if (principals.length === 0) return [{ ...common, who: `anyone of ${ours}`, written: grant && somewhere }];
    return principals.map((principal) => {
      const parsed = parsePrincipal(principal);
      // For the bucket's own account nothing is written.
      const elsewhere = !parsed || !('account' in parsed) || parsed.account !== client.account;
      const who = ours === '' ? principal : `${principal} while of ${ours}`;
      return { ...common, who, principal, written: grant && somewhere && elsewhere };
    });
  });
}

type ByWho = ReadonlyMap<string, readonly Holding[]>;

function byWho(holdings: readonly Holding[]): ByWho {
  const found = new Map<string, Holding[]>();
  for (const one of holdings) found.set(one.who, [...(found.get(one.who) ?? []), one]);
  return found;
}

/**
 * Of one of ours: by the same prefix what differs, and else what comes and goes.
 * @param earlier what all of ours may do before
 * @param now and after
 */
function changesOf(
  was: readonly Holding[],
  is: readonly Holding[],
  earlier: readonly Holding[],
  now: readonly Holding[],
): OneChange[] {
  const others = (all: readonly Holding[], than: readonly Holding[]) =>
    all.filter(({ prefix }) => !than.some((other) => other.prefix === prefix));
  const same = [...new Set(is.map(({ prefix }) => prefix))].filter((prefix) => was.some((o) => o.prefix === prefix));
  return [
    ...same.flatMap((prefix) => {
      const at = (holdings: readonly Holding[]) => joined(holdings.filter((one) => one.prefix === prefix));
      return changed(at(was), at(is));
    }),
    ...others(is, was).map((one) => told('+', one, one.access, isCovered(one, earlier))),
    ...others(was, is).map((one) => told('-', one, one.access, isCovered(one, now))),
  ];
}

/** Whether one of some others allows all that one does. */
function isCovered(one: Holding, others: readonly Holding[]): boolean {
  return others.some(
    (other) =>
      other.written &&
      one.prefix.startsWith(other.prefix) &&
      one.access.every((capability) => other.access.includes(capability)) &&
      (other.organization === undefined || other.organization === one.organization) &&
      (other.principal === undefined ||
        (one.principal !== undefined && principalWithin(one.principal, other.principal))),
  );
}

/** Several entries on the same prefix, as one. What is written of them in part is told as if it were all. */
function joined(holdings: readonly Holding[]): Holding {
  const [first] = holdings;
  const access = [...new Set(holdings.flatMap((one) => one.access))];
  return { ...(first as Holding), access, written: holdings.some(({ written }) => written) };
}

function changed(was: Holding, is: Holding): OneChange[] {
  if (was.written !== is.written) {
    const effect = effectOf(is.written, was.written);
    const [how, before] = is.written ? ['grants', 'only meant'] : ['only means', 'granted'];
    const words = (who: string) => `${how} that internally ${who} may ${what(is, is.access)} (before: ${before})`;
    return [{ who: is.who, sign: '~', words, effect }];
  }
  const added = is.access.filter((capability) => !was.access.includes(capability));
  const removed = was.access.filter((capability) => !is.access.includes(capability));
  return [
    ...(added.length > 0 ? [told('+', is, added)] : []),
    ...(removed.length > 0 ? [told('-', was, removed)] : []),
  ];
}

/** @param covered whether the other version allows as much by another entry */
function told(sign: '+' | '-', holding: Holding, capabilities: readonly Capability[], covered = false): OneChange {
  const may = sign === '+' ? 'allows' : 'no longer allows';
  const counts = holding.written && !covered;
  const meant = holding.written ? '' : ' (meant, and not granted here)';
  return {
    who: holding.who,
    sign,
    words: (who) => `${may} internally ${who} to ${what(holding, capabilities)}${meant}`,
    effect: effectOf(counts && sign === '+', counts && sign === '-'),
  };
}

function what({ access, prefix }: Holding, capabilities: readonly Capability[]): string {
  const { under: here, beyond } = deeds(capabilities, access);
  return [...(here.length > 0 ? [`${all(here)} ${under(prefix)}`] : []), ...beyond].join(', and ');
}

function together(changes: readonly OneChange[]): ChangeText[] {
  const groups = new Map<string, OneChange[]>();
  for (const change of changes) {
    const key = JSON.stringify([change.sign, change.effect, change.words('')]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map((group) => {
    const { sign, words, effect } = group[0] as OneChange;
    return { sign, text: words(all(group.map(({ who }) => who))), effect };
  });
}

/** Of a bucket that comes or goes, since internal access is to every bucket of the client. */
function bucketsOfInternal(before: Client, after: Client): ChangeText[] {
  const [was, is] = [before, after].map((client) => (internalUse(client).open ? madeBuckets(client) : [])) as [
    string[],
    string[],
  ];
  if (was.length === 0 || is.length === 0) return [];
  const [added, removed] = [is.filter((name) => !was.includes(name)), was.filter((name) => !is.includes(name))];
  return [
    ...added.map(
      (name): ChangeText => ({ sign: '+', text: `allows internal access to ${name} too`, effect: 'widening' }),
    ),
    ...removed.map(
      (name): ChangeText => ({ sign: '-', text: `allows no internal access to ${name} any more`, effect: 'narrowing' }),
    ),
  ];
}

/** The names of a client's buckets whose policies are made here. */
function madeBuckets(client: Client): string[] {
  const buckets = [client.bucket, ...client.integrations.map((integration) => bucketOf(client, integration))];
  return [...new Set(buckets.filter(({ existing }) => !existing).map(({ name }) => name))].sort();
}
