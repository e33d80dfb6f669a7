/** A value as it is quoted in messages: printable, on one line, not endless. */
export function quote(value: unknown): string {
  const text = printable(json(value));
  return text.length > 80 ? `${text.slice(0, 76)}…"` : text;
}

function json(value: unknown): string {
  // What comes behind is cut off anyway.
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 100));
  try {
    return String(JSON.stringify(value));
  } catch {
    return 'a value that is nested too deeply';
  }
}

/** Controls, formats (bidirectional marks, zero-width characters), private and unpaired characters, line and paragraph separators. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * A text that can be printed anywhere: characters that move a terminal's cursor, colour it, turn the direction of what stands
 * beside them or cannot be seen are spelled out, as JSON spells them, so that a JSON document stays what it is.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, spelledOut);
}

/** As {@link printable}, of several lines: line feeds and tabs stay. */
export function printableLines(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (/[\n\t]/.test(character) ? character : spelledOut(character)));
}

function spelledOut(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    const unit = character.charCodeAt(at).toString(16).padStart(4, '0');
    return `\\u${unit}`;
  }).join('');
}
