import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { load } from '../../lib/definitions/load';
import { problemLine } from '../../lib/definitions/yaml/problem';
import { withoutRisks } from '../support/risks';

// Two slow cores take a tenth of this; a bomb takes for ever.
const MOST_MS = 5_000;

/** Loads one hostile file; whatever it holds, the answer is a list of places. */
function loaded(content: string | Buffer, file = 'kohler/adobe.yaml') {
  const dir = mkdtempSync(join(tmpdir(), 'hostile-'));
  try {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, 'kohler', 'client.yaml'), '');
    writeFileSync(join(dir, file), content);
    const started = performance.now();
    const result = load(dir, { today: '2026-11-22' });
    expect(performance.now() - started).toBeLessThan(MOST_MS);
    for (const problem of result.problems) {
      expect(problem.line).toBeGreaterThan(0);
      expect(problem.column).toBeGreaterThan(0);
      expect(problem.message).not.toBe('');
      expect(problem.fix).not.toBe('');
      expect(problemLine(problem, dir)).not.toMatch(/[\r\n]/);
    }
    return result;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const VALID =
  'kind: access-key\nreason: It takes a key only\nprefix: exports/\naccess: [list, read]\nexpires: 2027-06-01\n';

const BOMB = `a: &a [x, x, x, x, x, x, x, x, x]\n${[...'bcdefghij']
  .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`).join(', ')}]`)
  .join('\n')}\nkind: *j\n`;

test.each<[string, string | Buffer]>([
  ['an alias bomb', BOMB],
  ['aliases of themselves', 'a: &a [*a]\nkind: *a\n'],
  ['a merge key', 'base: &b {kind: access-key}\n<<: *b\n'],
  ['ten megabytes', `kind: access-key\n${'# x\n'.repeat(2_500_000)}`],
  ['a key of sixty thousand letters', `${'k'.repeat(60_000)}: x\n`],
  ['sixty thousand open brackets', '['.repeat(60_000)],
  ['sixty thousand nested mappings', '{a: '.repeat(15_000)],
  ['deep block nesting', Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}a:\n`).join('')],
  ['ten thousand keys', Array.from({ length: 8_000 }, (_, at) => `k${at}: x\n`).join('')],
  ['NUL', 'kind: access\0key\n'],
  ['control characters', 'kind: "\u0007\u001b[31m"\nreason: \u001b]0;x\u0007\n'],
  ['not UTF-8', Buffer.from([0x6b, 0x69, 0x6e, 0x64, 0x3a, 0x20, 0xff, 0xfe])],
  ['UTF-16', Buffer.from(`\ufeff${VALID}`, 'utf16le')],
  ['a binary file', Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256))],
  ['custom tags', 'kind: !!js/function "function(){}"\nreason: !x y\n'],
  [
    'a prototype',
    '__proto__: {polluted: yes}\nconstructor: {prototype: {polluted: yes}}\nkind: access-key\nreason: x\n',
  ],
  ['directives', '%YAML 1.1\n%TAG ! tag:x,2000:\n---\nkind: access-key\n'],
  ['several documents', `${VALID}---\n${VALID}`],
  ['tabs', 'kind:\taccess-key\n\treason: x\n'],
  ['a list', '- kind: access-key\n'],
  ['a text', 'access-key\n'],
  ['a complex key', '? [a, b]\n: x\n'],
])('%s is refused at a place, soon, and leaves nothing behind', (_, content) => {
  expect(loaded(content).failed).toBe(true);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test.each<[string, string | Buffer]>([
  ['a byte order mark', `\ufeff${VALID}`],
  ['CRLF', VALID.replaceAll('\n', '\r\n')],
  ['comments and blank lines', `\n# one\n\n${VALID}\n# two\n...\n`],
])('%s is read', (_, content) => {
  expect(withoutRisks(loaded(content).problems)).toEqual([]);
});

test('whatever is done to a valid file, the answer is places or a deployment', () => {
  const edits = fc.array(
    fc.record({
      at: fc.nat(VALID.length),
      remove: fc.nat(8),
      insert: fc.oneof(
        fc.string({ maxLength: 6, unit: 'binary' }),
        fc.constantFrom(
          '\n',
          '\t',
          ': ',
          '- ',
          '[',
          ']',
          '{',
          '}',
          '&a ',
          '*a',
          '!!int ',
          '|\n',
          '>\n',
          '"',
          "'",
          '%',
          '\0',
          '\ufeff',
          '---\n',
          '? ',
          '<<: ',
          '\u0024{x}',
          '*',
          '../',
          '012',
          '~',
          'true',
        ),
      ),
    }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(edits, (list) => {
      const text = list.reduce(
        (now, { at, remove, insert }) => now.slice(0, at) + insert + now.slice(at + remove),
        VALID,
      );
      const { failed, deployment } = loaded(text);
      if (failed) return;
      const [integration] = deployment.clients[0]?.integrations ?? [];
      expect(integration?.prefix ?? '').toMatch(/^(?:[A-Za-z0-9!_.'()=+@,:-]+\/)+$/);
    }),
    { seed: 20261122, numRuns: 400 },
  );
});

describe('the folder itself', () => {
  const at = (make: (dir: string) => void) => {
    const dir = mkdtempSync(join(tmpdir(), 'hostile-'));
    try {
      mkdirSync(join(dir, 'kohler'));
      make(dir);
      return load(dir).problems.map(({ file, code }) => `${file} ${code}`);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  };

  test('symbolic links out of it are refused, wherever they are', () => {
    const found = at((dir) => {
      writeFileSync(join(dir, 'kohler/client.yaml'), '');
      symlinkSync('/etc', join(dir, 'other'));
      symlinkSync('/etc/hostname', join(dir, 'kohler/adobe.yaml'));
      symlinkSync('nowhere', join(dir, 'kohler/braze.yaml'));
      symlinkSync('/etc/hostname', join(dir, 'settings.yaml'));
    });
    expect(found).toEqual([
      'kohler/adobe.yaml not-a-file',
      'kohler/braze.yaml not-a-file',
      'other not-a-file',
      'settings.yaml not-a-file',
    ]);
  });

  test('folders where files should be, and the reverse', () => {
    const found = at((dir) => {
      mkdirSync(join(dir, 'kohler/client.yaml'));
      mkdirSync(join(dir, 'kohler/adobe.yaml'));
      mkdirSync(join(dir, 'settings.yaml'));
      writeFileSync(join(dir, 'acme'), '');
    });
    expect(found).toEqual(
      expect.arrayContaining([
        'acme unexpected-file',
        'kohler/adobe.yaml unexpected-folder',
        'kohler/client.yaml unexpected-folder',
      ]),
    );
    expect(found.some((line) => line.startsWith('settings.yaml'))).toBe(true);
  });
});
