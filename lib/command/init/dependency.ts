import { type Stats, statSync } from 'node:fs';
import { Exit, Failure } from '../host/failure';
import { readTarball } from './tarball';

/** What a repository says of the package that it depends on. */
export interface Dependency {
  /** As it stands in `package.json`. */
  readonly specification: string;
  /** What lies in the repository for it, by path. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** The package that a repository depends on. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** Whether its name in the npm registry is ours. */
  readonly published: boolean;
}

/** Where the tarball lies in a repository. */
const FOLDER = 'packages';

/**
 * Where npm gets the package from.
 *
 * @param from as the user says: a tarball, which goes into the repository, so that it is there in every clone; else what npm
 *   takes as a specification; the registry where nothing is said
 * @throws Failure where that is the registry, which does not have the package yet
 */
export function dependencyOf(from: string | undefined, own: Package): Dependency {
  const { name, version, published } = own;
  const path = (from ?? '').replace(/^file:/, '');
  const there = from === undefined ? undefined : statOf(path);
  if (there?.isDirectory())
    throw new Failure(
      'bad-package',
      `${path} is a folder, which no other clone has`,
      'npm pack in it makes a tarball: name that',
    );
  if (there || /^file:|^[^:]*\.(?:tgz|tar\.gz)$/.test(from ?? '')) {
    const tarball = readTarball(path, name);
    const file = `${FOLDER}/${name}-${tarball.version}.tgz`;
    return { specification: `file:${file}`, files: new Map([[file, tarball.content]]) };
  }
  if (!published && isOfRegistry(from, name)) {
    const why = `${name} is not in the npm registry yet, where anybody may register that name`;
    throw new Failure(
      'missing-answer',
      why,
      'say where the package comes from, with --from TARBALL: npm pack in a checkout makes one',
      { exit: Exit.USAGE },
    );
  }
  return { specification: from ?? `^${version}`, files: new Map() };
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether npm would look the name up in the registry: of a range, a tag, or an alias of the name itself. */
function isOfRegistry(from: string | undefined, name: string): boolean {
  return from === undefined || !/[:/]/.test(from) || from === `npm:${name}` || from.startsWith(`npm:${name}@`);
}
