/**
 * Whether two patterns may mean the same text. What is not known may be anything, so an answer of "no" is certain; of
 * patterns without unknown pieces "yes" is as well.
 */
import { automaton, coversAll, type Names, overlap } from './automaton';
import type { Pattern, Wild } from './pattern';

export type { Names } from './automaton';

/**
 * Whether some text is meant by both patterns.
 *
 * @param names `no-case` where upper and lower case are one, as in actions and in IAM's names
 */
export function mayMeet(a: Pattern, b: Pattern, names: Names = 'exact'): boolean {
  const [one, other] = [plain(a, names), plain(b, names)];
  if (one && !one.wild && other) return globMatches(other.pieces, one.pieces);
  if (other && !other.wild && one) return globMatches(one.pieces, other.pieces);
  return overlap(automaton(a, names), automaton(b, names));
}

/** Whether every text that a value can be is meant by one of the patterns: of what is not known, only `*` is sure. */
export function covers(patterns: readonly Pattern[], value: Pattern, names: Names = 'exact'): boolean {
  return coversAll(patterns, value, names);
}

interface Plain {
  /** Its characters and wildcards. */
  readonly pieces: readonly (string | Wild)[];
  readonly wild: boolean;
}

type Plains = WeakMap<Pattern, Plain | 'no'>;
const plains: Readonly<Record<Names, Plains>> = { exact: new WeakMap(), 'no-case': new WeakMap() };

/** A pattern without unknown pieces. */
function plain(pattern: Pattern, names: Names): Plain | undefined {
  const found = plains[names].get(pattern) ?? split(pattern, names);
  plains[names].set(pattern, found);
  return found === 'no' ? undefined : found;
}

function split(pattern: Pattern, names: Names): Plain | 'no' {
  const pieces: (string | Wild)[] = [];
  let wild = false;
  for (const piece of pattern) {
    if (typeof piece === 'string') {
      pieces.push(...(names === 'exact' ? piece : piece.toLowerCase()));
    } else if ('wild' in piece && piece.wild !== 'part') {
      pieces.push(piece);
      wild = true;
    } else {
      return 'no';
    }
  }
  return { pieces, wild };
}

/** Whether a pattern matches a text. Only the last `*` is ever tried again, so that no pattern takes long. */
function globMatches(wanted: readonly (string | Wild)[], given: readonly (string | Wild)[]): boolean {
  let [at, next] = [0, 0];
  let [star, resume] = [-1, 0];
  while (at < given.length) {
    const piece = wanted[next];
    if (isStar(piece)) {
      star = next;
      resume = at;
      next += 1;
    } else if (piece !== undefined && (piece === given[at] || typeof piece === 'object')) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      next = star + 1;
    } else {
      return false;
    }
  }
  return wanted.slice(next).every(isStar);
}

function isStar(piece: string | Wild | undefined): boolean {
  return typeof piece === 'object' && piece.wild === '*';
}
