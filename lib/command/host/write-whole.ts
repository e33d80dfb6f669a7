import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from './failure';

/**
 * Writes the whole file or none of it: whoever reads it meanwhile reads the one before. What is no file is written to.
 *
 * @param pieces of the text, in order
 * @param mode of the file; that of the file before without it
 * @throws Failure where it cannot be written
 */
export function writeWhole(file: string, pieces: Iterable<string>, mode?: number): void {
  const beside = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    const there = statSync(file, { throwIfNoEntry: false });
    if (there && !there.isFile()) {
      writePieces(openSync(file, 'w'), pieces);
      return;
    }
    writePieces(openSync(beside, 'wx', mode ?? there?.mode), pieces);
    renameSync(beside, file);
  } catch (error) {
    if (existsSync(beside)) rmSync(beside);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Failure(`${file} cannot be written (${code}): name a file in a folder that is there`);
  }
}

function writePieces(descriptor: number, pieces: Iterable<string>): void {
  try {
    let waiting = '';
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length < 1 << 20) continue;
      writeAll(descriptor, waiting);
      waiting = '';
    }
    writeAll(descriptor, waiting);
  } finally {
    closeSync(descriptor);
  }
}

/** A write may take less than it is given, of a pipe above all. */
function writeAll(descriptor: number, text: string): void {
  let left = Buffer.from(text);
  while (left.length > 0) left = left.subarray(writeSync(descriptor, left));
}
