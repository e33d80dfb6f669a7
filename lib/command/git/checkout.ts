import { createHash } from 'node:crypto';
import { copyFileSync, type Dirent, lstatSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readRegular } from '../../files/bounded';
import { Failure } from '../host/failure';
import type { Git } from '../host/git';
import { type Entry, Repository } from './repository';

/** The definitions as they were at a commit. */
export interface Base {
  /** The whole id of the commit. */
  readonly commit: string;
  /** Where they have been laid out; undefined where there were none. */
  readonly folder?: string;
  /** The clients of which any file differs, or came or went: the only ones that have been laid out. */
  readonly clients: readonly string[];
}

/** More than any definition may have, in bytes: what is longer is refused without being read. */
const MOST_BYTES = 1024 * 1024;

/**
 * Lays out a folder of definitions as it was at a commit, with the vendor profiles beside it, as far as it is another
 * than now: files are compared by their ids, so that the others are not even read from the repository.
 *
 * @param dir the folder as it is now
 * @param into an empty folder
 * @throws Failure where the commit or what is in it cannot be read
 */
export async function checkoutDefinitions(dir: string, ref: string, into: string, git: Git): Promise<Base> {
  const folder = real(dir);
  const repository = await Repository.at(folder, ref, git);
  const { commit } = repository;
  const kind = hashOf(repository);
  const path = repository.pathOf(folder) ?? '';
  const then = (await repository.files(path))?.filter((entry) => !isBeside(entry));
  if (!then) return { commit, clients: [] };
  const now = idsIn(folder, kind);
  const byClient = entriesByClient(then);
  const changed = (name: string) => !sameFiles(byClient.get(name) ?? [], now.get(name) ?? new Map());
  // Settings and profiles are everybody's.
  const profiles = await layOutProfiles(dir, repository, join(into, 'vendors'), ref);
  const all = changed(SETTINGS) || !profiles.same;
  const clients = [...new Set([...byClient.keys(), ...now.keys()])].filter(
    (name) => name !== SETTINGS && (all || changed(name)),
  );
  const wanted = [SETTINGS, ...clients].flatMap((name) => byClient.get(name) ?? []);
  await layOut(repository, wanted, join(into, 'base'), ref);
  return { commit, folder: join(into, 'base'), clients };
}

/** What stands at the top of the folder, and is no client's. */
const SETTINGS = '';

function real(dir: string): string {
  try {
    return realpathSync(dir);
  } catch (error) {
    throw new Failure(
      'cannot-read',
      `the folder ${dir} cannot be read (${(error as NodeJS.ErrnoException).code})`,
      'point --dir at the folder of the definitions',
      { cause: error },
    );
  }
}

/** What may stand beside definitions, and is never read. */
function isBeside({ path, regular }: Entry): boolean {
  const parts = path.split('/');
  return parts.some((part) => part.startsWith('.')) || (regular && parts.length <= 2 && path.endsWith('.md'));
}

/** Files by the client whose they are. */
function entriesByClient(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const client = entry.path.includes('/') ? (entry.path.split('/')[0] ?? '') : SETTINGS;
    const group = groups.get(client);
    if (group) group.push(entry);
    else groups.set(client, [entry]);
  }
  return groups;
}

/** The ids of files, by path: of what cannot be read, or is no file, one that nothing has. */
type Ids = ReadonlyMap<string, string>;

function sameFiles(entries: readonly Entry[], ids: Ids): boolean {
  return entries.length === ids.size && entries.every(({ path, id, regular }) => regular && ids.get(path) === id);
}

/** The ids that git would give the files of a folder now, by client. */
function idsIn(folder: string, kind: string): Map<string, Ids> {
  const groups = new Map<string, Map<string, string>>([[SETTINGS, new Map()]]);
  for (const entry of entriesOf(folder)) {
    if (!entry.isDirectory()) {
      groups.get(SETTINGS)?.set(entry.name, idOf(join(folder, entry.name), kind));
      continue;
    }
    const files = entriesOf(join(folder, entry.name)).map(({ name }): [string, string] => [
      `${entry.name}/${name}`,
      idOf(join(folder, entry.name, name), kind),
    ]);
    groups.set(entry.name, new Map(files));
  }
  return groups;
}

function entriesOf(folder: string): Dirent[] {
  const beside = (entry: Dirent) => entry.name.startsWith('.') || (entry.isFile() && entry.name.endsWith('.md'));
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => !beside(entry));
  } catch {
    return [];
  }
}

function idOf(file: string, kind: string): string {
  try {
    const stat = lstatSync(file);
    if (!stat.isFile() || stat.size > MOST_BYTES) return '';
    const content = readRegular(file, MOST_BYTES);
    return createHash(kind).update(`blob ${content.length}\0`).update(content).digest('hex');
  } catch {
    return '';
  }
}

/** The hash that makes ids: a repository has one of two. */
function hashOf({ commit }: Repository): 'sha1' | 'sha256' {
  return commit.length === 40 ? 'sha1' : 'sha256';
}

const PROFILE = /^[a-z0-9-]+\.yaml$/;

/** Lays out the vendor profiles that stood beside the folder, and says whether they are the same now. */
async function layOutProfiles(
  dir: string,
  repository: Repository,
  into: string,
  ref: string,
): Promise<{ same: boolean }> {
  const folder = profilesFolder(dir);
  const names = entriesOf(folder).flatMap(({ name }) => (PROFILE.test(name) ? [name] : []));
  const path = repository.pathOf(folder);
  if (path === undefined) {
    // Beside a repository there are no versions: they are taken as they are.
    mkdirSync(into);
    for (const name of names) copyFileSync(join(folder, name), join(into, name));
    return { same: true };
  }
  const kind = hashOf(repository);
  const then = ((await repository.files(path)) ?? []).filter(
    ({ path: name, regular }) => regular && PROFILE.test(name),
  );
  await layOut(repository, then, into, ref);
  return { same: sameFiles(then, new Map(names.map((name) => [name, idOf(join(folder, name), kind)]))) };
}

/** The folder of vendor profiles beside the definitions, be it there or not. */
export function profilesFolder(dir: string): string {
  const folder = join(dir, '../vendors');
  try {
    return realpathSync(folder);
  } catch {
    return join(realpathSync(dirname(resolve(folder))), 'vendors');
  }
}

/**
 * Writes files of a commit into a folder.
 * @throws Failure where one is a symbolic link or another repository, or cannot be written
 */
export async function layOut(
  repository: Repository,
  entries: readonly Entry[],
  folder: string,
  ref: string,
): Promise<void> {
  const link = entries.find(({ regular }) => !regular);
  if (link)
    throw new Failure(
      'base-broken',
      `the definitions at ${ref} are broken: ${link.path} is a symbolic link or another repository`,
      'compare with another commit',
    );
  await repository.layOut(entries, folder, `the definitions at ${ref}`, MOST_BYTES);
}
