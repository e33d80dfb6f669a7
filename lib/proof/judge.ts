/**
 * The one judgement on templates and accounts: what is meant is there exactly, and nothing else reaches what is guarded.
 */
import { type Holder, reach, type Target, valueText, type World } from '../access';
import { exactness } from './exactness';
import type { Finding } from './finding';
import { type Meant, principalKey } from './meant';
import { MeantIndex } from './meant-index';
import { overlapping } from './overlapping';
import { unexpected } from './unexpected';

/** Everything that is not as it is meant, each thing once. */
export function judge(world: World, meant: Meant, index = new MeantIndex(meant, world)): readonly Finding[] {
  const outsiders = withOutsiders(world, index);
  return once([
    ...overlapping(meant),
    ...exactness(world, index),
    ...reach(outsiders, targetsOf(meant, world)).flatMap((path) => unexpected(path, index)),
    ...index.handedOn(world),
  ]);
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
  return findings.filter(({ rule, place, reason }) => {
    const key = JSON.stringify([rule, place.scope, place.id, place.at, reason]);
    return !known.has(key) && known.add(key);
  });
}
