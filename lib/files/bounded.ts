import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Thrown where a file is longer than it may be. */
export class TooLong extends Error {
  constructor(readonly most: number) {
    super(`it is longer than ${most} bytes`);
  }
}

/** Thrown where a pipe, a device or a folder stands in a file's place. */
export class NotAFile extends Error {
  constructor() {
    super('it is not a file');
  }
}

const CHUNK = 64 * 1024;

/**
 * The bytes of a file that a user names, of which no more are read than it may have: it may be a pipe, or have no end.
 *
 * @throws TooLong where there are more; otherwise what the file system says
 */
export function readBounded(file: string, most: number): Buffer {
  return closing(openSync(file, 'r'), (descriptor) => {
    const bytes = beginning(descriptor, most + 1);
    if (bytes.length > most) throw new TooLong(most);
    return bytes;
  });
}

/**
 * The bytes of a regular file, of which no more are read than it may have. It is not waited for the other end of a pipe.
 *
 * @throws NotAFile, and as {@link readBounded}
 */
export function readRegular(file: string, most: number): Buffer {
  const bytes = readBeginning(file, most + 1);
  if (bytes.length > most) throw new TooLong(most);
  return bytes;
}

/**
 * The first bytes of a regular file, as many at most.
 * @throws NotAFile, otherwise what the file system says
 */
export function readBeginning(file: string, most: number): Buffer {
  return closing(openSync(file, constants.O_RDONLY | constants.O_NONBLOCK), (descriptor) => {
    if (!fstatSync(descriptor).isFile()) throw new NotAFile();
    return beginning(descriptor, most);
  });
}

function beginning(descriptor: number, most: number): Buffer {
  const chunks: Buffer[] = [];
  for (let length = 0; length < most; ) {
    const chunk = Buffer.alloc(Math.min(CHUNK, most - length));
    const read = readSync(descriptor, chunk);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    length += read;
  }
  return Buffer.concat(chunks);
}

function closing<T>(descriptor: number, use: (descriptor: number) => T): T {
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
