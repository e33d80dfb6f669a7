import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { type Problem, problemLine } from '../../lib/definitions/yaml/problem';
import { loadCase, readCases } from './cases';

const cases = readCases('bad');

describe('a bad definition is refused at its place', () => {
  test.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
    const { problems, failed } = loadCase(each);
    expect(problems.map(placed)).toEqual(each.expected);
    expect(failed).toBe(each.expected.some((line) => / error\[/.test(line)));
    problems.forEach(readable);
    for (const { place, text } of each.says) {
      const there = problems.filter((problem) => placed(problem).startsWith(`${place} `));
      expect(there.map(({ message, fix }) => `${message}; ${fix}`).join('\n')).toContain(text);
    }
  });
});

/** A problem as cases expect it. */
function placed({ file, line, column, severity, code }: Problem): string {
  return `${file}:${line}:${column} ${severity}[${code}]`;
}

function readable(problem: Problem): void {
  const { file, message, fix } = problem;
  for (const text of [message, fix]) {
    expect(text.trim()).not.toBe('');
    expect(text).not.toMatch(/undefined|\[object|NaN|\bat .*\.(?:ts|js):\d+|\/node_modules\//);
  }
  // A fix that asks for what is there already mends nothing.
  expect(fix).not.toBe(`rename it to ${basename(file)}`);
  const line = problemLine(problem, 'integrations');
  expect(line).not.toMatch(/\p{Cc}/u);
  expect(line.startsWith(file === '.' ? 'integrations:' : `integrations/${file}:`)).toBe(true);
}

describe('a folder that cannot be read', () => {
  const dir = mkdtempSync(join(tmpdir(), 'definitions-'));
  writeFileSync(join(dir, 'file'), '');
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test.each(['missing', 'file'])('%s', (name) => {
    const { problems, failed } = load(join(dir, name));
    expect(problems.map(placed)).toEqual(['.:1:1 error[unreadable-folder]']);
    expect(failed).toBe(true);
    problems.forEach(readable);
  });
});

describe('the corpus', () => {
  test('has at least a hundred cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(100);
  });

  test('has every code that definitions and rules can raise', () => {
    const codes = new Set([...codesIn('definitions'), ...codesIn('rules')]);
    expect(codes.size).toBeGreaterThan(60);
    const covered = new Set(cases.flatMap((each) => each.expected.map((line) => /\[([a-z0-9-]+)\]$/.exec(line)?.[1])));
    const uncovered = [...codes].filter((code) => !covered.has(code) && !Object.hasOwn(NO_CASE, code));
    expect(uncovered).toEqual([]);
  });

  test('needs every exception from that', () => {
    const codes = new Set(['definitions', 'rules', 'constructs'].flatMap(codesIn));
    const covered = cases.flatMap((each) => each.expected).join('\n');
    for (const code of Object.keys(NO_CASE)) {
      expect(codes).toContain(code);
      expect(covered).not.toContain(`[${code}]`);
    }
  });
});

/** Codes that no data file can bring about, and why. */
const NO_CASE: Readonly<Record<string, string>> = {
  'unreadable-folder': 'a case always has a folder; tested above',
  'unreadable-file': 'takes a file without permission to read it, which root can read all the same',
  'bad-user-name':
    'a user is named <client>_<vendor>, and names of both are checked first: only constructs can raise it',
  'prefix-unknown': 'constructs only: a file has no tokens',
  'principal-unknown': 'constructs only: a file has no tokens',
  'too-many-access-points': 'takes ten thousand files; it is counted as stacks are',
  'template-too-long': 'known once it is synthesized only; tested with the template checks',
  'bad-repository': 'constructs only: no definition speaks of the deploy role',
  'bad-repository-id': 'constructs only, as bad-repository',
  'bad-branch': 'constructs only, as bad-repository',
  'bad-target': 'constructs only, as bad-repository',
  'bad-qualifier': 'constructs only, as bad-repository',
};

/** The codes that a folder of lib/ writes as literals: `code: 'x'`, or as the first code-like argument of a helper. */
function codesIn(folder: string): string[] {
  const dir = join(__dirname, '..', '..', 'lib', folder);
  const source = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(dir, file), 'utf8'))
    .join('\n')
    .replace(/bad-\$\{type\}-name/g, "bad-role-name', code: 'bad-user-name")
    .replace(/unreadable-\$\{what\}/g, "unreadable-file', code: 'unreadable-folder")
    .replaceAll('`', "'");
  const literals = [
    // Not Zod's own code: 'custom', which stands before the input.
    /\bcode: (?:\w+ \? '([a-z0-9-]+)' : )?'([a-z0-9-]+)'(?!,\s*input\b)/g,
    /\bwrong\(\s*'([a-z0-9-]+)',/g,
    /\bformFindings\(\s*'([a-z0-9-]+)',/g,
    /\bthis\.report\(\s*[^,'()]+,\s*'([a-z0-9-]+)',/g,
  ];
  return literals.flatMap((literal) =>
    [...source.matchAll(literal)].flatMap(([, ...groups]) =>
      groups.filter((code) => code !== undefined && code !== ''),
    ),
  );
}
