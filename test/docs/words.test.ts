import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODE, literals } from '../support/literals';
import { type Exception, stiffWords, WORDS, wordProblems } from '../support/words';

const ROOT = join(__dirname, '../..');

/** Folder → the names of the files in it that people read. */
const READ: Readonly<Record<string, RegExp>> = {
  '.': /^(?:README|CONTRIBUTING|CHANGELOG|SECURITY|CODE_OF_CONDUCT)\.md$/,
  docs: /\.md$/,
  'docs/guides': /\.md$/,
  '.github': /\.md$/,
  '.github/ISSUE_TEMPLATE': /\.yml$/,
  '.github/workflows': /\.yml$/,
  'scaffold/.github/ISSUE_TEMPLATE': /\.yml$/,
  'scaffold/.github/workflows': /\.yml$/,
  scaffold: /\.md$/,
  'scaffold/bin': /\.js$/,
  'scaffold/integrations': /\.yaml$/,
  'scaffold/integrations/example': /\.yaml$/,
  vendors: /\.yaml$/,
};

const EXCEPTIONS: readonly Exception[] = [
  { file: 'docs/performance.md', line: 'written by hand', why: 'the name of a measured app in performance.json' },
];

/** Sources, of which people read what they say: messages, remedies, labels, help. */
const SOURCES = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.[jt]s$/.test(name))
  .map((name) => `lib/${name}`);

const TEXTS = new Map([
  ...Object.entries(READ).flatMap(([folder, names]) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => names.test(name))
      .map((name): [string, string] => {
        const file = folder === '.' ? name : `${folder}/${name}`;
        return [file, readFileSync(join(ROOT, file), 'utf8')];
      }),
  ),
  ...SOURCES.map((file): [string, string] => [file, literals(readFileSync(join(ROOT, file), 'utf8'))]),
]);

test.each([...TEXTS.keys()])('%s has no stiff word', (file) => {
  const exceptions = EXCEPTIONS.filter((each) => each.file === file);
  expect(wordProblems(new Map([[file, TEXTS.get(file) ?? '']]), exceptions)).toEqual([]);
});

test.each([...TEXTS.keys()])('%s has no table with the same row twice', (file) => {
  const tables = (TEXTS.get(file) ?? '').match(/(?:^\|.*\n)+/gm) ?? [];
  for (const table of tables) {
    const rows = table.trim().split('\n');
    expect(rows).toEqual([...new Set(rows)]);
  }
});

test('the pages and the sources are read', () => {
  expect([...TEXTS.keys()]).toEqual(
    expect.arrayContaining([
      'README.md',
      'docs/api.md',
      'docs/guides/operating.md',
      'lib/rules/trust.ts',
      'lib/report/page/map.js',
    ]),
  );
  for (const { file } of EXCEPTIONS) expect([file, TEXTS.has(file)]).toEqual([file, true]);
});

// By its own pattern, and by no other.
test.each(WORDS)('is found, once: $example', ({ better, example }) => {
  expect(stiffWords(example).map((each) => each.better)).toEqual([better]);
});

test.each([
  'Anyone who has the key may read.',
  'let the pattern be; it is in the file',
  'the amended page recommends handling by handle',
  'no more than three',
  'somewhere else, or anything else',
  'if it is one, else if it is two',
  'put it on the shelf; the role is there',
])('is not stiff: %s', (text) => {
  expect(stiffWords(text)).toEqual([]);
});

test('the line is that on which the word begins', () => {
  expect(stiffWords('first\nchanged by\n  hand, thus\n')).toEqual([
    { line: 2, found: 'by hand', better: 'manually, hand-written' },
    { line: 3, found: 'thus', better: 'so' },
  ]);
});

test('an exception is for its line only, and one that nothing needs is a problem', () => {
  const texts = new Map([['a.md', 'changed by hand\n\nwritten by hand\n']]);
  const exception = { file: 'a.md', line: 'changed', why: 'a quotation' };
  expect(wordProblems(texts, [exception])).toEqual(['a.md:3: "by hand"; write: manually, hand-written']);
  const stale = { file: 'a.md', line: 'deployed', why: 'a quotation' };
  expect(wordProblems(new Map([['a.md', 'changed manually\n']]), [stale])).toEqual([
    'a.md: nothing needs the exception for "deployed"',
  ]);
});

test('of a source, what it says is read, at its line, and neither names nor comments', () => {
  const source = [
    "import { lest } from 'by hand';",
    '// mend it',
    "const whoever = 'the first\\nline';",
    `const text = \`let \${'the vendor'} in,`,
    '  by hand`;',
  ];
  expect(literals(source.join('\n')).split('\n')).toEqual([
    '',
    '',
    `${CODE}the first  line${CODE}`,
    expect.stringContaining('let '),
    expect.stringContaining('by hand'),
  ]);
  expect(stiffWords(literals(source.join('\n')))).toEqual([
    { line: 5, found: 'by hand', better: 'manually, hand-written' },
  ]);
});
