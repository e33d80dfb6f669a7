import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '../../lib/files/write-whole';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whole-'));
  file = join(folder, 'file.txt');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('writes a file that is new, and one that is there, which keeps its mode', () => {
  writeWhole(file, 'one');
  expect(readFileSync(file, 'utf8')).toBe('one');
  chmodSync(file, 0o640);
  writeWhole(file, Buffer.from('two'));
  expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['two', 0o640]);
  expect(readdirSync(folder)).toEqual(['file.txt']);
});

test('anyone who reads meanwhile reads the file before, and no definition beside it', () => {
  writeFileSync(file, 'one');
  let seen: unknown[] = [];
  writeWhole(file, 'two', {
    check: () => {
      seen = [readFileSync(file, 'utf8'), ...readdirSync(folder).filter((name) => !name.startsWith('.'))];
    },
  });
  expect(seen).toEqual(['one', 'file.txt']);
});

test('where the check fails, all is as it was', () => {
  writeFileSync(file, 'one');
  const fail = () => {
    throw new Error('changed');
  };
  expect(() => writeWhole(file, 'two', { check: fail })).toThrow('changed');
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['one', ['file.txt']]);
});

test('where it cannot be written, nothing is left behind', () => {
  mkdirSync(join(folder, 'folder'));
  expect(() => writeWhole(join(folder, 'folder'), 'x')).toThrow('EISDIR');
  expect(() => writeWhole(join(folder, 'nowhere/file'), 'x')).toThrow('ENOENT');
  expect(readdirSync(folder)).toEqual(['folder']);
});

test('a text comes in pieces, and a mode is set', () => {
  const piece = 'x'.repeat(2 ** 20 - 1);
  writeWhole(file, [piece, 'y', piece, 'z'], { mode: 0o600 });
  expect(readFileSync(file, 'utf8')).toBe(`${piece}y${piece}z`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});
