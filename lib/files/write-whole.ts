import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file whole or not at all: anyone who reads it meanwhile reads the one before. It keeps its mode.
 *
 * @param check is called last; by default nothing is checked
 * @throws what the file system or the check throws; then the file is unchanged, and nothing is left beside it
 */
export function writeWhole(file: string, data: string | Buffer, check?: () => void): void {
  // A dotfile, which the definitions' folder may hold, should it ever be left behind.
  const draft = join(dirname(file), `.${basename(file)}.${randomUUID()}`);
  try {
    writeFileSync(draft, data, { flag: 'wx', mode: statSync(file, { throwIfNoEntry: false })?.mode });
    check?.();
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
