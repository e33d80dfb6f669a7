import { INTENT_KEY, INTERNAL_INTENT_KEY, type Intent, type InternalIntent } from '../rules/intent';
import { intentIn } from '../rules/intent-note';
import type { FlatTemplate } from './flat-template';

/** The intents of integrations that a template's metadata notes. */
export function notedIntents({ metadata }: FlatTemplate): readonly Intent[] {
  return Object.entries(metadata).flatMap(([key, note]) => (key.startsWith(INTENT_KEY) ? [intentIn(note)] : []));
}

/** The intents of internal access that a template's metadata notes. */
export function notedInternal({ metadata }: FlatTemplate): readonly InternalIntent[] {
  return Object.entries(metadata).flatMap(([key, note]) =>
    key.startsWith(INTERNAL_INTENT_KEY) ? [note as InternalIntent] : [],
  );
}
