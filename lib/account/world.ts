/**
 * Accounts in the words of the model of access: who is there, what they may do, and what leads where. What a snapshot does
 * not hold is a gap, and never taken for empty.
 */
import { type Door, type Holder, type Ours, STAR, type Value, type World } from '../access';
import { doorsOf } from './doors';
import { type Gap, gapsOf } from './gaps';
import { holdersOf } from './holders';
import type { Snapshot } from './snapshot';

/** Who is ours besides the accounts of the snapshots. */
export interface AlsoOurs {
  readonly accounts?: readonly string[];
  readonly organization?: string;
  /** ARNs of users of ours that are meant to have keys or passwords: nobody else has these. */
  readonly users?: readonly string[];
}

/** Accounts, as far as they were read. */
export interface AccountWorld extends World {
  /** What was not read. */
  readonly gaps: readonly Gap[];
}

/** Who can do what in some accounts, which are ours: a principal of one may become a principal of another. */
export function worldOfAccounts(snapshots: readonly Snapshot[], also: AlsoOurs = {}): AccountWorld {
  const read = snapshots.map((snapshot) => {
    const gaps = gapsOf(snapshot);
    return { snapshot, gaps, holders: holdersOf(snapshot, new Set(also.users)), doors: doorsOf(snapshot) };
  });
  return {
    ours: oursOf(snapshots, also),
    holders: read.flatMap(({ holders }): readonly Holder[] => holders),
    doors: read.flatMap(({ doors }): readonly Door[] => doors),
    whole: read.flatMap(({ snapshot, gaps }): Value[] => (isWhole(gaps) ? [[snapshot.account]] : [])),
    gaps: read.flatMap(({ gaps }) => gaps),
  };
}

/** Whether every role, user and group is known. */
function isWhole(gaps: readonly Gap[]): boolean {
  return !gaps.some(({ list, arn }) => arn === null && /^iam(?:\.(?:Role|User|Group)DetailList)?$/.test(list));
}

function oursOf(snapshots: readonly Snapshot[], { accounts = [], organization }: AlsoOurs): Ours {
  const ids = [...new Set([...snapshots.map(({ account }) => account), ...accounts])];
  const owners = snapshots.flatMap(({ buckets = [] }) => buckets.flatMap(({ Acl }) => Acl?.Owner?.ID ?? []));
  return {
    accounts: ids.map((account): Value => [account]),
    ...(organization !== undefined && { organization: [organization] }),
    canonicalUsers: [...new Set(owners)].map((owner): Value => [owner]),
    // A SAML provider is made by an account's own administrators, or by the identity centre.
    federations: snapshots.map(({ account, partition }) => [`arn:${partition}:iam::${account}:saml-provider/`, STAR]),
    buckets: snapshots.flatMap(({ partition, bucketNames = [] }) =>
      bucketNames.map((name): Value => [`arn:${partition}:s3:::${name}`]),
    ),
  };
}
