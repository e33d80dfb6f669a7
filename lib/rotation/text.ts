import type { AccessKey } from '../definitions/model/model';
import { Status } from '../rules/vocabulary';
import { ago, dayOf } from '../text/dates';
import type { AccessKeyFacts, Commands, DeployedKeys, Rotation, SlotState } from './model';

/** Something to type next, and what it does. */
export interface Next {
  readonly command: string;
  readonly what: string;
}

export const HEADINGS = ['SLOT', 'DEFINED', 'KEY', 'MADE', 'LAST USED'];

/** The two slots, and the keys in neither, as rows of a table. */
export function rowsOf({ slots, strays }: Rotation, deployed: DeployedKeys | undefined): string[][] {
  const now = deployed?.user?.asked ?? new Date(0);
  return [
    ...slots.map((state) => [state.slot, state.defined ? 'yes' : 'no', ...cells(state, now)]),
    ...strays.map((key) => ['-', 'no', ...keyCells(key, now)]),
  ];
}

function cells({ deployed, keyId, key }: SlotState, now: Date): string[] {
  if (deployed === undefined) return ['not asked', '-', '-'];
  if (key) return keyCells(key, now);
  return [keyId === undefined ? 'not deployed' : `${keyId}, which the user does not have`, '-', '-'];
}

function keyCells({ id, active, made, used }: AccessKeyFacts, now: Date): string[] {
  const by = used?.service === undefined ? '' : `, ${used.service}${used.region ? ` in ${used.region}` : ''}`;
  return [
    active ? id : `${id} (inactive)`,
    `${dayOf(made)}, ${ago(made, now)}`,
    used ? `${minute(used.at)}, ${ago(used.at, now)}${by}` : 'never',
  ];
}

function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** What is to be done once the definition is edited. */
export function nextOf({ step, slot, other, slots }: Rotation, commands: Commands): Next[] {
  const secret = slots.find((state) => state.slot === slot)?.secret ?? '';
  if (step === 'retire') {
    return [
      {
        command: commands.deploy,
        what: `deletes the key and the secret of slot ${slot}; the vendor continues with the key in slot ${other}`,
      },
    ];
  }
  return [
    { command: commands.deploy, what: `makes a key in slot ${slot}; the key in slot ${other} still works` },
    {
      command: commands.handoff,
      what: `is the hand-off; it names the secret ${secret}, whose key you send through a channel for secrets`,
    },
    { command: commands.rotate, what: `retires slot ${other}, once the vendor uses the key in slot ${slot}` },
  ];
}

/** What the operator should know beside that. */
export function notesOf(
  { status }: AccessKey,
  { step, slot, other }: Rotation,
  deployed: DeployedKeys | undefined,
): string[] {
  const unasked =
    step === 'add'
      ? `AWS was not asked: nobody checked that slot ${other} is deployed and slot ${slot} is free`
      : `AWS was not asked: nobody checked that slot ${other} is deployed and that the vendor uses its key, not that of slot ${slot}`;
  return [
    ...(deployed ? [] : [unasked]),
    ...(status === Status.ACTIVE ? [] : [`the integration is ${status}: none of its keys works`]),
  ];
}
