import { canonicalText, type Path, type Place } from '../access';
import { at, type ReadResource } from '../templates';
import type { RuleId } from './rules';

/** Something that gives more than is meant, or guards less. */
export interface Violation {
  readonly rule: RuleId;
  /** The template, what in it, and where in that. */
  readonly place: Place;
  /** What is there, and why it is not what is meant. */
  readonly reason: string;
  /** The statement or value that it is about, whole and in one spelling: it tells violations of one place apart. */
  readonly value: string;
  /** The way by which outsiders come there, where there is one. */
  readonly path?: Path;
}

/**
 * A violation at a place of a resource.
 *
 * @param value what is there, where it is not the property of that name
 */
export function violation(
  rule: RuleId,
  { source, logicalId, properties }: Pick<ReadResource, 'source' | 'logicalId' | 'properties'>,
  where: string,
  reason: string,
  value?: string,
): Violation {
  const place = { scope: source.name, id: logicalId, at: where };
  const whole = where === 'Properties' ? properties : at(properties, where);
  return { rule, place, reason, value: value ?? canonicalText(whole) };
}
