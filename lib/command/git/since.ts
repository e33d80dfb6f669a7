import { realpathSync } from 'node:fs';
import { load } from '../../definitions/load';
import type { Deployment } from '../../definitions/model/model';
import type { Differing, DifferingPaths } from '../../deploy/app-files';
import { type Plan, planOf, planWith, stackLeft } from '../../deploy/plan';
import { Exit, Failure } from '../host/failure';
import type { Git } from '../host/git';
import type { Host } from '../host/host';
import { attemptsOf, triedBy } from './attempts';
import { type Between, definedBetween } from './between';
import { checkoutDefinitions } from './checkout';
import { differingFiles, sortedFiles } from './differing-files';
import { writtenAgain, writtenBetween } from './history';
import { checkRecord } from './record';
import { Repository } from './repository';

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
  /** What was defined at the commits since the base, up to the present one, and at those of attempts. */
  readonly between: Between;
  /** Commits whose deployment began and was never recorded. */
  readonly attempts: readonly string[];
}

/**
 * Works out what is to be deployed. Since a record, also what commits in between changed and changed back: a deployment of
 * theirs that was cut may have left it in AWS; and what a commit has otherwise whose deployment is known to have been cut.
 *
 * @param temporary an empty folder, which the caller removes
 */
export async function planSince(
  options: SinceOptions,
  deployment: Deployment,
  temporary: string,
  host: Host,
): Promise<Planned> {
  const { dir, record, all } = options;
  const ref = await refOf(options, host.git);
  const tried = await triedBy(record === undefined ? [] : await attemptsOf(dir, record, host.git), dir, host.git);
  const { attempts } = tried;
  if (ref === undefined) {
    const plan = withTried(planOf(undefined, deployment, true), tried.between, deployment);
    return { plan, app: [], between: tried.between, attempts };
  }
  const { commit, folder, clients: differing } = await checkoutDefinitions(dir, ref, temporary, host.git);
  const then = folder === undefined ? undefined : load(folder, { part: true });
  // What cannot be read now is taken to be new; a client that was removed is known by its folder's name.
  const readable = then?.failed === false ? then.deployment : undefined;
  const now = new Set(deployment.clients.map(({ name }) => name));
  const gone = readable ? [] : differing.filter((name) => !now.has(name)).map((name) => stackLeft(name));
  const unchanged = deployment.clients.filter(({ name }) => !differing.includes(name));
  const before = { tags: {}, removeAtMost: 0, ...readable, clients: [...(readable?.clients ?? []), ...unchanged] };
  const repository = await Repository.at(dir, commit, host.git);
  const written = await writtenBetween(repository, 'HEAD', host.git);
  const unsure = [...new Set([...tried.paths, ...writtenAgain(written)])];
  const again = record === undefined ? NOTHING : await sortedFiles(tracked(unsure), dir, repository, host.git);
  const app = [...new Set([...(await differingFiles(dir, commit, host.git)).app, ...again.app])].sort();
  const plan = planOf(before, deployment, app.length > 0, all);
  const path = repository.pathOf(realpathSync(dir)) ?? '';
  const since = await definedBetween(written, { top: repository.top, folder: path }, host.git);
  const between = {
    places: [...tried.between.places, ...since.places],
    clients: new Map([...since.clients, ...tried.between.clients]),
  };
  const wide = planWith(plan, deployment, clientsOf(again.definitions, path, now), 'between');
  const whole = withTried({ ...wide, left: [...plan.left, ...gone] }, tried.between, deployment);
  return { plan: whole, base: { ref, commit }, app, between, attempts };
}

/** A plan with the clients that only attempts had: whether their stacks ever came to be, AWS says. */
function withTried(plan: Plan, { clients }: Between, deployment: Deployment): Plan {
  const known = new Set([...deployment.clients.map(({ name }) => name), ...plan.left.map(({ client }) => client)]);
  const only = [...clients].filter(([client]) => !known.has(client));
  const left = only.map(([client, { account, region }]) => ({ ...stackLeft(client), account, region }));
  return { ...plan, left: [...plan.left, ...left] };
}

const NOTHING: Differing = { definitions: [], app: [] };

function tracked(paths: readonly string[]): DifferingPaths {
  return { tracked: paths, untracked: [] };
}

/** The clients whose files these are; settings and profiles are everybody's. */
function clientsOf(files: readonly string[], folder: string, all: ReadonlySet<string>): ReadonlySet<string> {
  const names = files.map((file) => {
    const inside = folder === '' ? file : file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : '';
    return inside.includes('/') ? inside.split('/')[0] : undefined;
  });
  return names.includes(undefined) ? all : new Set(names.flatMap((name) => name ?? []));
}

/** The ref to compare with; undefined where there is none. */
async function refOf({ dir, base, record, all }: SinceOptions, git: Git): Promise<string | undefined> {
  if (base === undefined && record === undefined && !all)
    throw new Failure('missing-base', 'nothing to compare with is named', 'add --base REF, --record REF, or --all', {
      exit: Exit.USAGE,
    });
  if (record === undefined) return base;
  await checkRecord(dir, record, git);
  const { status } = await git(dir, ['rev-parse', '--verify', '--quiet', record]);
  return status === 0 ? record : undefined;
}
