/**
 * Whether two patterns may mean the same text. What is not known may be anything, so an answer of "no" is certain; of
 * patterns without unknown pieces "yes" is as well.
 */
import { arnParts } from './arn';
import { automaton, coversAll, type Names, overlap } from './automaton';
import { isOneName, type Pattern, STAR, type Wild } from './pattern';
import { trimmed } from './trim';
import { isThing, valueText } from './value';

export type { Names } from './automaton';

/**
 * Whether some text is meant by both patterns.
 *
 * @param names `no-case` where upper and lower case are one, as in actions and in IAM's names
 */
export function mayMeet(a: Pattern, b: Pattern, names: Names = 'exact'): boolean {
  const left = trimmed(a, b, names);
  if (!left) return false;
  const [first, second] = left;
  const named = nameMeets(first, second) ?? nameMeets(second, first);
  if (named !== undefined) return named;
  const [one, other] = [plain(first), plain(second)];
  if (one && !one.wild && other) return globMatches(other.pieces, one.pieces);
  if (other && !other.wild && one) return globMatches(one.pieces, other.pieces);
  // What begins and ends with a star of its own leaves room for all of the other.
  if (
    one &&
    other &&
    ((isStar(one.pieces[0]) && isStar(other.pieces.at(-1))) || (isStar(other.pieces[0]) && isStar(one.pieces.at(-1))))
  )
    return true;
  return meetByParts(a, b, names) ?? overlap(automaton(first, names), automaton(second, names));
}

/** Whether a text can be the name of a thing, of which nothing more is known. */
function nameMeets([thing, ...others]: Pattern, [text, ...more]: Pattern): boolean | undefined {
  if (typeof thing !== 'object' || !isThing(thing) || thing.like || typeof text !== 'string') return undefined;
  return others.length + more.length === 0 ? !/[:/]/.test(text) : undefined;
}

/** Of two ARNs that surely have their parts, whether each part meets. */
function meetByParts(a: Pattern, b: Pattern, names: Names): boolean | undefined {
  const [one, other] = [arnParts(a), arnParts(b)];
  if (!one || !other) return undefined;
  return (
    mayMeet(one.partition, other.partition, names) &&
    mayMeet(one.service, other.service, names) &&
    mayMeet(one.region, other.region, names) &&
    mayMeet(one.account, other.account, names) &&
    mayMeet(one.resource, other.resource, names)
  );
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

interface Plain {
  /** Its characters and wildcards. */
  readonly pieces: readonly (string | Wild)[];
  readonly wild: boolean;
}

/** A pattern in which anything unknown may be anything. */
function plain(pattern: Pattern): Plain | undefined {
  const pieces: (string | Wild)[] = [];
  let wild = false;
  for (const piece of pattern) {
    if (typeof piece === 'string') {
      pieces.push(...piece);
    } else if ('any' in piece || ('wild' in piece && piece.wild !== 'part')) {
      pieces.push('any' in piece ? STAR : piece);
      wild = true;
    } else {
      return undefined;
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
