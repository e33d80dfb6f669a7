/** A document as data: what Markdown and HTML both show, so that neither says more than the other. */

/** A piece of a line: text, a value to be typed as it is, or what must not be overlooked. */
export type Inline = string | { readonly code: string } | { readonly strong: string };
export type Line = readonly Inline[];

/** One row of a table whose values are pasted. */
export interface Row {
  readonly label: string;
  /** Each of them by itself. */
  readonly values: readonly string[];
  /** Said where there is no value. */
  readonly elsewhere?: string;
  readonly note?: string;
}

export type Block =
  | { readonly type: 'text'; readonly line: Line }
  | { readonly type: 'steps'; readonly lines: readonly Line[] }
  | { readonly type: 'list'; readonly lines: readonly Line[] }
  | { readonly type: 'values'; readonly head: readonly [string, string]; readonly rows: readonly Row[] }
  | { readonly type: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** Something to paste whole; its title says what it does. */
  | { readonly type: 'code'; readonly title: string; readonly code: string };

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface Document {
  readonly title: string;
  /** What must be seen before anything else. */
  readonly warnings: readonly string[];
  /** Who writes to whom, and when: a label with its value each. */
  readonly letterhead: readonly { readonly label: string; readonly value: string }[];
  readonly introduction?: string;
  readonly sections: readonly Section[];
}

/** A line of plain text. */
export function text(...line: Inline[]): Block {
  return { type: 'text', line };
}

/** A section, or nothing where it would be empty. */
export function section(title: string, ...blocks: readonly (Block | undefined | false)[]): Section[] {
  const there = blocks.filter((block): block is Block => block !== undefined && block !== false && !isEmpty(block));
  return there.length === 0 ? [] : [{ title, blocks: there }];
}

function isEmpty(block: Block): boolean {
  if (block.type === 'steps' || block.type === 'list') return block.lines.length === 0;
  return (block.type === 'values' || block.type === 'table') && block.rows.length === 0;
}
