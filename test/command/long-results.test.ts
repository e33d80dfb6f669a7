import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLong, page, pagerOf } from '../../lib/command/host/pager';
import { prose } from '../../lib/command/terminal/prose';
import { inFolder } from '../support/folder';
import { run, runWith } from '../support/run';

const KEY = 'kind: access-key\nreason: It takes a key only\n';
const CLIENTS = { 'acme/client.yaml': '', 'acme/tool.yaml': KEY, 'kohler/client.yaml': '', 'kohler/tool.yaml': KEY };
const BROKEN = { ...CLIENTS, 'kohler/bad.yaml': 'kind: ftp\n' };

describe('--client', () => {
  test.each(['list', 'access'])('limits %s, and reads no other files', async (verb) => {
    await inFolder(BROKEN, async (dir) => {
      const { exit, out, err } = await run(verb, '--client', 'acme', '--dir', dir);
      expect([exit, err]).toEqual([0, '']);
      expect(out).toContain('acme_tool');
      expect(out).not.toContain('kohler');
      const asked = await run(verb, '--client', 'kohler', '--dir', dir, '--json');
      expect(asked.exit).toBe(1);
      const nobody = await run(verb, '--client', 'acmee', '--dir', dir);
      expect([nobody.exit, nobody.err]).toEqual([1, expect.stringContaining('there is no client')]);
    });
  });

  test('limits the report', async () => {
    await inFolder(CLIENTS, async (dir) => {
      const { out } = await run('report', '--json', '--client', 'acme', '--dir', dir);
      expect(JSON.parse(out).integrations.map((each: { integration: string }) => each.integration)).toEqual([
        'acme_tool',
      ]);
    });
  });

  test('is no second name', async () => {
    expect(await run('access', 'kohler', '--client', 'acme')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('NAME and --client contradict each other'),
    });
  });
});

describe("one client's errors", () => {
  test.each(['list', 'access'])('do not keep %s from showing the others', async (verb) => {
    await inFolder(BROKEN, async (dir) => {
      const { exit, out, err } = await run(verb, '--dir', dir);
      expect(exit).toBe(1);
      expect(out).toContain('acme_tool');
      expect(out).not.toContain('kohler_tool');
      expect(err).toMatch(/kohler\/bad\.yaml:1:7: error\[[a-z-]+\]: .*\nnot shown, because of 1 error: kohler\n$/);
    });
  });

  test('are nothing to who asks for another one', async () => {
    await inFolder(BROKEN, async (dir) => {
      for (const words of [
        ['access', 'acme_tool'],
        ['access', 'acme'],
        ['handoff', 'acme_tool'],
      ])
        expect(await run(...words, '--dir', dir)).toMatchObject({ exit: 0, out: expect.stringContaining('acme') });
      expect(await run('access', 'kohler_tool', '--dir', dir)).toMatchObject({ exit: 1, out: '' });
    });
  });

  test('of the settings are of everybody', async () => {
    await inFolder({ ...CLIENTS, 'settings.yaml': 'regoin: x\n' }, async (dir) => {
      expect(await run('list', '--dir', dir)).toMatchObject({ exit: 1, out: '' });
    });
  });
});

