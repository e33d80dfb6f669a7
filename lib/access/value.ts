/**
 * Texts of which some pieces are not known. Readers of templates and accounts write them so, and nothing here ever
 * compares a placeholder with a text.
 */

/**
 * One name that only a deployment gives, of something that is made by those whose world this is: a bucket, a role, an
 * account that a stack does not say. Such a name is not empty, has neither `:` nor `/`, is no other thing's name and no
 * part of one; it may be the same as any text that somebody wrote. What is more than a name (an ARN) is written as pieces,
 * and what could be another thing's name (a parameter, a look-up) is {@link Any}.
 */
export interface Thing {
  readonly scope: string;
  readonly id: string;
  readonly attribute?: string;
  /** What its text is known to be like: texts and {@link Any}. @default - anything */
  readonly like?: readonly (string | Any)[];
}

/** Any text, the empty one too. */
export interface Any {
  readonly any: true;
}

/** One of several, by a condition: a grant holds if any has it, a guard only if all have. */
export interface OneOf {
  readonly oneOf: readonly Value[];
}

export type Piece = string | Thing | Any | OneOf;

/** A text, its pieces one after the other. */
export type Value = readonly Piece[];

export const ANY: Any = { any: true };

/** The text that nothing is known of. */
export const ANYTHING: Value = [ANY];

export function isThing(piece: object): piece is Thing {
  return 'id' in piece;
}

/** By what two things are told apart. */
export function thingKey({ scope, id, attribute }: Thing): string {
  return JSON.stringify([scope, id, attribute]);
}

/** The text, where all of it is known here. */
export function literalText(value: readonly (string | object)[]): string | undefined {
  let text = '';
  for (const piece of value) {
    if (typeof piece !== 'string') return undefined;
    text += piece;
  }
  return text;
}

/** The same text in as few pieces as it takes. */
export function compact(value: Value): Value {
  const pieces: Piece[] = [];
  for (const piece of value) {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else if (piece !== '') pieces.push(piece);
  }
  return pieces;
}

/** Whether every branch of a text is known, as text or as the name of a thing. */
export function isKnown(value: readonly (string | object)[]): boolean {
  return value.every((piece) => {
    if (typeof piece === 'string') return true;
    if ('oneOf' in piece) return (piece as OneOf).oneOf.every(isKnown);
    return !('any' in piece);
  });
}

/** A value as one text, for messages and hashes: no two that differ read the same. */
export function valueText(value: readonly (string | object)[]): string {
  let text = '';
  for (const piece of value) text += pieceText(piece);
  return text;
}

const SPECIAL = /[\\<>|]/;

function pieceText(piece: string | object): string {
  if (typeof piece === 'string') return SPECIAL.test(piece) ? piece.replace(/[\\<>|]/g, '\\$&') : piece;
  if ('oneOf' in piece) {
    const [first, ...others] = [...new Set((piece as OneOf).oneOf.map(valueText))];
    return others.length === 0 ? (first ?? '') : `<${[first, ...others].join('|')}>`;
  }
  if ('wild' in piece) return `<${String(piece.wild)}>`;
  if (!isThing(piece)) return '<any>';
  const { scope, id, attribute } = piece;
  return `<${[scope, attribute === undefined ? id : `${id}.${attribute}`].map((part) => pieceText(part)).join('|')}|>`;
}
