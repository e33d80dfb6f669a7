import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import cdk from '../../cdk.json';
import manifest from '../../package.json';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';

export interface InitOptions {
  /** Where npm gets this package from. */
  readonly from?: string;
  readonly json: boolean;
}

/** Files that are copied as they are; npm packs no `.gitignore`, so those with a dot are kept without it. */
const SCAFFOLD = join(__dirname, '../../scaffold');

/** What GitHub needs, as this repository has it itself. */
const GITHUB = join(__dirname, '../../.github');
const OF_GITHUB = [
  'ISSUE_TEMPLATE/integration.yml',
  'scripts/comment.mjs',
  'workflows/dates.yml',
  'workflows/main.yml',
  'workflows/pull-request.yml',
];

/** What may lie in a folder that counts as empty. */
const NOT_THERE = new Set(['.git', '.DS_Store']);

/** Lays out a repository of definitions that depends on this package. */
export function init(dir: string, options: InitOptions, host: Host): Exit {
  const files = new Map([
    ['package.json', json(packageJson(specification(options.from, dir)))],
    ['cdk.json', json({ ...cdk, app: cdk.app.replace(/--require .*/, `-e "require('${manifest.name}/app')"`) })],
    ...copied(SCAFFOLD),
    ...OF_GITHUB.map((file): [string, string] => [`.github/${file}`, readFileSync(join(GITHUB, file), 'utf8')]),
  ]);
  refuseUnlessEmpty(dir);
  try {
    for (const [file, text] of files) {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), text, { flag: 'wx' });
    }
  } catch (error) {
    throw new Failure(`${dir} cannot be written: ${(error as Error).message}`);
  }
  if (options.json) host.out(json({ dir, files: [...files.keys()] }));
  else {
    host.out([...files.keys()].map((file) => `${join(dir, file)}\n`).join(''));
    host.err(`next: cd ${dir} && npm install && npx cdk synth\n`);
  }
  return Exit.DONE;
}

/** A file that is there, as npm finds it from the new folder; anything else as it is given. */
function specification(from: string | undefined, dir: string): string {
  if (from === undefined) return `^${manifest.version}`;
  const file = from.replace(/^file:/, '');
  if (existsSync(file)) return `file:${relative(dir, file).replaceAll(sep, '/')}`;
  if (/\.(?:tgz|tar\.gz)$/.test(from) && !/^[a-z+]+:/.test(from))
    throw new Failure(`${from} is not there: npm pack in a checkout makes a tarball, and prints its name`);
  return from;
}

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
    throw new Failure(`${dir} cannot be read: ${message}`);
  }
  if (there.length > 0) throw new Failure(`${dir} is not empty (${there[0]}): name a new folder`);
}

function copied(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort()
    .map((file) => [file.replace(/^dot-/, '.'), readFileSync(join(folder, file), 'utf8')]);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
