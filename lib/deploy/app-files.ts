/** Files that differ. */
export interface Differing {
  /** Of the definitions, and of the vendor profiles beside them: these are compared by what they say. */
  readonly definitions: readonly string[];
  /** Of the app. */
  readonly app: readonly string[];
}

/**
 * Sorts files into definitions and app. Whatever is not known to be something else is of the app: a stack that is deployed
 * without need stays as it is, and one that is missed would not get what has changed.
 *
 * @param paths in the repository, with forward slashes
 * @param folders of the definitions and vendor profiles in it; empty for the repository itself
 */
export function sorted(paths: readonly string[], folders: readonly string[]): Differing {
  const isDefinition = (path: string) => folders.some((folder) => folder === '' || path.startsWith(`${folder}/`));
  const [definitions, others] = [paths.filter(isDefinition), paths.filter((path) => !isDefinition(path))];
  return { definitions: [...definitions].sort(), app: others.filter((path) => !BESIDE.test(path)).sort() };
}

/** Documentation, tests, and whatever begins with a dot, workflows among it. */
const BESIDE = /^\.|\/\.|\.md$|^(?:docs|tests?)\/|^LICENSE$/;
