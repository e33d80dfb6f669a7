import { type Content, type WriteOptions, writeWhole } from '../../files/write-whole';
import { Failure } from './failure';

/**
 * Writes what a command was asked for, whole or not at all.
 * @throws Failure where it cannot be written
 */
export function writeResult(file: string, content: Content, options: WriteOptions = {}): void {
  try {
    writeWhole(file, content, options);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Failure('cannot-write', `${file} cannot be written (${code})`, 'name a file in a folder that exists', {
      cause: error,
    });
  }
}
