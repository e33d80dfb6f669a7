/**
 * Issues as data files: a header, then what was filled in.
 *
 *     # one sentence: what is special here
 *     expect prefix+0:1 error[prefix-wildcard]
 *     -- prefix --
 *     a*b
 *
 * Sections are answers by the id of their field, over those of a right issue (`BASE`); a section `-- issue --` is the
 * whole text instead. Header lines: `expect FIELD+LINE:COLUMN SEVERITY[CODE]`, the line counted from the first of the
 * field's answer, or `expect LINE:COLUMN …` in the whole text; `says TEXT` (in some message or its fix); `option WORD…`
 * (of the command line); `crlf`. A section `-- definition --` is what is written, with `UUID` for what is made up.
 * `{x*40}` is forty x, `{U+202E}` that character.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIELDS, type FieldId, NO, YES } from '../../lib/requests/form';

export interface IssueCase {
  readonly name: string;
  readonly body: string;
  /** `LINE:COLUMN SEVERITY[CODE]` */
  readonly expected: readonly string[];
  readonly says: readonly string[];
  readonly options: readonly string[];
  readonly definition?: string;
}

const NOTHING = '_No response_';
const BASE: Readonly<Partial<Record<FieldId, string>>> = {
  client: 'kohler',
  vendor: 'tool',
  purpose: 'It writes the daily export.',
  'in-aws': YES,
  'assumes-roles': YES,
  principals: 'arn:aws:iam::111122223333:role/exporter',
  access: '- [x] list: see the names of the files under its prefix\n- [X] write: put files\n- [ ] delete: delete files',
  owner: 'data-platform@example.com',
};
/** Where nothing is said of them, the other questions need no answer. */
const OUTSIDE: Readonly<Partial<Record<FieldId, string>>> = { 'in-aws': NO, 'assumes-roles': '', principals: '' };

export function readIssueCases(): IssueCase[] {
  const dir = join(__dirname, 'issues');
  return readdirSync(dir)
    .sort()
    .map((file) => parseCase(file.replace(/\.txt$/, ''), readFileSync(join(dir, file), 'utf8')));
}

function parseCase(name: string, text: string): IssueCase {
  const [header = '', ...rest] = text.split(/^-- (.+) --\n/m);
  const sections = new Map<string, string>();
  for (let at = 0; at < rest.length; at += 2) sections.set(rest[at] ?? '', special(rest[at + 1] ?? ''));
  const lines = header.trimEnd().split('\n');
  const all = (word: string) =>
    lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  const strange = lines.find((line) => !/^(?:#.*|(?:expect|says|option) .+|crlf|outside)$/.test(line));
  if (strange !== undefined) throw new Error(`${name}: what is the header line ${JSON.stringify(strange)}?`);
  const definition = sections.get('definition');
  sections.delete('definition');
  const whole = sections.get('issue');
  const answers = { ...BASE, ...(lines.includes('outside') ? OUTSIDE : {}), ...Object.fromEntries(sections) };
  const unknown = Object.keys(answers).find((id) => id !== 'issue' && !FIELDS.some((field) => field.id === id));
  if (unknown !== undefined) throw new Error(`${name}: there is no field ${unknown}`);
  const { body, starts } = whole === undefined ? rendered(answers) : { body: whole, starts: new Map<string, number>() };
  const expected = all('expect').map((line) =>
    line.replace(
      /^([a-z-]+)\+(\d+):/,
      (_, id: string, offset: string) => `${(starts.get(id) ?? Number.NaN) + Number(offset)}:`,
    ),
  );
  return {
    name,
    body: lines.includes('crlf') ? body.replaceAll('\n', '\r\n') : body,
    expected,
    says: all('says'),
    options: all('option').flatMap((line) => line.split(' ')),
    definition,
  };
}

/** The text that GitHub makes of answers, and the line on which each begins. */
function rendered(answers: Readonly<Record<string, string>>): { body: string; starts: Map<string, number> } {
  const starts = new Map<string, number>();
  let body = '';
  for (const { id, label } of FIELDS) {
    body += `### ${label}\n\n`;
    starts.set(id, body.split('\n').length);
    body += `${(answers[id] ?? '').replace(/\n$/, '') || NOTHING}\n\n`;
  }
  return { body: body.trimEnd(), starts };
}

function special(text: string): string {
  return text
    .replace(/\{U\+([0-9A-F]+)\}/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/\{(.)\*(\d+)\}/gu, (_, character: string, count: string) => character.repeat(Number(count)));
}
