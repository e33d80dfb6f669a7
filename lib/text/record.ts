/** An object of parsed JSON, of whose members nothing is known yet. */
export type Raw = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that a value is; what is none has no members. */
export function recordOf(value: unknown): Raw {
  return isRecord(value) ? value : {};
}
