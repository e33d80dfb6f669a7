import type { Client, Integration } from '../definitions/model/model';
import { Profiles } from '../definitions/profiles/profiles';
import { readBounded } from '../files/bounded';
import { AFTER_DEPLOYMENT } from '../handoff/fields';
import { documentAs, FORMATS, type Format, handoffAs } from '../handoff/formats';
import { handoffOf, setupFrom } from '../handoff/handoff';
import { internalDocument } from '../handoff/internal-document';
import { stillOurs } from '../handoff/needed';
import { policyFor, VENDOR_FORMATS, type VendorFormat, vendorSide } from '../handoff/vendor-side';
import { secretName } from '../rules/names';
import { isLikeSetup, readSetup, type SetupInformation } from '../rules/setup-information';
import { stackId, stackName } from '../rules/stacks';
import { KeySlot } from '../rules/vocabulary';
import { cdkCommand } from '../text/commands';
import { all } from '../text/list';
import { shellWord } from '../text/shell';
import { find } from './deployment/find';
import { loadReadable } from './deployment/load-valid';
import { versionOf } from './git/version';
import { handoffSince } from './handoff-since';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { readJson } from './host/read-file';
import { watched } from './terminal/progress';

export interface HandoffOptions {
  readonly dir: string;
  readonly format: Format;
  /** Write what the vendor's own account must allow instead. */
  readonly forVendor?: VendorFormat;
  /** Write what is ours to do instead. */
  readonly internal?: boolean;
  /** Say what has changed since this git ref. */
  readonly since?: string;
  /** A file of `cdk deploy --outputs-file`. */
  readonly outputs?: string;
  /** Read the stack itself. */
  readonly fromStack: boolean;
  /** Show an access key on the terminal, after asking. */
  readonly revealSecret: boolean;
}

/** What its options can be. */
export const HANDOFF_CHOICES = { format: FORMATS, forVendor: VENDOR_FORMATS } as const;

/** Writes the setup information for the vendor, in its own words; what its own side needs, or what is ours to do. */
export async function handoff(name: string, options: HandoffOptions, host: Host): Promise<Exit> {
  const { dir, format, forVendor, since: ref } = options;
  const { deployment } = loadReadable({ dir, name }, host);
  const { client, integration } = find(deployment, name, dir);
  const profile = integration.profile === undefined ? undefined : new Profiles(dir).get(integration.profile);
  if (options.revealSecret) return reveal(client, integration, host);
  const deployed = await deployedSetup(client, integration, options, host);
  if (forVendor !== undefined) {
    const setup = deployed ?? setupFrom(client, integration);
    const policy = policyFor(client, integration, setup);
    if (!policy) throw noVendorSide(integration);
    if (deployed === undefined && /ACCOUNT|REGION|KEY-ID/.test(JSON.stringify(policy))) sayUnknown(client, host);
    host.out(vendorSide(forVendor, policy, integration));
    return Exit.DONE;
  }
  const since = ref === undefined ? undefined : await handoffSince(ref, dir, client, integration, host.git);
  const issued = { date: host.today, commit: await versionOf(dir, host.git) };
  const made = handoffOf(client, integration, profile, deployed, { company: deployment.company, issued, since });
  if (options.internal) {
    host.out(documentAs(format, internalDocument(client, integration, profile, made, dir)));
    return Exit.DONE;
  }
  if (made.fields.some(({ elsewhere }) => elsewhere === AFTER_DEPLOYMENT)) sayUnknown(client, host);
  for (const { key, label, where } of stillOurs(integration, profile))
    host.err(`note: before it can be active, fill in ${key}, which is ours to make: ${label} (${where})\n`);
  host.out(handoffAs(format, made));
  return Exit.DONE;
}

function noVendorSide({ name, kind }: Integration): Failure {
  const what = `${name} is of kind ${kind}: no account of the vendor has a part in it, and needs nothing`;
  return new Failure('wrong-kind', what, 'leave --for-vendor out', { exit: Exit.USAGE });
}

function sayUnknown(client: Client, host: Host): void {
  const unset = (['account', 'region'] as const).filter((key) => client[key] === undefined);
  const set = unset.length === 0 ? '' : `set ${all(unset)}, or `;
  const how = `${set}deploy and add --outputs FILE or --from-stack`;
  host.err(`note: some values are known after the first deployment only: ${how}\n`);
}

