import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { type Problem, problemLine } from '../../lib/definitions/yaml/problem';
import { DEFINITION_CODES } from '../../lib/rules/codes';
import { loadCase, problemsOf, readCases } from './cases';

const cases = readCases('bad');

describe('a bad definition is refused at its place', () => {
  test.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
    const loaded = loadCase(each);
    const { failed } = loaded;
    const problems = problemsOf(each, loaded);
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

  test('has every code of a definition, but for those that no data file can bring about', () => {
    const covered = new Set(cases.flatMap((each) => each.expected.map((line) => /\[([a-z0-9-]+)\]$/.exec(line)?.[1])));
    const uncovered = Object.keys(DEFINITION_CODES).filter((code) => !covered.has(code));
    expect(uncovered.sort()).toEqual(Object.keys(NO_CASE).sort());
  });
});

/** Codes that no data file can bring about, and why. */
const NO_CASE: Readonly<Record<string, string>> = {
  'unreadable-folder': 'a case always has a folder; tested above',
  'unreadable-file': 'takes a file without permission to read it, which root can read all the same',
  'too-many-access-points': 'takes ten thousand files; it is counted as stacks are',
  'template-too-long': 'known once it is synthesized only; tested with the template checks',
};
