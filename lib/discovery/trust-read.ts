import type { Draft } from '../definitions/yaml/write';
import type { Kind } from '../rules/vocabulary';
import { type Condition, EQUALS, EQUALS_OR_LIKE, isPattern, type Said } from './said';

/** A statement that no definition can have, and why. */
export interface Unsaid {
  readonly said: Said;
  readonly why: string;
}

/** What a role's trust would be in a definition. */
export interface TrustRead {
  readonly kind: Kind;
  readonly keys: Draft;
  /** Who is trusted, as a definition names them. */
  readonly principals: readonly string[];
  /** Whether it names somebody; else the definition stays pending until somebody fills it in. */
  readonly isWhole: boolean;
  /** What could not be told, a line each. */
  readonly notes: readonly string[];
  /** What today's trust allows and the definition's would not. */
  readonly lost: readonly string[];
  readonly unsaid: readonly Unsaid[];
  /** The instant from which nobody is trusted. */
  readonly until?: string;
}

/** Where a role is, and whose. */
export interface TrustContext {
  readonly account: string;
  readonly roleArn: string;
  /** Whether an account is ours. */
  readonly isOurs: (account: string) => boolean;
}

/** The values of a condition that compares exactly. */
export function exactly({ conditions }: Pick<Said, 'conditions'>, key: string): readonly string[] | undefined {
  const found = conditions.find((each) => each.key === key);
  if (!found) return undefined;
  const isExact = EQUALS.includes(found.operator) && found.operator !== 'arnequals';
  if (!isExact && !EQUALS_OR_LIKE.includes(found.operator)) return undefined;
  return isExact || !found.values.some(isPattern) ? found.values : undefined;
}

export function hasCondition({ conditions }: Pick<Said, 'conditions'>, key: string): boolean {
  return conditions.some((each) => each.key === key);
}

/** Conditions in words, for a reason. */
export function conditionWords(conditions: readonly Condition[]): string {
  return conditions.map(({ written, values }) => `${written} ${values.slice(0, 3).join(', ')}`).join('; ');
}

/** A list in its short form, where it has one member. */
export function oneOf(single: string, several: string, values: readonly string[]): Draft {
  if (values.length === 0) return {};
  return values.length === 1 ? { [single]: values[0] } : { [several]: values };
}
