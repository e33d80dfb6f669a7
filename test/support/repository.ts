import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A git repository in a folder of its own. */
export class TestRepository {
  readonly folder: string;

  constructor(origin?: { readonly clone: string; readonly depth: number }) {
    this.folder = mkdtempSync(join(tmpdir(), 'repository-'));
    if (origin) this.git('clone', '--quiet', '--depth', String(origin.depth), `file://${origin.clone}`, '.');
    else this.git('init', '--quiet', '--initial-branch=main');
  }

  /** Runs git there, as nobody in particular. */
  git(...args: string[]): string {
    return this.gitWith('', ...args);
  }

  gitWith(input: string | Buffer, ...args: string[]): string {
    const who = {
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@b.c',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@b.c',
    };
    const env = {
      PATH: process.env.PATH,
      HOME: this.folder,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      ...who,
    };
    return execFileSync('git', args, { cwd: this.folder, env, input, stdio: ['pipe', 'pipe', 'ignore'] })
      .toString()
      .trim();
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(file)), { recursive: true });
      writeFileSync(this.path(file), text);
    }
  }

  /** Commits everything as it is, after some files have been written, and returns the commit's id. */
  commit(files: Readonly<Record<string, string>> = {}): string {
    this.write(files);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', 'x');
    return this.git('rev-parse', 'HEAD');
  }

  remove(...files: string[]): void {
    for (const file of files) rmSync(this.path(file), { recursive: true });
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
