import { type Loaded, load } from '../definitions/load';
import type { Deployment } from '../definitions/model';
import { problemLine } from '../definitions/problem';
import { counted } from './check';
import type { Host } from './host';

/** The deployment, or undefined where its definitions have errors, which have then been said. */
export function valid(dir: string, host: Host): Deployment | undefined {
  return judged(dir, host)?.deployment;
}

/** The deployment with its warnings, or undefined where its definitions have errors, which have then been said. */
export function judged(dir: string, host: Host): Loaded | undefined {
  const loaded = load(dir, { today: host.today });
  if (!loaded.failed) return loaded;
  const errors = loaded.problems.filter(({ severity }) => severity === 'error');
  for (const problem of errors) host.err(`${problemLine(problem, dir)}\n`);
  host.err(`${counted(errors.length, 'error')}: mend ${errors.length === 1 ? 'it' : 'them'}, then try again\n`);
  return undefined;
}
