import type { Loaded } from '../../definitions/load';
import type { Deployment } from '../../definitions/model/model';
import type { Problem } from '../../definitions/yaml/problem';
import { namesOf } from '../../rules/names';
import { all } from '../../text/list';
import { counted } from '../../text/plural';
import { Exit, Failure } from '../host/failure';
import type { Host } from '../host/host';
import { loadWatched } from '../terminal/progress';
import { sayProblems } from '../terminal/say';

/**
 * The deployment.
 * @throws Failure where its definitions have errors, which have then been told
 */
export function loadValid(dir: string, host: Host): Deployment {
  return loadJudged(dir, host).deployment;
}

/**
 * The deployment with its warnings.
 * @throws Failure where its definitions have errors, which have then been told
 */
export function loadJudged(dir: string, host: Host): Loaded {
  const loaded = loadWatched(dir, { today: host.today }, host);
  refuseErrors(loaded.problems, dir, host);
  return loaded;
}

/** What a reading command is asked to show. */
export interface Reading {
  readonly dir: string;
  /** These clients only, whose files alone are read. */
  readonly client?: readonly string[];
  /** One client or integration, by its name. */
  readonly name?: string;
}

/** What can be shown. */
export interface Readable extends Loaded {
  /** Whether something that was asked for cannot be shown; its errors have been said. */
  readonly exit: Exit;
}

/**
 * The deployment as far as it can be read: the errors of one client do not keep the others from being shown.
 * @throws Failure where nothing can be shown, or not what is named
 */
export function loadReadable({ dir, client, name }: Reading, host: Host): Readable {
  const loaded = loadWatched(dir, { today: host.today, clients: client?.length ? client : undefined }, host);
  const errors = loaded.problems.filter(({ severity }) => severity === 'error');
  const clients = loaded.deployment.clients.map((each) => each.name);
  // What is of no one client is of all.
  const broken = new Set(errors.map(({ file }) => /^([^/]+)\/[^/]+$/.exec(file)?.[1] ?? ''));
  const named = name === undefined ? undefined : namesOf(name).client;
  const good = clients.filter((each) => !broken.has(each));
  if (broken.has('') || good.length === 0 || (named !== undefined && broken.has(named)))
    refuseErrors(loaded.problems, dir, host);
  if (broken.size === 0) return { ...loaded, exit: Exit.DONE };
  const shown = loaded.deployment.clients.filter((each) => good.includes(each.name));
  const readable = { ...loaded, deployment: { ...loaded.deployment, clients: shown } };
  // Who asks for one wants to know of that one.
  if (named !== undefined) return { ...readable, exit: Exit.DONE };
  sayProblems(errors, dir, host);
  host.err(`not shown, because of ${counted(errors.length, 'error')}: ${all([...broken].sort())}\n`);
  return { ...readable, exit: Exit.FOUND };
}

/** Tells all errors, each on a line, and throws a Failure where there is one. */
export function refuseErrors(problems: readonly Problem[], dir: string, host: Host): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  sayProblems(errors, dir, host);
  const them = errors.length === 1 ? 'it' : 'them';
  throw new Failure('bad-definitions', counted(errors.length, 'error'), `fix ${them}, then try again`, {
    problems: errors,
  });
}
