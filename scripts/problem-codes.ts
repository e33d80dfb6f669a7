import { loadCase, readCases } from '../test/definitions/cases';

/** Problem codes of `check`, each with a message that it has and its remedy, as a table made from the corpus of bad definitions. */
export function problemCodes(): string {
  const examples = new Map<string, { severity: string; message: string; fix: string }>();
  for (const each of readCases('bad')) {
    const codes = each.expected.map((expected) => /\[([a-z0-9-]+)\]$/.exec(expected)?.[1] ?? '');
    if (codes.every((code) => examples.has(code))) continue;
    for (const { code, severity, message, fix } of loadCase(each).problems) {
      if (!examples.has(code)) examples.set(code, { severity, message, fix });
    }
  }
  const rows = [...examples]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { severity, message, fix }]) => {
      const warning = severity === 'warning' ? ' (warning)' : '';
      return `| \`${code}\`${warning} | ${text(message)} | ${text(fix)} |`;
    });
  return ['| code | for example | remedy |', '|---|---|---|', ...rows, ''].join('\n');
}

/** Text in a table's cell: no markup in it comes to life. */
function text(value: string): string {
  const short = value.length > 220 ? `${value.slice(0, 219)}…` : value;
  return short.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>|~$#]/g, '\\$&');
}
