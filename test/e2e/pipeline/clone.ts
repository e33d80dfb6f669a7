import { execFileSync } from 'node:child_process';
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, ended } from '../cli/ended';

const ROOT = join(__dirname, '../../..');

/** Somebody, and nobody's settings of git or npm. */
const SOMEBODY = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Somebody',
  GIT_AUTHOR_EMAIL: 'somebody@example.com',
  GIT_COMMITTER_NAME: 'Somebody',
  GIT_COMMITTER_EMAIL: 'somebody@example.com',
  // Whatever npx would have to fetch is not there.
  npm_config_offline: 'true',
  npm_config_update_notifier: 'false',
};

/** A clean clone of a team's copy of this repository, both of this machine, in which commands are typed into a shell. */
export class Clone {
  private readonly folder = mkdtempSync(join(tmpdir(), 'clone-'));
  readonly dir = join(this.folder, 'clone');
  /** Where it is pushed to. */
  readonly origin = join(this.folder, 'origin.git');
  private readonly env: NodeJS.ProcessEnv;

  /** @param environment how AWS's tools reach AWS */
  constructor(environment: Readonly<Record<string, string>>) {
    const home = join(this.folder, 'home');
    mkdirSync(home);
    this.env = {
      ...{ PATH: process.env.PATH, HOME: home, CI: 'true', NO_COLOR: '1', NODE_NO_WARNINGS: '1' },
      ...{ CDK_DISABLE_CLI_TELEMETRY: 'true', CDK_VALIDATION: 'false' },
      ...SOMEBODY,
      ...environment,
    };
    const checkout = this.checkout();
    git(this.folder, 'clone', '--quiet', '--bare', checkout, this.origin);
    git(this.folder, 'clone', '--quiet', this.origin, this.dir);
  }

  /** Makes the packages that `npm ci` installs be there. */
  link(): void {
    symlinkSync(join(ROOT, 'node_modules'), join(this.dir, 'node_modules'));
    // What is ignored is a folder of that name, and this is none.
    writeFileSync(join(this.dir, '.git/info/exclude'), '/node_modules\n');
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, content] of Object.entries(files)) writeFileSync(join(this.dir, path), content);
  }

  read(path: string): string {
    return readFileSync(join(this.dir, path), 'utf8');
  }

  git(...words: string[]): string {
    return git(this.dir, ...words);
  }

  /** Types a command. */
  type(line: string): Promise<Ended> {
    return ended('bash', ['-c', line], { cwd: this.dir, env: this.env });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A repository of this checkout as it is now, committed or not. */
  private checkout(): string {
    const to = join(this.folder, 'checkout');
    const files = git(ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0');
    for (const file of new Set(files)) {
      if (file !== '' && lstatSync(join(ROOT, file), { throwIfNoEntry: false }))
        cpSync(join(ROOT, file), join(to, file));
    }
    git(to, 'init', '--quiet', '--initial-branch', 'main');
    git(to, 'add', '--all');
    git(to, 'commit', '--quiet', '--message', 'as it is');
    return to;
  }
}

function git(cwd: string, ...words: string[]): string {
  return execFileSync('git', words, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...SOMEBODY },
    stdio: 'pipe',
  }).trim();
}
