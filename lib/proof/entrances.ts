/**
 * What outsiders reach, by how they come in. The first hop from outside is the cause: who is reached by way of it is no cause of
 * its own, however many they are.
 */
import {
  type Explored,
  type Holder,
  type Hop,
  isBootstrapRole,
  isEntry,
  literalText,
  type Path,
  type Place,
  type Target,
} from '../access';
import type { ProofRule } from './finding';
import type { MeantIndex } from './meant-index';
import { hasExactClaims, isExpected } from './unexpected';

/** A way in that is not meant, and that leads to what is guarded. */
export interface Entrance {
  readonly rule: Extract<ProofRule, 'unknown-statement' | 'unknown-principal' | 'more-access'>;
  /** The statement, key, password or membership by which outsiders come in. */
  readonly place: Place;
  /** The first hop from outside. */
  readonly hop: Hop;
  /** The integration whose role or user it is that comes in, or has more than it should. */
  readonly integration?: string;
  /** Those on the shortest way to what is guarded, the first from outside; none where it is reached at once. */
  readonly way: readonly Holder[];
  /** What lets the last of them, or the outsider, reach what is guarded. */
  readonly last: Hop;
  /** Everything that is reached that way. */
  readonly targets: readonly Target[];
  /** Who else is reached that way, and reaches what is guarded. */
  readonly others: readonly Holder[];
}

/**
 * How many steps are followed to say what else each entrance leads to. Beyond that only whether it leads to anything is
 * looked for, so that what is said of a very large account takes no more than what is found in it.
 */
const MOST_STEPS = 20_000_000;

export function entrancesIn(explored: Explored, index: MeantIndex): readonly Entrance[] {
  const direct: Path[] = [];
  const ends = new Map<Holder, Path[]>();
  for (const path of explored.paths) {
    const { last } = path;
    if (isExpected(last, index)) continue;
    const from = last.before?.into;
    if (isEntry(last) || !from) direct.push(path);
    else put(ends, from, path);
  }
  const walk = new Walk(explored.leads, ends);
  const found = new Map<string, Entrance>();
  const add = (entrance: Entrance) => {
    const { place, hop } = entrance;
    const key = JSON.stringify([place.scope, place.id, place.at, hop.text]);
    const known = found.get(key);
    found.set(key, known ? joined(known, entrance) : entrance);
  };
  for (const path of direct) add({ ...causeOf(path.last, index), way: [], others: [], ...path });
  for (const hop of explored.entries) {
    const reached = walk.from(hop);
    if (reached) add({ ...causeOf(hop, index), ...reached });
  }
  return [...found.values()];
}

function joined(one: Entrance, other: Entrance): Entrance {
  const first = one.way.length <= other.way.length ? one : other;
  const aside = first.way.at(-1);
  const rest = first === one ? other : one;
  const others = new Set([...one.others, ...other.others, ...rest.way.slice(-1)]);
  if (aside) others.delete(aside);
  return { ...first, targets: [...new Set([...one.targets, ...other.targets])], others: [...others] };
}

function causeOf(hop: Hop, index: MeantIndex): Pick<Entrance, 'rule' | 'place' | 'hop' | 'integration'> {
  const from = hop.before?.into;
  const name = from && index.integrationOf(from)?.intent.integration;
  const integration = name === undefined ? {} : { integration: name };
  const place =
    hop.how === 'member' ? { ...hop.place, at: `Groups ${literalText(hop.into?.name ?? []) ?? ''}` } : hop.place;
  const isAllowed = hop.door !== undefined || hop.how === 'trusted' || !from;
  if (!isAllowed) return { rule: 'more-access', place, hop, ...integration };
  return { rule: hop.into ? 'unknown-principal' : 'unknown-statement', place, hop, ...integration };
}

/** Follows whom somebody becomes, step by step. */
class Walk {
  private steps = 0;
  /** From whom nothing that is guarded is reached. */
  private readonly harmless = new Set<Holder>();

  constructor(
    private readonly leads: Explored['leads'],
    private readonly ends: ReadonlyMap<Holder, readonly Path[]>,
  ) {}

  /** What a hop leads to in the end; undefined where that is nothing. */
  from(hop: Hop): Pick<Entrance, 'way' | 'last' | 'targets' | 'others'> | undefined {
    const { into } = hop;
    if (!into) return undefined;
    // Who deploys by exact claims may do so, and so becomes everybody.
    const deploys = hasExactClaims(hop);
    const before = new Map<Holder, Holder | undefined>([[into, undefined]]);
    const reached: (readonly [Holder, readonly Path[]])[] = [];
    const isPassed = (holder: Holder) => (deploys && isBootstrapRole(holder.arn)) || this.harmless.has(holder);
    if (isPassed(into)) return undefined;
    // A map is walked in order, those included that are added on the way.
    for (const holder of before.keys()) {
      const paths = (this.ends.get(holder) ?? []).filter(({ last }) => !(deploys && last.byBootstrap));
      if (paths.length > 0) reached.push([holder, paths]);
      if (reached.length > 0 && this.steps > MOST_STEPS) break;
      for (const next of this.leads.get(holder) ?? []) {
        this.steps += 1;
        if (!before.has(next) && !isPassed(next) && !next.isOutside) before.set(next, holder);
      }
    }
    const [first, ...others] = reached;
    if (!first) {
      if (!deploys) for (const holder of before.keys()) this.harmless.add(holder);
      return undefined;
    }
    const [end, [path]] = first;
    const way: Holder[] = [];
    for (let at: Holder | undefined = end; at; at = before.get(at)) way.unshift(at);
    return {
      way,
      last: path?.last ?? hop,
      targets: [...new Set(reached.flatMap(([, paths]) => paths.flatMap(({ targets }) => targets)))],
      others: others.map(([holder]) => holder),
    };
  }
}

function put<K, V>(all: Map<K, V[]>, key: K, value: V): void {
  const found = all.get(key);
  if (found) found.push(value);
  else all.set(key, [value]);
}
