import { realpathSync } from 'node:fs';
import { Failure } from '../host/failure';
import type { Git } from '../host/git';
import { type Between, definedBetween, NOTHING_BETWEEN } from './between';
import { type Written, writtenIn } from './history';
import type { Start } from './record';
import { Repository } from './repository';

/**
 * Commits whose deployment began and that no record is of, in refs beside the record: whatever is deployed next, any part of
 * them may be deployed. `refs/deployed/production-attempts/COMMIT`.
 */
export async function attemptsOf(dir: string, record: string, git: Git): Promise<string[]> {
  const { status, stdout } = await git(dir, ['for-each-ref', '--format=%(objectname)', `${record}${ATTEMPTS}/`]);
  const ids = status === 0 ? stdout.toString().split('\n') : [];
  return [...new Set(ids.filter((id) => /^[0-9a-f]{40,64}$/.test(id)))];
}

const ATTEMPTS = '-attempts';

function refOf(record: string, commit: string): string {
  return `${record}${ATTEMPTS}/${commit}`;
}

/**
 * Notes that a deployment begins.
 * @throws Failure where git does not, since what the deployment makes could be forgotten
 */
export async function noteAttempt(dir: string, { record, commit }: Start, git: Git): Promise<void> {
  const { status, stderr } = await git(dir, ['update-ref', refOf(record, commit), commit]);
  if (status === 0) return;
  const said = stderr.trim().replace(/\s+/g, ' ');
  throw new Failure(
    'git-failed',
    `nothing was deployed, since git cannot note that it begins: git says ${said}`,
    'correct that, and run this again',
  );
}

/** Forgets attempts, of which nothing is left. One that stays is looked at again, and does no harm. */
export async function forgetAttempts(
  dir: string,
  record: string,
  attempts: readonly string[],
  git: Git,
): Promise<void> {
  for (const commit of attempts) await git(dir, ['update-ref', '-d', refOf(record, commit), commit]);
}

/** What attempts have otherwise than the present commit. */
export interface Tried {
  readonly attempts: readonly string[];
  /** Of files, in the repository. */
  readonly paths: readonly string[];
  /** What they defined. */
  readonly between: Between;
}

/** Compares attempts with the present commit. */
export async function triedBy(attempts: readonly string[], dir: string, git: Git): Promise<Tried> {
  if (attempts.length === 0) return { attempts, paths: [], between: NOTHING_BETWEEN };
  const repository = await Repository.at(dir, 'HEAD', git);
  const { top } = repository;
  const written: Written[] = [];
  for (const commit of attempts) written.push(...(await writtenIn(top, commit, git)));
  const folder = repository.pathOf(realpathSync(dir)) ?? '';
  const between = await definedBetween(written, { top, folder }, git);
  return { attempts, paths: written.map(({ path }) => path), between };
}
