/**
 * Compares the constructs' API with that of the last release, the newest tag `vX.Y.Z` before this commit. An incompatible
 * change needs a higher major version, or before 1.0 a higher minor one (https://semver.org).
 *
 *     npm run api-diff
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the tools are, whichever version is compared. */
const ROOT = join(__dirname, '../..');

/** What a comparison came to. */
export interface Compared {
  readonly fails: boolean;
  /** For the terminal, lines with their ends. */
  readonly text: string;
}

/**
 * Compares a repository as it is with its last release. Both are built with `npm run build`, which makes `.jsii`.
 *
 * @throws where git, a build or jsii-diff cannot do its part
 */
export function apiDiff(root: string): Compared {
  const tag = lastRelease(root);
  if (tag === undefined) return { fails: false, text: 'There is no release yet to compare the API with.\n' };
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    run('sh', ['-c', 'git archive "$1" | tar x -C "$2"', 'sh', tag, folder], root);
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const each of [folder, root]) run('npm', ['run', '--silent', 'build'], each);
    return verdict(tag, incompatible(folder, root), raised(versionOf(folder), versionOf(root)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The newest release that is not this commit itself. */
export function lastRelease(root: string): string | undefined {
  const tags = run(
    'git',
    ['tag', '--list', 'v*', '--merged', 'HEAD', '--no-contains', 'HEAD', '--sort=-v:refname'],
    root,
  );
  return tags.split('\n').find((tag) => /^v\d+\.\d+\.\d+$/.test(tag));
}

/** Whether a version may break what worked with an earlier one. */
export function raised(before: string, now: string): boolean {
  const [[major = 0, minor = 0], [newMajor = 0, newMinor = 0]] = [numbers(before), numbers(now)];
  if (newMajor !== major) return newMajor > major;
  return major === 0 && newMinor > minor;
}

function numbers(version: string): number[] {
  return version.split('.').map(Number);
}

function verdict(tag: string, changes: string, mayBreak: boolean): Compared {
  if (changes === '') return { fails: false, text: `The API does all that it did in ${tag}.\n` };
  const end = mayBreak
    ? `The version is raised accordingly.\n`
    : `Raise the major version (before 1.0 the minor one), or take the change back.\n`;
  return { fails: !mayBreak, text: `The API has changed incompatibly since ${tag}:\n${changes}${end}` };
}

/** The incompatible changes, one a line; empty where there are none. */
function incompatible(before: string, now: string): string {
  const { status, stderr } = tool('jsii-diff', ['--error-on', 'all', before, now], ROOT);
  // What is changed is told after three lines about the assemblies.
  const [, changes = ''] = stderr.split(/^API elements with incompatible changes:\n/m);
  if (status === 0 && changes === '') return '';
  if (status === 1 && changes !== '') return changes;
  throw new Error(`jsii-diff: ${stderr}`);
}

function versionOf(folder: string): string {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}

function tool(name: string, args: readonly string[], cwd: string) {
  const file = join(ROOT, 'node_modules/.bin', name);
  const env = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1', FORCE_COLOR: '0' };
  return spawnSync(file, args, { cwd, encoding: 'utf8', env, maxBuffer: 1 << 26 });
}

function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

if (require.main === module) {
  const { fails, text } = apiDiff(ROOT);
  process.stdout.write(text);
  process.exitCode = fails ? 1 : 0;
}
