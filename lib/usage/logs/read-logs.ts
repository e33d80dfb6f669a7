import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BrokenGzip, piecesOf } from '../../files/pieces';
import { CloudTrailReader } from './cloudtrail';
import type { LogSink } from './record';
import { ServerAccessReader } from './server-access';

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
 * @throws NotAFile, otherwise what the file system says
 */
export async function readLog(file: string, sink: LogSink): Promise<void> {
  let reader: ReturnType<typeof readerFor>;
  try {
    for await (const piece of piecesOf(file)) {
      reader ??= readerFor(piece, sink);
      reader?.write(piece);
    }
  } catch (error) {
    if (!(error instanceof BrokenGzip)) throw error;
    sink.skipped('broken-gzip', error.message);
  }
  reader?.end();
}

/** By the first thing that is not white space: JSON begins with a brace, a log line with an owner's ID. */
function readerFor(chunk: Buffer, sink: LogSink) {
  const first = chunk.find((byte) => byte > 32 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  if (first === undefined) return undefined;
  return first === 0x7b ? new CloudTrailReader(sink) : new ServerAccessReader(sink);
}
