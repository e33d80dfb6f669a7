import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../lib/command/host/failure';
import { replaceFile } from '../../lib/command/host/replace-file';
import { inFolder } from '../support/folder';

test('a text is put in the place of the one that it was made from, behind its byte order mark', () =>
  inFolder({ 'a.yaml': '\uFEFFold', 'b.yaml': 'old' }, (dir) => {
    for (const [name, mark] of [
      ['a.yaml', '\uFEFF'],
      ['b.yaml', ''],
    ]) {
      const file = join(dir, name ?? '');
      replaceFile(file, readFileSync(file), 'new');
      expect(readFileSync(file, 'utf8')).toBe(`${mark}new`);
    }
  }));

test.each([
  ['changed it', (file: string) => writeFileSync(file, 'theirs'), 'theirs'],
  ['changed one byte of it', (file: string) => writeFileSync(file, 'olD'), 'olD'],
])('where somebody else %s, theirs stays', (_, change, left) =>
  inFolder({ 'a.yaml': 'old' }, (dir) => {
    const file = join(dir, 'a.yaml');
    const before = readFileSync(file);
    change(file);
    const replace = () => replaceFile(file, before, 'new');
    expect(replace).toThrow(Failure);
    expect(replace).toThrow(`${file} is unchanged: somebody else changed it just now; try again`);
    expect([readFileSync(file, 'utf8'), readdirSync(dir)]).toEqual([left, ['a.yaml']]);
  }),
);
