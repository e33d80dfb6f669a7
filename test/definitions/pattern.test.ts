import { performance } from 'node:perf_hooks';
import { load } from '../../lib/definitions/load';
import { matchesWhole } from '../../lib/definitions/profiles/pattern';
import { inFolder } from '../support/folder';

const CANNOT_TELL = expect.objectContaining({ code: 'bad-profile' });
const A = 'a'.repeat(1000);

test.each([
  ['[a-z]+', 'abc', true],
  ['[a-z]+', 'abc1', false],
  // The whole, whatever the pattern's own branches are.
  ['a|b', 'ab', false],
  ['(?!.*_SFCRole).*|[A-Z]+_SFCRole=.+', 'x_SFCRole=1', false],
])('%s and %s: %s', (pattern, value, fits) => {
  expect(matchesWhole(pattern, value)).toBe(fits);
});

test.each([
  ['(a+)+', `${A}!`],
  ['(a|aa)*', `${A}!`],
  ['a*a*a*a*a*b', A],
  ['(a*)*(a*)*b', A],
  ['(\\w+\\s?)*', `${A}!`],
])('%s ends, and nobody can tell', (pattern, value) => {
  const started = performance.now();
  // Asked again it costs nothing.
  for (let asked = 0; asked < 100; asked += 1) expect(matchesWhole(pattern, value)).toEqual(CANNOT_TELL);
  expect(performance.now() - started).toBeLessThan(3_000);
});

test('what a pattern does not see stays as it is', () => {
  expect(matchesWhole("x'); process.exit(1); ('", 'x')).toBe(false);
  expect(matchesWhole('a\\u2028b', 'a\u2028b')).toBe(true);
});

const PROFILE = `title: Mine
summary: It reads
sources: [https://vendor.example/docs]
checked: "2026-11-01"
ways:
  - kind: assumed-role
    externalId: {use: required, pattern: "(a+)+"}
    fields: [{label: Bucket, value: "{bucket}"}]
rules:
  bucketName: {pattern: "([a-z]+-?)+", form: letters}
  roleName: {pattern: "(a|a)*", form: letters}
  prefix: {pattern: "(a*)*b", form: letters}
test: [Try it]
`;

test('definitions of a profile whose patterns have no end are judged, each at its place', () => {
  const trust = 'principals: [arn:aws:iam::111122223333:role/x]';
  const name = 'a'.repeat(50);
  const files = {
    'vendors/mine.yaml': PROFILE,
    'integrations/kohler/client.yaml': `bucket: {name: ${name}-1.x}\n`,
    'integrations/kohler/tool.yaml': `vendor: mine\n${trust}\nroleName: ${name}1\nprefix: ${name}/\nexternalId: ${name}!\n`,
  };
  const started = performance.now();
  const found = inFolder(files, (dir) => load(`${dir}/integrations`).problems);
  expect(performance.now() - started).toBeLessThan(5_000);
  const tooSlow = found.filter(({ code }) => code === 'bad-profile');
  expect(tooSlow.map(({ file, line, fix }) => [file, line, fix])).toEqual(
    expect.arrayContaining([['kohler/tool.yaml', expect.any(Number), expect.stringContaining('repetitions')]]),
  );
  expect(new Set(tooSlow.map(({ line }) => line)).size).toBeGreaterThan(2);
});
