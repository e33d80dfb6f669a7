import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { Exit, Failure } from '../host/failure';
import type { Git } from '../host/git';
import { gitFailed } from './git';

/** A file of a commit. */
export interface Entry {
  /** Relative to the folder that was asked for. */
  readonly path: string;
  /** The id of its content. */
  readonly id: string;
  /** In bytes. */
  readonly size: number;
  /** Whether it is a file, and neither a symbolic link nor another repository. */
  readonly regular: boolean;
}

/** A commit of the git repository that a folder is in. */
export class Repository {
  private constructor(
    private readonly git: Git,
    /** Its folder. */
    readonly top: string,
    /** The whole id of the commit. */
    readonly commit: string,
  ) {}

  /**
   * @param ref any name of a commit that git knows
   * @throws Failure where there is no git, no repository or no such commit
   */
  static async at(folder: string, ref: string, git: Git): Promise<Repository> {
    // What begins with a hyphen would be an option to git, and is no name of anything.
    if (ref === '' || ref.startsWith('-') || /\p{Cc}/u.test(ref))
      throw new Failure('bad-ref', `${JSON.stringify(ref)} is not a git ref`, 'name a branch, tag or commit', {
        exit: Exit.USAGE,
      });
    const root = await git(folder, ['rev-parse', '--show-toplevel']);
    if (root.status !== 0) {
      if (/not a git repository/i.test(root.stderr))
        throw new Failure(
          'no-repository',
          `${folder} is not in a git repository, so there is no ${ref} to compare with`,
          'point --dir at definitions that are in one',
        );
      throw gitFailed(root.stderr);
    }
    const top = realpathSync(root.stdout.toString().replace(/\r?\n$/, ''));
    const commit = await idOf(top, ref, git).then((id) => id && idOf(top, `${id}^{commit}`, git));
    if (commit) return new Repository(git, top, commit);
    const shallow = (await git(top, ['rev-parse', '--is-shallow-repository'])).stdout.toString().trim() === 'true';
    const remedy = shallow
      ? 'this clone is shallow: fetch it (git fetch --unshallow; with actions/checkout, fetch-depth: 0)'
      : 'name a branch, tag or commit that exists (git fetch gets those of a remote, for example origin/main)';
    throw new Failure('unknown-commit', `git knows no commit ${ref}`, remedy);
  }

  /** A folder's path in the repository, with forward slashes; undefined where it is outside. */
  pathOf(folder: string): string | undefined {
    const path = relative(this.top, folder).split(sep).join('/');
    return path === '..' || path.startsWith('../') || /^[A-Za-z]:/.test(path) ? undefined : path;
  }

  /**
   * All files of a folder, those in folders inside it too; undefined where the commit has no such folder.
   * @param path in the repository
   */
  async files(path: string): Promise<Entry[] | undefined> {
    const tree = await idOf(this.top, `${this.commit}:${path}`, this.git);
    if (tree === undefined) return undefined;
    const { status, stdout, stderr } = await this.git(this.top, ['ls-tree', '-r', '-l', '-z', '--full-tree', tree]);
    if (status !== 0) throw gitFailed(stderr, `${path} is not a folder at ${this.commit.slice(0, 7)}: `);
    return stdout
      .toString()
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => this.entry(line));
  }

  private entry(line: string): Entry {
    const [, mode = '', id = '', size = '', path = ''] = /^(\d+) \S+ ([0-9a-f]+) +(\S+)\t(.*)$/s.exec(line) ?? [];
    // A tree that somebody made manually can name anything; here it names a file inside the folder.
    const parts = path.split(/[/\\]/);
    if (parts.some((part) => part === '' || part === '.' || part === '..'))
      throw new Failure(
        'base-broken',
        `${this.commit.slice(0, 7)} has a file with the path ${JSON.stringify(path)}, which is not read`,
        'compare with another commit',
      );
    return { path, id, size: Number(size) || 0, regular: mode.startsWith('100') };
  }

  /**
   * Writes files into a folder.
   *
   * @param what they are, for the error
   * @param most bytes of a file: one that is longer is not read, and so many empty bytes stand in its place
   * @throws Failure where a file cannot be read or written, or is there already
   */
  async layOut(entries: readonly Entry[], folder: string, what: string, most = Number.MAX_SAFE_INTEGER): Promise<void> {
    const write = ({ path }: Entry, content: Buffer) => {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      // Never over another: a tree can name one file twice.
      writeFileSync(file, content, { flag: 'wx' });
    };
    try {
      mkdirSync(folder, { recursive: true });
      for (const part of parts(entries.filter(({ size }) => size <= most))) {
        for (const [entry, content] of await this.contents(part)) write(entry, content);
      }
      for (const entry of entries.filter(({ size }) => size > most)) write(entry, Buffer.alloc(most));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined || error instanceof Failure) throw error;
      throw new Failure(
        'cannot-write',
        `${what} cannot be written: ${(error as Error).message}`,
        'correct that, or compare with another commit',
        { cause: error },
      );
    }
  }

  private async contents(entries: readonly Entry[]): Promise<[Entry, Buffer][]> {
    const input = entries.map(({ id }) => `${id}\n`).join('');
    const { status, stdout, stderr } = await this.git(this.top, ['cat-file', '--batch'], input);
    if (status !== 0) throw gitFailed(stderr);
    let at = 0;
    return entries.map((entry) => {
      const end = stdout.indexOf('\n', at);
      const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(stdout.subarray(at, end).toString()) ?? [];
      if (end < 0 || size === undefined)
        throw new Failure(
          'missing-content',
          `git does not have the content of ${entry.path}`,
          'fetch it, and try again',
        );
      const content = stdout.subarray(end + 1, end + 1 + Number(size));
      at = end + 1 + Number(size) + 1;
      return [entry, content];
    });
  }
}

/** So many bytes of files are held in memory at once, or one file. */
const AT_ONCE = 32 * 1024 * 1024;

function parts(entries: readonly Entry[]): Entry[][] {
  const all: Entry[][] = [];
  let room = 0;
  for (const entry of entries) {
    if (entry.size > room || all.length === 0) {
      all.push([]);
      room = AT_ONCE;
    }
    all.at(-1)?.push(entry);
    room -= entry.size;
  }
  return all;
}

/** The id that a name stands for; undefined where it stands for none, or for several. */
async function idOf(top: string, name: string, git: Git): Promise<string | undefined> {
  const { status, stdout } = await git(top, ['rev-parse', '--verify', '--quiet', name]);
  const id = stdout.toString().trim();
  return status === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : undefined;
}
