import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from '../support/folder';
import { withoutRisks } from '../support/risks';
import { run, runWith } from '../support/run';

const EXAMPLES = join(__dirname, '../data/examples');

describe('report', () => {
  test('writes the page to standard output', async () => {
    const { exit, out, err } = await run('report', '--dir', EXAMPLES);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toMatch(/^<!doctype html>\n[\s\S]*<\/html>\n$/);
    expect(out).toContain('as of 2026-11-22');
  });

  test('writes it to a file, over the one before, and says so', async () => {
    await inFolder({ 'report.html': 'the one before' }, async (dir) => {
      const file = join(dir, 'report.html');
      expect(await run('report', '--dir', EXAMPLES, '--out', file)).toEqual({
        exit: 0,
        out: '',
        err: `wrote ${file}: 3 clients, 9 integrations; open it in a browser\n`,
      });
      expect(readFileSync(file, 'utf8')).toBe((await run('report', '--dir', EXAMPLES)).out);
      expect(readdirSync(dir)).toEqual(['report.html']);
    });
  });

  test('gives the data as JSON, on a terminal too', async () => {
    const { exit, out } = await runWith({ width: 80 }, 'report', '--dir', EXAMPLES, '--json', '--today', '2027-05-31');
    expect(exit).toBe(0);
    const { today, dates, problems } = JSON.parse(out);
    expect([today, dates[0].days, withoutRisks<{ code: string }>(problems)[0]?.code]).toEqual([
      '2027-05-31',
      0,
      'review-overdue',
    ]);
  });

  test('does not pour a page over a terminal, unless it is asked to', async () => {
    expect(await runWith({ width: 80 }, 'report', '--dir', EXAMPLES)).toEqual({
      exit: 2,
      out: '',
      err: 'error[page-on-terminal]: the page is for a browser; add --out report.html, or --json for the data\n',
    });
    expect((await runWith({ width: 80 }, 'report', '--dir', EXAMPLES, '--out', '-')).out).toContain('<!doctype html>');
  });

  const ACCOUNT = {
    ...{ format: 'bucket-integrations/snapshot@1', account: '111122223333', partition: 'aws', regions: ['eu-west-1'] },
    collectedAt: '2026-11-21T10:00:00Z',
    accessKeys: [
      {
        ...{ UserName: 'kohler_adobe', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Active' },
        ...{ CreateDate: '2025-01-01T00:00:00Z', LastUsedDate: '2026-11-20T00:00:00Z' },
      },
    ],
  };
  const USAGE = {
    ...{ from: '2026-11-01T00:00:00Z', to: '2026-11-21T00:00:00Z', lines: 1, skipped: 0, strangers: [] },
    integrations: [
      {
        ...{ integration: 'kohler_reltio', lastSeen: '2026-11-19T00:00:00Z', lastList: null, lastWrite: null },
        ...{ lastRead: '2026-11-19T00:00:00Z', lastDelete: null, requests: 3, denied: [], unused: ['write'] },
      },
    ],
  };

  test('shows what an account and logs say of each integration', async () => {
    const files = {
      'in/settings.yaml': 'account: "111122223333"\nregion: eu-west-1\n',
      'in/kohler/client.yaml': '',
      'in/kohler/adobe.yaml': 'kind: access-key\nreason: it takes a key only\n',
      'in/kohler/reltio.yaml': 'kind: direct-trust\nprincipals: [arn:aws:iam::444455556666:role/x]\n',
      'a.json': JSON.stringify(ACCOUNT),
      'u.json': JSON.stringify(USAGE),
    };
    await inFolder(files, async (dir) => {
      const seen = ['--snapshot', join(dir, 'a.json'), '--usage', join(dir, 'u.json')];
      const { exit, out } = await run('report', '--dir', join(dir, 'in'), '--json', ...seen);
      const { integrations, source, account } = JSON.parse(out);
      const of = (name: string) =>
        integrations.find(({ integration }: { integration: string }) => integration === name);
      expect(exit).toBe(0);
      expect(of('kohler_adobe')).toMatchObject({ keyDays: 690, idle: 2, deployed: { verdict: 'unknown' } });
      expect(of('kohler_reltio')).toMatchObject({ idle: 3, did: 'read' });
      expect(account).toMatchObject({ accounts: ['111122223333'], collectedAt: '2026-11-21T10:00:00Z' });
      expect(source).toEqual({ folder: 'in', changed: false });
      expect(out).not.toContain('AKIA');
    });
  });

  test.each([
    ['not JSON', '{', 'u.json: it ends too early; name a file that usage --json wrote'],
    ['another document', '{"from": null}', 'u.json: to is missing; name a file that usage --json wrote'],
    ['a wrong value', JSON.stringify({ ...USAGE, strangers: [1] }), 'strangers[0] should be an object; it is 1'],
    ['too deep', '['.repeat(50), 'u.json: it is nested deeper than 10 levels'],
  ])('a file of usage that is %s is refused in a line', async (_, text, said) => {
    await inFolder({ 'u.json': text }, async (dir) => {
      const { exit, out, err } = await run('report', '--dir', EXAMPLES, '--json', '--usage', join(dir, 'u.json'));
      expect([exit, err.split('\n')]).toEqual([1, [expect.stringContaining(said), '']]);
      expect(out).not.toContain('<!doctype');
    });
  });

  test('writes nothing of a folder that is wrong', async () => {
    await inFolder({ 'kohler/client.yaml': 'regoin: eu-west-1\n' }, async (dir) => {
      const file = join(dir, '../never.html');
      const { exit, out, err } = await run('report', '--dir', dir, '--out', file);
      expect([exit, out, existsSync(file)]).toEqual([1, '', false]);
      expect(err).toContain('error[unknown-key]');
    });
  });

  test('says where it cannot write, and leaves nothing behind', async () => {
    await inFolder({ 'file.txt': '' }, async (dir) => {
      for (const file of [join(dir, 'nowhere/report.html'), join(dir, 'file.txt/report.html')]) {
        const { exit, err } = await run('report', '--dir', EXAMPLES, '--out', file);
        expect(exit).toBe(1);
        expect(err).toMatch(/cannot be written \(E[A-Z]+\); name a file in a folder that exists\n$/);
      }
      writeFileSync(join(dir, 'kept.html'), 'kept');
      expect((await run('report', '--dir', EXAMPLES, '--out', dir)).exit).toBe(1);
      expect(readdirSync(dir).sort()).toEqual(['file.txt', 'kept.html']);
    });
  });
});
