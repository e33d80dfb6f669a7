/**
 * An account read backwards: who reaches its buckets from outside, as definitions, and what cannot be one.
 */
import { bucketArn } from '../account/doors';
import type { JsonObject } from '../account/json';
import type { Snapshot } from '../account/snapshot';
import { waysOut } from '../account/ways-out';
import { worldOfAccounts } from '../account/world';
import type { Draft } from '../definitions/yaml/write';
import { AccountPolicies } from './account-policies';
import type { Candidate } from './candidate';
import { readHolder } from './candidates';
import { type ClientFile, clientFiles } from './clients';
import { type Definition, definitionOf, type RoleSettings } from './definition';
import { readDoors } from './direct';
import type { AccountFacts } from './facts';
import type { Leak } from './leak';
import { onePerPrincipal } from './one-bucket';
import type { DiscoverOptions } from './options';
import { placed } from './placing';
import { said } from './said';
import { settingsFor } from './settings-file';
import { Setups } from './setups';
import { conditionWords, type Unsaid } from './trust-read';
import { unaccounted } from './unaccounted';
import { type ByDoor, waysInto } from './ways';

/** A statement that no definition can have. */
export interface Inexpressible {
  /** The ARN of what has it. */
  readonly resource: string;
  readonly statement: JsonObject;
  readonly why: string;
}

/** What was found. */
export interface Discovery {
  readonly account: string;
  readonly collectedAt: string;
  readonly buckets: readonly string[];
  readonly definitions: readonly Definition[];
  readonly clients: readonly ClientFile[];
  /** The settings, where the folder has none. */
  readonly settings?: Draft;
  readonly leaks: readonly Leak[];
  readonly inexpressible: readonly Inexpressible[];
  /** What was not read, in words. */
  readonly notRead: readonly string[];
}

export function discover(snapshot: Snapshot, options: DiscoverOptions): Discovery {
  const { settings } = options;
  const looked = snapshot.buckets ?? [];
  const wanted = options.buckets && new Set(options.buckets);
  const buckets = looked.map(({ Name }) => Name).filter((name) => !wanted || wanted.has(name));
  const world = worldOfAccounts([snapshot], { accounts: settings.ownAccounts, organization: settings.organization });
  const ours = new Set([snapshot.account, ...settings.ownAccounts]);
  const facts: AccountFacts = {
    snapshot,
    policies: new AccountPolicies(snapshot),
    setups: new Setups(snapshot),
    isOurs: (account) => ours.has(account),
  };
  const ways = waysInto(buckets, world, snapshot);
  const leaks: Leak[] = [...ways.leaks];
  const unsaid: Unsaid[] = [...ways.others];
  const candidates: Candidate[] = [];
  for (const way of ways.holders) {
    const read = readHolder(way, facts);
    leaks.push(...read.leaks);
    unsaid.push(...read.unsaid);
    if (read.candidate) candidates.push(read.candidate);
  }
  for (const bucket of buckets) {
    const doors = ways.doors.filter((door: ByDoor) => door.bucket === bucket);
    const read = readDoors(bucket, doors, facts);
    leaks.push(...read.leaks);
    unsaid.push(...read.unsaid);
    candidates.push(...read.candidates);
  }
  const single = onePerPrincipal(candidates);
  unsaid.push(...single.unsaid);
  const places = placed(single.candidates, { ...options, facts });
  unsaid.push(...places.unsaid);
  const made = settingsFor(snapshot, single.candidates, settings);
  const roles: RoleSettings = {
    rolePath: made.rolePath ?? '/',
    ...(made.permissionsBoundary !== undefined && { permissionsBoundary: made.permissionsBoundary }),
  };
  const drafted = places.placed.map((each) => {
    const others = places.placed.filter(
      (other) => other !== each && other.candidate.bucket === each.candidate.bucket && other.measuredAt !== '',
    );
    const { bucket } = each.candidate;
    const isAdopted = places.placed.some(
      ({ candidate }) => candidate.bucket === bucket && candidate.kind === 'direct-trust',
    );
    const keepsPolicy = !isAdopted && !facts.setups.buckets.has(bucket);
    return definitionOf(each, roles, others.length, { facts, keepsPolicy });
  });
  const usable = drafted.filter(({ found }) => found.access.length > 0);
  for (const { found, candidate, proposal } of drafted) {
    if (found.access.length > 0) unsaid.push(...candidate.unsaid, ...withConditions(candidate, proposal));
    else unsaid.push(...withoutCapability(candidate));
  }
  const files = clientFiles(usable, places, { facts, settings, made });
  const told = [...unsaid, ...files.unsaid, ...goingOut(buckets, snapshot, ours)];
  const definitions = usable.map((each) => inOwnBucket(each, files.clients));
  return {
    account: snapshot.account,
    collectedAt: snapshot.collectedAt,
    buckets,
    definitions,
    clients: files.clients,
    settings: settings.isThere ? undefined : made.draft,
    leaks,
    inexpressible: once(
      [...told, ...unaccounted(ways.seen, { candidates, leaks, unsaid: told }, facts)],
      snapshot.partition,
    ),
    notRead: world.gaps.map(({ list, arn, why }) => `${list}${arn === null ? '' : ` of ${arn}`}: ${why}`),
  };
}

