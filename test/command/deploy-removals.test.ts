import { deployed, FILES, made, NEW, runIn } from '../support/deploying';
import type { FakeCloud } from '../support/fake-cloud';
import type { GitFolder } from '../support/git-folder';

// Many runs of git, each a process, beside whatever else the machine does.
jest.setTimeout(60_000);

describe('ending several clients at once', () => {
  const NAMES = ['a', 'b', 'c', 'd'];
  const four = Object.fromEntries(NAMES.map((name) => [`integrations/${name}/client.yaml`, '']));
  const END = ['deploy', '--base', 'HEAD~1', '--end-removed'];

  async function without(names: readonly string[], settings?: string): Promise<[GitFolder, FakeCloud]> {
    const repository = made({ ...FILES, ...four, ...(settings && { 'integrations/settings.yaml': settings }) });
    const cloud = await deployed(repository);
    repository.commit({}, ...names.map((name) => `integrations/${name}`));
    return [repository, cloud];
  }

  test.each<[string, readonly string[], string | undefined, string, string]>([
    [
      'more than three',
      NAMES,
      undefined,
      '--end-removed',
      '4 clients are removed (a, b, c and d), and settings.yaml allows 3 at once (removeAtMost); nothing was changed; if this is intended, add --end-removed=4',
    ],
    [
      'more than the settings say',
      ['a'],
      'removeAtMost: 0\n',
      '--end-removed',
      '1 client is removed (a), and settings.yaml allows 0 at once',
    ],
    [
      'more than the number',
      NAMES,
      undefined,
      '--end-removed=3',
      '4 clients are removed (a, b, c and d), and not 3; nothing was changed',
    ],
    [
      'fewer than the number',
      ['a'],
      undefined,
      '--end-removed=2',
      '1 client is removed (a), and not 2; nothing was changed',
    ],
    [
      'none, where there is a number',
      [],
      undefined,
      '--end-removed=1',
      '0 clients are removed, and not 1; nothing was changed',
    ],
  ])('%s is refused before anything is changed', async (_, names, settings, option, message) => {
    const [repository, cloud] = await without(names, settings);
    repository.commit({ ...NEW, 'integrations/acme/client.yaml': 'tags: {a: b}\n' });
    const before = cloud.state;
    for (const more of [[], ['--dry-run']]) {
      const words = ['deploy', '--base', 'HEAD~2', option, ...more];
      const { exit, out, err, asked } = await runIn(repository, words, { cloud });
      expect([exit, out, asked, cloud.state]).toEqual([1, '', [], before]);
      expect(err).toContain(message);
    }
  });

  test.each<[string, readonly string[], string | undefined, string]>([
    ['three', ['a', 'b', 'c'], undefined, '--end-removed'],
    ['as many as the settings say', NAMES, 'removeAtMost: 4\n', '--end-removed'],
    ['that number', NAMES, undefined, '--end-removed=4'],
    ['one, where that is said', ['a'], 'removeAtMost: 0\n', '--end-removed=1'],
  ])('%s are ended', async (_, names, settings, option) => {
    const [repository, cloud] = await without(names, settings);
    expect(await runIn(repository, [...END.slice(0, -1), option], { cloud })).toMatchObject({ exit: 0 });
    const left = [...cloud.stacks.values()].map(({ name }) => name.replace('integrations-', ''));
    expect(left.sort()).toEqual(['acme', 'kohler', ...NAMES.filter((name) => !names.includes(name))].sort());
  });

  test('the number is the same for the run that goes on after one that was cut', async () => {
    const [repository, cloud] = await without(NAMES);
    cloud.fails = ([, verb, id]) => verb === 'destroy' && id === 'c';
    const words = [...END.slice(0, -1), '--end-removed=4'];
    expect(await runIn(repository, words, { cloud })).toMatchObject({ exit: 1 });
    cloud.fails = () => false;
    expect(await runIn(repository, words, { cloud })).toMatchObject({ exit: 0 });
    expect(cloud.stacks.size).toBe(2);
  });

  test.each(['-1', 'many', '1.5', '01', ''])('%j is no number of clients', async (value) => {
    const { exit, err } = await runIn(made(), ['deploy', '--all', `--end-removed=${value}`]);
    expect([exit, err]).toEqual([2, expect.stringContaining('write how many clients are removed')]);
  });
});
