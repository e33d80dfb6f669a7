import { columnsOf } from './width';

/**
 * A text for a terminal: each line that is too long goes on at a word, under the words of the line before. A word is never
 * broken, so that an ARN, a path or a command can be copied.
 *
 * @param width columns of the terminal; unlimited where there is none
 * @param hanging by how much lines that go on are indented, beside what their first line is
 */
export function prose(text: string, width: number | undefined, hanging = 0): string {
  if (width === undefined || width < NARROWEST) return text;
  return text
    .split('\n')
    .map((line) => wrapped(line, width, hanging))
    .join('\n');
}

/** Where fewer columns are left, a terminal breaks lines as well as anybody. */
const NARROWEST = 20;

function wrapped(line: string, width: number, hanging: number): string {
  if (columnsOf(line) <= width) return line;
  // A list's mark is no word of its text.
  const [lead = ''] = /^\s*(?:(?:[-+~*]|\d+\.) )?/.exec(line) ?? [];
  const indent = ' '.repeat(lead.length + hanging);
  const lines: string[] = [];
  let now = lead;
  for (const word of line.slice(lead.length).split(/(?<= )(?=\S)/)) {
    if (now.trim() !== lead.trim() && columnsOf((now + word).trimEnd()) > width) {
      lines.push(now.trimEnd());
      now = indent;
    }
    now += word;
  }
  return [...lines, now].join('\n');
}
