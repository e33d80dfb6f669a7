import { INTENT_KEY, INTERNAL_INTENT_KEY, type Intent, type InternalIntent } from '../rules/intent';
import { intentIn } from '../rules/intent-note';
import type { PrintedStacks } from './printed-stacks';

/** The intents of integrations that a template's metadata notes. */
export function notedIntents({ metadata }: PrintedStacks): readonly Intent[] {
  return Object.entries(metadata).flatMap(([key, note]) => (key.startsWith(INTENT_KEY) ? [intentIn(note)] : []));
}

/** The intents of internal access that a template's metadata notes. */
export function notedInternal({ metadata }: PrintedStacks): readonly InternalIntent[] {
  return Object.entries(metadata).flatMap(([key, note]) =>
    key.startsWith(INTERNAL_INTENT_KEY) ? [note as InternalIntent] : [],
  );
}
