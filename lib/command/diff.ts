import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diff, Stack, Synthesize } from '../changes/diff';
import { widens } from '../changes/effect';
import type { Unreadable } from '../changes/folders';
import { diffMarkdown } from '../changes/markdown';
import { accessTold, type DiffReport, reportOf, type Since } from '../changes/report';
import { diffText } from '../changes/text';
import type { Deployment } from '../definitions/model';
import { problemLine } from '../definitions/problem';
import { contextOfApp } from './app-context';
import { type Assembly, readAssembly } from './assembly';
import { layOutBase } from './base';
import { counted } from './check';
import { Exit, Failure, type Host } from './host';
import { valid } from './valid';

export interface DiffOptions {
  readonly dir: string;
  /** A git ref. */
  readonly base?: string;
  /** A cloud assembly of an earlier version. */
  readonly baseAssembly?: string;
  readonly format: 'text' | 'markdown' | 'json';
  /** Fail where access grows. */
  readonly failOn?: 'widening';
}

const FORMATS: Readonly<Record<DiffOptions['format'], (report: DiffReport) => string>> = {
  text: diffText,
  markdown: diffMarkdown,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
};

/** Says what changes in who can do what, and in resources, since an earlier version. */
export async function diff(options: DiffOptions, host: Host): Promise<Exit> {
  const { base, baseAssembly } = options;
  if ((base === undefined) === (baseAssembly === undefined))
    throw new Failure('say with what to compare: --base REF or --base-assembly DIR', Exit.USAGE);
  const deployment = valid(options.dir, host);
  if (!deployment) return Exit.FOUND;
  const temporary = mkdtempSync(join(tmpdir(), 'bucket-integrations-diff-'));
  try {
    const report =
      base === undefined
        ? await sinceAssembly(baseAssembly ?? '', deployment, temporary)
        : await sinceRef(base, deployment, temporary, options, host);
    if (!report) return Exit.FOUND;
    host.out(FORMATS[options.format](report));
    return verdict(report, options, host);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function sinceRef(
  ref: string,
  deployment: Deployment,
  temporary: string,
  { dir }: DiffOptions,
  host: Host,
): Promise<DiffReport | undefined> {
  const { commit, folder, clients } = await layOutBase(dir, ref, temporary, host.git);
  const { diffSince } = await import('../changes/folders');
  const result = await diffSince(
    folder,
    deployment,
    synthesizeIn(temporary),
    folder === undefined ? undefined : clients,
  );
  if (!isUnreadable(result)) return reportOf({ ref, commit }, result);
  const errors = result.problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors) host.err(`${problemLine(problem, `${ref}:${dir}`)}\n`);
  const how = 'nothing can be compared with it: mend it there, or name another commit';
  host.err(`the definitions at ${ref} have ${counted(errors.length, 'error')}; ${how}\n`);
  return undefined;
}

function isUnreadable(result: Diff | Unreadable): result is Unreadable {
  return 'problems' in result;
}

async function sinceAssembly(dir: string, deployment: Deployment, temporary: string): Promise<DiffReport> {
  const { stacks, environment }: Assembly = readAssembly(dir);
  const { diffAssembly } = await import('../changes/assembly');
  const since: Since = { assembly: dir };
  return reportOf(since, await diffAssembly(stacks, deployment, synthesizeIn(temporary, environment)));
}

/** Synthesizes below a folder, and without what only a deployment needs. */
function synthesizeIn(folder: string, environment: Assembly['environment'] = {}): Synthesize {
  let times = 0;
  return async (deployment, wanted) => {
    const { synthesizedStacks } = await import('../app/templates');
    times += 1;
    const outdir = join(folder, `assembly-${times}`);
    return synthesizedStacks(deployment, {
      ...wanted,
      environment,
      context: contextOfApp(),
      outdir,
    }) as unknown as Stack[];
  };
}

function verdict({ access, stacks, atStake }: DiffReport, { failOn }: DiffOptions, host: Host): Exit {
  const growing = access.filter(widens);
  const lost = stacks.flatMap(({ changes }) => changes.filter((change) => change.atStake)).length;
  if (atStake) {
    const what = lost === 1 ? 'one resource in use goes' : `${lost} resources in use go`;
    host.err(`${what}, and no definition says so: change the definitions so that nothing is replaced or removed\n`);
  }
  const failing = failOn === 'widening' && growing.length > 0;
  if (failing) for (const change of growing) host.err(`access grows: ${accessTold(change)}\n`);
  return atStake || failing ? Exit.FOUND : Exit.DONE;
}
