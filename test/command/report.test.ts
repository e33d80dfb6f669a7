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
      err: 'the page is for a browser: add --out report.html, or --json for the data\n',
    });
    expect((await runWith({ width: 80 }, 'report', '--dir', EXAMPLES, '--out', '-')).out).toContain('<!doctype html>');
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
        expect(err).toMatch(/cannot be written \(E[A-Z]+\): name a file in a folder that exists\n$/);
      }
      writeFileSync(join(dir, 'kept.html'), 'kept');
      expect((await run('report', '--dir', EXAMPLES, '--out', dir)).exit).toBe(1);
      expect(readdirSync(dir).sort()).toEqual(['file.txt', 'kept.html']);
    });
  });
});
