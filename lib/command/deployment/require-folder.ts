import { readdirSync } from 'node:fs';
import { Failure } from '../host/failure';

/**
 * For commands that can do without definitions: a folder that somebody names is there all the same, and holds something.
 * @throws Failure where it is neither
 */
export function requireFolder(dir: string): void {
  const remedy = 'point --dir at the folder that holds the definitions, or leave it out';
  let there: string[];
  try {
    there = readdirSync(dir);
  } catch (error) {
    throw new Failure(
      'cannot-read',
      `the folder ${dir} cannot be read (${(error as NodeJS.ErrnoException).code})`,
      remedy,
      { cause: error },
    );
  }
  if (there.length === 0) throw new Failure('cannot-read', `the folder ${dir} is empty`, remedy);
}
