import { join } from 'node:path';
import type { Host } from '../../lib/command/host/host';
import { watched } from '../../lib/command/terminal/progress';
import { inFolder } from '../support/folder';
import { linesWithoutRisks } from '../support/risks';
import { run, runWith } from '../support/run';

const EXAMPLES = join(__dirname, '../data/examples');

/** A clock by which every look at it takes so long. */
function slow(step: number): () => number {
  let now = 0;
  return () => {
    now += step;
    return now;
  };
}

describe('progress', () => {
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`client-${at}/client.yaml`, '']));

  test('is shown from a second on, with counts, and goes away', async () => {
    await inFolder(files, async (dir) => {
      const lines: string[] = [];
      const progress = (line: string) => lines.push(line);
      const { exit, err } = await runWith({ progress, clock: slow(60) }, 'list', '--json', '--dir', dir);
      expect([exit, err]).toEqual([0, '']);
      // The 17th look at the clock is the first a second later; from then on every other one is told.
      expect(lines.slice(0, 2)).toEqual(['reading: 17 of 30 clients', 'reading: 19 of 30 clients']);
      expect(lines.at(-2)).toMatch(/^checking: (?:29|30) of 30 clients$/);
      expect(lines.at(-1)).toBe('');
    });
  });

  test('of what is quick is not shown', async () => {
    const lines: string[] = [];
    await runWith({ progress: (line) => lines.push(line), clock: slow(1) }, 'list', '--dir', EXAMPLES);
    expect(lines).toEqual([]);
  });

  describe('of what is waited for', () => {
    beforeEach(() => jest.useFakeTimers());
    afterEach(() => jest.useRealTimers());

    test.each([
      [900, []],
      [1100, ['asking AWS …', '']],
    ])('in %d ms is %p', async (takes, shown) => {
      const lines: string[] = [];
      const answer = new Promise<string>((resolve) => setTimeout(() => resolve('answer'), takes));
      const host = { progress: (line: string) => lines.push(line) } as unknown as Host;
      const waiting = watched('asking AWS', host, answer);
      await jest.advanceTimersByTimeAsync(takes);
      expect(await waiting).toBe('answer');
      expect(lines).toEqual(shown);
    });

    test('goes away where it fails', async () => {
      const lines: string[] = [];
      const fails = new Promise((_, reject) => setTimeout(() => reject(new Error('denied')), 2000));
      const host = { progress: (line: string) => lines.push(line) } as unknown as Host;
      const waiting = expect(watched('asking AWS', host, fails)).rejects.toThrow('denied');
      await jest.advanceTimersByTimeAsync(2000);
      await waiting;
      expect(lines).toEqual(['asking AWS …', '']);
    });
  });
});

describe('the next command', () => {
  const atTerminal = (...argv: string[]) => runWith({ progress: () => {}, clock: () => 0 }, ...argv);

  test.each([
    [['check'], `npx cdk diff -c integrations=${EXAMPLES} shows`],
    [['list'], 'npx bucket-integrations access NAME'],
    [['vendors'], `npx bucket-integrations vendors show NAME --dir ${EXAMPLES}`],
    [['vendors', 'show', 'boomi'], 'npx bucket-integrations new CLIENT boomi'],
  ])('after %p is named at a terminal, and nowhere else', async (argv, next) => {
    const { out, err } = await atTerminal(...argv, '--dir', EXAMPLES);
    const [said, ...warnings] = err.split('\n').slice(0, -1).reverse();
    expect(said).toMatch(new RegExp(`^next: ${next}[^\n]*$`));
    expect(linesWithoutRisks(warnings)).toEqual([]);
    expect(await run(...argv, '--dir', EXAMPLES)).toEqual({ exit: 0, out, err: err.replace(`${said}\n`, '') });
    expect((await atTerminal(...argv, '--json', '--dir', EXAMPLES)).err).toBe('');
  });

  test('after errors is to mend them, and in an empty folder to begin', async () => {
    await inFolder({ 'a/client.yaml': 'x: y\n' }, async (dir) => {
      expect((await atTerminal('check', '--dir', dir)).err).toContain('next: fix the errors above');
    });
    await inFolder({ 'settings.yaml': '' }, async (dir) => {
      for (const command of ['check', 'list']) {
        expect((await atTerminal(command, '--dir', dir)).err).toContain(
          `next: npx bucket-integrations new --dir ${dir} writes`,
        );
      }
    });
  });
});

describe('help', () => {
  /** The help of a command and of all commands below it. */
  async function everyHelp(path: readonly string[] = []): Promise<{ path: readonly string[]; help: string }[]> {
    const { out } = await run(...path, '--help');
    const listed = /\nCommands:\n([\s\S]*?)(?:\n\n|$)/.exec(out)?.[1] ?? '';
    const names = [...listed.matchAll(/^ {2}([a-z-]+)/gm)]
      .map(([, name]) => name ?? '')
      .filter((name) => name !== 'help');
    const below = await Promise.all(names.map((name) => everyHelp([...path, name])));
    return [{ path, help: out }, ...below.flat()];
  }

  test('has examples for every command, which are commands', async () => {
    const all = await everyHelp();
    expect(all.length).toBeGreaterThan(11);
    const helpOf = new Map(all.map(({ path, help }) => [path.join(' '), help]));
    for (const { path, help } of all) {
      const examples = [...(help.split('\nExamples:\n')[1] ?? '').matchAll(/^ {2}bucket-integrations (.+)$/gm)].map(
        ([, words]) => words ?? '',
      );
      expect([path, examples.length > 0]).toEqual([path, true]);
      for (const example of examples.filter((words) => !words.startsWith('COMMAND'))) {
        const words = example.split(' ');
        const command = [2, 1].map((count) => words.slice(0, count).join(' ')).find((name) => helpOf.has(name)) ?? '';
        expect([example, command]).not.toEqual([example, '']);
        for (const [option] of example.matchAll(/(?<= )--[a-z-]+/g))
          expect(helpOf.get(command)).toContain(`  ${option}`);
      }
    }
  });

  test('fits the terminal', async () => {
    const { out } = await runWith({ width: 60 }, 'new', '--help');
    const [, options = ''] = out.split('\nOptions:\n');
    for (const line of options.split('\n\n')[0]?.split('\n') ?? []) expect(line.length).toBeLessThanOrEqual(60);
  });
});