/** Statements with conditions that the definition does not have. */
function withConditions({ rights }: Candidate, { dropped }: Definition['proposal']): readonly Unsaid[] {
  const lost = new Set(dropped.map(({ written }) => written));
  const statements = rights.grants.filter(({ limits }) => limits.others.some(({ written }) => lost.has(written)));
  return [...new Set(statements.map(({ said }) => said))].map((said) => {
    const which = said.conditions.filter(({ written }) => lost.has(written));
    return { said, why: `it also asks for ${conditionWords(which)}; the definition does not` };
  });
}

/** Rights of which no capability is made. */
function withoutCapability({ rights, unsaid }: Candidate): readonly Unsaid[] {
  const why = 'it neither lists, reads, writes nor deletes anywhere under a prefix: no capability gives what it may do';
  const statements = [...new Set(rights.grants.map(({ said }) => said))];
  return [...unsaid, ...statements.map((said) => ({ said, why }))];
}

/** What goes to somebody else by the settings of buckets. */
function goingOut(buckets: readonly string[], snapshot: Snapshot, ours: ReadonlySet<string>): readonly Unsaid[] {
  const { account, partition, bucketNames = [] } = snapshot;
  const owned = new Set(bucketNames.map((name) => bucketArn(partition, name)));
  return (snapshot.buckets ?? [])
    .filter(({ Name }) => buckets.includes(Name))
    .flatMap((bucket) =>
      waysOut(bucket, { ours, owned }).map(({ kind, what, to, configured }) => ({
        said: said(configured, { scope: account, id: bucketArn(partition, bucket.Name), at: kind }),
        why: `the bucket ${what} ${to}, which is not known as ours; no definition is that`,
      })),
    );
}

/** With the keys of a bucket of its own. */
function inOwnBucket(definition: Definition, clients: readonly ClientFile[]): Definition {
  const { draft, candidate, found } = definition;
  if (draft.dedicatedBucket === undefined) return definition;
  const dedicatedBucket = clients.find(({ name }) => name === found.client)?.dedicated.get(candidate.bucket);
  return { ...definition, draft: { ...draft, dedicatedBucket } };
}

function once(unsaid: readonly Unsaid[], partition: string): readonly Inexpressible[] {
  const all = unsaid.map(({ said, why }): [string, Inexpressible] => {
    const { id } = said.place;
    const resource = id.startsWith('arn:') ? id : bucketArn(partition, id);
    return [JSON.stringify([resource, said.text, why]), { resource, statement: said.json, why }];
  });
  return [...new Map(all).values()];
}
