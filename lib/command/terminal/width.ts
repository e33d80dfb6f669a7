import stringWidth from 'string-width';

/**
 * How many columns of a terminal a text takes: two for the wide characters of East Asia and for emoji, none for marks
 * that stand on the character before.
 */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

/** A text with spaces behind it, up to so many columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}
