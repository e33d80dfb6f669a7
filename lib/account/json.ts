/** JSON from strangers: as large and as deep as is sensible, and no more. */

/** An object as JSON has it. */
export type JsonObject = Readonly<Record<string, unknown>>;

export interface JsonBounds {
  /** Characters. */
  readonly length: number;
  /** Lists and objects in each other. */
  readonly depth: number;
  /** Lists and objects in all: the smallest takes twenty times its text's memory. */
  readonly containers: number;
}

/** Why a text was not read. */
export class NotJson extends Error {}

/**
 * Parses a text after counting what is in it, so that no text takes more memory or stack than its bounds say.
 * @throws NotJson with a phrase that says why, for example `it ends too early`
 */
export function parseJson(text: string, bounds: JsonBounds): unknown {
  if (text.length > bounds.length) throw new NotJson(`it is longer than ${bounds.length} characters`);
  const { ends, ...counted } = containersOf(text, bounds);
  if (counted.depth > bounds.depth) throw new NotJson(`it is nested deeper than ${bounds.depth} levels`);
  if (counted.containers > bounds.containers)
    throw new NotJson(`it holds more than ${bounds.containers} lists and objects`);
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own words quote the text, with whatever is in it.
    throw new NotJson(ends ? 'it is not JSON' : 'it ends too early');
  }
}

/** Whether a value is an object with members. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

const [QUOTE, BACKSLASH, LIST, LIST_END, OBJECT, OBJECT_END] = ['"', '\\', '[', ']', '{', '}'].map((character) =>
  character.charCodeAt(0),
);

/** How many lists and objects a text has, and how deep; stops where there are too many. */
function containersOf(text: string, bounds: JsonBounds): { depth: number; containers: number; ends: boolean } {
  let [depth, deepest, containers, inText] = [0, 0, 0, false];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (code === LIST || code === OBJECT) {
      containers += 1;
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (depth > bounds.depth || containers > bounds.containers) break;
    } else if (code === LIST_END || code === OBJECT_END) depth -= 1;
  }
  return { depth: deepest, containers, ends: depth === 0 && !inText };
}
