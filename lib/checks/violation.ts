import type { Place } from '../access';
import type { ReadResource } from '../templates';
import type { RuleId } from './rules';

/** Something that gives more than is meant, or guards less. */
export interface Violation {
  readonly rule: RuleId;
  /** The template, what in it, and where in that. */
  readonly place: Place;
  /** What is there, and why it is not what is meant. */
  readonly reason: string;
}

/** A violation at a place of a resource. */
export function violation(
  rule: RuleId,
  { source, logicalId }: Pick<ReadResource, 'source' | 'logicalId'>,
  at: string,
  reason: string,
): Violation {
  return { rule, place: { scope: source.name, id: logicalId, at }, reason };
}
