import { awaitedKeys, withKeysSet } from '../../lib/definitions/yaml/keys-edit';

test.each<[string, string, string]>([
  [
    'a new key is the last',
    'kind: assumed-role\nstatus: pending\n',
    'kind: assumed-role\nstatus: pending\nstackPart: 2\n',
  ],
  ['another number stands where the first did', 'stackPart: 9 # full\nkind: x\n', 'stackPart: 2 # full\nkind: x\n'],
  ['a quoted number too', 'kind: x\nstackPart: "9"\n', 'kind: x\nstackPart: 2\n'],
  [
    'comments stay, and those of the line before with it',
    '# Reltio\nkind: x # why\n# the end\n',
    '# Reltio\nkind: x # why\nstackPart: 2\n# the end\n',
  ],
  [
    'behind a list, and behind a text of several lines',
    'kind: x\nprincipals:\n  - a # one\n  - b\n',
    'kind: x\nprincipals:\n  - a # one\n  - b\nstackPart: 2\n',
  ],
  ['a text in lines', 'kind: x\nreason: |\n  a\n  b\n', 'kind: x\nreason: |\n  a\n  b\nstackPart: 2\n'],
  ['line ends of Windows', 'kind: x\r\nstatus: y\r\n', 'kind: x\r\nstatus: y\r\nstackPart: 2\r\n'],
  ['no line end', 'kind: x', 'kind: x\nstackPart: 2'],
  ['in braces', '{kind: x, status: y}\n', '{kind: x, status: y, stackPart: 2}\n'],
  ['already so', 'kind: x\nstackPart: 2\n', 'kind: x\nstackPart: 2\n'],
])('%s', (_, before, after) => {
  expect(withKeysSet(before, { stackPart: 2 })).toBe(after);
});

test.each([
  ['an empty file', ''],
  ['no mapping', '- a\n'],
  ['what cannot be read', 'kind: [\n'],
  ['a list where the number should be', 'kind: x\nstackPart: [2]\n'],
  ['an alias', 'kind: &x a\nstackPart: 3\n'],
])('%s is left alone', (_, text) => {
  expect(withKeysSet(text, { stackPart: 2 })).toBeUndefined();
});

describe('what a vendor sent', () => {
  const WAITING =
    '# Ours\nkind: assumed-role # why\nstatus: pending\n# principals: Account ID (In the dialog.)\n# externalId: External ID\n';

  test('stands above the comments that wait for it', () => {
    const keys = { principals: ['111122223333'], externalId: 'abc:1', status: 'active' };
    expect(withKeysSet(WAITING, keys)).toBe(
      '# Ours\nkind: assumed-role # why\nstatus: active\nprincipals: ["111122223333"]\n# principals: Account ID (In the dialog.)\nexternalId: abc:1\n# externalId: External ID\n',
    );
    expect(awaitedKeys(WAITING)).toEqual(['principals', 'externalId']);
    expect(awaitedKeys('kind: x # externalId: y\n  # a: b\n# two words: c\n')).toEqual([]);
  });

  test.each([
    ['a list in brackets', 'kind: x\nprincipals: [a] # one\n', 'kind: x\nprincipals: [b, c] # one\n'],
    ['a new list', 'kind: x\n', 'kind: x\nprincipals: [b, c]\n'],
  ])('%s', (_, before, after) => {
    expect(withKeysSet(before, { principals: ['b', 'c'] })).toBe(after);
  });

  test.each([
    ['a list in lines', 'kind: x\nprincipals:\n  - a\n'],
    ['a list with a comment inside', 'kind: x\nprincipals: [a, # one\n  b]\n'],
    ['one text where a list should be', 'kind: x\nprincipals: a\n'],
  ])('%s is left alone', (_, before) => {
    expect(withKeysSet(before, { principals: ['b', 'c'] })).toBeUndefined();
  });

  test('a mapping goes on one line, and hostile text stays text', () => {
    const edited = withKeysSet('kind: x\n', { subject: { commonName: 'a: b #c, {d}' } });
    expect(edited).toBe('kind: x\nsubject: {commonName: "a: b #c, {d}"}\n');
    expect(withKeysSet('kind: x\n', { externalId: 'no\nkind: y' })).not.toMatch(/^kind: y/m);
  });
});
