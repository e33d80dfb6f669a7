import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digest, passCache } from '../../lib/validation/pass-cache';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'passed-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

const [one, other] = [digest('one'), digest('other')];

function passes(rules: readonly string[], ...keys: readonly string[]): void {
  const passed = passCache(folder, rules);
  for (const key of keys) passed.add(key);
  passed.save();
}

test('what passed is known to the next run, and nothing else is', () => {
  passes(['rules 1'], one);
  const next = passCache(folder, ['rules 1']);
  expect([next.any, next.has(one), next.has(other)]).toEqual([true, true, false]);
});

test('what is added is not known before it is saved', () => {
  passCache(folder, ['rules 1']).add(one);
  expect(passCache(folder, ['rules 1']).any).toBe(false);
});

test.each([[['rules 2']], [['rules 1', '']], [['rules', ' 1']], [[]]])(
  'a pass is not trusted by other rules: %j',
  (rules) => {
    passes(['rules 1'], one);
    const next = passCache(folder, rules);
    expect([next.any, next.has(one)]).toEqual([false, false]);
  },
);

test('what no run names any more stays, up to a number, after what the last run named', () => {
  passes(['rules'], one);
  passes(['rules'], other);
  const [file = ''] = readdirSync(folder);
  expect(readFileSync(join(folder, file), 'utf8')).toBe(`${other}\n${one}\n`);
  const many = Array.from({ length: 20_000 }, (_, at) => digest(String(at)));
  passes(['rules'], ...many);
  const next = passCache(folder, ['rules']);
  expect([next.has(one), many.every((key) => next.has(key))]).toEqual([false, true]);
});

test('a file that was cut off or scribbled on is read as far as it makes sense', () => {
  passes(['rules'], one);
  const [file = ''] = readdirSync(folder);
  writeFileSync(join(folder, file), `${one.slice(1)}\n${other}\n\u0000${one}`);
  const next = passCache(folder, ['rules']);
  expect([next.has(one), next.has(other), next.has('')]).toEqual([false, true, false]);
});

test('where nothing can be written, nothing is kept and nothing fails', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const passed = passCache(join(file, 'under'), ['rules']);
  passed.add(one);
  expect(() => passed.save()).not.toThrow();
  const nowhere = passCache(undefined, ['rules']);
  nowhere.add(one);
  nowhere.save();
  expect(nowhere.has(one)).toBe(false);
});

test('a digest tells where one part ends', () => {
  expect(new Set([digest('ab', 'c'), digest('a', 'bc'), digest('abc'), digest('abc', '')]).size).toBe(4);
});
