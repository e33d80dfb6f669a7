import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readRegular } from '../../files/bounded';
import { integrationShape } from '../language/schema';
import { compare } from '../yaml/problem';
import { MOST_BYTES } from '../yaml/size';
import { CATALOGUE } from './catalogue';
import { type Profile, profileSchema } from './profile';

/**
 * The vendor profiles: the catalogue's, and before them those in a folder `vendors` beside the definitions. Each is read
 * when it is asked for, and once.
 */
export class Profiles {
  private readonly folders: readonly string[];
  private readonly read = new Map<string, Profile>();
  private known: readonly string[] | undefined;
  /** The profiles that were asked for and do not say what a profile must. */
  readonly wrong = new Map<string, { readonly file: string; readonly what: string }>();

  /** @param dir the folder of the definitions; none knows the catalogue only */
  constructor(dir?: string) {
    this.folders = [...new Set([...(dir === undefined ? [] : [join(dir, '../vendors')]), CATALOGUE])];
  }

  /** The names of all profiles, sorted. */
  names(): readonly string[] {
    this.known ??= [...new Set(this.folders.flatMap(namesIn))].sort(compare);
    return this.known;
  }

  /** The profile of that name, or undefined where there is none that can be read; {@link wrong} tells the two apart. */
  get(name: string): Profile | undefined {
    const found = this.read.get(name);
    if (found || this.wrong.has(name) || !this.names().includes(name)) return found;
    const folder = this.folders.find((each) => namesIn(each).includes(name)) ?? CATALOGUE;
    const file = join(folder, `${name}.yaml`);
    const profile = readProfile(file);
    if (typeof profile === 'string') this.wrong.set(name, { file, what: profile });
    else this.read.set(name, profile);
    return this.read.get(name);
  }
}

/** A profile, or what is wrong with its file. */
function readProfile(file: string): Profile | string {
  let data: unknown;
  try {
    if (!lstatSync(file).isFile()) return 'it is not a file';
    data = parse(new TextDecoder('utf-8', { fatal: true }).decode(readRegular(file, MOST_BYTES)));
  } catch (error) {
    return (error as Error).message;
  }
  const profile = profileSchema.safeParse(data);
  if (!profile.success) return errorText(profile.error);
  for (const { kind, defaults = {} } of profile.data.ways) {
    const checked = z.strictObject(integrationShape(kind)).partial().safeParse(defaults);
    if (!checked.success) return `the defaults of ${kind}: ${errorText(checked.error)}`;
    // What a profile says can change, and what is deployed must stay in its stack.
    if (Object.hasOwn(defaults, 'stackPart'))
      return `the defaults of ${kind}: stackPart is an integration's own matter`;
  }
  return profile.data;
}

function errorText(error: z.ZodError): string {
  const [issue] = error.issues;
  const path = issue?.path.join('.') || 'the file';
  const missing = issue?.code === 'invalid_type' && issue.message.endsWith('undefined');
  return missing ? `${path} is missing` : `${path}: ${issue?.message}`;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((file) => /^([a-z0-9-]+)\.yaml$/.exec(file)?.[1] ?? []);
  } catch {
    return [];
  }
}
