/** Names and places: which client, which vendor, which prefix. */
import { overlaps } from '../rules/confinement';
import { Status } from '../rules/vocabulary';
import type { Candidate } from './candidate';
import type { Placed } from './definition';
import type { AccountFacts } from './facts';
import { clientNameOf, Names, nameOf, vendorNameOf } from './names';
import type { DiscoverOptions } from './options';
import { mainPrefix } from './proposal';
import type { Unsaid } from './trust-read';

export interface Places {
  readonly placed: readonly Placed[];
  /** Client → its bucket; none of a client whose integrations all have buckets of their own. */
  readonly mains: ReadonlyMap<string, string | undefined>;
  readonly unsaid: readonly Unsaid[];
}

type Surroundings = Pick<DiscoverOptions, 'clientOf' | 'settings' | 'vendors'> & { readonly facts: AccountFacts };

/** A client's names and buckets. */
interface Client {
  readonly name: string;
  readonly vendors: Names;
}

export function placed(candidates: readonly Candidate[], surroundings: Surroundings): Places {
  const { facts, settings, clientOf } = surroundings;
  const { setups } = facts;
  const clients = new Map<string, Client>();
  const mains = new Map<string, string | undefined>();
  const names = new Names();
  const unsaid: Unsaid[] = [];
  const result: Placed[] = [];
  const all = [...new Set(candidates.map(({ bucket }) => bucket))];
  // Names that somebody gave come before those that are made up.
  const given = (bucket: string) => clientOf.get(bucket) ?? setups.clientOf(bucket);
  const taken = new Set(all.flatMap((bucket) => given(bucket) ?? []));
  for (const name of taken) names.take(name);
  for (const bucket of all) {
    const name = given(bucket) ?? names.take(clientNameOf(bucket, settings.bucketPrefix));
    const client = clients.get(name) ?? { name, vendors: new Names() };
    clients.set(name, client);
    const here = candidates.filter((each) => each.bucket === bucket);
    // What stacks know keeps its name, whatever else would like to have it.
    const inOrder = [...here.filter(({ setup }) => setup), ...here.filter(({ setup }) => !setup)];
    const known = new Map(inOrder.map((each) => [each, each.setup?.prefix ?? each.prefix ?? mainPrefix(each.rights)]));
    const isOwn = setups.buckets.get(bucket)?.isMain === false;
    const isSole = here.length === 1 && !setups.buckets.get(bucket)?.isMain;
    const prefixes = [...known.values()].flatMap((prefix) => prefix || []);
    for (const [candidate, prefix] of known) {
      if (prefix === undefined) {
        unsaid.push(...nowhere(candidate));
        continue;
      }
      const { vendor, profile } = vendorOf(candidate, client, surroundings);
      const isDedicated = isOwn || (isSole && prefix === '' && candidate.status === Status.ACTIVE);
      if (!isDedicated && !mains.has(name)) mains.set(name, bucket);
      const at = prefix === '' && !isDedicated ? guessed(vendor, prefixes) : prefix;
      if (prefix === '' && !isDedicated) prefixes.push(at);
      result.push({
        ...{ candidate, client: name, vendor, prefix: at, measuredAt: prefix, profile },
        ...(isDedicated && { dedicatedBucket: { name: bucket } }),
      });
    }
    if (!mains.has(name)) mains.set(name, undefined);
  }
  return { placed: result, mains, unsaid };
}

function nowhere({ rights, unsaid }: Candidate): readonly Unsaid[] {
  const why = 'it reaches no place that is a prefix: single keys, or a pattern with more behind its wildcard';
  const statements = [...new Set(rights.grants.map(({ said }) => said))];
  return [...unsaid, ...statements.map((said) => ({ said, why }))];
}

/** A prefix that nobody has yet. */
function guessed(vendor: string, prefixes: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const prefix = number === 1 ? `${vendor}/` : `${vendor}-${number}/`;
    if (!prefixes.some((other) => overlaps(other, prefix))) return prefix;
  }
}

function vendorOf(
  { setup, names, accounts, principals, kind }: Candidate,
  client: Client,
  { vendors }: Surroundings,
): { readonly vendor: string; readonly profile?: string } {
  if (setup?.client === client.name) return { vendor: client.vendors.take(setup.vendor) };
  const known = accounts.flatMap((account) => vendors.nameOf(account) ?? [])[0];
  const byKnown = known === undefined ? undefined : nameOf(known);
  const isExact = names.some((name) => name.startsWith(`${client.name}_`));
  const own = names.flatMap((name) => vendorNameOf(name, client.name) ?? [])[0];
  const wanted = (isExact ? own : (byKnown ?? own)) ?? 'vendor';
  const profile = vendors.profileOf({ name: byKnown ?? wanted, principals, kind });
  return { vendor: client.vendors.take(profile !== undefined && !isExact ? profile : wanted), profile };
}
