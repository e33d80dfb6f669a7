import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { readRegular } from '../../files/bounded';
import { Failure } from '../host/failure';
import type { Host } from '../host/host';
import { Repository } from './repository';

/** An app as it was, synthesized. */
export interface AppAtCommit {
  /** The folder of the cloud assembly. */
  readonly assembly: string;
  /** Of this package, if it was installed there. */
  readonly version?: string;
}

/**
 * Synthesizes the app as it was at a commit, with the packages that it had: lays out its repository, installs what its
 * `package-lock.json` names, runs no script of a package, and runs the CDK there.
 *
 * @param dir the folder of the definitions as it is now
 * @param into an empty folder, which the caller removes
 * @param name of the package whose version is wanted
 * @throws Failure where the app cannot be laid out, installed or synthesized
 */
export async function assemblyAt(
  commit: string,
  dir: string,
  into: string,
  name: string,
  host: Host,
): Promise<AppAtCommit> {
  const repository = await Repository.at(dir, commit, host.git);
  const [definitions, app] = [realpathSync(dir), appOf(realpathSync(dir), repository.top)];
  // No symbolic link, and no other repository.
  const files = (await repository.files(''))?.filter(({ regular }) => regular) ?? [];
  await repository.layOut(files, into, short(commit));
  const then = join(into, relative(repository.top, app));
  for (const file of ['package.json', 'package-lock.json']) {
    if (existsSync(join(then, file))) continue;
    throw new Failure(
      'no-app',
      `there was no ${file} at ${short(commit)}, so it is not known what was installed`,
      INSTEAD,
    );
  }
  const [assembly, ran] = [join(into, 'cdk.out'), `of ${short(commit)}`];
  const words = [
    'cdk',
    'synth',
    '--quiet',
    '--output',
    assembly,
    '--context',
    `integrations=${relative(app, definitions)}`,
  ];
  if ((await host.run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], then)) !== 0)
    throw new Failure('app-not-installed', `npm cannot install the app ${ran}`, INSTEAD);
  if ((await host.run('npx', ['--no', '--', ...words], then)) !== 0)
    throw new Failure('app-not-synthesized', `the CDK cannot synthesize the app ${ran}`, INSTEAD);
  return { assembly, version: versionIn(join(then, 'node_modules', name, 'package.json')) };
}

/** The version in a manifest; none if there is no such file, or it holds something else. */
function versionIn(file: string): string | undefined {
  let text: string;
  try {
    text = readRegular(file, 2 ** 20).toString();
  } catch {
    return undefined;
  }
  const [, version] = /"version": *"(\d+\.\d+\.\d+(?:-[\w.-]{1,40})?)"/.exec(text) ?? [];
  return version;
}

const INSTEAD = 'compare with its earlier templates (--base-assembly), or without --install';

/** The folder of the app: the nearest with a `package.json`. */
function appOf(dir: string, top: string): string {
  for (let folder = dir; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === top || folder === dirname(folder))
      throw new Failure(
        'no-app',
        `there is no package.json beside or above ${dir}, so there is no app to install`,
        INSTEAD,
      );
  }
}

function short(commit: string): string {
  return commit.slice(0, 7);
}
