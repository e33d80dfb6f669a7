/**
 * What outsiders reach: from outside through whomever they can become, at any number of steps, to what is guarded.
 * Denies, boundaries and conditions on anything but who asks never make it less.
 */
import { Exploration } from './exploration';
import type { Hop, Path } from './path';
import type { Statement } from './statement';
import type { Door, Holder, Target, World } from './world';

/** Something that somebody of ours may do whom no outsider can become. */
export interface InsideReach {
  /** The role or user, or a group of which no member is known; undefined where the policy of what is guarded names somebody. */
  readonly holder?: Holder;
  readonly door?: Door;
  readonly statement: Statement;
  /** Whether it is by the roles of `cdk bootstrap`. */
  readonly byBootstrap: boolean;
  readonly targets: readonly Target[];
}

/** What is reached in a world, by whom. */
export interface Explored {
  /** Every statement by which outsiders reach a target, each with the shortest way to it. What is meant is among them. */
  readonly paths: readonly Path[];
  /** Every hop by which an outsider, or who is an outsider's own, becomes somebody, whether that leads anywhere or not. */
  readonly entries: readonly Hop[];
  /** Whom somebody becomes at one step more. */
  readonly leads: ReadonlyMap<Holder, ReadonlySet<Holder>>;
  /** What those reach who are ours, and whom no outsider can become. */
  insiders(): readonly InsideReach[];
}

/** Walks through a world once. */
export function explore(world: World, targets: readonly Target[]): Explored {
  const exploration = new Exploration(world, targets);
  const { paths, entries, leads } = exploration;
  return { paths, entries, leads, insiders: () => insideReaches(exploration) };
}

function insideReaches(exploration: Exploration): readonly InsideReach[] {
  const { entered, directory, targets } = exploration;
  // A role that deploys may change anything, and so become everybody: that does not make everybody an outsider.
  const all = directory.world.holders.filter((holder) => entered.get(holder)?.byBootstrap ?? true);
  const groupsOf = new Map(all.map((holder) => [holder, directory.groupsOf(holder)]));
  const joined = new Set([...groupsOf.values()].flat());
  const isSomebody = (holder: Holder) =>
    holder.kind !== 'group' || !(joined.has(holder) || directory.isWhole(holder.account));
  const held = all.filter(isSomebody).flatMap((holder) =>
    [holder, ...(groupsOf.get(holder) ?? [])]
      .flatMap((each) => directory.allowed(each))
      .flatMap((statement): InsideReach[] => [
        { holder, statement, byBootstrap: false, targets: exploration.reachedBy(statement, holder) },
        { holder, statement, byBootstrap: true, targets: exploration.deployedBy(statement) },
      ]),
  );
  return [
    ...targets.statements
      .filter(({ statement }) => directory.outsiders(statement, 'resource').length === 0)
      .map((each): InsideReach => ({ ...each, byBootstrap: false })),
    ...held,
  ].filter((each) => each.targets.length > 0);
}

/** The ways by which outsiders reach a target. */
export function reach(world: World, targets: readonly Target[]): readonly Path[] {
  return explore(world, targets).paths;
}
