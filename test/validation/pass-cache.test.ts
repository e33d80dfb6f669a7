import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
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

function fileText(): string {
  return readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8');
}

function lines(): string[] {
  return fileText().trimEnd().split('\n');
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

test('what no run names any more stays, after what the last run named', () => {
  passes(['rules'], one);
  passes(['rules'], other);
  expect(fileText()).toBe(`${other}\n${one}\n`);
});

describe('of what no run names any more', () => {
  const keys = (count: number) => Array.from({ length: count }, (_, at) => digest(String(at)));

  test('as much stays as makes 20,000 with what the last run named, the oldest goes first', () => {
    const many = keys(20_000);
    passes(['rules'], ...many);
    passes(['rules'], one, other);
    expect(lines()).toEqual([one, other, ...many.slice(0, 19_998)]);
  });

  test('nothing stays where the last run named more, and all of that stays', () => {
    const many = keys(20_001);
    passes(['rules'], one);
    passes(['rules'], ...many);
    expect(lines()).toEqual(many);
  });
});

test('anyone who reads meanwhile reads the file before: it is replaced, not overwritten', () => {
  passes(['rules'], one);
  const reader = openSync(join(folder, readdirSync(folder)[0] ?? ''), 'r');
  try {
    passes(['rules'], other);
    expect(readFileSync(reader, 'utf8')).toBe(`${one}\n`);
  } finally {
    closeSync(reader);
  }
  expect(readdirSync(folder)).toHaveLength(1);
});

test('nothing is written where nothing is new', () => {
  passes(['rules'], one, other);
  const [file = ''] = readdirSync(folder);
  const { ino } = statSync(join(folder, file));
  passes(['rules'], one);
  passes(['rules']);
  expect(statSync(join(folder, file)).ino).toBe(ino);
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
