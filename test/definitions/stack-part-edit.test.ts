import { withStackPart } from '../../lib/definitions/yaml/stack-part-edit';

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
  expect(withStackPart(before, 2)).toBe(after);
});

test.each([
  ['an empty file', ''],
  ['no mapping', '- a\n'],
  ['what cannot be read', 'kind: [\n'],
  ['a list where the number should be', 'kind: x\nstackPart: [2]\n'],
  ['an alias', 'kind: &x a\nstackPart: 3\n'],
])('%s is left alone', (_, text) => {
  expect(withStackPart(text, 2)).toBeUndefined();
});
