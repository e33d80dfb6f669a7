import { createReadStream, type Dirent, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { readBeginning } from '../../files/bounded';
import { CloudTrailReader } from './cloudtrail';
import type { LogSink } from './record';
import { ServerAccessReader } from './server-access';

/** What is read at once; the pieces are the only thing that is held of a file. */
const CHUNK = 1024 * 1024;

/**
 * The files of logs under some paths, one after the other, by name; files whose names begin with a dot are left out, and
 * links to folders are not followed.
 *
 * @throws what the file system says
 */
export function* logFiles(paths: readonly string[]): Generator<string> {
  for (const path of paths) {
    if (!statSync(path).isDirectory()) yield path;
    else yield* under(path);
  }
}

function* under(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort(byName);
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* under(path);
    else if (entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile()))
      yield path;
  }
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/**
 * Reads one file, plain or gzip, of server access logs or of CloudTrail, told by what is in it. Memory does not grow with it.
 *
 * @throws what the file system says
 */
export async function readLog(file: string, sink: LogSink): Promise<void> {
  const zipped = isGzip(readBeginning(file, 2));
  const bytes = createReadStream(file, { highWaterMark: CHUNK });
  const stream = zipped ? bytes.pipe(createGunzip({ chunkSize: CHUNK })) : bytes;
  // An error of what is piped ends nothing by itself.
  if (zipped) bytes.on('error', (error) => stream.destroy(error));
  let reader: { write: (chunk: Buffer) => void; end: () => void } | undefined;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      reader ??= readerFor(chunk, sink);
      reader?.write(chunk);
    }
  } catch (error) {
    if (!isBroken(error)) throw error;
    sink.skipped('broken-gzip', `${file}: ${(error as Error).message}`);
  }
  reader?.end();
}

/** By the first thing that is not white space: JSON begins with a brace, a log line with an owner's ID. */
function readerFor(chunk: Buffer, sink: LogSink) {
  const first = chunk.find((byte) => byte > 32 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  if (first === undefined) return undefined;
  return first === 0x7b ? new CloudTrailReader(sink) : new ServerAccessReader(sink);
}

function isGzip([first, second]: Buffer): boolean {
  return first === 0x1f && second === 0x8b;
}

/** Of zlib, not of the file system. */
function isBroken(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return /^Z_|^ERR_/.test(code);
}

/** Bytes that are there to read, for progress. */
export function sizeOf(file: string): number {
  return lstatSync(file).size;
}
