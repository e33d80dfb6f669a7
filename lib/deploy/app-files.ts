import { type AppReads, isBeside, SOURCE } from './app-reads';

/** Files that differ, as paths in their repository, with forward slashes. */
export interface DifferingPaths {
  /** In git, now or at the commit with which is compared. */
  readonly tracked: readonly string[];
  /** In no commit; nobody says that git should ignore them. */
  readonly untracked: readonly string[];
}

/** Files that differ. */
export interface Differing {
  /** Of the definitions, and of the vendor profiles beside them: these are compared by what they say. */
  readonly definitions: readonly string[];
  /** Of the app. */
  readonly app: readonly string[];
}

/**
 * Sorts files into definitions and app; what is neither, such as what a command wrote, is left out. The app is what its
 * process reads. Where that cannot be told, a file counts as app: a stack that is deployed without need stays as it is, and one
 * that is missed would not get what has changed.
 *
 * @param folders of the definitions and vendor profiles in the repository; empty for the repository itself
 * @param reads what the app reads; undefined where nobody can tell, so that whatever is not known to be something else is app
 */
export function sorted(
  { tracked, untracked }: DifferingPaths,
  folders: readonly string[],
  reads: AppReads | undefined,
): Differing {
  const isThere = (path: string) => folders.some((folder) => folder === '' || path.startsWith(`${folder}/`));
  const app = [
    ...tracked.filter((path) => isApp(path, reads, true)),
    ...untracked.filter((path) => isApp(path, reads, false)),
  ].filter((path) => !isThere(path));
  // What may stand beside definitions is not read.
  const definitions = [...tracked, ...untracked].filter((path) => isThere(path) && !/(?:^|\/)\.|\.md$/.test(path));
  return { definitions: definitions.sort(), app: app.sort() };
}

function isApp(path: string, reads: AppReads | undefined, isTracked: boolean): boolean {
  if (reads?.isLoaded(path)) return true;
  if (isBeside(path)) return false;
  if (!reads || reads.isMentioned(path)) return true;
  // Code that is run is loaded or mentioned; data may be read by a name that is worked out. What is in no commit is no data of it.
  return isTracked && reads.readsOthers && !SOURCE.test(path);
}
