import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../lib/command/git/git';
import { Repository } from '../../lib/command/git/repository';
import type { Git } from '../../lib/command/host/git';
import { TestRepository } from '../support/repository';

let of: TestRepository;
let into: string;
beforeEach(() => {
  of = new TestRepository();
  into = mkdtempSync(join(tmpdir(), 'laid-out-'));
});
afterEach(() => {
  of.dispose();
  rmSync(into, { recursive: true });
});

const MIB = 1024 * 1024;

/** Lays all files of `main` out, and says how many bytes git handed over each time that contents were asked for. */
async function laidOut(most?: number): Promise<number[]> {
  const sizes: number[] = [];
  const noted: Git = async (folder, args, input) => {
    const ran = await git(folder, args, input);
    if (args[0] === 'cat-file') sizes.push(ran.stdout.length);
    return ran;
  };
  const repository = await Repository.at(of.folder, 'main', noted);
  await repository.layOut((await repository.files('')) ?? [], into, 'main', most);
  return sizes;
}

// Tens of megabytes go through git, beside whatever else the machine does.
jest.setTimeout(60_000);

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

test('a commit is not held in memory as a whole, and all of it is laid out', async () => {
  const names = ['a/1.bin', 'a/2.bin', 'b/3.bin', 'empty', 'small.txt'];
  of.write({ 'a/x': '', 'b/x': '', empty: '', 'small.txt': 'text\r\n' });
  names.slice(0, 3).forEach((name, at) => {
    writeFileSync(of.path(name), Buffer.alloc(20 * MIB, at));
  });
  of.commit();
  const sizes = await laidOut();
  expect(sizes).toHaveLength(3);
  expect(Math.max(...sizes)).toBeLessThan(32 * MIB);
  expect(names.map((name) => digest(join(into, name)))).toEqual(names.map((name) => digest(of.path(name))));
});

test('a file that is longer than the rest alone is read alone', async () => {
  writeFileSync(of.path('1'), Buffer.alloc(33 * MIB));
  of.commit({ '0': 'x', '2': 'y' });
  expect(await laidOut()).toHaveLength(3);
  expect(['0', '2'].map((name) => readFileSync(join(into, name), 'utf8'))).toEqual(['x', 'y']);
});

test('a file that is too long is not read, and stays too long', async () => {
  of.commit({ long: 'x'.repeat(1001), short: 'y'.repeat(1000) });
  const [size = 0] = await laidOut(1000);
  expect(size).toBeLessThan(1200);
  expect(readFileSync(join(into, 'long'))).toEqual(Buffer.alloc(1000));
  expect(readFileSync(join(into, 'short'), 'utf8')).toBe('y'.repeat(1000));
});

test('nothing is laid out over what is there', async () => {
  of.commit({ file: 'theirs' });
  writeFileSync(join(into, 'file'), 'ours');
  await expect(laidOut()).rejects.toThrow(/^main cannot be written: EEXIST/);
  expect(readFileSync(join(into, 'file'), 'utf8')).toBe('ours');
});

test.each(['..', '.'])('a tree that has a folder named %s is not read', async (name) => {
  const blob = of.gitWith('x', 'hash-object', '-w', '--stdin');
  const inner = of.gitWith(`100644 blob ${blob}\tfile\n`, 'mktree');
  // mktree takes such a name no more; the bytes of a tree are what anybody may push.
  const bytes = Buffer.concat([Buffer.from(`40000 ${name}\0`), Buffer.from(inner, 'hex')]);
  const tree = of.gitWith(bytes, 'hash-object', '-w', '-t', 'tree', '--literally', '--stdin');
  of.git('update-ref', 'refs/heads/main', of.git('commit-tree', tree, '-m', 'x'));
  await expect(laidOut()).rejects.toThrow(
    /has a file with the path ".*file", which is not read; compare with another commit$/,
  );
  expect(readdirSync(into)).toEqual([]);
});
