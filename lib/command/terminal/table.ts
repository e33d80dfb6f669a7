import { printable } from '../../text/quote';
import { columnsOf, padded } from './width';

/** Paints a piece of a cell; the row is undefined for the headings. */
export type CellPaint = (text: string, column: number, row: readonly string[] | undefined) => string;

/**
 * Rows in columns, with a heading. Cells wrap where a terminal is too narrow: between words, and behind a slash. Where even
 * that does not fit, the last cell goes below the others; and where that does not, each row becomes a paragraph. Nothing
 * is broken there, so that an ARN can be copied.
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
  if (!widths) return stacked(headings, shown, width, paint) ?? paragraphs(headings, shown, width, paint);
  return columns(headings, shown, widths, paint);
}

/** Rows in columns of these widths. */
function columns(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  paint: CellPaint,
  below: (row: readonly string[] | undefined) => string = () => '',
): string {
  const last = widths.length - 1;
  const lines = (cells: readonly string[], row: readonly string[] | undefined) => {
    const wrappedCells = widths.map((room, at) => wrapped(cells[at] ?? '', room));
    const height = Math.max(...wrappedCells.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      wrappedCells
        .map((pieces, at) => laid(pieces[line] ?? '', at === last ? 0 : (widths[at] ?? 0) + GAP, at, row))
        .join(''),
    );
  };
  const laid = (piece: string, columns: number, at: number, row: readonly string[] | undefined) =>
    `${piece === '' ? '' : paint(piece, at, row)}${padded(piece, columns).slice(piece.length)}`;
  const block = (cells: readonly string[], row: readonly string[] | undefined) =>
    `${lines(cells, row)
      .map((line) => `${line.trimEnd()}\n`)
      .join('')}${below(row)}`;
  return [block(headings, undefined), ...rows.map((row) => block(row, row))].join('');
}

/** Rows of which the last cell stands below the others; undefined where these do not fit. */
function stacked(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: CellPaint,
): string | undefined {
  const last = headings.length - 1;
  const widths = fitted(
    [headings, ...rows].map((cells) => cells.slice(0, -1)),
    width,
  );
  // Of few columns, paragraphs are as short.
  if (!widths || last < 3) return undefined;
  return columns(headings, rows, widths, paint, (row) => {
    const pieces = wrapped((row ?? headings)[last] ?? '', width - GAP, /(?<= )/);
    return pieces.map((piece) => `${' '.repeat(GAP)}${paint(piece, last, row)}\n`).join('');
  });
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
