import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deployment } from '../definitions/model/model';
import { Profiles } from '../definitions/profiles/profiles';
import { differingClients } from '../deploy/account-stacks';
import { deployWords, synthWords } from '../deploy/cdk';
import { isEmpty, isUnchanged, planWith } from '../deploy/plan';
import { handoffAs } from '../handoff/formats';
import { handoffOf } from '../handoff/handoff';
import type { SetupInformation } from '../rules/setup-information';
import { ownCommand } from '../text/commands';
import { all } from '../text/list';
import { documented, documentedStack, since } from './changed';
import { find } from './deployment/find';
import { loadValid } from './deployment/load-valid';
import { forgetAttempts, noteAttempt } from './git/attempts';
import { moveRecord, type Start, startOf, uncommitted } from './git/record';
import { type Planned, planSince, type SinceOptions } from './git/since';
import { versionOf } from './git/version';
import { setupsIn } from './handoff';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { canEnd, type EndRemoved, readyToEnd, refuseTooMany } from './rollout/end-removed';
import { type LeftOver, leftOver, leftOverText } from './rollout/left-over';
import { runCdk } from './rollout/run-cdk';

export interface DeployOptions extends SinceOptions {
  /** How many stacks are deployed at once. */
  readonly concurrency: number;
  /** The folder that receives the hand-offs of new integrations. */
  readonly handoffs?: string;
  /** Delete the stacks of clients that are removed, and how many clients those may be. */
  readonly endRemoved: EndRemoved;
  /** Say what would be run, and run nothing. */
  readonly dryRun: boolean;
  readonly json: boolean;
}

/**
 * Deploys what has changed, with the CDK: the clients whose definitions or app are not as they were, and only those. What
 * was deployed is recorded when everything is as the commit says that was checked out at the start: all stacks deployed, and
 * none left over. Whatever failed or is left over is found by the next run.
 */
