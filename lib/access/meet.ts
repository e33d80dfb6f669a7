/**
 * Whether two patterns may mean the same text. What is not known may be anything, so an answer of "no" is certain; of
 * patterns without unknown pieces "yes" is as well.
 */
import { automaton, coversAll, type Names, overlap } from './automaton';
import { globsMeet } from './glob';
import { isOneName, type Pattern } from './pattern';
import { trimmed } from './trim';
import { valueText } from './value';

export type { Names } from './automaton';

/**
 * Whether some text is meant by both patterns.
 *
 * @param names `no-case` where upper and lower case are one, as in actions and in IAM's names
 */
export function mayMeet(a: Pattern, b: Pattern, names: Names = 'exact'): boolean {
  const left = trimmed(a, b, names);
  if (!left) return false;
  const [one, other] = left;
  return globsMeet(one, other) ?? overlap(automaton(one, names), automaton(other, names));
}

/** Whether every text that a value can be is meant by one of the patterns: of what is not known, only `*` is sure. */
export function covers(patterns: readonly Pattern[], value: Pattern, names: Names = 'exact'): boolean {
  const name = nameText(value, names);
  if (name === undefined) return coversAll(patterns, value, names);
  return patterns.some((pattern) => {
    const other = nameText(pattern, names);
    return other === undefined ? coversAll([pattern], value, names) : other === name;
  });
}

/** One text for what has neither wildcards nor unknown pieces: what differs in it is not surely the same. */
function nameText(pattern: Pattern, names: Names): string | undefined {
  if (!isOneName(pattern)) return undefined;
  const folded =
    names === 'exact' ? pattern : pattern.map((piece) => (typeof piece === 'string' ? piece.toLowerCase() : piece));
  return valueText(folded);
}
