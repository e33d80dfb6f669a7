import { INTENT_KEY, type Intent } from '../rules/intent';
import { intentIn } from '../rules/intent-note';
import type { FlatTemplate } from './flat-template';

/** The intents of integrations that a template's metadata notes. */
export function notedIntents({ metadata }: FlatTemplate): readonly Intent[] {
  return Object.entries(metadata).flatMap(([key, note]) => (key.startsWith(INTENT_KEY) ? [intentIn(note)] : []));
}
