import { ANY, type Pattern, STAR } from '../../lib/access';
import { globsMeet } from '../../lib/access/glob';

const ONE = { wild: '?' } as const;

test.each<[Pattern, Pattern, boolean | undefined]>([
  [['abc'], ['abc'], true],
  [['abc'], ['abd'], false],
  [['abc'], ['ab'], false],
  [[], [], true],
  [[], ['a'], false],
  [[STAR], [], true],
  [[ONE], [], false],
  [['a', STAR], ['abc'], true],
  [['a', STAR, 'c'], ['abd'], false],
  [[STAR, 'c'], ['abd'], false],
  [['a', ONE, 'c'], ['abc'], true],
  [['a', ONE, 'c'], ['ac'], false],
  [['a', ONE], ['abc'], false],
  [[STAR, 'ab'], ['aab'], true],
  [[STAR, 'aab'], ['aaab'], true],
  [[STAR, 'ab', STAR, 'c'], ['xabyabzc'], true],
  [[STAR, 'ab', STAR, 'c'], ['xaybzc'], false],
  [['a', STAR, STAR], ['a'], true],
  [[ANY], ['x'], true],
  [[ANY, 'x'], ['y'], false],
  // With wildcards in both, only what leaves room for all of the other is seen at once.
  [[STAR, 'a'], ['bc', STAR], true],
  [[STAR, 'a', STAR], ['bc', STAR], true],
  [[STAR, 'a', STAR], ['bc', ONE], undefined],
  [[STAR, 'a'], [STAR, 'b'], undefined],
  [['a', STAR], ['b', STAR], undefined],
  [[STAR, 'a'], ['b', STAR, 'c'], undefined],
  [['a', STAR, 'b'], ['bc', STAR], undefined],
  // Other pieces need a graph.
  [[{ wild: 'part' }], ['x'], undefined],
  [[{ scope: 's', id: 't' }], ['x'], undefined],
  [[{ oneOf: [['x']] }], ['x'], undefined],
])('%j and %j meet: %s', (a, b, meet) => {
  expect(globsMeet(a, b)).toBe(meet);
  expect(globsMeet(b, a)).toBe(meet);
});
