/**
 * Patterns that have nothing but characters and wildcards: most have, and they need no graph.
 */
import { type Pattern, STAR, type Wild } from './pattern';

/** Whether two patterns meet, where that is seen at once; else undefined. */
export function globsMeet(a: Pattern, b: Pattern): boolean | undefined {
  const [one, other] = [plain(a), plain(b)];
  if (!one || !other) return undefined;
  if (!one.wild) return globMatches(other.pieces, one.pieces);
  if (!other.wild) return globMatches(one.pieces, other.pieces);
  // What begins and ends with a star of its own leaves room for all of the other.
  return leavesRoom(one, other) || leavesRoom(other, one) ? true : undefined;
}

function leavesRoom({ pieces }: Plain, { pieces: others }: Plain): boolean {
  return isStar(pieces[0]) && isStar(others.at(-1));
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
  let at = 0;
  let next = 0;
  let star = -1;
  let resume = 0;
  while (at < given.length) {
    const piece = wanted[next];
    if (isStar(piece)) {
      star = next;
      resume = at;
      next += 1;
    } else if (piece === given[at] || typeof piece === 'object') {
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
