import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import manifest from '../../package.json';
import { run } from '../support/run';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('lays out a repository whose definitions are valid', async () => {
  const dir = join(folder, 'ours');
  const { exit, out, err } = await run('init', dir);
  expect(exit).toBe(0);
  expect(err).toBe(`next: cd ${dir} && npm install && npx cdk synth\n`);
  const files = out.trim().split('\n');
  expect(files).toContain(join(dir, '.gitignore'));
  expect(files.every((file) => readFileSync(file, 'utf8') !== '')).toBe(true);
  expect(await run('check', '--strict', '--dir', join(dir, 'integrations'))).toMatchObject({ exit: 0 });
});

test('depends on this version, or on what is said, and pins the CLI', async () => {
  const dependencies = async (name: string, ...more: string[]) => {
    await run('init', join(folder, name), ...more);
    return JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')).dependencies;
  };
  expect(await dependencies('a')).toMatchObject({
    [manifest.name]: `^${manifest.version}`,
    'aws-cdk': manifest.devDependencies['aws-cdk'],
    // What the pipeline asks AWS with.
    '@aws-sdk/client-cloudformation': manifest.devDependencies['@aws-sdk/client-cloudformation'],
    '@aws-sdk/client-sts': manifest.devDependencies['@aws-sdk/client-sts'],
  });
  expect((await dependencies('b', '--from', 'file:../x.tgz'))[manifest.name]).toBe('file:../x.tgz');
  // What is there is found from the new folder, wherever this one is.
  const tarball = join(folder, 'packed.tgz');
  writeFileSync(tarball, '');
  for (const [at, from] of [tarball, relative(process.cwd(), tarball), `file:${tarball}`].entries()) {
    expect((await dependencies(`c${at}`, '--from', from))[manifest.name]).toBe('file:../packed.tgz');
  }
  const { exit, err } = await run('init', join(folder, 'd'), '--from', 'nowhere.tgz');
  expect([exit, err]).toEqual([1, expect.stringContaining('nowhere.tgz is not there')]);
  expect(readdirSync(folder)).not.toContain('d');
});

test('tells what it wrote as JSON', async () => {
  const dir = join(folder, 'ours');
  const { out } = await run('init', dir, '--json');
  expect(JSON.parse(out)).toEqual({ dir, files: expect.arrayContaining(['package.json', 'cdk.json', '.gitignore']) });
});

test('writes into a folder that is empty but for git, and into no other', async () => {
  mkdirSync(join(folder, 'new', '.git'), { recursive: true });
  expect(await run('init', join(folder, 'new'))).toMatchObject({ exit: 0 });
  mkdirSync(join(folder, 'old'));
  writeFileSync(join(folder, 'old', 'notes.txt'), 'mine');
  const { exit, err } = await run('init', join(folder, 'old'));
  expect([exit, err]).toEqual([1, `${join(folder, 'old')} is not empty (notes.txt): name a new folder\n`]);
  expect(readdirSync(join(folder, 'old'))).toEqual(['notes.txt']);
});

test('says why it cannot', async () => {
  writeFileSync(join(folder, 'file'), '');
  const { exit, err } = await run('init', join(folder, 'file'));
  expect(exit).toBe(1);
  expect(err).toMatch(/cannot be read: ENOTDIR/);
});
