import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Capability } from '../../lib/rules/confinement';
import { KINDS } from '../../lib/rules/vocabulary';

/** What the cells of a column hold in backticks, of the first table of a page that has a column of that name. */
function column(page: string, name: string): string[] {
  const text = readFileSync(join(__dirname, '../../docs', page), 'utf8');
  const tables = text.matchAll(/^\|.*\|\n\|[-|]+\|\n(?:\|.*\|\n)+/gm);
  for (const [table] of tables) {
    const [header = [], ...rows] = table.split('\n').map((row) => row.split('|').map((cell) => cell.trim()));
    const at = header.indexOf(name);
    if (at > 0) return rows.flatMap((row) => /^`([^`]+)`$/.exec(row[at] ?? '')?.[1] ?? []);
  }
  return [];
}

test('docs/kinds.md has every kind, and no other', () => {
  expect(column('kinds.md', 'kind').sort()).toEqual([...KINDS].sort());
});

test('docs/capabilities.md has every capability in its order, and no other', () => {
  expect(column('capabilities.md', 'capability')).toEqual(Object.values(Capability));
});
