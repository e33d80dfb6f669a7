import { readFileSync } from 'node:fs';
import type { Client, Integration } from '../definitions/model/model';
import { Profiles } from '../definitions/profiles/profiles';
import { AFTER_DEPLOYMENT } from '../handoff/fields';
import { handoffOf } from '../handoff/handoff';
import { handoffHtml } from '../handoff/html';
import { handoffJson } from '../handoff/json';
import { handoffMarkdown } from '../handoff/markdown';
import type { Handoff } from '../handoff/model';
import { secretName } from '../rules/names';
import type { SetupInformation } from '../rules/setup-information';
import { stackId, stackName } from '../rules/stacks';
import { KeySlot } from '../rules/vocabulary';
import { all } from '../text/list';
import { find } from './deployment/find';
import { loadValid } from './deployment/load-valid';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { watched } from './terminal/progress';

export interface HandoffOptions {
  readonly dir: string;
  readonly format: 'markdown' | 'html' | 'json';
  /** A file of `cdk deploy --outputs-file`. */
  readonly outputs?: string;
  /** Read the stack itself. */
  readonly fromStack: boolean;
  /** Show an access key on the terminal, after asking. */
  readonly revealSecret: boolean;
}

const FORMATS: Readonly<Record<HandoffOptions['format'], (handoff: Handoff) => string>> = {
  markdown: handoffMarkdown,
  html: handoffHtml,
  json: handoffJson,
};

/** Writes the setup information for the vendor, in its own words. */
export async function handoff(name: string, options: HandoffOptions, host: Host): Promise<Exit> {
  const deployment = loadValid(options.dir, host);
  if (!deployment) return Exit.FOUND;
  const { client, integration } = find(deployment, name);
  const profile = integration.profile === undefined ? undefined : new Profiles(options.dir).get(integration.profile);
  if (options.revealSecret) return reveal(client, integration, host);
  const deployed = await deployedSetup(client, integration, options, host);
  const made = handoffOf(client, integration, profile, deployed);
  if (made.fields.some(({ elsewhere }) => elsewhere === AFTER_DEPLOYMENT)) {
    const unset = (['account', 'region'] as const).filter((key) => client[key] === undefined);
    const set = unset.length === 0 ? '' : `set ${all(unset)}, or `;
    const how = `${set}deploy and add --outputs FILE or --from-stack`;
    host.err(`note: some values are known after the first deployment only: ${how}\n`);
  }
  host.out(FORMATS[options.format](made));
  return Exit.DONE;
}

async function deployedSetup(
  client: Client,
  integration: Integration,
  options: HandoffOptions,
  host: Host,
): Promise<SetupInformation | undefined> {
  const name = stackName(client.name, integration.stackPart);
  let values: string[];
  if (options.outputs !== undefined) values = outputsIn(options.outputs, name);
  else if (options.fromStack)
    values = await watched('asking CloudFormation', host, host.aws.stackOutputs(name, client.region));
  else return undefined;
  const found = values.map(setupIn).find((setup) => setup?.integration === integration.name);
  if (!found) {
    const deploy = `npx cdk deploy ${stackId(client.name, integration.stackPart)}`;
    throw new Failure(
      options.outputs === undefined
        ? `the stack ${name} puts out nothing of ${integration.name}: deploy it first (${deploy})`
        : // Each deployment writes the file anew, with what it deployed and nothing else.
          `${options.outputs} holds nothing of ${integration.name}: make it with ${deploy} --outputs-file ${options.outputs}`,
    );
  }
  if (found.kind !== integration.kind || found.status !== integration.status) {
    host.err(
      `note: deployed is ${found.kind}, ${found.status}; the definition says ${integration.kind}, ${integration.status}\n`,
    );
  }
  return found;
}

function outputsIn(file: string, stack: string): string[] {
  let stacks: unknown;
  try {
    stacks = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Failure(
      `${file} cannot be read: ${(error as Error).message}; make it with npx cdk deploy --outputs-file ${file}`,
    );
  }
  const outputs = (stacks as Record<string, unknown> | null)?.[stack];
  return Object.values(typeof outputs === 'object' ? (outputs ?? {}) : {}).filter((value) => typeof value === 'string');
}

/** The setup information in a file of `cdk deploy --outputs-file`, of all stacks; none where there is no such file. */
export function setupsIn(file: string): SetupInformation[] {
  let stacks: Record<string, Record<string, unknown>>;
  try {
    stacks = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
  return Object.values(stacks)
    .flatMap((outputs) => Object.values(outputs ?? {}))
    .flatMap((value) => (typeof value === 'string' ? (setupIn(value) ?? []) : []));
}

function setupIn(value: string): SetupInformation | undefined {
  try {
    const setup: unknown = JSON.parse(value);
    return isSetup(setup) ? setup : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is setup information, with all that every kind has. */
function isSetup(value: unknown): value is SetupInformation {
  if (typeof value !== 'object' || value === null) return false;
  const all = ['integration', 'kind', 'status', 'bucket', 'prefix', 'region'];
  return all.every((key) => typeof (value as Record<string, unknown>)[key] === 'string');
}

/** Shows the newest access key, on a terminal only, and only to somebody who says yes. */
async function reveal(client: Client, integration: Integration, host: Host): Promise<Exit> {
  if (integration.kind !== 'access-key')
    throw new Failure(`${integration.name} has no secret: it is of kind ${integration.kind}`, Exit.USAGE);
  if (!host.ask || host.width === undefined) {
    throw new Failure('a secret is shown on a terminal only: run this by hand, without redirecting it', Exit.USAGE);
  }
  const secret = secretName(integration.client, integration.vendor, integration.keys.at(-1) ?? KeySlot.A);
  const yes = await host.ask(`Show the access key in ${secret} on this screen? [y/N] `);
  if (!/^y(?:es)?$/i.test(yes.trim())) {
    host.err('nothing shown\n');
    return Exit.DONE;
  }
  const { accessKeyId, secretAccessKey } = parseKey(
    await watched('asking Secrets Manager', host, host.aws.secretValue(secret, client.region)),
    secret,
  );
  host.out(`Access key ID:     ${accessKeyId}\nSecret access key: ${secretAccessKey}\n`);
  return Exit.DONE;
}

function parseKey(value: string, secret: string): { accessKeyId: string; secretAccessKey: string } {
  try {
    return JSON.parse(value);
  } catch {
    // The value itself is never part of a message.
    throw new Failure(`the secret ${secret} does not hold what it should: it was changed by hand`);
  }
}
