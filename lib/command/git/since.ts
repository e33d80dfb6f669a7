import { load } from '../../definitions/load';
import type { Deployment } from '../../definitions/model/model';
import { type Plan, planOf, stackLeft } from '../../deploy/plan';
import { Exit, Failure } from '../host/failure';
import type { Git } from '../host/git';
import type { Host } from '../host/host';
import { checkoutDefinitions } from './checkout';
import { differingFiles } from './differing-files';
import { checkRecord } from './record';

/** Since when changes count: a base, a record, or neither where everything counts. */
export interface SinceOptions {
  readonly dir: string;
  /** A git ref. */
  readonly base?: string;
  /** The git ref that names what was deployed last; where there is none yet, everything counts. */
  readonly record?: string;
  /** Everything counts; what is left over is known by the base or the record, if there is one. */
  readonly all: boolean;
}

/** What is to be deployed, and with what the definitions were compared. */
export interface Planned {
  readonly plan: Plan;
  /** None where nothing was compared. */
  readonly base?: { readonly ref: string; readonly commit: string };
  /** The files of the app that differ. */
  readonly app: readonly string[];
}

/**
 * Works out what is to be deployed.
 * @param temporary an empty folder, which the caller removes
 */
export async function planSince(
  options: SinceOptions,
  deployment: Deployment,
  temporary: string,
  host: Host,
): Promise<Planned> {
  const ref = await refOf(options, host.git);
  if (ref === undefined) return { plan: planOf(undefined, deployment, true), app: [] };
  const { commit, folder, clients: differing } = await checkoutDefinitions(options.dir, ref, temporary, host.git);
  const then = folder === undefined ? undefined : load(folder);
  // What cannot be read now is taken to be new, whoever deployed it; who went is known by the folder's name.
  const readable = then?.failed === false ? then.deployment : undefined;
  const now = new Set(deployment.clients.map(({ name }) => name));
  const gone = readable ? [] : differing.filter((name) => !now.has(name)).map((name) => stackLeft(name));
  const unchanged = deployment.clients.filter(({ name }) => !differing.includes(name));
  const before = { tags: {}, removeAtMost: 0, ...readable, clients: [...(readable?.clients ?? []), ...unchanged] };
  const { app } = await differingFiles(options.dir, commit, host.git);
  const plan = planOf(before, deployment, app.length > 0, options.all);
  return { plan: { ...plan, left: [...plan.left, ...gone] }, base: { ref, commit }, app };
}

/** The ref to compare with; undefined where there is none. */
async function refOf({ dir, base, record, all }: SinceOptions, git: Git): Promise<string | undefined> {
  if (base !== undefined && record !== undefined)
    throw new Failure('changes count since only one of --base and --record', Exit.USAGE);
  if (base === undefined && record === undefined && !all)
    throw new Failure('say since when changes count: --base REF, --record REF, or --all', Exit.USAGE);
  if (record === undefined) return base;
  await checkRecord(dir, record, git);
  const { status } = await git(dir, ['rev-parse', '--verify', '--quiet', record]);
  return status === 0 ? record : undefined;
}
