/**
 * A code span of any text: its fence is longer than any run of backticks inside.
 * @see https://github.github.com/gfm/#code-spans
 */
export function codeSpan(text: string): string {
  const line = text.replace(/\s/gu, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const room = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${room}${line}${room}${fence}`;
}

/** Text of ours or of a definition's: no markup in it comes to life. */
export function escapedText(value: string): string {
  return value.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>]/g, '\\$&');
}
