import { ANY, type Pattern, STAR } from '../../lib/access';
import type { Names } from '../../lib/access/automaton';
import { trimmed } from '../../lib/access/trim';

const T = { scope: 's', id: 't' };
const U = { scope: 's', id: 'u' };

test.each<[Pattern, Pattern, Names, readonly [Pattern, Pattern] | undefined]>([
  [['abc'], ['abc'], 'exact', [[], []]],
  [[], [], 'exact', [[], []]],
  [['abc'], ['abd'], 'exact', undefined],
  [['abc', STAR], ['abcd'], 'exact', [[STAR], ['d']]],
  [['abcd'], ['abc', STAR], 'exact', [['d'], [STAR]]],
  [
    ['a', STAR, 'xyz'],
    ['ab', STAR, 'yz'],
    'exact',
    [
      [STAR, 'x'],
      ['b', STAR],
    ],
  ],
  // What ends otherwise never meets.
  [[STAR, 'bz'], [STAR, 'az'], 'exact', undefined],
  [['bz'], [STAR, 'az'], 'exact', undefined],
  [[STAR, 'z'], ['yz'], 'exact', [[STAR], ['y']]],
  [['ab', STAR], ['b', STAR], 'exact', undefined],
  [['ABC'], ['aB', STAR], 'no-case', [['c'], [STAR]]],
  [['ABC'], ['aB', STAR], 'exact', undefined],
  [['', 'a', ''], [STAR], 'exact', [['a'], [STAR]]],
  [['', STAR, ''], ['', 'a'], 'exact', [[STAR], ['a']]],
  [[STAR], [], 'exact', [[STAR], []]],
  // Each stands for its own name, and no name is part of another.
  [[T, 'x'], [T, 'y'], 'exact', undefined],
  [[T, '/x'], [T, '/', STAR], 'exact', [['x'], [STAR]]],
  [[T], [U], 'exact', undefined],
  [[STAR, T], ['x', T], 'exact', [[STAR], ['x']]],
  [[STAR, T], [STAR, U], 'exact', undefined],
  // A text and a thing may be one.
  [['a', T], ['ab'], 'exact', [[T], ['b']]],
  [[ANY, 'a'], ['ba'], 'exact', [[ANY], ['b']]],
  [[{ oneOf: [['a']] }], ['a'], 'exact', [[{ oneOf: [['a']] }], ['a']]],
])('%j and %j: what is left, %s', (a, b, names, left) => {
  expect(trimmed(a, b, names)).toEqual(left);
  expect(trimmed(b, a, names)).toEqual(left && [left[1], left[0]]);
});
