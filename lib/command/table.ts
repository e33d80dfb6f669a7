/**
 * Rows in columns, with a heading. The last column is left to wrap; where the others leave it no room,
 * each row becomes a paragraph.
 *
 * @param width columns of the terminal; unlimited where there is none
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[], width?: number): string {
  const widths = headings.map((heading, at) => Math.max(heading.length, ...rows.map((row) => (row[at] ?? '').length)));
  const fixed = widths.slice(0, -1).reduce((sum, column) => sum + column + 2, 0);
  const room = width === undefined ? Number.POSITIVE_INFINITY : width - fixed;
  if (room < LEAST_ROOM) {
    return rows.map((row) => row.map((cell, at) => `${headings[at]}: ${cell}\n`).join('')).join('\n');
  }
  const indent = ' '.repeat(fixed);
  const line = (cells: readonly string[]) => {
    const start = cells
      .slice(0, -1)
      .map((cell, at) => `${cell.padEnd(widths[at] ?? 0)}  `)
      .join('');
    return `${start}${wrapped(cells.at(-1) ?? '', room).join(`\n${indent}`)}`.replace(/ +$/gm, '');
  };
  return `${[headings, ...rows].map(line).join('\n')}\n`;
}

const LEAST_ROOM = 20;

function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
