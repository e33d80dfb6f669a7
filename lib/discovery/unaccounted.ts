/** Ways in that the model of access sees, and that nothing found accounts for: what no reader understood is still told. */
import { type Holder, type Hop, isBootstrapRole, type Statement, valueText, type Who } from '../access';
import { accountOfPrincipal, assumes, namedBy } from './assumed-trust';
import type { Candidate } from './candidate';
import type { AccountFacts } from './facts';
import type { Leak } from './leak';
import { takesCertificates, takesTokens } from './other-trusts';
import type { Said } from './said';
import type { Unsaid } from './trust-read';
import { type Seen, saidOf } from './ways';

/** What was found: each candidate is a definition, or is among what is in none. */
export interface Accounted {
  readonly candidates: readonly Candidate[];
  readonly leaks: readonly Leak[];
  readonly unsaid: readonly Unsaid[];
}

/** Each statement by which outsiders come in, and that is neither read into a candidate, nor a leak, nor in no definition. */
export function unaccounted(seen: Seen, found: Accounted, facts: AccountFacts): readonly Unsaid[] {
  const { candidates, leaks, unsaid } = found;
  const told = new Set(unsaid.map(({ said }) => keyOf(said)));
  for (const { path } of seen.ways) {
    const [first] = seen.told.has(path) ? beginnings(path.last) : [];
    if (first?.statement) told.add(keyOf(first.statement));
  }
  const read = new Set(
    candidates.flatMap(({ bucket, rights }) => rights.grants.map(({ said }) => `${bucket} ${keyOf(said)}`)),
  );
  const acting = new Set(candidates.flatMap(({ actsAs }) => actsAs?.arn ?? []));
  const isRight = ({ path: { last }, bucket }: Seen['ways'][number], statement: Statement): boolean => {
    if (told.has(keyOf(statement)) || read.has(`${bucket} ${keyOf(statement)}`)) return true;
    const [first] = beginnings(last);
    const arn = first?.into && valueText(first.into.arn);
    if (arn === undefined) return isLeakAtDoor(saidOf(statement), bucket, leaks);
    // The trust of a role that is no integration's is told; so is whoever has a user's keys.
    if (acting.has(arn)) return false;
    return first?.into?.kind === 'role' || leaks.some((leak) => leak.principal === arn && leak.bucket === bucket);
  };
  const rights = seen.ways.flatMap((way): Unsaid[] => {
    const { statement } = way.path.last;
    if (!statement || seen.told.has(way.path) || isRight(way, statement)) return [];
    return [unknown(statement, `reach the bucket ${way.bucket}`)];
  });
  const leading = leadingIn(seen);
  const trusts = seen.entries.flatMap(({ into, statement, outsiders = [] }): Unsaid[] => {
    if (!into || !statement || !leading.has(into) || told.has(keyOf(statement))) return [];
    const arn = valueText(into.arn);
    const said = saidOf(statement);
    const own = candidates.filter(({ actsAs }) => actsAs?.arn === arn);
    const isOpen = namedBy(said).anyone && leaks.some(({ what }) => what.split(' ').includes(arn));
    const isRead = own.some((each) => outsiders.every((who) => isTrusted(each, said, who, facts)));
    return isOpen || isRead ? [] : [unknown(statement, `can become ${arn}`)];
  });
  return [...trusts, ...rights];
}

/** The hops by which outsiders become somebody, the first of a way first. */
function beginnings(last: Hop): readonly Hop[] {
  const hops: Hop[] = [];
  for (let hop: Hop | undefined = last; hop; hop = hop.before) if (hop.into) hops.unshift(hop);
  return hops;
}

function keyOf({ place, text }: Pick<Statement, 'place' | 'text'>): string {
  return `${place.id} ${text}`;
}

function unknown(statement: Statement, what: string): Unsaid {
  const said = saidOf(statement);
  const { at, id } = said.place;
  const why =
    statement.text === 'unreadable'
      ? `${at} of ${id} cannot be read: it counts as everything, for everybody`
      : `no definition was found for this way in: outsiders ${what} by it`;
  return { said, why };
}

/** Everybody from whom a bucket is reached, by however many steps; who deploys is for verify. */
function leadingIn({ ways, leads }: Seen): ReadonlySet<Holder> {
  const from = new Map<Holder, Holder[]>();
  for (const [holder, all] of leads)
    for (const next of all) if (!isBootstrapRole(next.arn)) from.set(next, [...(from.get(next) ?? []), holder]);
  // A set is walked in order, those included that are added on the way.
  const leading = new Set(ways.flatMap(({ path }) => beginnings(path.last).at(-1)?.into ?? []));
  for (const holder of leading)
    for (const before of from.get(holder) ?? []) if (!isBootstrapRole(before.arn)) leading.add(before);
  return leading;
}

/** Whether a candidate's trust has what a statement says of one whom it names. */
function isTrusted({ kind, principals }: Candidate, said: Said, who: Who, { isOurs }: AccountFacts): boolean {
  switch (who.by) {
    case 'service':
      return kind === 'roles-anywhere' && takesCertificates(said) && /^rolesanywhere\./i.test(valueText(who.name));
    case 'federated':
      return kind === 'web-identity' && takesTokens(said) && !/:saml-provider\//.test(valueText(who.provider));
    default: {
      if (kind !== 'assumed-role' || !assumes(said)) return false;
      const outside = namedBy(said).principals.filter((each) => !isOurs(accountOfPrincipal(each) ?? ''));
      return outside.length > 0 && outside.every((each) => principals.includes(each));
    }
  }
}

/** Whether a door's statement is a leak, by whom it names. */
function isLeakAtDoor(said: Said, bucket: string, leaks: readonly Leak[]): boolean {
  const { anyone } = namedBy(said);
  return leaks.some(
    (leak) =>
      leak.bucket === bucket &&
      ((leak.principal === '*' && anyone) ||
        said.principals.some(({ type, value }) => type === 'service' && value === leak.principal)),
  );
}
