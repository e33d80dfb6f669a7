import { type ReadUsage, readUsage } from '../../usage/read-usage';
import { Failure } from '../host/failure';
import { readJson } from '../host/read-file';

const REMEDY = 'name a file that usage --json wrote';

/**
 * Reads a file of `usage --json`, which anybody may have written.
 * @throws Failure where it is something else
 */
export function readUsageFile(file: string): ReadUsage {
  const usage = readUsage(readJson(file, { most: 64 * 1024 * 1024, remedy: REMEDY }));
  if (usage === undefined) throw new Failure('bad-usage', `${file} does not hold what usage found; ${REMEDY}`);
  return usage;
}
