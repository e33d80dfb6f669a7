import type { Problem } from '../definitions/problem';
import { Capability } from '../rules/confinement';
import { either, type Finding, quote } from '../rules/finding';
import { ACCESS, type FieldId, fieldOf, NO, YES } from './form';
import type { Answer, Issue, Spot } from './issue';

/** Reads the answers of an issue, and collects what is wrong with them. */
export class Answers {
  readonly problems: Problem[] = [];
  readonly wrong: Set<FieldId>;

  constructor(
    private readonly issue: Issue,
    private readonly file: string,
    /** Whether a field's answer counts: what is known from elsewhere need not be asked. */
    private readonly counts: (id: FieldId) => boolean,
  ) {
    this.wrong = new Set([...issue.answers.values()].filter(({ broken }) => broken).map(({ field }) => field.id));
  }

  report(id: FieldId, { code, message, fix }: Finding, { line, column }: Spot = spotOf(this.issue, id)): void {
    this.problems.push({ file: this.file, line, column, severity: 'error', code, message, fix });
    this.wrong.add(id);
  }

  /** An answer on one line, however many it was written on. */
  text(id: FieldId, check: (value: string) => Finding[] = () => []): string | undefined {
    const value = bare(
      this.said(id)
        .map(({ text }) => text)
        .join(' ')
        .replace(/\s+/g, ' '),
    );
    if (value === '') return undefined;
    const findings = check(value);
    for (const finding of findings) this.report(id, finding);
    return findings.length > 0 ? undefined : value;
  }

  /** Yes or no; undefined where the answer is neither. */
  choice(id: FieldId): boolean | undefined {
    const [line] = this.said(id);
    if (!line) return undefined;
    const { options = [] } = fieldOf(id);
    const option = options.find((each) => each.toLowerCase() === line.text.toLowerCase());
    if (option === undefined) this.report(id, unknownOption(line.text, `it can be ${either(options)}`));
    return option === YES ? true : option === NO ? false : undefined;
  }

  /** The words of an answer, be they on lines of their own, in a list, or with commas between. */
  words(id: FieldId, check: (word: string) => Finding[]): string[] | undefined {
    const words: string[] = [];
    for (const { text, line, column } of this.said(id)) {
      for (const { 0: found, index } of text.matchAll(/[^\s,;]+/g)) {
        const marker = index === 0 && (found === text ? /^`{3,}\w*$/ : /^[-*+]$/).test(found);
        const word = bare(found);
        const findings = marker || words.includes(word) ? [] : check(word);
        for (const finding of findings) this.report(id, finding, { line, column: column + index });
        if (!marker && findings.length === 0 && !words.includes(word)) words.push(word);
      }
    }
    return words.length > 0 ? words : undefined;
  }

  /** The capabilities that are checked; undefined where none is. */
  checked(id: FieldId): Capability[] | undefined {
    const checked = new Set<Capability>();
    for (const line of this.said(id).filter(({ text }) => text !== '')) {
      const [, mark, label] = /^[-*] \[([ xX])\] (.*)$/.exec(line.text) ?? [];
      const capability = Object.values(Capability).find((each) => ACCESS[each] === label);
      if (capability === undefined) {
        const fix = 'keep the lines of the form as they are, and put an x between the brackets: - [x]';
        this.report(id, unknownOption(label ?? line.text, fix), line);
      } else if (mark !== ' ') checked.add(capability);
    }
    return checked.size > 0 ? Object.values(Capability).filter((each) => checked.has(each)) : undefined;
  }

  /** The lines of an answer; reported where one is needed and there is none. */
  private said(id: FieldId): Answer['lines'] {
    if (!this.counts(id)) return [];
    const answer = this.issue.answers.get(id);
    const { required, type, label } = fieldOf(id);
    // Of the questions to choose by, only some need an answer.
    if (required && type !== 'dropdown' && !answer?.lines.length) {
      const fix = answer ? 'write it below the heading' : `add ### ${label}, with the answer below it`;
      this.report(id, { code: 'missing-answer', message: `${quote(label)} has no answer`, fix });
    }
    return answer && !answer.broken ? answer.lines : [];
  }
}

/** Where a problem with the answer to a field stands: at the answer, or at the end where the field is missing. */
export function spotOf({ answers, end }: Issue, id: FieldId): Spot {
  const answer = answers.get(id);
  return answer?.at ?? end;
}

/** Without the backticks that many put around a value. */
function bare(value: string): string {
  return /^`([^`]+)`$/.exec(value)?.[1]?.trim() ?? value;
}

function unknownOption(text: string, fix: string): Finding {
  return { code: 'unknown-option', message: `the form has no option ${quote(text)}`, fix };
}
