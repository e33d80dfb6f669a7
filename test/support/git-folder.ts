import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Repositories as they begin, by their files. */
const beginnings = new Map<string, string>();
afterAll(() => {
  for (const folder of beginnings.values()) rmSync(folder, { recursive: true, force: true });
  beginnings.clear();
});

/** A git repository in a folder of its own. */
export class GitFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'repository-'));

  /** The first commit is made once for the same files: each run of git is a process. */
  constructor(files: Readonly<Record<string, string>>) {
    const key = JSON.stringify(files);
    const like = beginnings.get(key);
    if (like !== undefined) {
      cpSync(like, this.path, { recursive: true });
      return;
    }
    this.git('init', '--quiet', '--initial-branch', 'main', '--template=');
    this.commit(files);
    const kept = mkdtempSync(join(tmpdir(), 'repository-'));
    cpSync(this.path, kept, { recursive: true });
    beginnings.set(key, kept);
  }

  /** Where its definitions are. */
  get dir(): string {
    return join(this.path, 'integrations');
  }

  /** Writes files and removes others. */
  write(files: Readonly<Record<string, string>>, ...removed: readonly string[]): void {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, file)), { recursive: true });
      writeFileSync(join(this.path, file), text);
    }
    for (const file of removed) rmSync(join(this.path, file), { recursive: true });
  }

  /** Writes files, removes others, and commits. */
  commit(files: Readonly<Record<string, string>>, ...removed: readonly string[]): string {
    this.write(files, ...removed);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', 'a change');
    return this.git('rev-parse', 'HEAD');
  }

  /** What git says, of nobody's settings. */
  git(...words: readonly string[]): string {
    const nobody = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
    const who = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com', '-c', 'commit.gpgsign=false'];
    const options = { cwd: this.path, encoding: 'utf8', env: { ...process.env, ...nobody }, stdio: 'pipe' } as const;
    return execFileSync('git', [...who, ...words], options).trim();
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
