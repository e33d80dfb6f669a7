/** What a change does to who can do what. */
export type Effect =
  /** Something is allowed that was not. */
  | 'widening'
  /** Something is not allowed any more. */
  | 'narrowing'
  | 'both'
  | 'neutral';

/** One change in who can do what. */
export interface AccessChange {
  /** `+` for what there is now, `-` for what there is no more, `~` for what is otherwise. */
  readonly sign: '+' | '-' | '~';
  readonly client: string;
  /** None where the client itself changes: its bucket, or where it is deployed. */
  readonly integration?: string;
  /** In plain words, to be read after the integration's name or else the client's. */
  readonly text: string;
  readonly effect: Effect;
  /** The file that defines it, or did, relative to the folder. */
  readonly file: string;
}

/** A change of one thing, before it is known whose. */
export type ChangeText = Pick<AccessChange, 'sign' | 'text' | 'effect'>;

/**
 * @param grows whether something is allowed that was not
 * @param shrinks whether something is not allowed any more
 */
export function effectOf(grows: boolean, shrinks: boolean): Effect {
  if (grows) return shrinks ? 'both' : 'widening';
  return shrinks ? 'narrowing' : 'neutral';
}

/** The effect where a condition comes, goes or becomes another; the same is no change. */
export function ofCondition<T>(
  before: T | undefined,
  after: T | undefined,
  within: (a: T, b: T) => boolean = (a, b) => a === b,
): Effect {
  if (before === undefined || after === undefined) return effectOf(before !== undefined, after !== undefined);
  return effectOf(!within(after, before), !within(before, after));
}

/** The effect of one set of alternatives in place of another: each of them lets somebody or something through. */
export function ofSet<T>(
  before: readonly T[],
  after: readonly T[],
  within: (a: T, b: T) => boolean = (a, b) => a === b,
): Effect {
  const covered = (set: readonly T[], by: readonly T[]) => set.every((one) => by.some((other) => within(one, other)));
  return effectOf(!covered(after, before), !covered(before, after));
}

export function widens({ effect }: { readonly effect: Effect }): boolean {
  return effect === 'widening' || effect === 'both';
}

export function narrows({ effect }: { readonly effect: Effect }): boolean {
  return effect === 'narrowing' || effect === 'both';
}
