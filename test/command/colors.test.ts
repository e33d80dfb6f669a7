import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Colors } from '../../lib/command/host/colors';
import { colorsOf, painter, shown } from '../../lib/command/terminal/colors';
import { inFolder } from '../support/folder';
import { run, runWith } from '../support/run';

const ROOT = join(__dirname, '../..');
const EXAMPLES = join(ROOT, 'test/data/examples');
const BOTH: Colors = { out: true, err: true };
const NONE: Colors = { out: false, err: false };
const OUT: Colors = { out: true, err: false };
const ESCAPE = '\u001b';

test.each<[string, Record<string, string>, Colors, Colors]>([
  ['terminals', {}, BOTH, BOTH],
  ['pipes', {}, NONE, NONE],
  ['one of them a pipe', {}, OUT, OUT],
  ['NO_COLOR', { NO_COLOR: '1' }, BOTH, NONE],
  ['an empty NO_COLOR', { NO_COLOR: '' }, BOTH, BOTH],
  ['FORCE_COLOR', { FORCE_COLOR: '1' }, NONE, BOTH],
  ['an empty FORCE_COLOR', { FORCE_COLOR: '' }, NONE, NONE],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, BOTH, NONE],
  ['both', { NO_COLOR: '1', FORCE_COLOR: '1' }, NONE, NONE],
  ['a dumb terminal', { TERM: 'dumb' }, BOTH, NONE],
])('%s decide', (_, env, terminals, expected) => {
  expect(colorsOf({ env, terminals })).toEqual(expected);
});

describe('a folder with every severity', () => {
  const files = {
    'kohler/client.yaml': 'regoin: eu-west-1\n',
    'kohler/adobe.yaml': 'kind: access-key\nreason: x\nreviewBy: 2026-12-01\n',
  };

  test.each([['check'], ['list'], ['check', '--today', '2020-01-01']])(
    '%s says the same with colours as without',
    async (...argv) => {
      await inFolder(files, async (dir) => {
        const plain = await run(...argv, '--dir', dir);
        const colored = await runWith({ colors: BOTH }, ...argv, '--dir', dir);
        expect(plain.out + plain.err).not.toContain(ESCAPE);
        expect(colored.err).toContain(`${ESCAPE}[31merror[unknown-key]${ESCAPE}[39m`);
        const { exit, out, err } = colored;
        expect({ exit, out: stripVTControlCharacters(out), err: stripVTControlCharacters(err) }).toEqual(plain);
      });
    },
  );
});

test.each([
  ['list'],
  ['access'],
  ['check'],
  ['vendors'],
  ['--help'],
  ['access', '--help'],
  ['chekc'],
  ['access', 'kohler_adbe'],
])('%s %s says the same with colours as without', async (...words) => {
  const argv = words.filter((word) => word !== undefined);
  const command = argv[0] === '--help' || argv[0] === 'chekc' ? argv : [...argv, '--dir', EXAMPLES];
  const plain = await run(...command);
  const { exit, out, err } = await runWith({ colors: BOTH }, ...command);
  expect(plain.out + plain.err).not.toContain(ESCAPE);
  expect(out + err).toContain(ESCAPE);
  expect({ exit, out: stripVTControlCharacters(out), err: stripVTControlCharacters(err) }).toEqual(plain);
});

test('what is redirected has no colours', async () => {
  const { out, err } = await runWith({ colors: { out: false, err: true } }, 'list', '--dir', EXAMPLES);
  expect(out + err).not.toContain(ESCAPE);
});

test.each([[['list', '--no-color']], [['--no-color', 'list']]])('%p is plain on a terminal too', async (argv) => {
  expect((await runWith({ colors: BOTH }, ...argv, '--dir', EXAMPLES)).out).not.toContain(ESCAPE);
});

test('JSON never has colours', async () => {
  for (const command of ['check', 'list', 'access', 'vendors']) {
    const { out } = await runWith({ colors: BOTH }, command, '--json', '--dir', EXAMPLES);
    expect(() => JSON.parse(out)).not.toThrow();
  }
});

test('access keys and who is not let in stand out', async () => {
  const { out } = await runWith({ colors: BOTH }, 'list', '--dir', EXAMPLES);
  expect(out).toContain(`${ESCAPE}[33maccess-key${ESCAPE}[39m`);
  expect(out).toContain(`${ESCAPE}[36mpending${ESCAPE}[39m`);
  expect(out).not.toContain('massumed-role');
});

test('the process itself takes them from its environment', () => {
  const listed = (env: Record<string, string>) => {
    const inherited = { ...process.env };
    for (const name of ['NO_COLOR', 'FORCE_COLOR', 'TERM']) delete inherited[name];
    const command = join(ROOT, 'bin/bucket-integrations');
    return spawnSync(process.execPath, [command, 'list', '--dir', EXAMPLES], {
      env: { ...inherited, ...env },
      encoding: 'utf8',
    });
  };
  const piped = listed({});
  expect([piped.status, piped.stdout.includes(ESCAPE)]).toEqual([0, false]);
  expect(listed({ FORCE_COLOR: '1' }).stdout).toContain(ESCAPE);
  expect(listed({ FORCE_COLOR: '1', NO_COLOR: '1' }).stdout).toBe(piped.stdout);
});

test('of sequences, a terminal gets those of this program alone', () => {
  const own = painter(true)('red', 'no');
  const foreign = '\u001b[8mhidden\u001b[0m\u001b]0;title\u0007\u001b[2K\u001b[1;31m';
  expect(shown(`${own}\n${foreign}`, true)).toBe(
    `${own}\n\\u001b[8mhidden\\u001b[0m\\u001b]0;title\\u0007\\u001b[2K\\u001b[1;31m`,
  );
  expect(shown(own, false)).toBe('\\u001b[31mno\\u001b[39m');
});