describe('on a terminal', () => {
  test('prose goes on at a word, under the words above', () => {
    const arn = `arn:aws:iam::111122223333:role/${'x'.repeat(40)}`;
    expect(prose(`  - ${arn} may list and read under adobe/`, 40)).toBe(
      `  - ${arn}\n    may list and read under adobe/`,
    );
    expect(prose('one two three four five six seven', 20, 2)).toBe('one two three four\n  five six seven');
    expect(prose('short\n\nlines', 20)).toBe('short\n\nlines');
    expect(prose('not for files or pipes, which have no width', undefined)).not.toContain('\n');
  });

  test.each([60, 80, 120, 200])('vendors show, and the errors of check, fit %d columns', async (width) => {
    // A word that is longer than the terminal, an address for one, stands alone.
    const widest = (text: string) =>
      Math.max(...text.split('\n').map((line) => (/^[\s-]*\S+$/.test(line) ? 0 : line.length)));
    const { out } = await runWith({ width }, 'vendors', 'show', 'boomi');
    expect(widest(out)).toBeLessThanOrEqual(width);
    expect(out.replace(/\s+/g, ' ')).toBe((await run('vendors', 'show', 'boomi')).out.replace(/\s+/g, ' '));
    await inFolder({ 'kohler/client.yaml': '', 'kohler/x.yaml': 'kind: access-key\nprefix: a*b\n' }, async (dir) => {
      const { err } = await runWith({ errWidth: width }, 'check', '--dir', dir);
      expect(widest(err)).toBeLessThanOrEqual(Math.max(width, dir.length + 80));
      const plain = await run('check', '--dir', dir);
      expect(err.replace(/\n {2}/g, ' ')).toBe(plain.err);
    });
  });

  test('a long list goes to the pager, and is summed up', async () => {
    const many = Array.from({ length: 30 }, (_, at) => [
      `acme/v${at}.yaml`,
      `${KEY}status: ${at < 3 ? 'suspended' : 'active'}\n`,
    ]);
    await inFolder({ ...CLIENTS, ...Object.fromEntries(many) }, async (dir) => {
      const paged: string[] = [];
      const pager = async (text: string) => void paged.push(text);
      const { out, err } = await runWith({ width: 100, page: pager }, 'list', '--dir', dir);
      expect([out, paged.length]).toEqual(['', 1]);
      expect(paged[0]).toContain('acme_v29');
      expect(err).toContain('32 integrations of 2 clients: 29 active, 3 suspended; --client NAME shows one client\n');
      const json = await runWith({ width: 100, page: pager }, 'list', '--dir', dir, '--json');
      expect([JSON.parse(json.out).length, paged.length]).toEqual([2, 1]);
    });
  });

  test('the pager is that of the environment, or less, or none', () => {
    expect(pagerOf({})).toEqual(['less']);
    expect(pagerOf({ PAGER: 'more -s' })).toEqual(['more', '-s']);
    for (const env of [{ PAGER: '' }, { PAGER: 'cat' }, { TERM: 'dumb' }]) expect(pagerOf(env)).toBeUndefined();
    expect(isLong('a\n'.repeat(9), { env: {}, rows: 10, columns: 80 })).toBe(false);
    expect(isLong('a\n'.repeat(10), { env: {}, rows: 10, columns: 80 })).toBe(true);
    expect(isLong('x'.repeat(900), { env: {}, rows: 10, columns: 80 })).toBe(true);
  });

  test('a pager gets the text whole; where it cannot be run, the text is written', async () => {
    await inFolder(
      { 'pager.js': "require('fs').writeFileSync(process.argv[2], require('fs').readFileSync(0))" },
      async (dir) => {
        const written: string[] = [];
        const show = (PAGER: string, rows = 2) =>
          page('a\nb\nc\n', { env: { ...process.env, PAGER }, rows, columns: 80 }, (text) => written.push(text));
        await show(`${process.execPath} ${join(dir, 'pager.js')} ${join(dir, 'seen')}`);
        expect([written, readFileSync(join(dir, 'seen'), 'utf8')]).toEqual([[], 'a\nb\nc\n']);
        await show('no-such-pager-here');
        await show('less', 10);
        expect(written).toEqual(['a\nb\nc\n', 'a\nb\nc\n']);
      },
    );
  });
});

test.each([
  ['vendors show', 'vendors show'],
  ['rotate', 'rotate'],
  ['new --kind ftp', 'new'],
  ['no-such-command', ''],
])('wrong usage of %p names its help', async (words, path) => {
  const { exit, err } = await run(...words.split(' '));
  expect([exit, err]).toEqual([
    2,
    expect.stringContaining(`; bucket-integrations ${path}${path && ' '}--help shows the usage\n`),
  ]);
});
