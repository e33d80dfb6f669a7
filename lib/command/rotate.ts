import { join } from 'node:path';
import type { AccessKey, Client, Integration } from '../definitions/model/model';
import { withKeySlots } from '../definitions/yaml/key-slots-edit';
import { documented } from '../rotation/json';
import type { Commands, DeployedKeys, Rotation } from '../rotation/model';
import { rotationOf } from '../rotation/rotation';
import { HEADINGS, nextOf, notesOf, rowsOf } from '../rotation/text';
import type { Finding } from '../rules/finding';
import { secretName } from '../rules/names';
import { stackId } from '../rules/stacks';
import { KeySlot } from '../rules/vocabulary';
import { cdkCommand, ownCommand } from '../text/commands';
import { editDefinition } from './deployment/edit-definition';
import { find } from './deployment/find';
import { loadValid } from './deployment/load-valid';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { watched } from './terminal/progress';
import { prose } from './terminal/prose';
import { nextSteps, sayError } from './terminal/say';
import { table } from './terminal/table';

export interface RotateOptions {
  readonly dir: string;
  readonly json: boolean;
  /** Show the step, and leave the definition as it is. */
  readonly dryRun: boolean;
  /** Go by the definition alone. */
  readonly withoutAws: boolean;
  /** Retire a key that was used in the last day. */
  readonly evenIfUsed: boolean;
  /** Retire a key though the newer one was never used. */
  readonly evenIfUnused: boolean;
}

/** What a run came to. */
interface Outcome {
  readonly integration: AccessKey;
  readonly file: string;
  readonly rotation: Rotation;
  /** None where AWS was not asked. */
  readonly deployed?: DeployedKeys;
  readonly edited: boolean;
}

/** Takes the next step of an access key's rotation in the definition, unless what is deployed says to wait. */
export async function rotate(name: string, options: RotateOptions, host: Host): Promise<Exit> {
  const deployment = loadValid(options.dir, host);
  const { client, integration } = find(deployment, name, options.dir);
  if (integration.kind !== 'access-key') {
    throw new Failure(
      'wrong-kind',
      `${name} has no access key: it is of kind ${integration.kind}`,
      'there is nothing to rotate',
      {
        exit: Exit.USAGE,
      },
    );
  }
  const commands = commandsOf(integration, options.dir);
  const asked = options.withoutAws ? undefined : await ask(client, integration, host);
  const deployed = asked instanceof Failure ? undefined : asked;
  const judged = rotationOf(integration, client.account, deployed, options, commands);
  const rotation = asked instanceof Failure ? { ...judged, refusals: [notAsked(asked)] } : judged;
  const file = join(options.dir, integration.file);
  const refused = rotation.refusals.length > 0;
  const edited = !refused && !options.dryRun;
  if (!refused) edit(integration, rotation, options, host);
  const outcome = { integration, file, rotation, deployed, edited };
  if (options.json) host.out(`${JSON.stringify(document(outcome, commands), null, 2)}\n`);
  else report(outcome, commands, host);
  return refused ? Exit.FOUND : Exit.DONE;
}

function commandsOf({ client, name, stackPart }: AccessKey, dir: string): Commands {
  return {
    deploy: cdkCommand(`deploy ${stackId(client, stackPart)}`, dir),
    handoff: ownCommand(`handoff ${name}`, dir),
    rotate: ownCommand(`rotate ${name}`, dir),
  };
}

/** What is deployed, or why that could not be asked. */
async function ask(client: Client, { name, vendor }: AccessKey, host: Host): Promise<DeployedKeys | Failure> {
  const slots = [KeySlot.A, KeySlot.B];
  try {
    const asked = Promise.all([
      host.aws.user(name, client.region),
      ...slots.map((slot) => host.aws.heldKeyId(secretName(client.name, vendor, slot), client.region)),
    ]);
    const [user, ...ids] = await watched('asking AWS what is deployed', host, asked);
    const held = slots.flatMap((slot, at) => (ids[at] === undefined ? [] : [[slot, ids[at]] as const]));
    return { user, held: new Map(held) };
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function notAsked({ what }: Failure): Finding {
  const fix = 'fix that (credentials, AWS_PROFILE, AWS_REGION), or use the definition alone with --without-aws';
  return { code: 'aws-not-asked', message: `what is deployed is not known: ${what}`, fix };
}

/** Edits the definition, or only sees that it could be: nothing is written that `check` would refuse. */
function edit(integration: AccessKey, { to }: Rotation, { dir, dryRun }: RotateOptions, host: Host): void {
  const change = {
    ...{ dir, dryRun, what: `keys: [${to.join(', ')}]` },
    edit: (text: string) => withKeySlots(text, to),
    isMeant: (then: Integration) => then.kind === 'access-key' && then.keys.join() === to.join(),
  };
  editDefinition(integration, change, host);
}

function document({ integration, file, rotation, deployed, edited }: Outcome, commands: Commands) {
  return {
    integration: integration.name,
    file,
    status: integration.status,
    awsAsked: deployed !== undefined,
    edited,
    ...documented(rotation),
    notes: notesOf(integration, rotation, deployed),
    next: rotation.refusals.length > 0 ? [] : nextOf(rotation, commands),
  };
}

function report({ integration, file, rotation, deployed, edited }: Outcome, commands: Commands, host: Host): void {
  const { from, to, refusals } = rotation;
  const account = deployed?.user ? `, user of the account ${deployed.user.account}` : '';
  const rows = table(HEADINGS, rowsOf(rotation, deployed), host.width);
  const step = `keys: [${from.join(', ')}] → [${to.join(', ')}]`;
  const done = edited ? step : `unchanged; the next step is ${step}`;
  host.out(`${integration.name}${account}\n${rows}${prose(`${file}: ${done}`, host.width, 2)}\n`);
  for (const { code, message, fix } of refusals) sayError(code, `${message}; ${fix}`, host);
  for (const note of refusals.length > 0 ? [] : notesOf(integration, rotation, deployed)) host.err(`note: ${note}\n`);
  if (refusals.length > 0) return;
  const next = [
    ...(edited ? [] : [{ command: commands.rotate, what: 'takes this step' }]),
    ...nextOf(rotation, commands),
  ];
  host.out(nextSteps(next, host));
}
