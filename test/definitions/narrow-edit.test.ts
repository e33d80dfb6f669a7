import { withNarrower } from '../../lib/definitions/yaml/narrow-edit';

test.each<[string, string, Parameters<typeof withNarrower>[1], string | undefined]>([
  [
    'a list in brackets',
    'kind: x # a\naccess: [list, read, write] # b\n',
    { access: ['read'] },
    'kind: x # a\naccess: [read] # b\n',
  ],
  ['lines', 'access:\n  - list\n  - read # why\nkind: x\n', { access: ['read'] }, 'access:\n  - read # why\nkind: x\n'],
  ['the default', '# top\nkind: x\n# end\n', { access: ['read'] }, '# top\nkind: x\naccess: [read]\n# end\n'],
  ['no end yet', 'kind: x\n', { expires: '2026-12-28' }, 'kind: x\nexpires: 2026-12-28\n'],
  [
    'another end',
    'expires: 2030-01-01 # c\nkind: x\n',
    { expires: '2026-12-28' },
    'expires: 2026-12-28 # c\nkind: x\n',
  ],
  ['braces', '{kind: x}', { access: ['read'] }, '{kind: x, access: [read]}'],
  ['a line with a comment that would go', 'access:\n  - list # why\n  - read\n', { access: ['read'] }, undefined],
  ['a list with a comment inside', 'access: [list, # why\n  read]\n', { access: ['read'] }, undefined],
  ['an access that is no list', 'access: all\n', { access: ['read'] }, undefined],
  ['what is no mapping', '- a\n', { access: ['read'] }, undefined],
])('%s', (_, text, narrower, expected) => {
  expect(withNarrower(text, narrower)).toBe(expected);
});
