import type { Git } from '../host/git';
import { gitFailed } from './git';
import type { Repository } from './repository';

/** A file that a commit wrote or removed. */
export interface Written {
  readonly commit: string;
  /** In the repository. */
  readonly path: string;
  readonly removed: boolean;
}

/**
 * What each commit after one, up to another, wrote and removed, the latest first; as far as the clone has that history.
 * @throws Failure where git does not answer
 */
export async function writtenBetween(
  { top, commit }: Pick<Repository, 'top' | 'commit'>,
  until: string,
  git: Git,
): Promise<Written[]> {
  const words = ['log', '-z', '--format=commit %H', '--name-status', '--no-renames', '--no-ext-diff'];
  const { status, stdout, stderr } = await git(top, [...words, `${commit}..${until}`, '--']);
  if (status !== 0) throw gitFailed(stderr);
  const written: Written[] = [];
  let at = '';
  const parts = stdout.toString().split('\0');
  for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
    const [, id] = /^\n?commit ([0-9a-f]{40,64})$/.exec(part) ?? [];
    if (id !== undefined) at = id;
    else if (/^\n?[A-Z]$/.test(part))
      written.push({ commit: at, path: parts.shift() ?? '', removed: part.endsWith('D') });
  }
  return written;
}

/**
 * What a commit has otherwise than the present one; a file that it has not counts as removed.
 * @throws Failure where git does not answer
 */
export async function writtenIn(top: string, commit: string, git: Git): Promise<Written[]> {
  const words = ['diff', '-z', '--name-status', '--no-renames', '--no-ext-diff', 'HEAD', commit, '--'];
  const { status, stdout, stderr } = await git(top, words);
  if (status !== 0) throw gitFailed(stderr);
  const parts = stdout.toString().split('\0');
  return parts.flatMap((path, at): Written[] =>
    at % 2 === 0 ? [] : [{ commit, path, removed: parts[at - 1] === 'D' }],
  );
}

/** The files that more than one commit wrote or removed: what one did, another may have taken back. */
export function writtenAgain(written: readonly Written[]): string[] {
  const seen = new Map<string, number>();
  for (const { path } of written) seen.set(path, (seen.get(path) ?? 0) + 1);
  return [...seen].flatMap(([path, count]) => (count > 1 ? [path] : []));
}
