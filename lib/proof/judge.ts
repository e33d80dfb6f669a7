/**
 * The one judgement on templates and accounts: what is meant is there exactly, and nothing else reaches what is guarded.
 */
import {
  explore,
  type Holder,
  hopsOf,
  type Path,
  type Place,
  type Policy,
  statementsOf,
  type Target,
  valueText,
  type World,
} from '../access';
import { type Entrance, entrancesIn } from './entrances';
import { exactness } from './exactness';
import type { Finding } from './finding';
import { type Insider, insidersIn } from './insiders';
import { type Meant, principalKey } from './meant';
import { MeantIndex } from './meant-index';
import { overlapping } from './overlapping';
import { unexpected } from './unexpected';

/** What the judgement comes to. */
export interface Judgement {
  /** Everything that is not as it is meant, each thing once: of what outsiders reach, each statement that lets them. */
  readonly findings: readonly Finding[];
  /** What outsiders reach, by how they come in; worked out when it is asked for. */
  entrances(): readonly Entrance[];
  /** Who of ours reaches what is guarded; worked out when it is asked for. */
  insiders(): readonly Insider[];
}

/** @param known entrances of ways that are acknowledged */
export function judgement(
  world: World,
  meant: Meant,
  index = new MeantIndex(meant, world),
  known: Entrances = NO_ENTRANCES,
): Judgement {
  const explored = explore(without(known, withOutsiders(world, index)), targetsOf(meant, world));
  const findings = once([
    ...overlapping(meant),
    ...exactness(world, index),
    ...explored.paths.flatMap((path) => unexpected(path, index)),
    ...index.handedOn(world),
  ]);
  return {
    findings,
    entrances: () => entrancesIn(explored, index),
    insiders: () => insidersIn(world, meant, index, explored),
  };
}

/** Everything that is not as it is meant, each thing once. */
export function judge(world: World, meant: Meant, index?: MeantIndex): readonly Finding[] {
  return judgement(world, meant, index).findings;
}

/** Ways in that are known already, by where they stand and what they say: what else leads there shows without them. */
export type Entrances = ReadonlySet<string>;

const NO_ENTRANCES: Entrances = new Set();

function entranceKey({ scope, id, at }: Place, text: string): string {
  return JSON.stringify([scope, id, at, text]);
}

/** The entrances of ways: by what outsiders become the first of those who are on them. */
export function entrancesOf(paths: readonly Path[]): Entrances {
  const first = paths.flatMap((path) => hopsOf(path).slice(0, 1)).filter(({ into }) => into);
  return new Set(first.map(({ place, text }) => entranceKey(place, text)));
}

function without(known: Entrances, world: World): World {
  if (known.size === 0) return world;
  const open = (policy: Policy) =>
    statementsOf(policy).filter(({ place, text }) => !known.has(entranceKey(place, text)));
  return {
    ...world,
    holders: world.holders.map((holder) => ({
      ...holder,
      ...(holder.trust && { trust: open(holder.trust) }),
      handedOut: holder.handedOut?.filter((place) => !known.has(entranceKey(place, ''))),
    })),
    doors: world.doors.map((door) =>
      (door.kind === 'lender' || door.kind === 'runner') && door.policy ? { ...door, policy: open(door.policy) } : door,
    ),
  };
}

/**
 * Integrations' own roles and users are outside, in every status. Their own trust and policies are compared whole with what
 * is meant, so nobody needs to follow them.
 */
function withOutsiders(world: World, index: MeantIndex): World {
  const asOutsider = (holder: Holder): Holder =>
    index.integrationOf(holder)
      ? { ...holder, trust: [], held: [], handedOut: [holder.place], isOutside: true }
      : holder;
  return { ...world, holders: world.holders.map(asOutsider) };
}

/** What outsiders must not reach but as it is meant. */
function targetsOf({ buckets, integrations, secrets }: Meant, world: World): readonly Target[] {
  const keys = new Map(
    [...buckets, ...integrations].flatMap(({ encryptionKey, account }) =>
      encryptionKey ? [[valueText(encryptionKey), { account, arn: encryptionKey }] as const] : [],
    ),
  );
  const bucketsByArn = new Map(
    buckets.map(({ account, arn }) => [valueText([...account, ' ', ...arn]), { account, arn }]),
  );
  const principals = new Set(
    integrations.flatMap(({ account, principal }) =>
      principal ? [principalKey(principal.kind, account, principal.name)] : [],
    ),
  );
  const target =
    (kind: Target['kind']) =>
    ({ account, arn }: { account: Target['account']; arn: Target['names'][0] }): Target => ({
      kind,
      account,
      names: [arn],
    });
  return [
    ...[...bucketsByArn.values()].map(target('bucket')),
    ...[...keys.values()].map(target('key')),
    ...secrets.map(target('secret')),
    ...world.holders
      .filter(({ kind, account, name }) => principals.has(principalKey(kind, account, name)))
      .map(target('principal')),
  ];
}

function once(findings: readonly Finding[]): readonly Finding[] {
  const known = new Set<string>();
  return findings.filter(({ rule, place, reason, value }) => {
    const key = JSON.stringify([rule, place.scope, place.id, place.at, reason, value]);
    return !known.has(key) && known.add(key);
  });
}
