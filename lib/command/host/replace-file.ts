import { readRegular, TooLong } from '../../files/bounded';
import { writeWhole } from '../../files/write-whole';
import { Failure, type FailureCode } from './failure';

/**
 * Puts a text in the place of a file's, whole or not at all. A byte order mark stays.
 *
 * @param before the bytes that the text was made from
 * @throws Failure where somebody has changed the file since, who keeps what is there, or where it cannot be written
 */
export function replaceFile(file: string, before: Buffer, text: string): void {
  const mark = before.subarray(0, 3).equals(MARK) ? MARK : Buffer.alloc(0);
  let code: FailureCode = 'cannot-write';
  try {
    const check = () => {
      if (isSame(file, before)) return;
      code = 'changed-meanwhile';
      throw new Error('somebody else changed it just now');
    };
    writeWhole(file, Buffer.concat([mark, Buffer.from(text)]), { check });
  } catch (error) {
    throw new Failure(code, `${file} is unchanged: ${(error as Error).message}`, 'try again', { cause: error });
  }
}

function isSame(file: string, before: Buffer): boolean {
  try {
    return readRegular(file, before.length).equals(before);
  } catch (error) {
    if (error instanceof TooLong) return false;
    throw error;
  }
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
