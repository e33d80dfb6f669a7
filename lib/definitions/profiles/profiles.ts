import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { quote } from '../../text/quote';
import { compare, type Problem } from '../yaml/problem';
import { CATALOGUE } from './catalogue';
import type { Profile } from './profile';
import { notYetChecked, readProfile } from './read-profile';

/**
 * The vendor profiles: the catalogue's, and before them those in a folder `vendors` beside the definitions. Each is read
 * when it is asked for, and once.
 */
export class Profiles {
  private readonly folders: readonly string[];
  private readonly read = new Map<string, Profile>();
  private known: readonly string[] | undefined;
  /** What is wrong with the profiles that were asked for, by name: each at its place in a file named from the definitions. */
  readonly wrong = new Map<string, readonly Problem[]>();

  /** @param dir the folder of the definitions; none knows the catalogue only */
  constructor(private readonly dir?: string) {
    this.folders = [...new Set([...(dir === undefined ? [] : [join(dir, '../vendors')]), CATALOGUE])];
  }

  /** The names of all profiles, sorted. */
  names(): readonly string[] {
    this.known ??= [...new Set(this.folders.flatMap(namesIn))].sort(compare);
    return this.known;
  }

  /**
   * Reads the profiles of the folder beside the definitions, whether one uses them or not; {@link wrong} says what is not
   * right in them.
   *
   * @param today as `YYYY-MM-DD`; dates are not judged without it
   * @returns what is wrong with the folder: what is not read from it, and dates that have not come
   */
  readOwn(today?: string): Problem[] {
    return this.folders
      .filter((each) => resolve(each) !== CATALOGUE)
      .flatMap((folder) => {
        const names = namesIn(folder);
        const dates = names.flatMap((name) => {
          const profile = this.get(name);
          const { path, shown } = this.fileOf(name, folder);
          return profile && today !== undefined ? notYetChecked(path, shown, profile, today) : [];
        });
        return [...strays(folder).map((file) => strayProblem(this.shown(join(folder, file)), file)), ...dates];
      });
  }

  /** The profile of that name, or undefined where there is none that can be read; {@link wrong} tells the two apart. */
  get(name: string): Profile | undefined {
    const found = this.read.get(name);
    if (found || this.wrong.has(name) || !this.names().includes(name)) return found;
    const folder = this.folders.find((each) => namesIn(each).includes(name)) ?? CATALOGUE;
    const { path, shown } = this.fileOf(name, folder);
    const profile = readProfile(path, shown);
    if ('title' in profile) this.read.set(name, profile);
    else this.wrong.set(name, profile);
    return this.read.get(name);
  }

  private fileOf(name: string, folder: string): { path: string; shown: string } {
    const path = join(folder, `${name}.yaml`);
    return { path, shown: this.shown(path) };
  }

  /** A path from the definitions, as their problems name it. */
  private shown(path: string): string {
    return relative(this.dir ?? '.', path)
      .split(sep)
      .join('/');
  }
}

const NAME = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml$/;

function namesIn(folder: string): string[] {
  return filesIn(folder).flatMap((file) => NAME.exec(file)?.[1] ?? []);
}

/** What somebody may take for a profile, and nobody reads. */
function strays(folder: string): string[] {
  return filesIn(folder).filter((file) => !file.startsWith('.') && !file.endsWith('.md') && !NAME.test(file));
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort(compare);
  } catch {
    return [];
  }
}

function strayProblem(file: string, name: string): Problem {
  const wanted = name
    .replace(/\.ya?ml$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const isProfile = /\.ya?ml$/i.test(name) && wanted !== '';
  return {
    ...{ file, line: 1, column: 1, severity: 'error', code: 'unexpected-file' },
    message: `${quote(name)} is not read: a vendor profile is a file NAME.yaml, of lower-case letters, digits and hyphens`,
    fix: isProfile ? `rename it to ${wanted}.yaml` : 'move it: this folder holds vendor profiles',
  };
}
