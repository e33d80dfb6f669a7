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
  const text = typeof value === 'string' ? JSON.stringify(value) : String(JSON.stringify(value));
  return text.length > 80 ? `${text.slice(0, 76)}…"` : text;
}

/** `a, b or c`, for messages. */
export function either(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
