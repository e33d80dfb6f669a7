import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { MOST_BYTES, parseSnapshot, snapshotText, tooLarge } from '../../account/file-text';
import { NotASnapshot, SNAPSHOT_FORMAT, type Snapshot } from '../../account/snapshot';
import { NotAFile, readBeginning, readRegular, TooLong } from '../../files/bounded';
import { Failure, failureOf } from '../host/failure';
import { writeResult } from '../host/write-result';

/**
 * Reads a snapshot that anybody may have written.
 * @throws Failure with what is wrong with the file, in one line
 */
export function readSnapshotFile(file: string): Snapshot {
  try {
    return parseSnapshot(bytesOf(file));
  } catch (error) {
    if (error instanceof NotASnapshot) throw failureOf('bad-snapshot', `${file}: ${error.message}`, { cause: error });
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
    throw new Failure('cannot-write', `${file} cannot be written`, 'name a file in a folder that exists');
  }
  if (!there?.isFile() || there.size === 0 || beginning(file).includes(SNAPSHOT_FORMAT.replace(/@.*$/, '@'))) return;
  throw new Failure('file-exists', `${file} exists and is not a snapshot`, 'name another file, or remove it');
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
  return reading(file, () => readBeginning(file, 4096)).toString();
}

function bytesOf(file: string): Buffer {
  return reading(file, () => readRegular(file, MOST_BYTES));
}

function reading(file: string, read: () => Buffer): Buffer {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotAFile)
      throw new Failure('cannot-read', `${file} is not a file`, 'name a file that snapshot wrote');
    if (error instanceof TooLong) throw new NotASnapshot(tooLarge(statSync(file).size));
    throw new Failure(
      'cannot-read',
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code})`,
      'name a file that snapshot wrote',
    );
  }
}
