/**
 * What outsiders reach: from outside through whoever they can become, at any number of steps, to what is guarded.
 * Denies, boundaries and conditions on anything but who asks never make it less.
 */
import { Exploration } from './exploration';
import type { Path } from './path';
import type { Statement } from './statement';
import type { Door, Holder, Target, World } from './world';

/**
 * Every statement by which outsiders reach a target, each with the shortest way to it. What is meant is among them:
 * whoever knows what is meant takes it out, by the last hop.
 */
export function reach(world: World, targets: readonly Target[]): readonly Path[] {
  return new Exploration(world, targets).paths;
}

/** What somebody of ours whom no outsider can become may do. */
export interface Insider {
  /** The role, user or group; undefined where the policy of what is guarded names somebody of ours. */
  readonly holder?: Holder;
  readonly statement: Statement;
  readonly door?: Door;
  readonly targets: readonly Target[];
}

/** What those reach who are ours, and whom no outsider can become. */
export function insiders(world: World, targets: readonly Target[]): readonly Insider[] {
  const { entered, directory, targets: guarded } = new Exploration(world, targets);
  const holders = world.holders.filter((holder) => !entered.has(holder));
  return [
    ...guarded.statements.filter(({ statement }) => directory.outsiders(statement, 'resource').length === 0),
    ...holders.flatMap((holder) =>
      directory
        .allowed(holder)
        .map((statement) => ({ holder, statement, targets: guarded.touchedBy(statement, holder) })),
    ),
  ].filter((each) => each.targets.length > 0);
}
