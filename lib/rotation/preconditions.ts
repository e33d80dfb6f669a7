/**
 * When a step of a rotation must wait: what is deployed has to be what the definition says, and at no moment may the
 * vendor be without a working key.
 */

import type { AccessKey } from '../definitions/model/model';
import type { Finding } from '../rules/finding';
import { type KeySlot, Status } from '../rules/vocabulary';
import { ago } from '../text/dates';
import type { AccessKeyFacts, Commands, Rotation, SlotState, Told, UserFacts } from './model';

/** What a step is judged by. */
interface Question extends Omit<Rotation, 'refusals'> {
  readonly integration: AccessKey;
  /** The account of the definition. */
  readonly account?: string;
  readonly user?: UserFacts;
  readonly told: Told;
  readonly commands: Commands;
}

const DAY_MS = 86_400_000;
/** Keys that one deployment makes are a moment apart, in any order. */
const ONE_DEPLOYMENT_MS = 3_600_000;
/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MOST_KEYS = 2;

/** Why a second key cannot be made now. */
export function mayAdd(question: Question): Finding[] {
  const { user, slot, other, strays, commands, integration } = question;
  const elsewhere = notThere(question);
  if (elsewhere || !user) return elsewhere ?? [];
  const [added, kept] = [stateOf(question, slot), stateOf(question, other)];
  const findings = missing(question, kept);
  if (added.deployed) {
    findings.push({
      code: 'slot-still-deployed',
      message: `slot ${slot} is still deployed, although the definition no longer has it: its key would not be new`,
      fix: `${commands.deploy} removes it; then ${commands.rotate} again`,
    });
  }
  const [stray] = strays;
  if (stray && user.keys.length >= MOST_KEYS) {
    const remove = `aws iam delete-access-key --user-name ${integration.name} --access-key-id ${stray.id}`;
    findings.push({
      code: 'stray-key',
      message: `the user has the key ${stray.id}, which is in no slot; IAM takes two keys, so there is no room for slot ${slot}`,
      fix: `${commands.deploy} removes it, if a deployment stopped before its end; if not, make sure that nobody uses it, then ${remove}`,
    });
  }
  return findings;
}

/** Why the older key cannot be retired now. */
export function mayRetire(question: Question): Finding[] {
  const { user, slot, other, told, commands } = question;
  const elsewhere = notThere(question);
  if (elsewhere || !user) return elsewhere ?? [];
  const [old, kept] = [stateOf(question, slot), stateOf(question, other)];
  const undeployed = [...missing(question, old), ...missing(question, kept)];
  if (undeployed.length > 0) return undeployed;
  if (!kept.key) {
    const message = `the secret of slot ${other} holds ${kept.keyId}, which the user does not have: retiring slot ${slot} would leave no working key`;
    const fix = `write keys: [${slot}], ${commands.deploy}, and begin again with ${commands.rotate}`;
    return [{ code: 'key-gone', message, fix }];
  }
  const order = reversed(question, old.key, kept.key);
  if (order.length > 0) return order;
  return [
    ...inactive(question, kept.key),
    ...(told.evenIfUnused ? [] : neverUsed(question, kept.key)),
    ...(told.evenIfUsed || !old.key ? [] : stillUsed(question, old.key, user.asked)),
  ];
}

/** Whether the user itself is not where it should be, so that nothing else can be said; undefined where it is. */
function notThere({ integration, account, user, commands }: Question): Finding[] | undefined {
  const credentials = `use credentials of the account ${account ?? 'that it is in'} (AWS_PROFILE)`;
  if (!user) {
    const fix = `${commands.deploy} makes it; if it is deployed already, ${credentials}`;
    return [{ code: 'user-not-deployed', message: `AWS has no user ${integration.name}`, fix }];
  }
  if (account === undefined || user.account === account) return undefined;
  const message = `the credentials are of the account ${user.account}; ${integration.client} is in ${account}`;
  return [{ code: 'wrong-account', message, fix: credentials }];
}

function missing({ commands }: Question, { slot, deployed, secret }: SlotState): Finding[] {
  if (deployed) return [];
  const message = `slot ${slot} is in the definition and not deployed: there is no secret ${secret}`;
  return [{ code: 'slot-not-deployed', message, fix: `${commands.deploy}, then ${commands.rotate} again` }];
}

function inactive({ integration, slot, other, commands }: Question, { id, active }: AccessKeyFacts): Finding[] {
  if (active || integration.status !== Status.ACTIVE) return [];
  const byHand = `aws iam update-access-key --user-name ${integration.name} --access-key-id ${id} --status Active`;
  return [
    {
      code: 'key-inactive',
      message: `the key ${id} in slot ${other} is inactive: retiring slot ${slot} would leave no working key`,
      fix: `${commands.deploy}, if the integration was suspended; if it was done manually, ${byHand}`,
    },
  ];
}

function reversed(
  { slot, other, commands }: Question,
  old: AccessKeyFacts | undefined,
  kept: AccessKeyFacts,
): Finding[] {
  if (!old || old.made.getTime() - kept.made.getTime() < ONE_DEPLOYMENT_MS) return [];
  return [
    {
      code: 'slots-reversed',
      message: `keys names slot ${other} last, as the newer one, but the key in slot ${slot} was made later`,
      fix: `write keys: [${other}, ${slot}], then ${commands.rotate} again`,
    },
  ];
}

function neverUsed({ other, commands }: Question, { id, used }: AccessKeyFacts): Finding[] {
  if (used) return [];
  return [
    {
      code: 'new-key-unused',
      message: `the new key ${id} in slot ${other} was never used: the vendor has not switched to it`,
      fix: `${commands.handoff} says which secret to send; once it is used, ${commands.rotate} again, or add --even-if-unused`,
    },
  ];
}

function stillUsed({ slot, other, commands }: Question, { id, active, used }: AccessKeyFacts, now: Date): Finding[] {
  // What was made inactive to see whether somebody misses it is in use no more.
  if (!active || !used || now.getTime() - used.at.getTime() >= DAY_MS) return [];
  return [
    {
      code: 'old-key-used',
      message: `the key ${id} in slot ${slot} was used ${ago(used.at, now)}`,
      fix: `wait a day after the vendor has switched to slot ${other}, then ${commands.rotate} again, or add --even-if-used`,
    },
  ];
}

function stateOf({ slots }: Question, wanted: KeySlot): SlotState {
  return slots.find(({ slot }) => slot === wanted) as SlotState;
}
