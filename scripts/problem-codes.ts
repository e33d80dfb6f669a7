import { CAUSES } from '../lib/causes/cause';
import { RULES } from '../lib/checks/rules';
import { FAILURES } from '../lib/command/host/failure';
import { CONSTRUCT_CODES, DEFINITION_CODES, type Meaning, REQUEST_CODES, ROTATION_CODES } from '../lib/rules/codes';
import { loadCase, readCases } from '../test/definitions/cases';

type Meanings = Readonly<Record<string, Meaning>>;

/** Every message of this project by its code, with its remedy: docs/problem-codes.md. */
export function problemCodes(): string {
  return `# Codes of problems, violations, causes and failures

Every code, what it means, and what to do. A code stays the same from version to version; the words of a message do not.

## Definitions

What \`check\` finds, and every command that reads definitions. The example is a message of \`check\` with its remedy.

${exampleTable(DEFINITION_CODES)}

## Constructs

What the constructs refuse that no definition can bring about. They also refuse what is said above of their own values.

${table(CONSTRUCT_CODES)}

## Requests

What \`new\` and \`new --from-issue\` find in what somebody asks for, beside the above.

${table(REQUEST_CODES)}

## Rotation

Why \`rotate\` does not take the next step now.

${table(ROTATION_CODES)}

## Violations

What \`ConfinementChecks\` finds in synthesized templates.

${rows(Object.entries(RULES).map(([rule, { what, fix }]) => [code(rule), what, fix]))}

## Causes

What is behind a request that was refused: of \`test-connection\`, \`explain\` and \`usage\`.
[test-connection.md](test-connection.md) says who fixes it.

${rows(Object.entries(CAUSES).map(([name, { cause, fix }]) => [code(name), cause, fix]))}

## Failures

Why a command ended without doing what it was asked. The process exits with 1, or 2 where the command was used wrongly.

${table(FAILURES)}
`;
}

/** Every cause with who fixes it: docs/test-connection.md. */
export function causes(): string {
  const lines = Object.entries(CAUSES).map(([name, { cause, who, fix }]) => [code(name), who, cause, fix]);
  return rows(lines, ['code', 'who', 'what it means', 'what to do']);
}

function table(meanings: Meanings): string {
  return rows(Object.entries(meanings).map(([name, meaning]) => [code(name), ...halves(meaning)]));
}

function rows(lines: readonly (readonly string[])[], header: readonly string[] = ['code', 'means', 'do']): string {
  const cells = [header, header.map(() => '---'), ...lines.map(([name = '', ...texts]) => [name, ...texts.map(cell)])];
  return cells.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** As `table`, with a message that each code has in the corpus of bad definitions, if any. */
function exampleTable(meanings: Meanings): string {
  const found = examples();
  const lines = Object.entries(meanings).map(([name, meaning]) => {
    const { severity = 'error', text = '' } = found.get(name) ?? {};
    return [`${code(name)}${severity === 'warning' ? ' (warning)' : ''}`, ...halves(meaning), text];
  });
  return rows(lines, ['code', 'means', 'do', 'for example']);
}

function examples(): Map<string, { readonly severity: string; readonly text: string }> {
  const found = new Map<string, { readonly severity: string; readonly text: string }>();
  for (const each of readCases('bad')) {
    const codes = each.expected.map((expected) => /\[([a-z0-9-]+)\]$/.exec(expected)?.[1] ?? '');
    if (codes.every((name) => found.has(name))) continue;
    for (const { code: name, severity, message, fix } of loadCase(each).problems) {
      if (severity !== 'accepted' && !found.has(name))
        found.set(name, { severity, text: `${shortened(message)}; ${shortened(fix)}` });
    }
  }
  return found;
}

function code(name: string): string {
  return `\`${name}\``;
}

function halves(meaning: Meaning): string[] {
  return meaning.split('; ');
}

function shortened(text: string): string {
  return text.length > 220 ? `${text.slice(0, 219)}…` : text;
}

/** Text in a table's cell: no markup in it comes to life. */
function cell(value: string): string {
  return value.replace(/[\r\n]+/g, ' ').replace(/[\\`*_[\]<>|~$#]/g, '\\$&');
}
