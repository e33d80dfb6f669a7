import type { AccessKeyFacts, Rotation, SlotState } from './model';

/** A rotation as `rotate --json` gives it, without what was done. What AWS was not asked, or does not have, is null. */
export function documented({ step, slot, from, to, slots, strays, refusals }: Rotation) {
  return {
    step,
    slot,
    from,
    to,
    slots: slots.map((state) => ({ ...slotOf(state), ...keyOf(state.key) })),
    otherKeys: strays.map((key) => ({ accessKeyId: key.id, ...keyOf(key) })),
    refusals,
  };
}

function slotOf({ slot, secret, defined, deployed, keyId }: SlotState) {
  return { slot, secret, defined, deployed: deployed ?? null, accessKeyId: keyId ?? null };
}

function keyOf(key: AccessKeyFacts | undefined) {
  return {
    active: key?.active ?? null,
    made: key?.made.toISOString() ?? null,
    lastUsed: key?.used?.at.toISOString() ?? null,
    lastUsedService: key?.used?.service ?? null,
    lastUsedRegion: key?.used?.region ?? null,
  };
}
