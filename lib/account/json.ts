/** JSON from strangers: as large and as deep as is sensible, and no more. */
import { isRecord, type Raw } from '../text/record';

/** An object as JSON has it. */
export type JsonObject = Raw;

export interface JsonBounds {
  /** Characters. */
  readonly length: number;
  /** Lists and objects in each other. */
  readonly depth: number;
  /** Values in all: the smallest takes twenty times its text's memory. */
  readonly values: number;
}

/** Members of one object: each further one takes the engine longer. */
const MOST_MEMBERS = 100_000;

/** Why a text was not read. */
export class NotJson extends Error {}

/**
 * Parses a text after counting what is in it, so that no text takes more memory or stack than its bounds say.
 * @throws NotJson with a phrase that says why, for example `it ends too early`
 */
export function parseJson(text: string, bounds: JsonBounds): unknown {
  if (text.length > bounds.length) throw new NotJson(`it is longer than ${bounds.length} characters`);
  const { excess, ends } = counted(text, bounds);
  if (excess !== undefined) throw new NotJson(excess);
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own words quote the text, with whatever is in it.
    throw new NotJson(ends ? 'it is not JSON' : 'it ends too early');
  }
}

/** Whether a value is an object with members. */
export function isObject(value: unknown): value is JsonObject {
  return isRecord(value) && !(value instanceof Date);
}

const [QUOTE, BACKSLASH, COMMA, LIST, LIST_END, OBJECT, OBJECT_END] = ['"', '\\', ',', '[', ']', '{', '}'].map(
  (character) => character.charCodeAt(0),
);

/** What there is too much of in a text, or whether all that it begins ends. */
function counted(text: string, bounds: JsonBounds): { readonly excess?: string; readonly ends: boolean } {
  // Of each object around, its members; of a list nothing.
  const around: number[] = [];
  let [values, inText] = [0, false];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (code === COMMA) {
      values += 1;
      const last = around.length - 1;
      const members = (around[last] ?? Number.NaN) + 1;
      if (last >= 0) around[last] = members;
      if (members > MOST_MEMBERS)
        return { excess: `an object in it has more than ${MOST_MEMBERS} members`, ends: false };
    } else if (code === LIST || code === OBJECT) {
      values += 1;
      around.push(code === OBJECT ? 1 : Number.NaN);
      if (around.length > bounds.depth)
        return { excess: `it is nested deeper than ${bounds.depth} levels`, ends: false };
    } else if (code === LIST_END || code === OBJECT_END) around.pop();
    if (values > bounds.values) return { excess: `it holds more than ${bounds.values} values`, ends: false };
  }
  return { ends: around.length === 0 && !inText };
}
