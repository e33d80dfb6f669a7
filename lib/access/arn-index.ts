/**
 * Things by their ARNs, so that a policy is compared with the few that it may mean and not with all of them. What it
 * leaves out never meets; what it gives may.
 */
import { mayHoldColon } from './arn';
import { isOneName, type Pattern } from './pattern';

interface Entry<T> {
  readonly value: T;
  readonly at: number;
}

export class ArnIndex<T> {
  /** By what a resource begins with, until its first piece that is no text. */
  private readonly byStart = new Map<string, Entry<T>[]>();
  private starts: readonly string[] | undefined;
  /** Those of which it is not sure where the resource begins. */
  private readonly loose: Entry<T>[] = [];
  /** Those that may have more colons than five: of a wildcard in front of the resource it is not sure where it ends. */
  private readonly wide: Entry<T>[] = [];
  private size = 0;

  /** @param name an ARN, of which pieces may not be known */
  add(name: Pattern, value: T): void {
    const entry = { value, at: this.size };
    this.size += 1;
    const start = resourceStart(name, 'spans');
    if (start === undefined) {
      this.loose.push(entry);
      return;
    }
    if (!isOneName(name) || colons(name) !== 5) this.wide.push(entry);
    const found = this.byStart.get(start);
    if (found) found.push(entry);
    else this.byStart.set(start, [entry]);
    this.starts = undefined;
  }

  /** Everything that a pattern may mean, in the order in which it was added; some of it, it may not. */
  candidates(pattern: Pattern): readonly T[] {
    const exact = resourceStart(pattern, 'spans');
    const start = exact ?? (colons(pattern) === 5 ? resourceStart(pattern, 'within') : undefined);
    const found = start === undefined ? [...this.byStart.values()].flat() : this.startingLike(start);
    const others = exact === undefined && start !== undefined ? this.wide : [];
    const all = [...found, ...others, ...this.loose].sort((a, b) => a.at - b.at);
    return [...new Set(all.map(({ value }) => value))];
  }

  private startingLike(start: string): readonly Entry<T>[] {
    const found: Entry<T>[] = [];
    for (let length = 0; length < start.length; length += 1) {
      found.push(...(this.byStart.get(start.slice(0, length)) ?? []));
    }
    this.starts ??= [...this.byStart.keys()].sort();
    for (let at = firstFrom(this.starts, start); this.starts[at]?.startsWith(start); at += 1) {
      found.push(...(this.byStart.get(this.starts[at] ?? '') ?? []));
    }
    return found;
  }
}

/** The place of the first text of a sorted list that is not before another one. */
function firstFrom(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is written behind the fifth colon, where it is sure which that is. */
function resourceStart(pattern: Pattern, wildcards: 'within' | 'spans'): string | undefined {
  let start: string | undefined;
  let found = 0;
  for (const piece of pattern) {
    if (typeof piece !== 'string') {
      if (start !== undefined) break;
      if (mayHoldColon(piece, wildcards)) return undefined;
    } else if (start !== undefined) {
      start += piece;
    } else {
      let at = piece.indexOf(':');
      while (at >= 0 && ++found < 5) at = piece.indexOf(':', at + 1);
      if (at >= 0) start = piece.slice(at + 1);
    }
  }
  return start?.toLowerCase();
}

function colons(pattern: Pattern): number {
  return pattern.reduce((sum, piece) => sum + (typeof piece === 'string' ? piece.split(':').length - 1 : 0), 0);
}
