import { printable, printableLines } from './quote';

/**
 * A code span of any text: its fence is longer than any run of backticks inside.
 * @see https://github.github.com/gfm/#code-spans
 */
export function codeSpan(text: string): string {
  const line = printable(text.replace(/\s/gu, ' '));
  const fence = fenceFor(line, 1);
  const room = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${room}${line}${room}${fence}`;
}

/**
 * A sentence with its values as code: whatever is not a plain word. No markup, address or mention is made of plain words.
 */
export function sentence(text: string): string {
  const parts = text.split(/\s+/).map((word) => {
    const [, open = '', value = '', end = ''] = /^(\(?)(.*?)([,.;:)]*)$/.exec(word) ?? [];
    return /^[A-Za-z]*(?:['’][A-Za-z]+)*$/.test(value) ? word : `${open}${codeSpan(value)}${end}`;
  });
  return parts.join(' ');
}

/** What stands in a table, which a bar would end. */
export function tableCell(markdown: string): string {
  return markdown.replaceAll('|', '\\u007c');
}

/** The lines of a code block of any text. */
export function codeBlock(text: string): string[] {
  const fence = fenceFor(text, 3);
  return [fence, printableLines(text), fence];
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}

/** Text of ours or of a definition's: no markup in it comes to life, wherever it stands. */
export function escapedText(value: string): string {
  return printable(value.replace(/\s+/g, ' '))
    .replace(/[\\`*_[\]<>&$]|~(?!\/)/g, '\\$&')
    .replace(/^( ?)([#+=-]|\d+(?=[.)]))/, (_, space: string, mark: string) =>
      /\d/.test(mark) ? `${space}${mark}\\` : `${space}\\${mark}`,
    );
}

/** An address as it is, for readers of Markdown make a link of it; anything else as text. */
export function escapedLink(value: string): string {
  return /^https?:\/\/[\w./?=%#:@+,-]+$/.test(value) ? value : escapedText(value);
}
