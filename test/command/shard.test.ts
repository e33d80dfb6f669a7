import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from '../support/folder';
import { run } from '../support/run';
import { allKinds } from '../verification/account-of-all-kinds';

/** Every client that a share of `verify` judges, by what it says of a snapshot in which nothing is. */
async function judged(dir: string, share: string): Promise<string[]> {
  const { out } = await run(
    'verify',
    '--dir',
    dir,
    '--snapshot',
    join(dir, '.account.json'),
    '--shard',
    share,
    '--json',
  );
  const clients: string[] = JSON.parse(out).findings.map(({ client }: { client: string | null }) => client);
  return [...new Set(clients)].filter((client) => client !== null).sort();
}

const files = {
  'settings.yaml': 'account: "111122223333"\nregion: eu-west-1\n',
  ...Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`${name}/client.yaml`, ''])),
};

function inEmptyAccount<T>(use: (dir: string) => Promise<T>): Promise<T> {
  return inFolder(files, async (dir) => {
    const { account } = allKinds();
    const lists = Object.entries(account).map(([key, value]) => [key, Array.isArray(value) ? [] : value]);
    const empty = { ...Object.fromEntries(lists), regions: ['eu-west-1'] };
    writeFileSync(join(dir, '.account.json'), JSON.stringify(empty));
    return use(dir);
  });
}

test('shares are every N-th client by name, and together all of them once', async () => {
  await inEmptyAccount(async (dir) => {
    expect(await judged(dir, '1/2')).toEqual(['a', 'c', 'e']);
    expect(await judged(dir, '2/2')).toEqual(['b', 'd']);
    expect(await judged(dir, '5/5')).toEqual(['e']);
    expect(await judged(dir, '1/1')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

test('usage takes a share too, and reads no other client’s files', async () => {
  await inFolder({ ...files, 'b/client.yaml': 'nonsense: [' }, async (dir) => {
    const log = join(dir, '.log');
    writeFileSync(log, '');
    const usage = (share: string) => run('usage', '--dir', dir, '--logs', log, '--shard', share, '--json');
    expect((await usage('1/2')).exit).toBe(0);
    expect((await usage('2/2')).exit).toBe(1);
  });
});

test.each([
  [['--shard', '0/2'], 'write which share of how many, such as 2/8'],
  [['--shard', '3/2'], 'write which share of how many, such as 2/8'],
  [['--shard', 'half'], 'write which share of how many, such as 2/8'],
  [['--shard', '1/2', '--client', 'a'], "'--client <name>'"],
  [['--shard', '6/6'], '6 shares are more than the 5 clients of '],
])('%j is refused, with what to do', async (argv, message) => {
  await inEmptyAccount(async (dir) => {
    const { exit, err, out } = await run('verify', '--dir', dir, '--snapshot', join(dir, '.account.json'), ...argv);
    expect(exit).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe('');
  });
});
