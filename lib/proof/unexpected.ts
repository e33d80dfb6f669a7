/** Whether a way from outside to what is guarded is meant. */
import { type Hop, hopsOf, type Path } from '../access';
import type { Finding } from './finding';
import type { MeantIndex } from './meant-index';
import { shortened, targetWords } from './words';

export function unexpected(path: Path, index: MeantIndex): readonly Finding[] {
  const { last, targets } = path;
  const about = { path, statement: last.statement, value: wayText(path) };
  const from = last.before?.into;
  const whose = last.before?.how === 'member' ? last.before.before?.into : from;
  const integration = whose && index.integrationOf(whose);
  if (isExpected(last, index) || isDeployer(path)) return [];
  const reached = targetWords(targets);
  if (!from) {
    const reason = `no integration is meant to have ${shortened(last.text)}, which reaches ${reached}`;
    return [{ rule: 'unknown-statement', place: last.place, reason, ...about }];
  }
  if (integration) {
    const name = integration.intent.integration;
    const reason = `it adds to what ${name} is meant to have, or may: ${shortened(last.text)}`;
    const rule = last.door ? 'unknown-statement' : 'more-access';
    return [{ rule, place: last.place, integration: name, reason, ...about }];
  }
  const how =
    last.text === 'unreadable'
      ? `the template does not show what ${last.place.at.replace(/^\S+ /, '')} allows`
      : shortened(last.text);
  return [
    {
      rule: last.how === 'allowed' ? 'unknown-statement' : 'unknown-principal',
      place: last.place,
      reason: `${way(path)}, which ${last.into ? 'can become' : 'reaches'} ${reached}: ${how}`,
      ...about,
    },
  ];
}

/** Whether what a way ends with is an integration's own, or meant. */
export function isExpected(last: Hop, index: MeantIndex): boolean {
  return isOwn(last) || isMeantAtDoor(last, index);
}

/** Whether a hop is by credentials of an integration's own, which are judged by themselves. */
function isOwn({ how, before }: Hop): boolean {
  return how === 'handed-out' && !before;
}

function isMeantAtDoor({ door, statement }: Hop, index: MeantIndex): boolean {
  if (!door || !statement) return false;
  return index.pointOf(door) !== undefined || index.isMeant(door, statement);
}

/** Whether somebody deploys: by exact claims, and through nothing but the roles of `cdk bootstrap`. */
export function isDeployer(path: Path): boolean {
  if (!path.last.byBootstrap) return false;
  return hasExactClaims(hopsOf(path)[0]);
}

/** Whether somebody comes in by exact claims of an issuer, and by nothing else. */
export function hasExactClaims({ statement }: Pick<Hop, 'statement'> = {}): boolean {
  if (!statement) return false;
  const isExact = statement.only.some(
    ({ key, written, values }) =>
      key === 'claim' &&
      /:sub$/i.test(written) &&
      values.every((value) => value.every((piece) => typeof piece === 'string' || !('wild' in piece))),
  );
  return isExact && statement.who.every(({ by }) => by === 'federated');
}

/** A way as one text: who is on it, and by which statements. */
function wayText(path: Path): string {
  return hopsOf(path)
    .map(({ how, into, text }) => `${how} ${into?.place.id ?? ''} ${text}`)
    .join('\n');
}

/** Who comes from outside, by whom. */
function way(path: Path): string {
  const names = hopsOf(path).flatMap(({ into }) => (into && into !== path.last.into ? [into.place.id] : []));
  const [last = '', ...before] = names.reverse();
  const by = before.length === 0 ? '' : ` by way of ${before.reverse().join(' and ')}`;
  return `outsiders can become ${last}${by}`;
}
