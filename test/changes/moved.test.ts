import type { Change } from '../../lib/changes/compare';
import { withMoves } from '../../lib/changes/moved';
import type { StackChanges } from '../../lib/changes/stack';

function change(kind: Change['change'], logicalId: string, name: string | undefined = 'c_reltio'): Change {
  return { logicalId, type: 'AWS::IAM::Role', name, change: kind, retained: false, atStake: false, why: 'as it is' };
}

/** The stacks with something at stake, and why. */
function atStake(...stacks: StackChanges[]): string[] {
  return withMoves(stacks).flatMap(({ stack, changes }) =>
    changes.filter((each) => each.atStake).map(({ why }) => `${stack}: ${why}`),
  );
}

const from: StackChanges = { stack: 'integrations-c', client: 'c', changes: [change('removed', 'Old')] };

test('what goes in one stack of a client and comes in another is at stake where it goes', () => {
  const to: StackChanges = { stack: 'integrations-c-Part2', client: 'c', changes: [change('added', 'New')] };
  expect(atStake(from, to)).toEqual([expect.stringMatching(/^integrations-c: it moves to integrations-c-Part2, /)]);
  expect(atStake(to, from)).toHaveLength(1);
});

test('what gets another logical id in its stack does not move', () => {
  const within = { ...from, changes: [change('removed', 'Old'), change('added', 'New')] };
  expect(withMoves([within])).toEqual([within]);
});

test.each<[string, StackChanges]>([
  ['of another client', { stack: 'integrations-d', client: 'd', changes: [change('added', 'New')] }],
  ['of another name', { stack: 'integrations-c-Part2', client: 'c', changes: [change('added', 'New', 'c_adobe')] }],
  ['that is only updated', { stack: 'integrations-c-Part2', client: 'c', changes: [change('updated', 'New')] }],
])('something %s is no other place of it', (_, other) => {
  expect(atStake(from, other)).toEqual([]);
});
