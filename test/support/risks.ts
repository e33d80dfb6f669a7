import { RISKS } from '../../lib/rules/risk';

const CODES: readonly string[] = RISKS;

/** The problems that are no risks: those are warnings of what is as it was asked for, and a test is seldom about them. */
export function withoutRisks<T extends { readonly code: string }>(problems: readonly T[]): T[] {
  return problems.filter(({ code }) => !CODES.includes(code));
}

/** The lines that name no risk. */
export function linesWithoutRisks(lines: readonly string[]): string[] {
  return lines.filter(
    (line) => !CODES.some((code) => line.includes(`warning[${code}]`) || line.includes(`accepted[${code}]`)),
  );
}
