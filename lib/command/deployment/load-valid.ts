import type { Loaded } from '../../definitions/load';
import type { Deployment } from '../../definitions/model/model';
import { counted } from '../../text/plural';
import type { Host } from '../host/host';
import { loadWatched } from '../terminal/progress';
import { sayProblems } from '../terminal/say';

/** The deployment, or undefined where its definitions have errors, which have then been said. */
export function loadValid(dir: string, host: Host): Deployment | undefined {
  return loadJudged(dir, host)?.deployment;
}

/** The deployment with its warnings, or undefined where its definitions have errors, which have then been said. */
export function loadJudged(dir: string, host: Host): Loaded | undefined {
  const loaded = loadWatched(dir, { today: host.today }, host);
  if (!loaded.failed) return loaded;
  const errors = loaded.problems.filter(({ severity }) => severity === 'error');
  sayProblems(errors, dir, host);
  host.err(`${counted(errors.length, 'error')}: mend ${errors.length === 1 ? 'it' : 'them'}, then try again\n`);
  return undefined;
}
