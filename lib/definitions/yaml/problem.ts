import type { Finding } from '../../rules/finding';
import { printable } from '../../text/quote';

/** A finding with its place. */
export interface Problem extends Finding {
  /** Relative to the folder of the definitions, with forward slashes. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
  /** A warning that a definition accepts is shown as accepted. */
  readonly severity: 'error' | 'warning' | 'accepted';
  /** By which it is accepted. */
  readonly acceptance?: Acceptance;
}

/** Why a warning is meant, and until when. */
export interface Acceptance {
  readonly reason: string;
  /** The day from which it is a warning again, `YYYY-MM-DD`; for good without it. */
  readonly until?: string;
}

/** `accepted until 2027-01-31: the vendor has nothing else`. */
export function acceptanceText({ reason, until }: Acceptance): string {
  return `accepted${until === undefined ? '' : ` until ${until}`}: ${reason}`;
}

/** By file, then by place. */
export function byPlace(a: Problem, b: Problem): number {
  return (
    compare(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compare(a.code, b.code) ||
    compare(a.message, b.message)
  );
}

/** Order by code unit, the same in every locale. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `integrations/kohler/adobe.yaml:3:7: error[unknown-key]: …; …`, on one line. The folder itself is the file `.`. */
export function problemLine(problem: Problem, folder: string): string {
  const { file, line, column, severity, code, message, fix } = problem;
  const above = folder.replace(/(?<=.)\/+$/, '');
  const path = above === '' || above === '.' ? file : file === '.' ? above : `${above}/${file}`;
  return printable(`${path}:${line}:${column}: ${severity}[${code}]: ${message}; ${fix}`.replace(/[\r\n]+/g, ' '));
}
