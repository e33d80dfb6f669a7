import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Capability } from '../../lib/rules/confinement';
import { KINDS } from '../../lib/rules/vocabulary';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');

/** What the cells of a column hold in backticks, of the first table that has a column of that name. */
function column(name: string): string[] {
  const tables = README.matchAll(/^\|.*\|\n\|[-|]+\|\n(?:\|.*\|\n)+/gm);
  for (const [table] of tables) {
    const [header = [], ...rows] = table.split('\n').map((row) => row.split('|').map((cell) => cell.trim()));
    const at = header.indexOf(name);
    if (at > 0) return rows.flatMap((row) => /^`([^`]+)`$/.exec(row[at] ?? '')?.[1] ?? []);
  }
  return [];
}

test('the README has every kind, and no other', () => {
  expect(column('kind').sort()).toEqual([...KINDS].sort());
});

test('the README has every capability in its order, and no other', () => {
  expect(column('capability')).toEqual(Object.values(Capability));
});
