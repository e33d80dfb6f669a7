/**
 * Resources of types that nobody has looked at: what they hold is judged. A role that they name is lent, and a policy that
 * they hold is anybody's, by `lib/templates`; what they merely name is not judged.
 */
import { classOf, type ReadResource } from '../templates';
import { type DoorCheck, door } from './door-check';
import { GuardedNames } from './guarded-names';
import type { JudgedApp } from './judged-app';

export const unknownType: DoorCheck = ({ type, properties }, _, guarded) => {
  // A module is a template that CloudFormation puts in its place.
  if (type.endsWith('::MODULE'))
    return [{ rule: 'unread-template', at: 'Type', reason: `the template does not show what ${type} is` }];
  return guarded.holdersIn(properties)
    ? door('Properties', `it holds an integration's principal or secret, and it is not known what ${type} does with it`)
    : [];
};

/** Resources that name a client's bucket, of types that nobody has looked at. */
export function notJudged(judged: JudgedApp): readonly ReadResource[] {
  const unknown = judged.app.resources.filter(({ type }) => classOf(type) === 'unknown');
  if (unknown.length === 0) return [];
  const guarded = new GuardedNames(judged);
  return unknown.filter(({ properties }) => guarded.inPart(properties));
}
