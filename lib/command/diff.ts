import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { devDependencies, name, version } from '../../package.json';
import type { Diff, Synthesize } from '../changes/diff';
import { widens } from '../changes/effect';
import type { Unreadable } from '../changes/folders';
import { diffMarkdown, type LinkOf } from '../changes/markdown';
import { accessText, type DiffReport, reportOf, type Since } from '../changes/report';
import { diffText } from '../changes/text';
import type { Loaded } from '../definitions/load';
import { risksIn } from '../definitions/risks';
import { problemLine } from '../definitions/yaml/problem';
import type { SynthesizedStack } from '../templates';
import { counted } from '../text/plural';
import { contextOfApp } from './deployment/app-context';
import { placed, readAssembly } from './deployment/assembly';
import { loadJudged } from './deployment/load-valid';
import { assemblyAt } from './git/app-at-commit';
import { checkoutDefinitions } from './git/checkout';
import { differingFiles } from './git/differing-files';
import { Repository } from './git/repository';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { painter } from './terminal/colors';
import { prose } from './terminal/prose';

export interface DiffOptions {
  readonly dir: string;
  /** A git ref. */
  readonly base?: string;
  /** A cloud assembly of an earlier version. */
  readonly baseAssembly?: string;
  /** Where the app itself is another than at the ref, install it as it was there, and compare with what it makes. */
  readonly install?: boolean;
  readonly format: 'text' | 'markdown' | 'json';
  /** Fail where access grows. */
  readonly failOn?: 'widening';
}

type Format = (report: DiffReport, host: Host, linkOf: LinkOf) => string;

const FORMATS: Readonly<Record<DiffOptions['format'], Format>> = {
  text: (report, { colors }) => diffText(report, painter(colors?.out)),
  markdown: (report, _, linkOf) => diffMarkdown(report, linkOf),
  // What changes is in `access` already.
  json: ({ affected, ...report }) =>
    `${JSON.stringify({ ...report, affected: affected.map(({ changes: _, ...each }) => each) }, null, 2)}\n`,
};

/** Knows which change replaces a resource. It is large and serves nothing else, so it is no part of this package. */
const COMPARES = '@aws-cdk/cloudformation-diff';
const INSTALL = `npm install ${COMPARES}@${devDependencies[COMPARES]}`;

function isMissing(error: unknown, name: string): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'MODULE_NOT_FOUND' && message.startsWith(`Cannot find module '${name}'`);
}

