import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotAFile, readBeginning, readBounded, readRegular, TooLong } from '../../lib/files/bounded';
import { digest, passCache } from '../../lib/validation/pass-cache';

let folder: string;
const at = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bounded-'));
  writeFileSync(at('ten'), '0123456789');
  symlinkSync('ten', at('link'));
  symlinkSync('/dev/zero', at('endless'));
  mkdirSync(at('folder'));
  execFileSync('mkfifo', [at('pipe')]);
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([readBounded, readRegular])('%p reads as much as a file may have, and no more', (read) => {
  expect(read(at('ten'), 10).toString()).toBe('0123456789');
  expect(read(at('link'), 11).toString()).toBe('0123456789');
  expect(() => read(at('ten'), 9)).toThrow(TooLong);
  expect(() => read(at('nothing'), 9)).toThrow('ENOENT');
});

test('what a user names may be no file, and ends nevertheless', () => {
  expect(() => readBounded(at('endless'), 1000)).toThrow(TooLong);
  expect(() => readBounded(at('folder'), 1000)).toThrow('EISDIR');
});

test.each(['endless', 'folder', 'pipe'])('what nobody named must be a file: not %s', (name) => {
  expect(() => readRegular(at(name), 1000)).toThrow(NotAFile);
  expect(() => readBeginning(at(name), 1000)).toThrow(NotAFile);
});

test('a beginning is what there is of it', () => {
  expect(readBeginning(at('ten'), 3).toString()).toBe('012');
  expect(readBeginning(at('ten'), 30).toString()).toBe('0123456789');
});

test.each(['endless', 'folder', 'pipe', 'long'])('of a cache that is %s nothing has passed', (name) => {
  const key = digest('template');
  const rules = ['rules'];
  const cache = passCache(folder, rules);
  cache.add(key);
  cache.save();
  expect(passCache(folder, rules).has(key)).toBe(true);
  const file = at(`${digest(...rules).slice(0, 32)}.txt`);
  if (name === 'long') writeFileSync(file, `${key}\n`.repeat(300_000));
  else {
    rmSync(file);
    symlinkSync(at(name), file);
  }
  expect(passCache(folder, rules)).toMatchObject({ any: false });
});
