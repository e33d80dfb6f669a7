/**
 * Patterns of IAM, read from texts of which some pieces are not known.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html wildcards
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html policy variables
 */
import { ANY, type Any, isThing, type OneOf, type Thing, type Value } from './value';

/** `*` or `?` where IAM reads a pattern; `part`, which nobody writes, is any text without a colon. */
export interface Wild {
  readonly wild: '*' | '?' | 'part';
}

export type PatternPiece = string | Thing | Any | Wild | { readonly oneOf: readonly Pattern[] };

/** A pattern, its pieces one after the other; every {@link Value} is one that has no wildcards. */
export type Pattern = readonly PatternPiece[];

export const STAR: Wild = { wild: '*' };

/** Any part of an ARN in front of its resource. */
export const PART: Wild = { wild: 'part' };

/** A text as IAM reads it in a resource, an action or under a `…Like` operator. A policy variable may be anything. */
export function wildcardPattern(value: Value): Pattern {
  return read(value, true);
}

/** A text as IAM reads it under `StringEquals`: policy variables, but no wildcards. */
export function exactPattern(value: Value): Pattern {
  return read(value, false);
}

const SPECIAL = /\$\{([*?$])\}|\$\{[^}]*\}|\$\{|[*?]/g;

const WILDCARD_OR_VARIABLE = /[*?$]/;

function read(value: Value, wildcards: boolean): Pattern {
  if (value.every((piece) => typeof piece === 'string' && !WILDCARD_OR_VARIABLE.test(piece))) return value;
  const pieces: PatternPiece[] = [];
  // A variable that begins in one piece ends in a later one: what is between is part of its name.
  let inVariable = false;
  for (const piece of value) {
    if (typeof piece !== 'string') {
      if (inVariable) continue;
      if (!('oneOf' in piece)) {
        pieces.push(piece);
      } else if (beginsVariable(piece)) {
        pieces.push(ANY);
        return pieces;
      } else {
        pieces.push({ oneOf: piece.oneOf.map((branch) => read(branch, wildcards)) });
      }
      continue;
    }
    let text = piece;
    if (inVariable) {
      const end = text.indexOf('}');
      if (end < 0) continue;
      text = text.slice(end + 1);
    }
    inVariable = readText(text, wildcards, pieces);
  }
  return pieces;
}

/** Reads one text, and says whether it ends inside a variable. */
function readText(text: string, wildcards: boolean, pieces: PatternPiece[]): boolean {
  let from = 0;
  let literal = '';
  const end = (piece: PatternPiece) => {
    if (literal !== '') pieces.push(literal);
    literal = '';
    pieces.push(piece);
  };
  for (const match of text.matchAll(SPECIAL)) {
    const [found, escaped] = match;
    literal += text.slice(from, match.index);
    from = match.index + found.length;
    if (escaped !== undefined) literal += escaped;
    else if (found === '${') {
      end(ANY);
      return true;
    } else if (found.startsWith('$')) end(ANY);
    else if (wildcards) end({ wild: found === '*' ? '*' : '?' });
    else literal += found;
  }
  literal += text.slice(from);
  if (literal !== '') pieces.push(literal);
  return false;
}

/** Whether one of several branches ends inside a variable, so that nobody knows how to read what follows. */
function beginsVariable({ oneOf }: OneOf): boolean {
  return oneOf.some((branch) =>
    branch.some((piece) => {
      if (typeof piece === 'string') return /\$\{[^}]*$/.test(piece);
      return 'oneOf' in piece && beginsVariable(piece);
    }),
  );
}

/** Whether a pattern is one name without wildcards or unknown pieces. */
export function isOneName(pattern: Pattern): boolean {
  return pattern.every((piece) => typeof piece === 'string' || isThing(piece));
}
