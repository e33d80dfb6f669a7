import { isMap, parseDocument } from 'yaml';

/**
 * A definition in which keys of its mapping are set to texts, or are not there; all else says what it said.
 * @param keys undefined takes a key out, be it there or not
 */
export function withKeys(text: string, keys: Readonly<Record<string, string | undefined>>): string {
  // Every scalar is a text as it is written: 0042 stays 0042.
  const document = parseDocument(text, { schema: 'failsafe' });
  // What is not a definition stays none.
  if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents))) return text;
  for (const [key, value] of Object.entries(keys)) {
    if (value !== undefined) document.set(key, value);
    else if (document.contents !== null) document.delete(key);
  }
  return isMap(document.contents) && document.contents.items.length > 0 ? document.toString() : '';
}