async function deployedSetup(
  client: Client,
  integration: Integration,
  options: HandoffOptions,
  host: Host,
): Promise<SetupInformation | undefined> {
  const name = stackName(client.name, integration.stackPart);
  let values: string[];
  if (options.outputs !== undefined) values = outputsIn(options.outputs, name, options.dir);
  else if (options.fromStack)
    values = await watched('asking CloudFormation', host, host.aws.stackOutputs(name, client.region));
  else return undefined;
  const found = values
    .map(parsed)
    .filter(isLikeSetup)
    .find((setup) => setup.integration === integration.name);
  const deploy = cdkCommand(`deploy ${stackId(client.name, integration.stackPart)}`, options.dir);
  if (!found) {
    const { outputs } = options;
    throw new Failure(
      'missing-output',
      `${outputs ?? `the stack ${name}`} has no outputs for ${integration.name}`,
      // Each deployment writes the file anew, with what it deployed and nothing else.
      outputs === undefined
        ? `deploy it first: ${deploy}`
        : `make it with ${deploy} --outputs-file ${shellWord(outputs)}`,
    );
  }
  const setup = readSetup(found);
  if ('wrong' in setup) {
    const where = options.outputs ?? `the stack ${name}`;
    throw new Failure(
      'bad-output',
      `what ${where} says of ${integration.name} cannot be used (${setup.wrong})`,
      `deploy it again: ${deploy}`,
    );
  }
  sayDifferences(setup, client, integration, host);
  return setup;
}

/** What is deployed may be another version of the definition: then the vendor gets what is there. */
function sayDifferences(setup: SetupInformation, client: Client, integration: Integration, host: Host): void {
  const defined = setupFrom(client, integration);
  const keys = ['kind', 'status', 'bucket', 'prefix', 'region', 'roleArn'] as const;
  const differing = keys.filter((key) => defined[key] !== undefined && setup[key] !== defined[key]);
  if (differing.length === 0) return;
  const of = (from: Partial<SetupInformation>) => differing.map((key) => `${key} ${from[key] || 'none'}`).join(', ');
  host.err(`note: the deployment has ${of(setup)}; the definition has ${of(defined)}\n`);
}

/** More than the outputs of all stacks of one account have. */
const MOST_BYTES = 64 * 2 ** 20;

function outputsIn(file: string, stack: string, dir: string): string[] {
  const remedy = `make it with ${cdkCommand(`deploy --outputs-file ${shellWord(file)}`, dir)}`;
  const stacks = readJson(file, { most: MOST_BYTES, remedy });
  return valuesIn(Object.hasOwn(Object(stacks), stack) ? (stacks as Record<string, unknown>)[stack] : undefined);
}

/** The texts among the outputs of a stack. */
function valuesIn(outputs: unknown): string[] {
  return Object.values(Object(outputs)).filter((value) => typeof value === 'string');
}

/**
 * The setup information in a file of `cdk deploy --outputs-file`, of all stacks; none where there is no such file. What breaks
 * the rules of definitions is left out.
 */
export function setupsIn(file: string): SetupInformation[] {
  let stacks: unknown;
  try {
    stacks = JSON.parse(readBounded(file, MOST_BYTES).toString());
  } catch {
    return [];
  }
  return Object.values(Object(stacks))
    .flatMap(valuesIn)
    .flatMap((value) => {
      const setup = readSetup(parsed(value));
      return 'wrong' in setup ? [] : [setup];
    });
}

function parsed(value: string): unknown {
  // Other outputs are no JSON, and there may be many.
  if (!value.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Shows the newest access key, on a terminal only, and only to somebody who says yes. */
async function reveal(client: Client, integration: Integration, host: Host): Promise<Exit> {
  if (integration.kind !== 'access-key')
    throw new Failure(
      'wrong-kind',
      `${integration.name} has no secret: it is of kind ${integration.kind}`,
      'leave --reveal-secret out',
      {
        exit: Exit.USAGE,
      },
    );
  if (!host.ask || host.width === undefined) {
    throw new Failure(
      'not-a-terminal',
      'a secret is shown on a terminal only',
      'run this manually, without redirecting it',
      { exit: Exit.USAGE },
    );
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
  const held = parsed(value);
  const { accessKeyId, secretAccessKey }: Readonly<Record<string, unknown>> = Object(held);
  if (isKeyPart(accessKeyId) && isKeyPart(secretAccessKey)) return { accessKeyId, secretAccessKey };
  // The value itself is never part of a message.
  const remedy = 'suspend the integration if nobody knows why, or rotate the key';
  throw new Failure('bad-secret', `the secret ${secret} does not hold what it should: it was changed manually`, remedy);
}

function isKeyPart(value: unknown): value is string {
  return typeof value === 'string' && /^[!-~]{1,128}$/.test(value);
}
