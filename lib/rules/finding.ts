/**
 * Something wrong with one value, before anyone knows where it was written:
 * the definitions give it a file, line and column, the constructs throw it.
 */
export interface Finding {
  /** Stable and greppable, for example `prefix-empty`. */
  readonly code: string;
  /** What is wrong, with the value that was given. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
}

/** A value as it is quoted in messages: printable, on one line, not endless. */
export function quote(value: unknown): string {
  const text = printable(typeof value === 'string' ? JSON.stringify(value) : String(JSON.stringify(value)));
  return text.length > 80 ? `${text.slice(0, 76)}…"` : text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that are meant
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\p{Surrogate}]/gu;

/** A text without what moves a terminal's cursor, colours it or turns the direction of what stands beside it: such characters are named. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `a, b or c`, for messages. */
export function either(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
