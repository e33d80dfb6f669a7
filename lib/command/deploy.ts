import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deployment } from '../definitions/model/model';
import { Profiles } from '../definitions/profiles/profiles';
import { deleteStackCommand, deployWords, destroyWords } from '../deploy/cdk';
import { isEmpty, type OrphanedStack } from '../deploy/plan';
import { handoffOf } from '../handoff/handoff';
import { handoffHtml } from '../handoff/html';
import { handoffJson } from '../handoff/json';
import type { SetupInformation } from '../rules/setup-information';
import { since } from './changed';
import { find } from './deployment/find';
import { loadValid } from './deployment/load-valid';
import { differingFiles } from './git/differing-files';
import { type Planned, planSince, type SinceOptions } from './git/since';
import { setupsIn } from './handoff';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';

export interface DeployOptions extends SinceOptions {
  /** How many stacks are deployed at once. */
  readonly concurrency: number;
  /** The folder that receives the hand-offs of new integrations. */
  readonly handoffs?: string;
  /** Delete the stacks of clients that are removed. */
  readonly endRemoved: boolean;
  /** Say what would be run, and run nothing. */
  readonly dryRun: boolean;
}

/**
 * Deploys what has changed, with the CDK: the clients whose definitions or app are not as they were, and only those. What
 * was deployed is recorded when all of it was, so that whatever failed is deployed by the next run.
 */
export async function deploy(options: DeployOptions, host: Host): Promise<Exit> {
  const { dir, record, dryRun } = options;
  const deployment = loadValid(dir, host);
  if (!deployment) return Exit.FOUND;
  const temporary = mkdtempSync(join(tmpdir(), 'bucket-integrations-deploy-'));
  try {
    const planned = await planSince(options, deployment, temporary, host);
    if (record !== undefined && !dryRun) await refuseUncommitted(dir, record, host);
    if (isEmpty(planned.plan)) host.err(`nothing to deploy${since(planned)}\n`);
    // First, so that a name that a removed client had is free.
    await endRemoved(planned, options, host);
    const outputs = join(temporary, 'outputs.json');
    await cdk(deployWords(planned.plan, { ...options, outputs }), options, host);
    if (!dryRun) writeHandoffs(planned, deployment, outputs, options, host);
    if (record !== undefined && !dryRun) await moveRecord(dir, record, host);
    return Exit.DONE;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function cdk(words: readonly string[] | undefined, { dryRun }: DeployOptions, host: Host): Promise<void> {
  if (!words) return;
  const told = `npx ${words.join(' ')}`;
  if (dryRun) host.out(`${told}\n`);
  else host.err(`${told}\n`);
  const status = dryRun ? 0 : await host.run('npx', words);
  if (status === 0) return;
  throw new Failure(`${words.slice(0, 2).join(' ')} ended with ${status}; the next run does what is left to do`);
}

/** What is recorded must be what was deployed. */
async function refuseUncommitted(dir: string, record: string, host: Host): Promise<void> {
  const { definitions, app } = await differingFiles(dir, 'HEAD', host.git);
  const [first, ...others] = [...definitions, ...app];
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  throw new Failure(`commit ${first}${more} first: ${record} can record only what a commit has`);
}

async function moveRecord(dir: string, record: string, host: Host): Promise<void> {
  const { status, stderr } = await host.git(dir, ['update-ref', record, 'HEAD']);
  if (status !== 0) throw new Failure(`all is deployed, and ${record} cannot say so: git says ${stderr.trim()}`);
}

/** Deletes the stacks of removed clients, or says how; one that was left in another place is left to a person. */
async function endRemoved(
  { plan, previousFolder: formerly }: Planned,
  options: DeployOptions,
  host: Host,
): Promise<void> {
  for (const left of plan.left) {
    if (left.because !== 'moved' && options.endRemoved && formerly !== undefined) {
      await cdk(destroyWords(left, formerly), options, host);
    } else {
      host.err(`${orphanText(left)}\n`);
    }
  }
}

function orphanText(left: OrphanedStack): string {
  const { client, stack, account, because } = left;
  const where = account === undefined ? '' : ` in account ${account}`;
  const why = { removed: 'is removed', moved: 'has moved', emptied: 'has no integration there any more' }[because];
  return `warning: ${client} ${why}, and its stack ${stack}${where} still lets its vendors in; ${deleteStackCommand(left)} ends that, and keeps the bucket`;
}

/** Writes a page and the setup information for each vendor that is new; neither ever holds a secret. */
function writeHandoffs(
  { plan }: Planned,
  deployment: Deployment,
  outputs: string,
  { dir, handoffs }: DeployOptions,
  host: Host,
): void {
  if (handoffs === undefined || plan.handoffs.length === 0) return;
  const setups = new Map(setupsIn(outputs).map((setup): [string, SetupInformation] => [setup.integration, setup]));
  const profiles = new Profiles(dir);
  try {
    mkdirSync(handoffs, { recursive: true });
    for (const name of plan.handoffs) {
      const { client, integration } = find(deployment, name);
      const profile = integration.profile === undefined ? undefined : profiles.get(integration.profile);
      const handoff = handoffOf(client, integration, profile, setups.get(name));
      writeFileSync(join(handoffs, `${name}.html`), handoffHtml(handoff));
      writeFileSync(join(handoffs, `${name}.json`), handoffJson(handoff));
      const page = join(handoffs, `${name}.html`);
      host.err(
        setups.has(name)
          ? `${page} goes to the vendor\n`
          : `warning: the stack put out nothing of ${name}: ${page} says less than the vendor needs; npx bucket-integrations handoff ${name} --from-stack asks again\n`,
      );
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`all is deployed, and the hand-offs cannot be written: ${(error as Error).message}`);
  }
}
