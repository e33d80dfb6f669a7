import type { Finding } from '../../rules/finding';
import type { Host } from '../host/host';

/** A question to the person at the terminal. */
export interface Question<T> {
  /** In one line, without what can be typed. */
  readonly text: string;
  /** What an empty answer means; without it there must be an answer. */
  readonly enter?: string;
  /** What `?` says: what is asked, why, and where the answer is found. */
  readonly help: string;
  /** The answer, or what is wrong with it. */
  readonly read: (answer: string) => T | WrongAnswer;
}

/** What is wrong with an answer; it is asked again. */
export class WrongAnswer {
  constructor(readonly findings: readonly Pick<Finding, 'message' | 'fix'>[]) {}
}

/** Asks until the answer is good; undefined where there is none, and there need not be one. */
export async function askUntil<T>(question: Question<T>, host: Host): Promise<T | undefined> {
  const { text, enter, help, read } = question;
  const hint = enter === undefined ? '? explains' : `Enter: ${enter}; ? explains`;
  for (;;) {
    const answer = (await host.ask?.(`${text} [${hint}] `))?.trim() ?? '';
    if (answer === '?') {
      host.err(`${help}\n`);
      continue;
    }
    if (answer === '' && enter !== undefined) return undefined;
    const value = answer === '' ? new WrongAnswer([NEEDED]) : read(answer);
    if (!(value instanceof WrongAnswer)) return value;
    for (const { message, fix } of value.findings) host.err(`${message}; ${fix}\n`);
  }
}

const NEEDED = { message: 'this needs an answer', fix: '? explains the question' };

/** An answer that a check passes. */
export function checkedBy<T>(value: T, findings: readonly Pick<Finding, 'message' | 'fix'>[]): T | WrongAnswer {
  return findings.length > 0 ? new WrongAnswer(findings) : value;
}

/** Yes or no. */
export async function askYes(text: string, help: string, host: Host): Promise<boolean> {
  const read = (answer: string) => {
    if (/^y(?:es)?$/i.test(answer)) return { yes: true };
    if (/^no?$/i.test(answer)) return { yes: false };
    return new WrongAnswer([{ message: 'that is neither yes nor no', fix: 'type y or n' }]);
  };
  return (await askUntil({ text: `${text} y/n`, help, read }, host))?.yes ?? false;
}

/** The words of an answer, with commas or blanks between. */
export function wordsOf(answer: string): string[] {
  return answer.split(/[\s,]+/).filter((word) => word !== '');
}
