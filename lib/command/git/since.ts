import { load } from '../../definitions/load';
import type { Deployment } from '../../definitions/model/model';
import { type Plan, planOf, stackLeft } from '../../deploy/plan';
import { Exit, Failure } from '../host/failure';
import type { Git } from '../host/git';
import type { Host } from '../host/host';
import { checkoutDefinitions } from './checkout';
import { differingFiles } from './differing-files';

/** Since when changes count: one of the three. */
export interface SinceOptions {
  readonly dir: string;
  /** A git ref. */
  readonly base?: string;
  /** The git ref that names what was deployed last; where there is none yet, everything counts. */
  readonly record?: string;
  /** Everything counts. */
  readonly all: boolean;
}

/** What is to be deployed, and with what the definitions were compared. */
export interface Planned {
  readonly plan: Plan;
  /** None where everything counts. */
  readonly base?: { readonly ref: string; readonly commit: string };
  /** The files of the app that differ. */
  readonly app: readonly string[];
  /** Where the definitions are that were compared with, as far as they differ; undefined where they cannot be read. */
  readonly previousFolder?: string;
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
  const plan = planOf(before, deployment, app.length > 0);
  return {
    plan: { ...plan, left: [...plan.left, ...gone] },
    base: { ref, commit },
    app,
    previousFolder: readable && folder,
  };
}

/** The ref to compare with; undefined where everything counts. */
async function refOf({ dir, base, record, all }: SinceOptions, git: Git): Promise<string | undefined> {
  if ([base !== undefined, record !== undefined, all].filter(Boolean).length !== 1)
    throw new Failure('say since when changes count: --base REF, --record REF, or --all', Exit.USAGE);
  if (record === undefined) return base;
  await checkRecord(dir, record, git);
  const { status } = await git(dir, ['rev-parse', '--verify', '--quiet', record]);
  return status === 0 ? record : undefined;
}

/** A record is moved by every deployment, so it must be nobody's branch or tag. */
async function checkRecord(dir: string, record: string, git: Git): Promise<void> {
  const { status } = await git(dir, ['check-ref-format', record]);
  if (status === 0 && /^refs\/(?!heads\/|tags\/|remotes\/)/.test(record)) return;
  const how = 'name one that is neither branch nor tag, for example refs/deployed/production';
  throw new Failure(`${JSON.stringify(record)} cannot record what was deployed; ${how}`, Exit.USAGE);
}
