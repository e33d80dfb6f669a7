import { closeSync, openSync, readSync } from 'node:fs';

/** Thrown where a file is longer than it may be. */
export class TooLong extends Error {
  constructor(readonly most: number) {
    super(`it is longer than ${most} bytes`);
  }
}

const CHUNK = 64 * 1024;

/**
 * The bytes of a file, of which no more are read than it may have: what is named may be a pipe, or have no end.
 *
 * @throws TooLong where there are more; otherwise what the file system says
 */
export function readBounded(file: string, most: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let length = 0; ; ) {
      const chunk = Buffer.alloc(Math.min(CHUNK, most + 1 - length));
      const read = readSync(descriptor, chunk);
      if (read === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, read));
      length += read;
      if (length > most) throw new TooLong(most);
    }
  } finally {
    closeSync(descriptor);
  }
}
