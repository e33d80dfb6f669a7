/** A definition has one end: where only part of its access ends today, somebody has to say what is meant. */
import { assumes } from './assumed-trust';
import type { Candidate } from './candidate';
import { dayOf, earlier } from './limits';
import { takesTokens } from './other-trusts';
import { grantsAt, type Proposal, TRIVIAL } from './proposal';
import { actionsGiven } from './s3-actions';
import type { Said } from './said';

/** What ends with a definition and does not today, in a sentence. */
export function partEnds(
  { rights, until, denied }: Candidate,
  { prefix, access, limits }: Proposal,
  measuredAt: string,
  trust: readonly Said[],
): readonly string[] {
  if (limits.expires === undefined) return [];
  const ofAll = denied.map((each) => each.until).reduce(earlier, until);
  const given = [...actionsGiven(prefix, access)].filter((action) => !TRIVIAL.has(action));
  const ofActions = given.flatMap((action) => {
    const ends = grantsAt(rights, action, measuredAt).map((grant) => earlier(ofAll, grant.limits.until));
    return ends.map((end) => (end === undefined ? 'never' : (dayOf(end) ?? end)));
  });
  const ofTrust = trust
    .filter((each) => assumes(each) || takesTokens(each))
    .map(({ conditions }) => JSON.stringify(conditions.filter(({ key }) => key === 'aws:currenttime')));
  const isPart = new Set(ofActions).size > 1 || new Set(ofTrust).size > 1;
  return isPart ? [`only part of its access ends on ${limits.expires} today: with the definition all of it does`] : [];
}
