import type { Change } from './compare';
import type { StackChanges } from './stack';

/**
 * The changes of stacks, in which it is at stake what moves from one stack of a client to another: CloudFormation
 * cannot move it, so it is removed in one and made in the other, where its name may still be taken.
 */
export function withMoves(stacks: readonly StackChanges[]): StackChanges[] {
  const comes = new Map<string, string>();
  for (const { client, stack, changes } of stacks)
    for (const change of changes) if (change.change === 'added') comes.set(keyOf(client, change), stack);
  return stacks.map((one) => ({
    ...one,
    changes: one.changes.map((change) => {
      const to = change.change === 'removed' && change.name ? comes.get(keyOf(one.client, change)) : undefined;
      if (to === undefined || to === one.stack) return change;
      const why = `it moves to ${to}, which can create it only after it is removed here; keep stackPart unchanged`;
      return { ...change, atStake: true, why };
    }),
  }));
}

function keyOf(client: string | undefined, { type, name }: Change): string {
  return JSON.stringify([client, type, name]);
}
