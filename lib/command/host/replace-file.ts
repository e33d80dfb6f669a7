import { randomUUID } from 'node:crypto';
import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure, type FailureCode } from './failure';

/**
 * Puts a text in the place of a file's, whole or not at all. A byte order mark stays.
 *
 * @param before the bytes that the text was made from; whoever changed the file since keeps what is there
 */
export function replaceFile(file: string, before: Buffer, text: string): void {
  // A dotfile, which the definitions' folder may hold, should it ever be left behind.
  const beside = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  const mark = before.subarray(0, 3).equals(MARK) ? MARK : Buffer.alloc(0);
  let code: FailureCode = 'cannot-write';
  try {
    writeFileSync(beside, Buffer.concat([mark, Buffer.from(text)]), { flag: 'wx', mode: lstatSync(file).mode });
    if (!readFileSync(file).equals(before)) {
      code = 'changed-meanwhile';
      throw new Error('somebody else changed it just now');
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw new Failure(code, `${file} is unchanged: ${(error as Error).message}; try again`, { cause: error });
  }
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
