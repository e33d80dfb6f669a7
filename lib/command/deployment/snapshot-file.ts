import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { MOST_BYTES, parseSnapshot, snapshotText, tooLarge } from '../../account/file-text';
import { NotASnapshot, SNAPSHOT_FORMAT, type Snapshot } from '../../account/snapshot';
import { Failure } from '../host/failure';
import { writeResult } from '../host/write-result';

/**
 * Reads a snapshot that anybody may have written.
 * @throws Failure with what is wrong with the file, in one line
 */
export function readSnapshotFile(file: string): Snapshot {
  try {
    return parseSnapshot(bytesOf(file));
  } catch (error) {
    if (error instanceof NotASnapshot) throw new Failure('bad-snapshot', `${file}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Who can do what in an account is not for everybody on the machine to read. */
const OWN = 0o600;

/** Writes a snapshot, whole or not at all, for its owner alone to read. */
export function writeSnapshotFile(file: string, snapshot: Snapshot): void {
  writeResult(file, snapshotText(snapshot), { mode: OWN });
}

/**
 * Whether a snapshot can be written there, before an account is read for minutes: over nothing, or over an older one.
 * @throws Failure where the folder is not there, or another file is
 */
export function checkSnapshotPlace(file: string): void {
  const [there, folder] = [statsOf(file), statsOf(dirname(file))];
  if (there?.isDirectory() || !folder?.isDirectory()) {
    throw new Failure('cannot-write', `${file} cannot be written: name a file in a folder that exists`);
  }
  if (!there?.isFile() || there.size === 0 || beginning(file).includes(SNAPSHOT_FORMAT.replace(/@.*$/, '@'))) return;
  throw new Failure('file-exists', `${file} exists and is not a snapshot: name another file, or remove it`);
}

/** Undefined where nothing is, be it that a folder on the way is a file. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function beginning(file: string): string {
  const descriptor = open(file);
  try {
    const bytes = Buffer.alloc(4096);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

function bytesOf(file: string): Buffer {
  const descriptor = open(file);
  try {
    const there = fstatSync(descriptor);
    if (!there.isFile()) throw new Failure('cannot-read', `${file} is not a file`);
    if (there.size > MOST_BYTES) throw new NotASnapshot(tooLarge(there.size));
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function open(file: string): number {
  try {
    // Waits for nobody, where the other end of a pipe is nowhere.
    return openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new Failure(
      'cannot-read',
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}): name a file that snapshot wrote`,
    );
  }
}
