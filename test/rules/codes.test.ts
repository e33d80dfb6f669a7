import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONSTRUCT_CODES, DEFINITION_CODES, REQUEST_CODES, ROTATION_CODES } from '../../lib/rules/codes';

const GROUPS = [DEFINITION_CODES, CONSTRUCT_CODES, REQUEST_CODES, ROTATION_CODES];
const CODES = GROUPS.flatMap((group) => Object.keys(group));

test('a code is in one group, and has the form of one', () => {
  expect(new Set(CODES).size).toBe(CODES.length);
  for (const code of CODES) expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
});

test('each code is in order within its group, so that a new one has its place', () => {
  for (const group of GROUPS) expect(Object.keys(group)).toEqual(Object.keys(group).sort());
});

test('each code is raised somewhere', () => {
  const dir = join(__dirname, '../../lib');
  const source = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== join('rules', 'codes.ts'))
    .map((file) => readFileSync(join(dir, file), 'utf8'))
    .join('\n');
  expect(CODES.filter((code) => !source.includes(`'${code}'`))).toEqual([]);
});

test('what a code means is followed by what to do about it', () => {
  for (const meaning of GROUPS.flatMap((group) => Object.values(group))) {
    expect(meaning.split('; ').map((part) => part.trim() !== '')).toEqual([true, true]);
  }
});
