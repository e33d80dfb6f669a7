/**
 * The one judgement on templates and accounts: what is meant is there exactly, and nothing else reaches what is guarded.
 */
import {
  type Holder,
  hopsOf,
  type Path,
  type Place,
  type Policy,
  reach,
  type Statement,
  statementsOf,
  type Target,
  valueText,
  type World,
} from '../access';
import { exactness } from './exactness';
import type { Finding } from './finding';
import { type Meant, principalKey } from './meant';
import { MeantIndex } from './meant-index';
import { overlapping } from './overlapping';
import { unexpected } from './unexpected';

/** Everything that is not as it is meant, each thing once. */
export function judge(
  world: World,
  meant: Meant,
  index = new MeantIndex(meant, world),
  entrances: Entrances = { statements: new Set(), places: new Set() },
): readonly Finding[] {
  const outsiders = without(entrances, withOutsiders(world, index));
  return once([
    ...overlapping(meant),
    ...exactness(world, index),
    ...reach(outsiders, targetsOf(meant, world)).flatMap((path) => unexpected(path, index)),
    ...index.handedOn(world),
  ]);
}

/** Ways in that are known already: what else leads to the same shows only without them. */
export interface Entrances {
  readonly statements: ReadonlySet<Statement>;
  /** Where credentials are handed out. */
  readonly places: ReadonlySet<Place>;
}

/** The entrance of a way: by what outsiders become the first of those on it. */
export function entrancesOf(paths: readonly Path[]): Entrances {
  const first = paths.flatMap((path) => hopsOf(path).slice(0, 1)).filter(({ into }) => into);
  return {
    statements: new Set(first.flatMap(({ statement }) => statement ?? [])),
    places: new Set(first.filter(({ how }) => how === 'handed-out').map(({ place }) => place)),
  };
}

function without({ statements, places }: Entrances, world: World): World {
  if (statements.size + places.size === 0) return world;
  const open = (policy: Policy) => statementsOf(policy).filter((each) => !statements.has(each));
  return {
    ...world,
    holders: world.holders.map((holder) => ({
      ...holder,
      ...(holder.trust && { trust: open(holder.trust) }),
      handedOut: holder.handedOut?.filter((place) => !places.has(place)),
    })),
    doors: world.doors.map((door) =>
      (door.kind === 'lender' || door.kind === 'runner') && door.policy ? { ...door, policy: open(door.policy) } : door,
    ),
  };
}

/** Integrations' own roles and users are outside, in every status. */
function withOutsiders(world: World, index: MeantIndex): World {
  const handedOut = (holder: Holder): Holder =>
    index.integrationOf(holder) ? { ...holder, handedOut: [...(holder.handedOut ?? []), holder.place] } : holder;
  return { ...world, holders: world.holders.map(handedOut) };
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
