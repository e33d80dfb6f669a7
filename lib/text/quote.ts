/** A value as it is quoted in messages: printable, on one line, not endless. */
export function quote(value: unknown): string {
  const text = printable(typeof value === 'string' ? JSON.stringify(value) : String(JSON.stringify(value)));
  return text.length > 80 ? `${text.slice(0, 76)}…"` : text;
}

/** Controls, formats (bidirectional marks, zero-width characters), private and unpaired characters, line and paragraph separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A text that can be printed anywhere: characters that move a terminal's cursor, colour it, turn the direction of what stands
 * beside them or cannot be seen are spelled out.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });
}
