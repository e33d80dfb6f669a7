import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const ROOT = join(__dirname, '../..');

/** The versions of the peers that consumers bring. */
export interface Peers {
  readonly 'aws-cdk-lib': string;
  readonly constructs: string;
  readonly 'cdk-nag'?: string;
}

/** The package as `npm pack` makes it; packed once for all tests of a file. */
export function packed(): { readonly tarball: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], ROOT)) as [
    { filename: string },
  ];
  return { tarball: join(folder, filename), remove: () => rmSync(folder, { recursive: true }) };
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

/** The TypeScript examples of a Markdown file. */
export function examples(file: string): string[] {
  return [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
    ([, text]) => text ?? '',
  );
}
