/**
 * Reads the text of an issue that was made with the form. Anyone who may open an issue can have written it: nothing in
 * it is trusted, and what cannot be told from something else is refused.
 */

import type { Problem } from '../definitions/yaml/problem';
import type { Finding } from '../rules/finding';
import { nearest } from '../text/nearest';
import { quote } from '../text/quote';
import { FIELDS, type Field, type FieldId } from './form';

/** Where something stands, counted from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** A line of an answer, without the blanks around it. */
export interface Line extends Spot {
  readonly text: string;
}

/** An answer as it was written; no lines where there was none. */
export interface Answer {
  readonly field: Field;
  /** Of its first line, also where that says that there is nothing; of the heading where there is no line. */
  readonly at: Spot;
  readonly lines: readonly Line[];
  /** Whether something is wrong with it as an answer, whatever it says. */
  readonly broken: boolean;
}

/** A filled form, and what is wrong with it as a form. */
export interface Issue {
  readonly answers: ReadonlyMap<FieldId, Answer>;
  readonly problems: readonly Problem[];
  /** Where a field belongs that is not there. */
  readonly end: Spot;
}

/** The longest text that GitHub takes for an issue. */
export const MOST_CHARACTERS = 65_536;

/**
 * Splits an issue into the answers of the form. GitHub writes each as a heading with the field's label, an empty line and
 * the value, and `_No response_` where there is none.
 *
 * @param file how the text is called in problems
 * @see https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
 */
export function readIssue(text: string, file: string): Issue {
  const problems: Problem[] = [];
  const report = ({ line, column }: Spot, finding: Finding) =>
    problems.push({ file, line, column, severity: 'error', ...finding });
  const answers = new Map<FieldId, Answer>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const end = { line: lines.length, column: 1 };
  if (text.length > MOST_CHARACTERS) {
    report({ line: 1, column: 1 }, tooLong('the issue', MOST_CHARACTERS));
    return { answers, problems, end };
  }
  const found: { readonly field: Field; readonly heading: Spot; readonly lines: Line[] }[] = [];
  lines.forEach((raw, index) => {
    const line = { line: index + 1, column: raw.length - raw.trimStart().length + 1, text: raw.trim() };
    if (!/^#{1,6}(?:\s|$)/.test(line.text)) {
      found.at(-1)?.lines.push(line);
      return;
    }
    const field = FIELDS.find((each) => `### ${each.label}` === raw.trimEnd());
    // What follows a heading that is none of the form's belongs to the answer in which that stands.
    if (field) found.push({ field, heading: line, lines: [] });
    else report(line, unknownField(line.text.replace(/^#+/, '').trim()));
  });
  const first = lines.findIndex((raw) => raw.trim() !== '');
  if (found.length === 0) return { answers, problems: [notAForm(file)], end };
  if (first + 1 < (found[0]?.heading.line ?? 0)) report({ line: first + 1, column: 1 }, BEFORE);
  for (const { field, heading, lines: said } of found) {
    const findings = [...oddities(said), ...shape(field, said)];
    for (const { spot, finding } of findings) report(spot, finding);
    if (answers.has(field.id)) report(heading, twice(field));
    else {
      const at = said.find(({ text: written }) => written !== '') ?? heading;
      answers.set(field.id, { field, at, lines: trimmed(field, said), broken: findings.length > 0 });
    }
  }
  return { answers, problems, end };
}

interface PlacedFinding {
  readonly spot: Spot;
  readonly finding: Finding;
}

/** What is wrong with the length and the lines of an answer. */
function shape(field: Field, lines: readonly Line[]): PlacedFinding[] {
  const said = lines.filter(({ text }) => text !== '');
  const [spot, second] = said;
  if (!spot) return [];
  const length = said.reduce((sum, { text }) => sum + text.length + 1, -1);
  if (length > field.most) return [{ spot, finding: tooLong(`the answer to ${quote(field.label)}`, field.most) }];
  const one = field.type === 'input' || field.type === 'dropdown';
  return one && second ? [{ spot: second, finding: severalLines(field) }] : [];
}

/** Without the empty lines around it; nothing where it says that there is nothing. */
function trimmed(field: Field, lines: readonly Line[]): readonly Line[] {
  const first = lines.findIndex(({ text }) => text !== '');
  const last = lines.findLastIndex(({ text }) => text !== '');
  const said = first < 0 ? [] : lines.slice(first, last + 1);
  const only = said.length === 1 ? (said[0]?.text ?? '') : '';
  const nothing = /^(?:_No response_|None)$/.test(only) || (!field.required && /^(?:none|n\/a|-)$/i.test(only));
  return nothing ? [] : said;
}

/** What no reader sees, and a terminal or an editor may obey: control and format characters, and unpaired halves. */
function oddities(lines: readonly Line[]): PlacedFinding[] {
  return lines.flatMap(({ line, column, text }) => {
    const found = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.exec(text.replaceAll('\t', ' '));
    if (!found) return [];
    const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const message = `there is an invisible character (U+${code})`;
    const finding: Finding = { code: 'unprintable', message, fix: 'write the line again without it' };
    return [{ spot: { line, column: column + found.index }, finding }];
  });
}

const BEFORE: Finding = { code: 'not-an-answer', message: 'this stands before the first field', fix: 'remove it' };

function notAForm(file: string): Problem {
  const fix = 'give the text of an issue that was made with .github/ISSUE_TEMPLATE/integration.yml';
  return {
    file,
    line: 1,
    column: 1,
    severity: 'error',
    code: 'not-a-form',
    message: 'there is no field of the form',
    fix,
  };
}

function unknownField(label: string): Finding {
  const near = nearest(
    label,
    FIELDS.map((each) => each.label),
  );
  const fix = near ? `did you mean ### ${near}?` : 'if it is part of an answer, write it without #';
  return { code: 'unknown-field', message: `the form has no field ${quote(label)}`, fix };
}

function twice({ label }: Field): Finding {
  return { code: 'duplicate-field', message: `the field ${quote(label)} appears twice`, fix: 'keep one of the two' };
}

function tooLong(what: string, most: number): Finding {
  return { code: 'too-long', message: `${what} is longer than ${most} characters`, fix: 'shorten it' };
}

function severalLines({ label, type }: Field): Finding {
  const message = `the answer to ${quote(label)} has more than one line`;
  return {
    code: 'several-lines',
    message,
    fix: type === 'dropdown' ? 'keep one of the options' : 'write it on one line',
  };
}
