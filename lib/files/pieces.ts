import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { readBeginning } from './bounded';

/** Thrown where a file begins as gzip and does not go on so. */
export class BrokenGzip extends Error {}

/** What is read at once; the pieces are all that is held of a file. */
const CHUNK = 1024 * 1024;

/**
 * A regular file in pieces, however long it is; what is gzip, by its first bytes, is unpacked.
 *
 * @throws NotAFile, BrokenGzip, otherwise what the file system says
 */
export async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  const [first, second] = readBeginning(file, 2);
  const bytes = createReadStream(file, { highWaterMark: CHUNK });
  if (first !== 0x1f || second !== 0x8b) {
    yield* bytes as AsyncIterable<Buffer>;
    return;
  }
  const unpacked = createGunzip({ chunkSize: CHUNK });
  // An error of what is piped ends nothing by itself.
  bytes.on('error', (error) => unpacked.destroy(error));
  bytes.pipe(unpacked);
  try {
    yield* unpacked as AsyncIterable<Buffer>;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw /^Z_|^ERR_/.test(code) ? new BrokenGzip(message) : error;
  } finally {
    bytes.destroy();
  }
}
