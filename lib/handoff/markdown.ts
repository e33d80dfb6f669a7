import { codeBlock, codeSpan, escapedLink, escapedText } from '../text/markdown';
import type { Block, Document, Line, Row } from './document';

/** A document as Markdown, to be sent as it is. */
export function markdownOf({ title, warnings, letterhead, introduction, sections }: Document): string {
  const lines = [
    `# ${escapedText(title)}`,
    '',
    ...warnings.flatMap((warning) => [`> **${escapedText(warning)}**`, '']),
    ...letterhead.map(({ label, value }) => `- **${label}**: ${escapedText(value)}`),
    '',
    ...(introduction ? [escapedText(introduction), ''] : []),
    ...sections.flatMap(({ title: name, blocks }) => [
      `## ${escapedText(name)}`,
      '',
      ...blocks.flatMap((block) => [...blockLines(block), '']),
    ]),
  ];
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

function blockLines(block: Block): string[] {
  switch (block.type) {
    case 'text':
      return [lineText(block.line)];
    case 'steps':
      return block.lines.map((line, at) => `${at + 1}. ${lineText(line)}`);
    case 'list':
      return block.lines.map((line) => `- ${lineText(line)}`);
    case 'values':
      return table(block.head, block.rows.map(valueCells));
    case 'table':
      return table(
        block.head,
        block.rows.map((cells) => cells.map(escapedText)),
      );
    case 'code':
      return [`${escapedText(block.title)}:`, '', ...codeBlock(block.code)];
    default:
      return block satisfies never;
  }
}

function lineText(line: Line): string {
  const [only, ...others] = line;
  // An address by itself is a link.
  if (typeof only === 'string' && others.length === 0) return escapedLink(only);
  return line.map((piece) => inlineText(piece)).join('');
}

function inlineText(piece: Line[number]): string {
  if (typeof piece === 'string') return escapedPiece(piece);
  return 'code' in piece ? codeSpan(piece.code) : `**${escapedText(piece.strong)}**`;
}

/** Text inside a line keeps the spaces at its ends. */
function escapedPiece(piece: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(piece) ?? [];
  return `${before}${escapedText(inner)}${after}`;
}

function valueCells({ label, values, elsewhere, note }: Row): string[] {
  const shown = values.length === 0 ? [`_${escapedText(elsewhere ?? '')}_`] : values.map(codeSpan);
  return [escapedText(label), [...shown, ...(note === undefined ? [] : [escapedText(note)])].join('<br>')];
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)];
}
