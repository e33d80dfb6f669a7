import { printable } from '../../text/quote';
import { columnsOf, padded } from './width';

/** Paints a piece of a cell; the row is undefined for the headings. */
export type CellPaint = (text: string, column: number, row: readonly string[] | undefined) => string;

/**
 * Rows in columns, with a heading. Cells wrap where a terminal is too narrow: between words, and behind a slash. Where even
 * that does not fit, each row becomes a paragraph, in which nothing is broken, so that an ARN can be copied.
 *
 * @param width columns of the terminal; unlimited where there is none
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width: number = Number.POSITIVE_INFINITY,
  paint: CellPaint = (text) => text,
): string {
  const shown = rows.map((row) => row.map(printable));
  const widths = fitted([headings, ...shown], width);
  if (!widths) return paragraphs(headings, shown, width, paint);
  const last = headings.length - 1;
  const lines = (cells: readonly string[], row: readonly string[] | undefined) => {
    const wrappedCells = cells.map((cell, at) => wrapped(cell, widths[at] ?? 0));
    const height = Math.max(...wrappedCells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      wrappedCells
        .map((pieces, at) => laid(pieces[line] ?? '', at === last ? 0 : (widths[at] ?? 0) + GAP, at, row))
        .join(''),
    );
  };
  const laid = (piece: string, columns: number, at: number, row: readonly string[] | undefined) =>
    `${piece === '' ? '' : paint(piece, at, row)}${padded(piece, columns).slice(piece.length)}`;
  return [lines(headings, undefined), ...shown.map((row) => lines(row, row))]
    .flat()
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

const GAP = 2;

/** How wide each column is; undefined where not all of them fit. */
function fitted(lines: readonly (readonly string[])[], width: number): number[] | undefined {
  const most = (of: (cell: string) => number) =>
    (lines[0] ?? []).map((_, at) => lines.reduce((widest, line) => Math.max(widest, of(line[at] ?? '')), 0));
  const widths = most(columnsOf);
  let excess = widths.reduce((sum, column) => sum + column + GAP, -GAP) - width;
  if (excess <= 0) return widths;
  const least = most((cell) => Math.max(...cell.split(BREAKS).map((part) => columnsOf(part.trimEnd()))));
  // Whichever has most to give gives first.
  for (; excess > 0; excess -= 1) {
    const spare = widths.map((column, at) => column - (least[at] ?? 0));
    const at = spare.indexOf(Math.max(...spare));
    if ((spare[at] ?? 0) <= 0) return undefined;
    widths[at] = (widths[at] ?? 0) - 1;
  }
  return widths;
}

function paragraphs(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: CellPaint,
) {
  const cellOf = (row: readonly string[], cell: string, at: number) => {
    const label = `${headings[at]}: `;
    const lines = wrapped(cell, width - columnsOf(label), /(?<= )/).map((piece) => paint(piece, at, row));
    return `${paint(label.trimEnd(), at, undefined)} ${lines.join(`\n${' '.repeat(columnsOf(label))}`)}\n`;
  };
  return rows.map((row) => row.map((cell, at) => cellOf(row, cell, at)).join('')).join('\n');
}

/** Where a text may be broken: behind a space, and behind a single slash. */
const BREAKS = /(?<= )|(?<=[^/]\/)(?=[^/ ])/;

/** A text in lines of so many columns; a part that is longer stands on a line of its own. */
function wrapped(text: string, room: number, breaks = BREAKS): string[] {
  if (columnsOf(text) <= room) return [text];
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(breaks)) {
    if (line !== '' && columnsOf((line + part).trimEnd()) > room) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return [...lines, line.trimEnd()];
}
