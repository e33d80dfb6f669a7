import type { AccessKey } from '../definitions/model/model';
import { secretName } from '../rules/names';
import { KeySlot } from '../rules/vocabulary';
import type { Commands, DeployedKeys, Rotation, SlotState, Told } from './model';
import { mayAdd, mayRetire } from './preconditions';

/**
 * The next step of a rotation. The slot that is named last in `keys` has the newer key.
 *
 * @param deployed none where AWS was not asked: then nothing is refused
 */
export function rotationOf(
  integration: AccessKey,
  account: string | undefined,
  deployed: DeployedKeys | undefined,
  told: Told,
  commands: Commands,
): Rotation {
  const [first = KeySlot.A, second] = integration.keys;
  const free = first === KeySlot.A ? KeySlot.B : KeySlot.A;
  const slots = [KeySlot.A, KeySlot.B].map((slot) => stateOf(integration, slot, deployed));
  const held = new Set(deployed?.held.values());
  const step =
    second === undefined
      ? { step: 'add' as const, slot: free, other: first, to: [first, free] }
      : { step: 'retire' as const, slot: first, other: second, to: [second] };
  const strays = (deployed?.user?.keys ?? []).filter(({ id }) => !held.has(id));
  const rotation = { ...step, from: integration.keys, slots, strays };
  const may = rotation.step === 'add' ? mayAdd : mayRetire;
  const refusals = deployed ? may({ integration, account, user: deployed.user, told, commands, ...rotation }) : [];
  return { ...rotation, refusals };
}

function stateOf(integration: AccessKey, slot: KeySlot, deployed: DeployedKeys | undefined): SlotState {
  const { client, vendor, keys } = integration;
  const keyId = deployed?.held.get(slot);
  return {
    slot,
    secret: secretName(client, vendor, slot),
    defined: keys.includes(slot),
    deployed: deployed && keyId !== undefined,
    keyId,
    key: deployed?.user?.keys.find(({ id }) => id === keyId),
  };
}
