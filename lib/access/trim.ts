/**
 * Two patterns without what they begin and end with alike: what is left is short, and often differs at once.
 */
import type { Names } from './automaton';
import type { Pattern, PatternPiece } from './pattern';
import { isThing, thingKey } from './value';

/** What is left of two patterns, or undefined where they cannot meet. */
export function trimmed(a: Pattern, b: Pattern, names: Names): readonly [Pattern, Pattern] | undefined {
  const left = [pieces(a, names), pieces(b, names)] as const;
  return trimFrom(left, true) && trimFrom(left, false) ? left : undefined;
}

function pieces(pattern: Pattern, names: Names): PatternPiece[] {
  const all: PatternPiece[] = [];
  for (const piece of pattern) {
    if (typeof piece === 'string' && names === 'no-case') all.push(piece.toLowerCase());
    else all.push(piece);
  }
  return all.filter((piece) => piece !== '');
}

/** Takes away what is alike, and says whether the rest can be. */
function trimFrom([a, b]: readonly [PatternPiece[], PatternPiece[]], atStart: boolean): boolean {
  const at = atStart ? 0 : -1;
  for (;;) {
    const [one, other] = [a.at(at), b.at(at)];
    if (typeof one === 'string' && typeof other === 'string') {
      const [restOfOne, restOfOther] = atStart ? withoutStart(one, other) : withoutEnd(one, other);
      if (restOfOne !== '' && restOfOther !== '') return false;
      replace(a, atStart, restOfOne);
      replace(b, atStart, restOfOther);
    } else if (typeof one === 'object' && typeof other === 'object' && isThing(one) && isThing(other)) {
      // Each stands for its own name, and no name is part of another.
      if (thingKey(one) !== thingKey(other)) return false;
      replace(a, atStart, '');
      replace(b, atStart, '');
    } else {
      return true;
    }
  }
}

function replace(pieces: PatternPiece[], atStart: boolean, rest: string): void {
  if (atStart) {
    pieces.shift();
    if (rest !== '') pieces.unshift(rest);
  } else {
    pieces.pop();
    if (rest !== '') pieces.push(rest);
  }
}

function withoutStart(a: string, b: string): readonly [string, string] {
  const length = alike(a, b, (at) => at);
  return [a.slice(length), b.slice(length)];
}

function withoutEnd(a: string, b: string): readonly [string, string] {
  const length = alike(a, b, (at, { length: all }) => all - 1 - at);
  return [a.slice(0, a.length - length), b.slice(0, b.length - length)];
}

/** How many characters two texts have alike. */
function alike(a: string, b: string, place: (at: number, text: string) => number): number {
  let length = 0;
  while (length < a.length && a[place(length, a)] === b[place(length, b)]) length += 1;
  return length;
}
