import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HOUSE, mayImport, type Room } from './support/house';
import { circles, packageOf, roomOf, type Source, sourcesOf, stronglyConnected } from './support/imports';

const ROOT = join(__dirname, '..');

/** What the package itself says of its version and of the CDK's flags. */
const MANIFESTS = ['package.json', 'cdk.json'];

/** What a source imports and its room may not, a sentence each. */
function trespasses({ file, imports }: Source, house: Readonly<Record<string, Room>> = HOUSE): string[] {
  const name = roomOf(file);
  const room = house[name];
  if (!room) return [`${file} is in lib/${name}, which has no place in the house`];
  return imports.flatMap((each): string[] => {
    const { specifier, target, lazy } = each;
    const sentence = `${file} imports ${specifier}`;
    if (specifier.startsWith('node:')) {
      const known = builtinModules.includes(specifier.slice('node:'.length));
      return !known || (specifier === 'node:fs' && !room.files) ? [sentence] : [];
    }
    if (specifier.startsWith('.')) {
      if (target === undefined) return [`${sentence}, which is not there`];
      if (MANIFESTS.includes(target) || roomOf(target) === name) return [];
      return mayImport(room, roomOf(target), lazy) ? [] : [sentence];
    }
    const from = packageOf(each);
    return from !== undefined && room.packages.includes(from) ? [] : [sentence];
  });
}

const house = sourcesOf(ROOT, ['lib']).filter(({ file }) => file !== 'lib/index.ts');
const rooms = [...new Set(house.map(({ file }) => roomOf(file)))];

test('every room has a place in the house', () => {
  expect(rooms.sort()).toEqual(Object.keys(HOUSE).sort());
});

test.each(rooms)('lib/%s imports what it may', (room) => {
  const wrong = house.filter(({ file }) => roomOf(file) === room).flatMap((source) => trespasses(source));
  expect(wrong).toEqual([]);
});

test('files are read in lib/files, within bounds or in pieces, and nowhere else', () => {
  const unbounded = /\b(?:readFile|readFileSync|readSync|open|openSync|openAsBlob|createReadStream|readv|readvSync)\b/;
  const found = sourcesOf(ROOT, ['lib', 'bin']).flatMap(({ file }) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const imported = [...text.matchAll(/import (.*?) from '(?:node:)?fs(\/promises)?'/g)];
    return imported.flatMap(([, names = '', promises]) =>
      promises !== undefined || !names.startsWith('{') || unbounded.test(names) ? [file] : [],
    );
  });
  expect(found.sort()).toEqual(['lib/files/bounded.ts', 'lib/files/pieces.ts', 'lib/files/write-whole.ts']);
});

test('no circles', () => {
  expect(circles(sourcesOf(ROOT, ['lib', 'bin']))).toEqual([]);
});

test('no arrows upwards: what rooms may import leads from floor to floor, never back', () => {
  const below = (name: string, { rooms, lazy = [] }: Room): string[] =>
    Object.keys(HOUSE).filter(
      (other) => other !== name && mayImport({ ...HOUSE[name], rooms, lazy } as Room, other, true),
    );
  expect(stronglyConnected(new Map(Object.entries(HOUSE).map(([name, room]) => [name, below(name, room)])))).toEqual(
    [],
  );
});

test('the constructs never reach the definitions, and so neither YAML nor zod', () => {
  const [index] = sourcesOf(ROOT, ['lib/index.ts']);
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { target } of house.find((source) => source.file === file)?.imports ?? []) if (target) visit(target);
  };
  for (const { target } of index?.imports ?? []) if (target) visit(target);
  const rooms = [...new Set([...reached].map(roomOf))].sort();
  expect(rooms).toEqual(['access', 'checks', 'constructs', 'files', 'proof', 'rules', 'templates', 'text']);
  // And jsii is given each of them.
  const [, given = ''] = /CONSTRUCTS = \[(.*)\]/.exec(readFileSync(join(ROOT, 'scripts/build.ts'), 'utf8')) ?? [];
  expect(given.match(/\w+/g)).toEqual(rooms);
});

test('tests import no scripts, so that the two lean one way', () => {
  const tests = sourcesOf(ROOT, ['test']);
  expect(
    tests.flatMap(({ file, imports }) =>
      imports.flatMap(({ target }) => (target?.startsWith('scripts/') ? [file] : [])),
    ),
  ).toEqual([]);
});

