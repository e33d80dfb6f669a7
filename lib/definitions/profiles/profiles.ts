import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { compare, type Problem } from '../yaml/problem';
import { CATALOGUE } from './catalogue';
import type { Profile } from './profile';
import { readProfile } from './read-profile';

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

  /** Reads the profiles of the folder beside the definitions, whether one uses them or not; {@link wrong} says what is not right. */
  readOwn(): void {
    for (const folder of this.folders.filter((each) => resolve(each) !== CATALOGUE)) {
      for (const name of namesIn(folder)) this.get(name);
    }
  }

  /** The profile of that name, or undefined where there is none that can be read; {@link wrong} tells the two apart. */
  get(name: string): Profile | undefined {
    const found = this.read.get(name);
    if (found || this.wrong.has(name) || !this.names().includes(name)) return found;
    const folder = this.folders.find((each) => namesIn(each).includes(name)) ?? CATALOGUE;
    const file = join(folder, `${name}.yaml`);
    const profile = readProfile(
      file,
      relative(this.dir ?? '.', file)
        .split(sep)
        .join('/'),
    );
    if ('title' in profile) this.read.set(name, profile);
    else this.wrong.set(name, profile);
    return this.read.get(name);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((file) => /^([a-z0-9-]+)\.yaml$/.exec(file)?.[1] ?? []);
  } catch {
    return [];
  }
}