/** Says what changes in who can do what, and in resources, since an earlier version. */
export async function diff(options: DiffOptions, host: Host): Promise<Exit> {
  const { base, baseAssembly } = options;
  if (base === undefined && baseAssembly === undefined)
    throw new Failure('missing-base', 'nothing to compare with is named', 'add --base REF or --base-assembly DIR', {
      exit: Exit.USAGE,
    });
  if (options.install && base === undefined)
    throw new Failure(
      'options-conflict',
      'what --base-assembly names is synthesized already',
      'leave --install out, or name --base REF instead',
      { exit: Exit.USAGE },
    );
  const loaded = loadJudged(options.dir, host);
  const temporary = mkdtempSync(join(tmpdir(), 'bucket-integrations-diff-'));
  try {
    const report =
      base === undefined
        ? await sinceAssembly({ assembly: baseAssembly ?? '' }, baseAssembly ?? '', loaded, temporary)
        : await sinceRef(base, loaded, temporary, options, host);
    const text = FORMATS[options.format](report, host, await linksTo(options.dir, host));
    host.out(options.format === 'text' ? prose(text, host.width, 2) : text);
    return verdict(report, options, host);
  } catch (error) {
    throw isMissing(error, COMPARES)
      ? new Failure('missing-package', `this needs ${COMPARES}`, INSTALL, { cause: error })
      : error;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function sinceRef(
  ref: string,
  loaded: Loaded,
  temporary: string,
  { dir, install }: DiffOptions,
  host: Host,
): Promise<DiffReport> {
  const { commit, folder, clients } = await checkoutDefinitions(dir, ref, temporary, host.git);
  // Where there were no definitions, the app made nothing.
  const { app } = folder === undefined ? { app: [] } : await differingFiles(dir, commit, host.git);
  if (app.length > 0 && install) {
    const before = await assemblyAt(commit, dir, join(temporary, 'app'), name, host);
    if (before.version !== undefined && before.version !== version) host.err(upgraded(before.version));
    return sinceAssembly({ ref, commit }, before.assembly, loaded, temporary);
  }
  if (app.length > 0) host.err(notCompared(ref, app));
  const { diffSince } = await import('../changes/folders');
  const result = await diffSince(
    folder,
    loaded.deployment,
    synthesizeIn(temporary),
    folder === undefined ? undefined : clients,
  );
  if (!isUnreadable(result)) return reportOf({ ref, commit }, result, risksIn(loaded), loaded.deployment);
  const errors = result.problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors) host.err(`${problemLine(problem, `${ref}:${dir}`)}\n`);
  const how = 'nothing can be compared with it: fix it there, or name another commit';
  throw new Failure('base-broken', `the definitions at ${ref} have ${counted(errors.length, 'error')}`, how, {
    problems: errors.map((problem) => ({ ...problem, file: `${ref}:${problem.file}` })),
  });
}

function isUnreadable(result: Diff | Unreadable): result is Unreadable {
  return 'problems' in result;
}

/** The definitions alone are compared, and another version of a package may make other policies of them. */
function notCompared(ref: string, [first, ...others]: readonly string[]): string {
  const files = `${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
  return `the app differs from ${ref} (${files}), and this comparison leaves that out: add --install to include it\n`;
}

function upgraded(before: string): string {
  return `note: ${name} was ${before} and is ${version}: node_modules/${name}/docs/upgrading.md says what to do\n`;
}

async function sinceAssembly(since: Since, dir: string, loaded: Loaded, temporary: string): Promise<DiffReport> {
  const stacks = readAssembly(dir);
  const { diffAssembly } = await import('../changes/assembly');
  const result = await diffAssembly(stacks, loaded.deployment, synthesizeIn(temporary, stacks));
  return reportOf(since, result, risksIn(loaded), loaded.deployment);
}

/**
 * Synthesizes below a folder, and without what only a deployment needs.
 * @param made stacks for whose places it does
 */
function synthesizeIn(folder: string, made: readonly SynthesizedStack[] = []): Synthesize {
  let times = 0;
  return async (given, wanted) => {
    const { synthesizedStacks } = await import('../app/templates');
    times += 1;
    const outdir = join(folder, `assembly-${times}`);
    const { deployment, environment } = placed(given, made);
    return synthesizedStacks(deployment, { ...wanted, environment, context: contextOfApp(), outdir });
  };
}

/** Where files of the definitions can be looked at: in GitHub Actions, at the commit that is checked out. */
async function linksTo(dir: string, { git }: Host): Promise<LinkOf> {
  const { GITHUB_SERVER_URL: server = '', GITHUB_REPOSITORY: name = '' } = process.env;
  if (!/^https:\/\/[\w.-]+$/.test(server) || !/^[\w.-]+\/[\w.-]+$/.test(name)) return () => undefined;
  const folder = realpathSync(dir);
  const repository = await Repository.at(folder, 'HEAD', git);
  const path = repository.pathOf(folder);
  const address = (file: string) => [path, file].flatMap((each) => each?.split('/') ?? []).filter(Boolean);
  return (file) => {
    const parts = address(file).map((part) => encodeURIComponent(part).replaceAll('(', '%28').replaceAll(')', '%29'));
    return path === undefined ? undefined : `${server}/${name}/blob/${repository.commit}/${parts.join('/')}`;
  };
}

function verdict({ access, stacks, atStake }: DiffReport, { failOn }: DiffOptions, host: Host): Exit {
  const growing = access.filter(widens);
  const lost = stacks.flatMap(({ changes }) => changes.filter((change) => change.atStake)).length;
  if (atStake) {
    const what = lost === 1 ? 'one resource in use is lost' : `${lost} resources in use are lost`;
    host.err(`${what}, and no definition says so: change the definitions so that nothing is replaced or removed\n`);
  }
  const failing = failOn === 'widening' && growing.length > 0;
  if (failing) for (const change of growing) host.err(`access grows: ${accessText(change)}\n`);
  return atStake || failing ? Exit.FOUND : Exit.DONE;
}
