/**
 * Changes to the text of a definition that leave all else as people wrote it.
 */
import { type CST, Lexer, type Scalar } from 'yaml';
import { YamlFile } from './yaml-file';

/** Part of a text, and what is to stand there. Offsets. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text with these edits, which do not overlap. */
export function applied(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((all, { from, to, text: part }) => all.slice(0, from) + part + all.slice(to), text);
}

/** Whether the one text says what the other does but for these keys, with every comment. */
export function saysAlso(edited: string, text: string, keys: Readonly<Record<string, unknown>>): boolean {
  const now = new YamlFile('', edited);
  const { data } = new YamlFile('', text);
  return (
    now.problems.length === 0 &&
    JSON.stringify(sorted({ ...data, ...keys })) === JSON.stringify(sorted(now.data)) &&
    JSON.stringify(comments(edited)) === JSON.stringify(comments(text))
  );
}

function sorted(data: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
}

function comments(text: string): string[] {
  return [...new Lexer().lex(text)].filter((token) => token.startsWith('#')).map((token) => token.trimEnd());
}

/**
 * A new key of the file's mapping, behind something.
 *
 * @param end of what it stands behind
 * @param flow whether the mapping is written in braces
 * @param token of the mapping
 */
export function newKeyLine(text: string, end: number, flow: boolean, token: CST.Token | undefined, line: string): Edit {
  if (flow) return insertion(end, `, ${line}`);
  return newLine(text, end, token && 'indent' in token ? token.indent : 0, line);
}

/** A line of its own behind the line in which something ends, and behind the comments that belong to that. */
export function newLine(text: string, end: number, indent: number, line: string): Edit {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const written = `${' '.repeat(indent)}${line}`;
  let at = end;
  // The text of a block scalar ends with its line.
  if (text[end - 1] !== '\n') at = lineAfter(text, end);
  for (;;) {
    const [comment] = /^[ \t]*#[^\n]*(?:\n|$)/.exec(text.slice(at)) ?? [];
    if (!comment || comment.indexOf('#') <= indent) break;
    at += comment.length;
  }
  return insertion(at, at > 0 && text[at - 1] === '\n' ? `${written}${eol}` : `${eol}${written}`);
}

function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

export function insertion(at: number, text: string): Edit {
  return { from: at, to: at, text };
}

export function startOf(node: unknown): number {
  return (node as Scalar | undefined)?.range?.[0] ?? 0;
}

export function endOf(node: unknown): number {
  return (node as Scalar | undefined)?.range?.[1] ?? 0;
}
