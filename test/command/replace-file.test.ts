import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../../lib/command/host/failure';
import { replaceFile } from '../../lib/command/host/replace-file';
import { inFolder } from '../support/folder';

const BOM = '\uFEFF';

/** What replacing a file with `new` comes to: what is in the folder after it, and how it failed. */
function replaced(content: string, before: string, file = 'adobe.yaml') {
  return inFolder({ 'adobe.yaml': content }, (dir) => {
    chmodSync(join(dir, 'adobe.yaml'), 0o640);
    let failure: Failure | undefined;
    try {
      replaceFile(join(dir, file), Buffer.from(before), 'new\n');
    } catch (error) {
      failure = error as Failure;
    }
    const path = join(dir, 'adobe.yaml');
    return { failure, files: readdirSync(dir), text: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777 };
  });
}

test.each([
  ['plain', 'old\n', 'new\n'],
  ['marked', `${BOM}old\n`, `${BOM}new\n`],
])('a %s file is replaced, its mark and its mode stay', (_, content, text) => {
  expect(replaced(content, content)).toEqual({ failure: undefined, files: ['adobe.yaml'], text, mode: 0o640 });
});

test('a file that somebody else changed meanwhile stays as it is, and nothing is left behind', () => {
  const { failure, ...rest } = replaced("somebody else's\n", 'old\n');
  expect(rest).toEqual({ files: ['adobe.yaml'], text: "somebody else's\n", mode: 0o640 });
  expect(failure).toMatchObject({
    code: 'changed-meanwhile',
    message: expect.stringMatching(/adobe\.yaml is unchanged: somebody else changed it just now; try again$/),
  });
});

test('a file that is gone is not made again; the failure has what the system said', () => {
  const { failure, ...rest } = replaced('old\n', 'old\n', 'gone.yaml');
  expect(rest).toMatchObject({ files: ['adobe.yaml'], text: 'old\n' });
  expect(failure).toMatchObject({ code: 'cannot-write', cause: { code: 'ENOENT' } });
});
