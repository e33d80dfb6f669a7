import type { Git } from '../host/git';

/** The commit that a folder is at, shortened; undefined where there is no git, no repository, or no commit yet. */
export async function versionOf(dir: string, git: Git): Promise<string | undefined> {
  try {
    const { status, stdout } = await git(dir, ['rev-parse', '--short', '--verify', '--quiet', 'HEAD']);
    const commit = stdout.toString().trim();
    if (status !== 0 || !/^[0-9a-f]{4,64}$/.test(commit)) return undefined;
    const { stdout: changed } = await git(dir, ['status', '--porcelain', '--', '.']);
    return changed.length === 0 ? commit : `${commit} with changes that are not committed`;
  } catch {
    // It is only said where it is known.
    return undefined;
  }
}
