import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { compare } from './problem';
import { type Profile, profileSchema } from './profile';

const CATALOGUE = join(__dirname, '../../vendors');

/**
 * The vendor profiles: the catalogue's, and before them those in a folder `vendors` beside the definitions. Each is read
 * when it is asked for, and once.
 */
export class Profiles {
  private readonly folders: readonly string[];
  private readonly read = new Map<string, Profile>();
  private known: readonly string[] | undefined;

  /** @param dir the folder of the definitions; none knows the catalogue only */
  constructor(dir?: string) {
    this.folders = [...new Set([...(dir === undefined ? [] : [join(dir, '../vendors')]), CATALOGUE])];
  }

  /** The names of all profiles, sorted. */
  names(): readonly string[] {
    this.known ??= [...new Set(this.folders.flatMap(namesIn))].sort(compare);
    return this.known;
  }

  /**
   * The profile of that name, or undefined where there is none.
   * @throws where the profile's own file is wrong, which a user of the definitions cannot mend
   */
  get(name: string): Profile | undefined {
    const found = this.read.get(name);
    if (found || !this.names().includes(name)) return found;
    const folder = this.folders.find((each) => namesIn(each).includes(name)) ?? CATALOGUE;
    const file = join(folder, `${name}.yaml`);
    const result = profileSchema.safeParse(parse(readFileSync(file, 'utf8')));
    if (!result.success) {
      const [issue] = result.error.issues;
      throw new ProfileError(`${file}: ${issue?.path.join('.')}: ${issue?.message}`);
    }
    this.read.set(name, result.data);
    return result.data;
  }
}

/** A vendor profile that does not say what a profile must. */
export class ProfileError extends Error {}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((file) => /^([a-z0-9-]+)\.yaml$/.exec(file)?.[1] ?? []);
  } catch {
    return [];
  }
}
