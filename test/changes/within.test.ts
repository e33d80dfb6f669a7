import { patternWithin, principalWithin, rangeWithin } from '../../lib/changes/within';

test.each([
  ['nightly', 'nightly', true],
  ['nightly', '*', true],
  ['nightly-1', 'nightly-?', true],
  ['nightly-12', 'nightly-?', false],
  ['a-b-c', 'a*c', true],
  ['a-b-c', 'a*d', false],
  ['a.b', 'aXb', false],
  ['a', 'a**', true],
  ['nightly-*', 'night*', true],
  ['night*', 'nightly-*', false],
  ['a*c', 'a*', true],
  ['a*c', '*c', false],
  ['a*c*d', 'a*c*', true],
  ['?', 'a', false],
])('%s stands for no more than %s: %p', (one, other, expected) => {
  expect(patternWithin(one, other)).toBe(expected);
});

test('a pattern of many stars is no work', () => {
  const [text, pattern] = ['a'.repeat(5_000), `${'*a'.repeat(2_000)}*b`];
  const start = performance.now();
  expect(patternWithin(text, pattern)).toBe(false);
  expect(performance.now() - start).toBeLessThan(2_000);
});

test.each([
  ['192.0.2.7', '192.0.2.0/24', true],
  ['192.0.2.7', '192.0.2.7/32', true],
  ['192.0.2.7/32', '192.0.2.7', true],
  ['192.0.2.0/24', '192.0.2.7', false],
  ['192.0.2.0/23', '192.0.2.0/24', false],
  ['192.0.3.0/24', '192.0.2.0/23', true],
  ['192.0.4.0/24', '192.0.2.0/23', false],
  ['2001:db8:1::/48', '2001:db8::/32', true],
  ['2001:db9::/32', '2001:db8::/32', false],
  ['2001:0db8::1', '2001:db8::1/128', true],
  // An address of the other family that means the same host is another address to a policy.
  ['::ffff:192.0.2.7', '192.0.2.0/24', false],
  ['192.0.2.7', '::ffff:192.0.2.0/120', false],
  ['vpce-0a1b2c3d', 'vpce-0a1b2c3d', true],
  ['vpce-0a1b2c3d', 'vpce-0a1b2c3e', false],
  ['vpce-0a1b2c3d', '192.0.2.0/24', false],
])('%s is within %s: %p', (one, other, expected) => {
  expect(rangeWithin(one, other)).toBe(expected);
});

const [ROLE, ACCOUNT, ROOT] = ['arn:aws:iam::111122223333:role/a', '111122223333', 'arn:aws:iam::111122223333:root'];
const CANONICAL = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';

test.each([
  [ROLE, ROLE, true],
  [ROLE, ACCOUNT, true],
  [ROLE, ROOT, true],
  [ROOT, ACCOUNT, true],
  [ACCOUNT, ROOT, true],
  [ACCOUNT, ROLE, false],
  [ROLE, 'arn:aws:iam::111122223333:role/b', false],
  [ROLE, '444455556666', false],
  [ROLE, 'arn:aws-cn:iam::111122223333:root', false],
  [CANONICAL, CANONICAL, true],
  [CANONICAL, ACCOUNT, false],
  [ACCOUNT, CANONICAL, false],
])('%s is among %s: %p', (one, other, expected) => {
  expect(principalWithin(one, other)).toBe(expected);
});
