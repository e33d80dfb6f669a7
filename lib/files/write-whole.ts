import { randomUUID } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** How a file is written. */
export interface WriteOptions {
  /** Of the file; by default that of the file before. */
  readonly mode?: number;
  /** Is called last; by default nothing is checked. */
  readonly check?: () => void;
}

/** A text in pieces, or bytes. */
export type Content = string | Buffer | Iterable<string>;

/**
 * Writes a file whole or not at all: anyone who reads it meanwhile reads the one before. What is there and no file, such as
 * a pipe, is written to.
 *
 * @throws what the file system or the check throws; then the file is unchanged, and nothing is left beside it
 */
export function writeWhole(file: string, content: Content, { mode, check }: WriteOptions = {}): void {
  const there = statSync(file, { throwIfNoEntry: false });
  if (there && !there.isFile()) {
    write(openSync(file, 'w'), content);
    return;
  }
  // A dotfile, which the definitions' folder may hold, should it ever be left behind.
  const draft = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    write(openSync(draft, 'wx', mode ?? there?.mode), content);
    check?.();
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

const AT_ONCE = 2 ** 20;

function write(descriptor: number, content: Content): void {
  try {
    if (Buffer.isBuffer(content)) writeAll(descriptor, content);
    else writePieces(descriptor, typeof content === 'string' ? [content] : content);
  } finally {
    closeSync(descriptor);
  }
}

function writePieces(descriptor: number, pieces: Iterable<string>): void {
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < AT_ONCE) continue;
    writeAll(descriptor, Buffer.from(waiting));
    waiting = '';
  }
  writeAll(descriptor, Buffer.from(waiting));
}

/** A write may take less than it is given, of a pipe above all. */
function writeAll(descriptor: number, bytes: Buffer): void {
  for (let left = bytes; left.length > 0; ) left = left.subarray(writeSync(descriptor, left));
}
