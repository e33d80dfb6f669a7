/**
 * How many columns of a terminal a text takes: two for the wide characters of East Asia and for emoji, none for marks
 * that stand on the character before.
 * @see https://www.unicode.org/reports/tr11/
 */
export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of SEGMENTS.segment(text)) columns += segmentColumns(segment);
  return columns;
}

/** A text cut to so many columns, with an ellipsis where something is left out. */
export function clipped(text: string, most: number): string {
  if (columnsOf(text) <= most) return text;
  return most < 1 ? '' : `${beginning(text, most - 1)}…`;
}

/** As much of a text's beginning as so many columns hold. */
export function beginning(text: string, most: number): string {
  let [columns, end] = [0, 0];
  for (const { segment, index } of SEGMENTS.segment(text)) {
    columns += segmentColumns(segment);
    if (columns > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** A text with spaces behind it, up to so many columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

const PLAIN = /^[ -~]*$/;
const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });
const EMOJI = /^\p{Emoji_Presentation}|\ufe0f/u;
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;

/** Blocks whose characters are wide or full width. */
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
];

function segmentColumns(segment: string): number {
  if (NOTHING.test(segment)) return 0;
  const code = segment.codePointAt(0) ?? 0;
  return EMOJI.test(segment) || WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}
