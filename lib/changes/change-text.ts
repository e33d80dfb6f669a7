/** How a difference of one thing is told. */
import { all } from '../text/list';
import { type ChangeText, type Effect, ofCondition, ofSet } from './effect';

/** Nothing, where both are the same. */
export function unless(same: boolean, said: () => ChangeText): ChangeText[] {
  return same ? [] : [said()];
}

/** One value became another. */
export function instead(what: string, before: string, after: string, effect: Effect): ChangeText[] {
  return unless(before === after, () => ({ sign: '~', text: `${what} ${after} instead of ${before}`, effect }));
}

/** How a condition is told that need not be there. */
export interface ConditionWords<T> {
  readonly what: string;
  /** While it holds. */
  readonly held: (value: T) => string;
  /** While there is none. */
  readonly none: string;
}

/** A condition that came, went, or became another. */
export function condition<T>(
  before: T | undefined,
  after: T | undefined,
  { what, held, none }: ConditionWords<T>,
  within?: (a: T, b: T) => boolean,
): ChangeText[] {
  const told = (value: T | undefined) => (value === undefined ? none : held(value));
  return unless(told(before) === told(after), () => ({
    sign: '~',
    text: `${what} ${told(after)} (before: ${told(before)})`,
    effect: ofCondition(before, after, within),
  }));
}

/** Alternatives of which some came or went; none at all is a case that the caller knows. */
export function alternatives(
  what: string,
  before: readonly string[],
  after: readonly string[],
  within?: (a: string, b: string) => boolean,
): ChangeText[] {
  const added = after.filter((value) => !before.includes(value));
  const removed = before.filter((value) => !after.includes(value));
  if (added.length === 0 && removed.length === 0) return [];
  const effect = ofSet(before, after, within);
  if (removed.length === 0) return [{ sign: '+', text: `${what} ${all(added)} too`, effect }];
  if (added.length === 0) return [{ sign: '-', text: `no longer ${what} ${all(removed)}`, effect }];
  return [{ sign: '~', text: `${what} ${all(added)} instead of ${all(removed)}`, effect }];
}

/** External IDs of which one must be sent. Some vendors use them like passwords, so none is told. */
export function askedExternalIds(before: readonly string[], after: readonly string[]): ChangeText[] {
  const texts = { '+': 'takes another external ID too', '-': 'no longer takes one of its external IDs' } as const;
  return asked('external ID', before, after).map(({ sign, effect }) => {
    if (sign !== '~') return { sign, effect, text: texts[sign] };
    if (after.length === 0) return { sign, effect, text: 'no longer asks for an external ID' };
    return {
      sign,
      effect,
      text: before.length === 0 ? 'asks for an external ID' : 'takes another external ID instead',
    };
  });
}

/** Alternatives of which one must be shown, where without any nothing is asked for. */
export function asked(what: string, before: readonly string[], after: readonly string[]): ChangeText[] {
  if (before.length > 0 && after.length > 0) return alternatives(`takes ${what}`, before, after);
  return unless(before.length === after.length, () => {
    const grows = after.length === 0;
    const text = grows
      ? `no longer asks for ${what} (before: ${all(before)})`
      : `asks for ${what} ${all(after)} (before: none)`;
    return { sign: '~', text, effect: grows ? 'widening' : 'narrowing' };
  });
}