describe('the reader', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'house-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function sources(files: Readonly<Record<string, string>>): Source[] {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return sourcesOf(root, ['lib']);
  }

  const small = {
    low: { what: '', rooms: [], packages: [] },
    'low/deep': { what: '', rooms: ['low'], packages: [] },
    high: { what: '', rooms: ['low'], lazy: ['attic'], packages: ['yaml'] },
    attic: { what: '', rooms: [], packages: [] },
  } satisfies Record<string, Room>;

  /** Every way in which one file can name another. */
  const WAYS: readonly (readonly [string, (specifier: string) => string])[] = [
    ['import', (to) => `import { x } from '${to}';`],
    ['import over lines', (to) => `import {\n  x,\n  y,\n} from\n  "${to}";`],
    ['import for its effect', (to) => `import '${to}';`],
    ['import of a type', (to) => `import type { X } from '${to}';`],
    ['export from', (to) => `export * from '${to}';`],
    ['export of a type', (to) => `export type { X } from '${to}';`],
    ['import = require', (to) => `import x = require('${to}');`],
    ['dynamic import', (to) => `export const x = () => import('${to}');`],
    ['dynamic import of a template', (to) => `export const x = () => import(\`${to}\`);`],
    ['type by import', (to) => `export type X = import('${to}').X;`],
    ['typeof import', (to) => `export type X = typeof import('${to}');`],
    ['require', (to) => `const x = require('${to}');`],
    ['require of a type assertion', (to) => `const x = require("${to}") as { y: string };`],
    ['require.resolve', (to) => `const x = require.resolve('${to}');`],
  ];

  test.each(WAYS)('sees %s, upwards and of a package', (_, way) => {
    const wrong = (specifier: string, file = 'lib/low/a.ts') =>
      sources({ 'lib/high/b.ts': '', 'lib/high/deep/b.ts': '', [file]: way(specifier) })
        .filter((source) => source.file === file)
        .flatMap((source) => trespasses(source, small));
    expect(wrong('../high/b')).toEqual(['lib/low/a.ts imports ../high/b']);
    expect(wrong('yaml')).toEqual(['lib/low/a.ts imports yaml']);
    expect(wrong('node:fs')).toEqual(['lib/low/a.ts imports node:fs']);
    expect(wrong('../../high/b', 'lib/low/deep/a.ts')).toEqual(['lib/low/deep/a.ts imports ../../high/b']);
    expect(wrong('../low/a', 'lib/high/a.ts')).toEqual([]);
    expect(wrong('yaml', 'lib/high/a.ts')).toEqual([]);
  });

  test.each(WAYS)('sees a circle by %s', (_, way) => {
    const found = circles(
      sources({ 'lib/low/a.ts': way('./deep/b'), 'lib/low/deep/b.ts': way('../a'), 'lib/low/c.ts': way('./a') }),
    );
    expect(found).toEqual([['lib/low/a.ts', 'lib/low/deep/b.ts']]);
  });

  test('a longer circle is one, a diamond is none', () => {
    const by = (...to: string[]) => to.map((each) => `import './${each}';`).join('\n');
    expect(
      circles(
        sources({ 'lib/low/a.ts': by('b', 'c'), 'lib/low/b.ts': by('d'), 'lib/low/c.ts': by('d'), 'lib/low/d.ts': '' }),
      ),
    ).toEqual([]);
    expect(circles(sources({ 'lib/low/d.ts': by('a') }))).toEqual([
      ['lib/low/a.ts', 'lib/low/b.ts', 'lib/low/c.ts', 'lib/low/d.ts'],
    ]);
  });

  test('what is loaded only when it is needed may be further up, and is loaded in no other way', () => {
    const wrong = (text: string) =>
      sources({ 'lib/attic/b.ts': '', 'lib/high/a.ts': text })
        .filter(({ file }) => file === 'lib/high/a.ts')
        .flatMap((source) => trespasses(source, small));
    expect(wrong("export const x = () => import('../attic/b');")).toEqual([]);
    expect(wrong("import { x } from '../attic/b';")).toEqual(['lib/high/a.ts imports ../attic/b']);
  });

  test('an import whose name is computed, a file that is not there and an unknown room are all wrong', () => {
    const wrong = (file: string, text: string) =>
      sources({ [file]: text })
        .filter((source) => source.file === file)
        .flatMap((source) => trespasses(source, small));
    expect(wrong('lib/low/a.ts', 'export const x = (y: string) => import(y);')).toEqual([
      'lib/low/a.ts imports (computed)',
    ]);
    expect(wrong('lib/low/a.ts', "import './gone';")).toEqual(['lib/low/a.ts imports ./gone, which is not there']);
    expect(wrong('lib/shed/a.ts', '')).toEqual(['lib/shed/a.ts is in lib/shed, which has no place in the house']);
    expect(wrong('lib/low/a.js', "require('yaml');")).toEqual(['lib/low/a.js imports yaml']);
  });
});
