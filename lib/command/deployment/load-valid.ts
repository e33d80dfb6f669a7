import type { Loaded } from '../../definitions/load';
import type { Deployment } from '../../definitions/model/model';
import type { Problem } from '../../definitions/yaml/problem';
import { counted } from '../../text/plural';
import { Failure } from '../host/failure';
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

/** Tells all errors, each on a line, and throws a Failure where there is one. */
export function refuseErrors(problems: readonly Problem[], dir: string, host: Host): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  sayProblems(errors, dir, host);
  const them = errors.length === 1 ? 'it' : 'them';
  throw new Failure('bad-definitions', `${counted(errors.length, 'error')}: fix ${them}, then try again`, {
    problems: errors,
  });
}