export async function deploy(options: DeployOptions, host: Host): Promise<Exit> {
  const { dir, record } = options;
  // Before anything else is read, so that what is recorded is what is read.
  const start = record === undefined ? undefined : await startOf(dir, record, host.git);
  const deployment = loadValid(dir, host);
  const temporary = mkdtempSync(join(tmpdir(), 'bucket-integrations-deploy-'));
  try {
    return await deployInto(temporary, start, deployment, options, host);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function deployInto(
  temporary: string,
  start: Start | undefined,
  deployment: Deployment,
  options: DeployOptions,
  host: Host,
): Promise<Exit> {
  const { dir, dryRun, endRemoved, json } = options;
  const wouldRun: string[] = [];
  const cdkHost = json ? { ...host, out: (line: string) => void wouldRun.push(line.trimEnd()) } : host;
  const folder = (name: string) => {
    mkdirSync(join(temporary, name));
    return join(temporary, name);
  };
  const planned = await planSince(options, deployment, folder('before'), host);
  if (start && !dryRun) await refuseUncommitted(dir, start, host);
  const { left, looked } = await leftOver(planned, deployment, host);
  // Whatever the record says, what an account has is what is deployed.
  const differing: ReadonlySet<string> = start ? differingClients(looked.found, deployment) : new Set();
  const plan = planWith({ ...planned.plan, left }, deployment, differing, 'account');
  refuseTooMany(removedIn([...planned.plan.left, ...left]), endRemoved, deployment);
  for (const why of [looked.noAws ?? [], looked.refusals].flat())
    host.err(`note: not every account and region was searched for stacks that no definition has: ${why}\n`);
  const ended = left.filter((each) => endRemoved !== false && canEnd(each));
  const end = await readyToEnd(ended, options, folder('removed'), cdkHost);
  const remaining = left.filter((each) => !ended.includes(each));
  for (const each of remaining) host.err(`${leftOverText(each)}\n`);
  if (isEmpty(plan)) host.err(`nothing to deploy${since(planned)}\n`);

  const outputs = join(temporary, 'outputs.json');
  const assembly =
    start && !isUnchanged(plan) ? await synthesized(plan, start, folder('cdk.out'), options, cdkHost) : undefined;
  const isChange = ended.length > 0 || !isUnchanged(plan);
  if (start && isChange && !dryRun) await noteAttempt(dir, start, host.git);
  // First, so that a name that a removed client had is free.
  await end();
  const words = deployWords(plan, { ...options, outputs, assembly });
  if (words) await runCdk(words, dryRun, cdkHost);
  if (!dryRun) await writeHandoffs(planned, deployment, outputs, options, host);
  const exit = start && !dryRun ? await recorded(dir, start, remaining, host) : Exit.DONE;
  // Where nobody could look, a stack of an attempt may still be there.
  const isKnown = looked.noAws === undefined && looked.refusals.length === 0;
  if (start && !dryRun && exit === Exit.DONE)
    await forgetAttempts(dir, start.record, [...(isKnown ? planned.attempts : []), start.commit], host.git);
  if (json) {
    const whole = { ...planned, plan: { ...plan, left: remaining } };
    const record = start ? { ref: start.record, commit: start.commit, moved: !dryRun && exit === Exit.DONE } : null;
    const document = { ...documented(whole), ended: ended.map(documentedStack), record, dryRun, wouldRun };
    host.out(`${JSON.stringify(document, null, 2)}\n`);
  }
  return exit;
}

/** The clients whose stacks are to be deleted, by name. */
function removedIn(left: readonly LeftOver[]): string[] {
  return [...new Set(left.flatMap(({ client, because }) => (because === 'removed' ? [client] : [])))].sort();
}

async function refuseUncommitted(dir: string, start: Start, host: Host): Promise<void> {
  const files = await uncommitted(dir, start, host.git);
  if (files === undefined) return;
  throw new Failure('uncommitted', `${start.record} can record only committed files`, `commit ${files} first`);
}

/** Synthesizes what is deployed, so that it stays what the commit has, whatever becomes of the files meanwhile. */
async function synthesized(
  plan: Planned['plan'],
  start: Start,
  assembly: string,
  { dir, dryRun }: DeployOptions,
  host: Host,
): Promise<string> {
  await runCdk(synthWords(plan, dir, assembly), dryRun, host);
  const files = dryRun ? undefined : await uncommitted(dir, start, host.git);
  if (files === undefined) return assembly;
  throw new Failure(
    'changed-meanwhile',
    `${files} changed while the app was synthesized, and nothing was deployed`,
    'commit it, and run this again',
  );
}

/** Records what was deployed, unless something is left over that the commit does not have. */
async function recorded(dir: string, start: Start, remaining: readonly LeftOver[], host: Host): Promise<Exit> {
  // What git never knew may be somebody else's; it is found each time.
  const known = remaining.filter(({ because }) => because !== 'not-defined');
  if (known.length === 0) {
    await moveRecord(dir, start, host.git);
    return Exit.DONE;
  }
  const stacks = all(known.map(({ stack }) => stack));
  const [exist, them] = known.length === 1 ? ['exists', 'it'] : ['exist', 'them'];
  const how = known.some(canEnd)
    ? `end ${them} (--end-removed), and run this again`
    : `end ${them}, and run this again`;
  host.err(`everything else is deployed, and ${start.record} does not move while ${stacks} ${exist}: ${how}\n`);
  return Exit.FOUND;
}

/** Writes a page and the setup information for each vendor that is new; neither ever holds a secret. */
async function writeHandoffs(
  { plan }: Planned,
  deployment: Deployment,
  outputs: string,
  { dir, handoffs }: DeployOptions,
  host: Host,
): Promise<void> {
  if (handoffs === undefined || plan.handoffs.length === 0) return;
  const { company } = deployment;
  const issued = { date: host.today, commit: await versionOf(dir, host.git) };
  const setups = new Map(setupsIn(outputs).map((setup): [string, SetupInformation] => [setup.integration, setup]));
  const profiles = new Profiles(dir);
  try {
    mkdirSync(handoffs, { recursive: true });
    for (const name of plan.handoffs) {
      const { client, integration } = find(deployment, name, dir);
      const profile = integration.profile === undefined ? undefined : profiles.get(integration.profile);
      const handoff = handoffOf(client, integration, profile, setups.get(name), { company, issued });
      writeFileSync(join(handoffs, `${name}.html`), handoffAs('html', handoff));
      writeFileSync(join(handoffs, `${name}.json`), handoffAs('json', handoff));
      const page = join(handoffs, `${name}.html`);
      host.err(
        setups.has(name)
          ? `${page} goes to the vendor\n`
          : `warning: the stack has no outputs for ${name}: ${page} lacks values that the vendor needs; ${ownCommand(`handoff ${name} --from-stack`, dir)} reads them again\n`,
      );
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(
      'cannot-write',
      `everything is deployed, but the hand-offs cannot be written: ${(error as Error).message}`,
      'write them with bucket-integrations handoff NAME --from-stack',
      { cause: error },
    );
  }
}
