/**
 * Code of others in jobs that hold a token worth having: what an artifact, a cache or a pull request puts where the next step
 * runs something, and the scripts of packages. Sound first: a command that is not known to run nothing counts as running.
 *
 * @see https://docs.github.com/en/actions/reference/security/secure-use
 */
import { commandsIn } from './shell';
import { eventsOf, type Job, type Step, type Workflow, writesOf } from './workflow';

/** What is wrong with the jobs of a workflow whose token can write, or be exchanged for another (`id-token`). */
export function untrustedCode(workflow: Workflow): string[] {
  return Object.entries(workflow.jobs).flatMap(([id, job]) => {
    const writes = writesOf(job, workflow);
    if (writes.length === 0) return [];
    return [...ranUntrusted(job, workflow), ...(writes.some(isIdToken) ? scriptsOfPackages(job) : [])].map(
      (finding) => `${id}: ${finding}, in a job that may write ${writes.join(', ')}`,
    );
  });
}

function isIdToken(scope: string): boolean {
  return scope === 'id-token' || scope === 'everything';
}

/** A folder in which something of others lies: the workspace, or the path of one outside it. */
interface Place {
  readonly folder: string;
  readonly why: string;
}

const WORKSPACE = 'the workspace';

function ranUntrusted(job: Job, workflow: Workflow): string[] {
  if (job.uses !== undefined) return [`${job.uses}: what another workflow runs is not read`];
  const places: Place[] = [];
  const findings: string[] = [];
  for (const act of (job.steps ?? []).flatMap(actsOf)) {
    for (const { folder, why } of places) {
      const ran = ranIn(act, folder);
      if (ran !== undefined) findings.push(`${ran} runs where ${why}`);
    }
    places.push(...filledBy(act, job, workflow));
  }
  return findings;
}

/** An action, or one command of a script. */
interface Act {
  readonly uses?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly words: readonly string[];
  readonly folder: string;
}

function actsOf({ uses, run = '', with: inputs = {}, 'working-directory': directory }: Step): Act[] {
  const folder = folderOf(directory);
  if (uses !== undefined) return [{ uses, inputs, words: [], folder }];
  return commandsIn(run).map((words) => ({ inputs, words, folder }));
}

/** Where something that others made is put. */
function filledBy({ uses, inputs, words }: Act, job: Job, workflow: Workflow): Place[] {
  const at = (path: unknown, why: string): Place => ({ folder: folderOf(path), why: `${why} (${folderOf(path)})` });
  const [artifact, code] = ['an artifact lies', 'the code of a pull request lies'];
  if (uses === undefined) {
    const command = words.join(' ');
    if (/^gh (?:run download|api .*\/artifacts\/)/.test(command)) return [at(option(words, '--dir', '-D'), artifact)];
    return /^gh pr checkout|^git .*\bpull\//.test(command) ? [at(undefined, code)] : [];
  }
  if (/download-artifact@/.test(uses)) return [at(inputs.path, artifact)];
  if (/^actions\/cache(?:\/restore)?@/.test(uses)) {
    const paths = String(inputs.path ?? '').split('\n');
    return paths.filter((path) => path.trim() !== '').map((path) => at(path, 'a cache lies'));
  }
  return /^actions\/checkout@/.test(uses) && isOfOthers(inputs, job, workflow) ? [at(undefined, code)] : [];
}

function option(words: readonly string[], ...names: readonly string[]): string | undefined {
  const found = words.findIndex((word) => names.includes(word));
  return found < 0 ? undefined : words[found + 1];
}

/** Whether a checkout is of a commit that somebody may have made who may not merge. */
function isOfOthers(inputs: Readonly<Record<string, unknown>>, job: Job, workflow: Workflow): boolean {
  const what = [inputs.ref, inputs.repository].map((input) => String(input ?? '')).join(' ');
  if (/github\.head_ref|\.pull_request\.(?:head|merge_commit)|\.workflow_run\.head|refs\/pull\//.test(what))
    return true;
  if (/github\.event\.(?:inputs|client_payload|comment|issue|number)/.test(what)) return true;
  // Without a ref it is that of the event: of a pull request, its merge into the base.
  const ofEvent = inputs.ref === undefined || /github\.(?:sha|ref)\b/.test(what);
  return ofEvent && eventsOf(workflow).includes('pull_request') && !excludesPullRequests(String(job.if ?? ''));
}

function excludesPullRequests(condition: string): boolean {
  if (condition.includes('||')) return false;
  return /github\.event_name\s*(?:==\s*'(?!pull_request)|!=\s*'pull_request')/.test(condition);
}

/** What is run out of a folder; undefined where that is nothing. */
function ranIn({ uses, words, folder: present }: Act, folder: string): string | undefined {
  if (uses !== undefined) return uses.startsWith('./') && folder === WORKSPACE ? uses : undefined;
  const [program = '', ...others] = words;
  const script = INTERPRETERS.has(program) ? others.find((word) => !word.startsWith('-')) : undefined;
  if ([program, script].some((word) => word !== undefined && isInside(word, folder))) return program;
  // There every program may read its configuration, its modules or its hooks.
  return present === folder && !HARMLESS.has(program) ? program : undefined;
}

const INTERPRETERS = new Set(['node', 'bash', 'sh', 'source', '.', 'python', 'python3', 'deno', 'ruby', 'perl', 'npx']);

/** Programs that show, compare or move what they are given, and run nothing of it. */
const HARMLESS = new Set(
  '[ [[ basename cat cmp cp cut date diff dirname echo exit false grep head jq ls mkdir mv printf rm set sha256sum sort tail test touch tr true wc'.split(
    ' ',
  ),
);

/** The folder that a path names: the workspace, with all that is in it, or one outside. */
function folderOf(path: unknown): string {
  const text = String(path ?? '').trim();
  const [, below] = /^(?:\$\{\{\s*runner\.temp\s*\}\}|\$RUNNER_TEMP|\$\{RUNNER_TEMP\})(.*)$/s.exec(text) ?? [];
  if (below !== undefined) return `$RUNNER_TEMP${below.replace(/\/+$/, '')}`;
  return /^[/~]/.test(text) ? text.replace(/\/+$/, '') : WORKSPACE;
}

/** Whether a path on a command line is in a folder outside the workspace. */
function isInside(path: string, folder: string): boolean {
  if (folder === WORKSPACE) return false;
  const place = folderOf(path);
  return place === folder || place.startsWith(`${folder}/`);
}

const INSTALLERS: Readonly<Record<string, RegExp>> = {
  npm: /^(?:ci|clean-install|ic|install|i|in|add|cit|install-ci-test|it|install-test|rebuild|rb)$/,
  pnpm: /^(?:install|i|add|rebuild)$/,
  yarn: /^(?:install|add)$/,
};

/** A package's own scripts run as the job does: they can ask for the token as well. */
function scriptsOfPackages({ steps = [] }: Job): string[] {
  return steps
    .flatMap(({ run = '' }) => commandsIn(run))
    .filter(([program = '', ...words]) => {
      const known = INSTALLERS[program];
      const verb = words.find((word) => !word.startsWith('-')) ?? (program === 'yarn' ? 'install' : '');
      return known?.test(verb) && !words.includes('--ignore-scripts');
    })
    .map((words) => `${words.join(' ')}: without --ignore-scripts it runs the scripts of packages`);
}
