import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { type Differing, type DifferingPaths, sorted } from '../../deploy/app-files';
import { type AppReads, appReads } from '../../deploy/app-reads';
import { readRegular, TooLong } from '../../files/bounded';
import type { Git } from '../host/git';
import { profilesFolder } from './checkout';
import { gitFailed } from './git';
import { Repository } from './repository';

/** Finds the files, in the repository of the definitions, that are not as they are at a commit. */
export async function differingFiles(dir: string, ref: string, git: Git): Promise<Differing> {
  const repository = await Repository.at(dir, ref, git);
  const list = (...words: string[]) => listed(repository.top, words, git);
  const tracked = await list('diff', '--no-ext-diff', '--no-renames', '--name-only', '-z', repository.commit, '--');
  const unknown = await list('ls-files', '--others', '--exclude-standard', '-z');
  // A definition is read whether git is told to ignore it or not.
  const there = foldersOf(dir, repository).map((folder) => folder || '.');
  const ignored = await list('ls-files', '--others', '--ignored', '--exclude-standard', '-z', '--', ...there);
  return sortedFiles({ tracked, untracked: [...unknown, ...ignored] }, dir, repository, git);
}

/** Sorts files of the repository of the definitions into these and the app, as it is now. */
export async function sortedFiles(
  paths: DifferingPaths,
  dir: string,
  repository: Repository,
  git: Git,
): Promise<Differing> {
  const folders = foldersOf(dir, repository);
  const { definitions } = sorted(paths, folders, undefined);
  // Reading the app is worth it only where anything could be of it.
  if (definitions.length === paths.tracked.length + paths.untracked.length) return { definitions, app: [] };
  return sorted(paths, folders, await readsOf(dir, repository, git));
}

/** The folders of the definitions and of vendor profiles, as far as they are in the repository. */
function foldersOf(dir: string, repository: Repository): string[] {
  return [realpathSync(dir), profilesFolder(dir)].flatMap((folder) => repository.pathOf(folder) ?? []);
}

async function listed(top: string, words: readonly string[], git: Git): Promise<string[]> {
  const { status, stdout, stderr } = await git(top, words);
  if (status !== 0) throw gitFailed(stderr);
  return stdout
    .toString()
    .split('\0')
    .filter((path) => path !== '');
}

/** What the app reads; undefined where nobody can tell. */
async function readsOf(dir: string, repository: Repository, git: Git): Promise<AppReads | undefined> {
  const { top } = repository;
  // The CDK takes that for the app, whatever cdk.json says.
  if (process.env.CDK_APP) return undefined;
  const folder = appFolder(realpathSync(dir), top);
  const path = folder && repository.pathOf(folder);
  if (path === undefined) return undefined;
  const files = await listed(top, ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], git);
  try {
    return appReads(path === '' ? '.' : path, {
      files: new Set(files),
      read: (file) => textOf(join(top, file)),
      isLinked: (from, name) => isLinked(top, installed(join(top, from), name, top)),
    });
  } catch (error) {
    if (error instanceof TooLong) return undefined;
    throw error;
  }
}

/** The folder with the `cdk.json`: the present one, where the CDK is run, or else the nearest above the definitions. */
function appFolder(dir: string, top: string): string | undefined {
  const isApp = (folder: string) => existsSync(join(folder, 'cdk.json'));
  const here = realpathSync(process.cwd());
  if (isInside(top, here) && isApp(here)) return here;
  for (let folder = dir; ; folder = dirname(folder)) {
    if (isApp(folder)) return folder;
    if (folder === top || folder === dirname(folder)) return undefined;
  }
}

/** More than any source or manifest that somebody wrote. */
const MOST_BYTES = 16 * 2 ** 20;

function textOf(file: string): string | undefined {
  try {
    return readRegular(file, MOST_BYTES).toString();
  } catch (error) {
    if (error instanceof TooLong) throw error;
    return undefined;
  }
}

/** Where a package that a folder uses really is; undefined where it is not installed. */
function installed(from: string, name: string, top: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    try {
      return realpathSync(join(folder, 'node_modules', name));
    } catch {
      if (folder === top || folder === dirname(folder)) return undefined;
    }
  }
}

/** Whether a package is a folder of the repository, and not one that was installed there. */
function isLinked(top: string, folder: string | undefined): boolean {
  return folder !== undefined && isInside(top, folder) && !/[/\\]node_modules[/\\]/.test(folder);
}

function isInside(top: string, folder: string): boolean {
  return `${folder}${sep}`.startsWith(`${top}${sep}`);
}
