import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A git repository in a folder of its own. */
export class GitFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'repository-'));

  constructor(files: Readonly<Record<string, string>>) {
    this.git('init', '--quiet', '--initial-branch', 'main');
    this.commit(files);
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
