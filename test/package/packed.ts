import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** The versions of the peers that consumers bring. */
export interface Peers {
  readonly 'aws-cdk-lib': string;
  readonly constructs: string;
  readonly 'cdk-nag'?: string;
}

/** The package as `npm pack` has made it, for all tests of a run. */
export function artifact(): string {
  return process.env.PACKED ?? '';
}

/** Runs a program to its end and gives what it wrote; throws, with all of that, where it fails. */
export function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', ...env },
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} in ${cwd}: ${error ?? ''}\n${stdout}\n${stderr}`);
  return stdout;
}

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/**
 * The TypeScript examples of a Markdown file. Each is a module of its own, so it imports what it uses: there is nothing else
 * that a reader could paste.
 */
export function examples(file: string): string[] {
  return fenced(file, 'ts|typescript');
}

/** What stands in the fences of a language. */
export function fenced(file: string, language: string): string[] {
  const fence = new RegExp(`^( *)\`\`\`(?:${language})\\b.*\\n([\\s\\S]*?)^\\1\`\`\`$`, 'gm');
  const fences = readFileSync(join(ROOT, file), 'utf8').matchAll(fence);
  return [...fences].map(([, , text = '']) => text);
}

/** The README and every page of the documentation, but for the reference: its fences are signatures. */
export function pages(): string[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && file !== 'api.md')
    .map((file) => join('docs', file));
  return ['README.md', ...docs, 'scaffold/README.md'];
}
