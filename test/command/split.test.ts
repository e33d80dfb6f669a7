import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from '../support/folder';
import { GitFolder } from '../support/git-folder';
import { run } from '../support/run';

const ROLE = 'kind: assumed-role\nstatus: pending # until they say\n';
const vendor = (at: number) => `v${String(at).padStart(3, '0')}`;

function files(count: number, folder = 'integrations/'): Record<string, string> {
  const all = Array.from({ length: count }, (_, at) => [`${folder}kohler/${vendor(at)}.yaml`, ROLE]);
  return { [`${folder}kohler/client.yaml`]: '', ...Object.fromEntries(all) };
}

describe('split', () => {
  const folders: GitFolder[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) folder.remove();
  });
  const made = (count: number) => {
    const folder = new GitFolder(files(count));
    folders.push(folder);
    return folder;
  };
  const read = (folder: GitFolder, at: number) => readFileSync(join(folder.dir, `kohler/${vendor(at)}.yaml`), 'utf8');

  test('moves what is not on main to a further stack, and nothing else', async () => {
    const folder = made(190);
    // The new ones come first by name.
    folder.write({ 'integrations/kohler/a.yaml': ROLE, ...files(215) });
    expect((await run('check', '--dir', folder.dir)).err).toContain(
      'give newer integrations stackPart: 2, or the next number, and never those that are deployed already: bucket-integrations split CLIENT writes it',
    );
    const dry = await run('split', 'kohler', '--dir', folder.dir, '--dry-run');
    expect([dry.exit, dry.out]).toEqual([0, expect.stringContaining('kohler/a.yaml     stackPart: 2')]);
    expect(folder.git('status', '--porcelain')).not.toContain(' M ');
    const { exit, out, err } = await run('split', 'kohler', '--dir', folder.dir);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toMatch(/integrations-kohler +192 +190\n.*integrations-kohler-Part2 +26 +26\n$/s);
    expect(read(folder, 214)).toBe(`${ROLE}stackPart: 2\n`);
    // Those of main are as they were.
    expect(folder.git('status', '--porcelain')).not.toContain(' M ');
    expect((await run('check', '--dir', folder.dir)).exit).toBe(0);
    const again = await run('split', 'kohler', '--dir', folder.dir);
    expect(again.err).toMatch(/^nothing to move \(deployed is what main has, [0-9a-f]{7}\)\n$/);
    const list = await run('list', '--dir', folder.dir);
    expect(list.out).toMatch(/kohler_v214 .* integrations-kohler-Part2\n/);
  });

  test('gives it as one JSON document', async () => {
    const folder = made(180);
    folder.write({ 'integrations/kohler/zz.yaml': ROLE });
    const { out, err } = await run('split', 'kohler', '--dir', folder.dir, '--json', '--dry-run');
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual({
      client: 'kohler',
      base: { ref: 'main', commit: folder.git('rev-parse', 'HEAD') },
      written: false,
      moves: [
        {
          integration: 'kohler_zz',
          file: 'kohler/zz.yaml',
          stackPart: 2,
          stack: 'integrations-kohler-Part2',
        },
      ],
      left: [],
      stacks: [
        { stack: 'integrations-kohler', resources: 182, outputs: 180 },
        { stack: 'integrations-kohler-Part2', resources: 1, outputs: 1 },
      ],
    });
  });

  test('takes what another commit has for deployed', async () => {
    const folder = made(150);
    folder.git('tag', 'deployed');
    folder.commit(files(210));
    const nothing = await run('split', 'kohler', '--dir', folder.dir);
    expect(nothing.exit).toBe(1);
    expect(nothing.err).toContain('error[too-many-outputs]: 210 outputs');
    expect(nothing.err).toContain('what is in it is deployed already, as main says; name the commit that was deployed');
    const { exit } = await run('split', 'kohler', '--dir', folder.dir, '--base', 'deployed');
    expect([exit, read(folder, 179), read(folder, 180)]).toEqual([0, ROLE, `${ROLE}stackPart: 2\n`]);
  });

  test('without git nothing is known to be deployed, and that is said', async () => {
    await inFolder(files(181, ''), async (dir) => {
      const { exit, err } = await run('split', 'kohler', '--dir', dir);
      expect(exit).toBe(0);
      expect(err).toContain('warning: nothing is known to be deployed');
      expect(readFileSync(join(dir, 'kohler/v180.yaml'), 'utf8')).toBe(`${ROLE}stackPart: 2\n`);
    });
  });

  test('writes nothing where one file cannot be edited, or where something else is wrong', async () => {
    const alias = '? kind\n: assumed-role\n? status\n: pending\n? stackPart\n: !!str "9"\n';
    await inFolder({ ...files(181, ''), 'kohler/v180.yaml': alias }, async (dir) => {
      expect(await run('split', 'kohler', '--dir', dir)).toMatchObject({ exit: 1 });
      expect(readFileSync(join(dir, 'kohler/v180.yaml'), 'utf8')).toBe(alias);
    });
    await inFolder({ ...files(201, ''), 'kohler/v003.yaml': 'kind: nonsense\n' }, async (dir) => {
      const { exit, err } = await run('split', 'kohler', '--dir', dir);
      expect([exit, err]).toEqual([1, expect.stringContaining('1 error; fix it, then try again')]);
      expect(err).not.toContain('too-many-outputs');
      expect(readFileSync(join(dir, 'kohler/v200.yaml'), 'utf8')).toBe(ROLE);
    });
  });

  test('knows which client there is not', async () => {
    await inFolder(files(1, ''), async (dir) => {
      expect(await run('split', 'kolher', '--dir', dir)).toMatchObject({
        exit: 1,
        err: 'error[unknown-client]: there is no client kolher; did you mean kohler?\n',
      });
    });
  });
});

test('new puts an integration where there is room', async () => {
  await inFolder(files(180, ''), async (dir) => {
    const words = ['--in-aws', '--assumes-roles', '--principal', 'arn:aws:iam::111122223333:role/x', '--dir', dir];
    const { exit, out, err } = await run('new', 'kohler', 'late', ...words);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain('the stack of kohler is full: it goes to kohler-Part2\n');
    expect(out).toContain(`then npx cdk deploy kohler kohler-Part2 -c integrations=${dir}.\n`);
    expect(readFileSync(join(dir, 'kohler/late.yaml'), 'utf8')).toMatch(/\nstackPart: 2\n$/);
    expect((await run('check', '--dir', dir)).exit).toBe(0);
  });
  await inFolder(files(2, ''), async (dir) => {
    const words = ['--in-aws', '--assumes-roles', '--principal', 'arn:aws:iam::111122223333:role/x', '--dir', dir];
    const { out } = await run('new', 'kohler', 'early', ...words);
    expect(out).toContain(`then npx cdk deploy kohler -c integrations=${dir}.\n`);
    expect(readFileSync(join(dir, 'kohler/early.yaml'), 'utf8')).not.toContain('stackPart');
  });
});
