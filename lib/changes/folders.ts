import { type Loaded, load } from '../definitions/load';
import type { Deployment } from '../definitions/model/model';
import type { Problem } from '../definitions/yaml/problem';
import { type Diff, diffDeployments, type Synthesize } from './diff';

/** Definitions that cannot be compared, and why. */
export interface Unreadable {
  /** Which of the two versions. */
  readonly version: 'before' | 'after';
  /** Its errors, by place. */
  readonly problems: readonly Problem[];
}

/** What changes from one folder of definitions to another; what they say of dates is not judged. */
export async function diffFolders(before: string, after: string, synthesize: Synthesize): Promise<Diff | Unreadable> {
  const { deployment, problems, failed } = load(after);
  return failed ? { version: 'after', problems: errorsIn(problems) } : diffSince(before, deployment, synthesize);
}

/**
 * What changes from a folder of definitions to what is read already.
 *
 * @param before undefined where there were none
 * @param clients whom the folder has, where it hasn't all: the others are as they were
 */
export async function diffSince(
  before: string | undefined,
  after: Deployment,
  synthesize: Synthesize,
  clients?: readonly string[],
): Promise<Diff | Unreadable> {
  const was = before === undefined ? NOTHING : load(before, { part: true });
  if (was.failed) return { version: 'before', problems: errorsIn(was.problems) };
  const others = clients ? after.clients.filter(({ name }) => !clients.includes(name)) : [];
  return diffDeployments({ ...was.deployment, clients: [...was.deployment.clients, ...others] }, after, synthesize);
}

function errorsIn(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ severity }) => severity === 'error');
}

const NOTHING: Loaded = { deployment: { tags: {}, clients: [], removeAtMost: 0 }, problems: [], failed: false };
