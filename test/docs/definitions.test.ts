import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { inFolder } from '../support/folder';

const ROOT = join(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/definitions.md'), 'utf8');
const TABLES = PAGE.slice(PAGE.indexOf('<!-- keys: '));

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly { readonly then?: Schema }[];
}

/** The keys of a schema and of all that is inside it. */
function keysOf({ properties = {}, items, allOf = [] }: Schema): string[] {
  return [
    ...Object.entries(properties).flatMap(([key, inner]) => [key, ...keysOf(inner)]),
    ...(items ? keysOf(items) : []),
    ...allOf.flatMap(({ then }) => (then ? keysOf(then) : [])),
  ];
}

test.each(['settings', 'client', 'integration'])('every key of the %s schema has a row with its meaning', (name) => {
  const schema = JSON.parse(readFileSync(join(ROOT, `schema/${name}.schema.json`), 'utf8'));
  const keys = [...new Set(keysOf(schema))];
  expect(keys.length).toBeGreaterThan(8);
  expect(keys.filter((key) => !new RegExp(`^\\| \`${key}\` \\| .+ \\| .+ \\|$`, 'm').test(TABLES))).toEqual([]);
});

test('every row of the tables has a default and a meaning', () => {
  const rows = TABLES.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows.length).toBeGreaterThan(70);
  expect(rows.filter((row) => !/^\| `\w+` \| .+ \| .+ \|$/.test(row))).toEqual([]);
});

test.each(['internal', 'accept', 'company', 'accessLogs', 'lifecycle', 'trusts', 'trustAnchor', 'subject'])(
  'what is inside %s has a table, once',
  (key) => {
    expect(TABLES.split(`### inside \`${key}\`\n`)).toHaveLength(2);
  },
);

/** The files that the page writes out, by name. */
const FILES = Object.fromEntries(
  [...PAGE.matchAll(/^```yaml\n# integrations\/(\S+)\n([\s\S]*?)^```$/gm)].map(([, file = '', text = '']) => [
    file,
    text,
  ]),
);

test('what the page writes out passes check, without a warning', () => {
  const { 'settings.yaml': settings = '', ...definitions } = FILES;
  expect(Object.keys(definitions)).toHaveLength(2);
  const found = inFolder({ 'kohler/client.yaml': '', ...definitions }, (dir) => load(dir, { today: '2026-11-22' }));
  expect(found.problems.map(({ severity, code }) => [severity, code])).toEqual([['accepted', 'long-lived-key']]);
  // On the day of `until`, as the page says.
  const later = inFolder({ 'kohler/client.yaml': '', ...definitions }, (dir) => load(dir, { today: '2027-05-31' }));
  expect(later.problems.map(({ code }) => code).sort()).toEqual([
    'acceptance-ended',
    'long-lived-key',
    'review-overdue',
  ]);
  const required = inFolder({ 'settings.yaml': settings, 'kohler/client.yaml': '', ...definitions }, (dir) =>
    load(dir),
  );
  expect(required.problems.filter(({ code }) => code === 'required-key').map(({ file }) => file)).toEqual([
    ...['kohler/adobe.yaml', 'kohler/adobe.yaml'],
    ...['kohler/sentinel.yaml', 'kohler/sentinel.yaml', 'kohler/sentinel.yaml'],
  ]);
});
