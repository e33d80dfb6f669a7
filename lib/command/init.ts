import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import cdk from '../../cdk.json';
import manifest from '../../package.json';
import { readRegular } from '../files/bounded';
import { shellWord } from '../text/shell';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { dependencyOf } from './init/dependency';

export interface InitOptions {
  /** Where npm gets this package from: a tarball, or what npm takes otherwise. */
  readonly from?: string;
  readonly json: boolean;
}

/** Files that are copied as they are; npm packs no `.gitignore`, so that one is kept without its dot. */
const SCAFFOLD = join(__dirname, '../../scaffold');

/** What may lie in a folder that counts as empty. */
const NOT_THERE = new Set(['.git', '.DS_Store']);

/** Lays out a repository of definitions that depends on this package. */
export function init(dir: string, options: InitOptions, host: Host): Exit {
  const dependency = dependencyOf(options.from, manifest);
  const files = new Map<string, string | Buffer>([
    ['package.json', json(packageJson(dependency.specification))],
    ['cdk.json', json({ ...cdk, app: cdk.app.replace(/--require .*/, `-e "require('${manifest.name}/app')"`) })],
    ...copied(SCAFFOLD),
    ...dependency.files,
  ]);
  refuseUnlessEmpty(dir);
  write(dir, files);
  if (options.json) host.out(json({ dir, files: [...files.keys()] }));
  else {
    host.out([...files.keys()].map((file) => `${join(dir, file)}\n`).join(''));
    host.err(`next: cd ${shellWord(dir)} && npm install && npx cdk synth\n`);
  }
  return Exit.DONE;
}

/** Writes all files, or none. */
function write(dir: string, files: ReadonlyMap<string, string | Buffer>): void {
  const made: string[] = [];
  try {
    for (const [file, content] of files) {
      // The topmost folder that was not there.
      const folder = mkdirSync(dirname(join(dir, file)), { recursive: true });
      if (folder !== undefined) made.push(folder);
      writeFileSync(join(dir, file), content, { flag: 'wx' });
      made.push(join(dir, file));
    }
  } catch (error) {
    for (const path of made.reverse()) rmSync(path, { recursive: true, force: true });
    throw new Failure(
      'cannot-write',
      `${dir} cannot be written: ${(error as Error).message}`,
      'name a folder that you may write',
      { cause: error },
    );
  }
}

/** What snapshot and verify ask AWS with, beside what deploy does. */
const READ_BY_SNAPSHOT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    (['iam', 'kms', 's3', 's3-control', 'secrets-manager', 'transfer'] as const).map((service) => {
      const name = `@aws-sdk/client-${service}` as const;
      return [name, manifest.devDependencies[name]];
    }),
  ),
  // Not every registry has a current one.
  '@aws-sdk/client-rolesanywhere': '^3.332.0',
};

function packageJson(from: string): object {
  const { devDependencies: own } = manifest;
  return {
    private: true,
    scripts: {
      check: 'bucket-integrations check',
      synth: 'cdk synth --quiet',
    },
    // The CLI is pinned: the registry's newest version is an old one that cannot read today's assemblies.
    dependencies: {
      // For diff.
      '@aws-cdk/cloudformation-diff': own['@aws-cdk/cloudformation-diff'],
      // For deploy, which looks what is there before it ends anything.
      '@aws-sdk/client-cloudformation': own['@aws-sdk/client-cloudformation'],
      '@aws-sdk/client-sts': own['@aws-sdk/client-sts'],
      ...READ_BY_SNAPSHOT,
      'aws-cdk': own['aws-cdk'],
      'aws-cdk-lib': `^${own['aws-cdk-lib']}`,
      [manifest.name]: from,
      'cdk-nag': `^${own['cdk-nag']}`,
      constructs: `^${own.constructs}`,
    },
  };
}

function refuseUnlessEmpty(dir: string): void {
  let there: string[];
  try {
    there = readdirSync(dir).filter((name) => !NOT_THERE.has(name));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    throw new Failure('cannot-read', `${dir} cannot be read: ${message}`, 'name a new folder', { cause: error });
  }
  if (there.length > 0) throw new Failure('folder-not-empty', `${dir} is not empty (${there[0]})`, 'name a new folder');
}

function copied(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
    .map((file) => [file.replace(/^dot-/, '.'), textOf(join(folder, file))]);
}

/** A file of this package. */
function textOf(file: string): string {
  return readRegular(file, 2 ** 20).toString();
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
