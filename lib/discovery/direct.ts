/** Statements of buckets and access points for outsiders, read as `direct-trust`. */
import { sidPrefix } from '../rules/names';
import { parsePrincipal } from '../rules/principal';
import { Status } from '../rules/vocabulary';
import { accountOfPrincipal, namedBy } from './assumed-trust';
import type { Candidate } from './candidate';
import { type AccountFacts, siteOf } from './facts';
import { isWithin } from './globs';
import { type Grant, type Rights, rightsIn, type Site } from './grants';
import type { Leak } from './leak';
import { topPrefixes } from './proposal';
import type { Said } from './said';
import type { Setup } from './setups';
import { exactly, type Unsaid } from './trust-read';
import type { ByDoor } from './ways';

/** What the doors of one bucket came to. */
export interface DoorsRead {
  readonly candidates: readonly Candidate[];
  readonly leaks: readonly Leak[];
  readonly unsaid: readonly Unsaid[];
}

/** @param doors of one bucket */
export function readDoors(bucket: string, doors: readonly ByDoor[], facts: AccountFacts): DoorsRead {
  const [leaks, unsaid] = [[] as Leak[], [] as Unsaid[]];
  /** By door and principal, the statements for it. */
  const byPrincipal = new Map<string, ByPrincipal>();
  for (const door of doors) {
    const { said } = door;
    const setup = setupOf(bucket, door, facts);
    const named = namedBy(said);
    for (const { type, value } of said.principals) {
      if (type === 'service') leaks.push(serviceLeak(bucket, value, said));
      if (type === 'federated')
        unsaid.push({ said, why: 'a bucket policy for an identity provider: use a role, with web-identity' });
    }
    if (named.others.length > 0) unsaid.push({ said, why: `it allows ${named.others.join('; ')}` });
    if (named.anyone) {
      const other = openTo(bucket, said, facts);
      if ('what' in other) leaks.push(other);
      else unsaid.push(other);
    }
    for (const principal of named.principals) {
      if (facts.isOurs(accountOfPrincipal(principal) ?? '')) continue;
      const key = `${door.kind} ${door.arn} ${setup?.vendor ?? ''} ${principal}`;
      const known = byPrincipal.get(key) ?? { door, principal, setup, said: [] };
      known.said.push(said);
      byPrincipal.set(key, known);
    }
  }
  const groups = new Map<string, Group>();
  for (const { door, principal, setup, said } of byPrincipal.values()) {
    const rights = rightsIn(siteOfDoor(bucket, door, facts), said);
    const prefixes = setup ? [setup.prefix] : topPrefixes(rights);
    for (const prefix of prefixes.length > 0 ? prefixes : [undefined]) {
      // Those who are allowed the same there by the same statements are one integration.
      const here = prefix === undefined ? said : statementsAt(rights, prefix);
      const key = JSON.stringify([door.kind, door.arn, setup?.vendor, prefix, here.map(({ text }) => text).sort()]);
      const known = groups.get(key) ?? { door, setup, prefix, principals: [], prefixes, said };
      known.principals.push(principal);
      groups.set(key, { ...known, said: known.said.filter((each) => said.includes(each)) });
    }
  }
  return { candidates: [...groups.values()].map((group) => candidateOf(bucket, group, facts)), leaks, unsaid };
}

/** What the statements of one door, and of one integration where that is known, say of one principal. */
interface ByPrincipal {
  readonly door: ByDoor;
  readonly principal: string;
  readonly setup: Setup | undefined;
  readonly said: Said[];
}

/** The integration of ours whose statement it is, by its id. */
function setupOf(bucket: string, { kind, arn, said }: ByDoor, { setups }: AccountFacts): Setup | undefined {
  if (kind === 'access-point') return setups.of(bucket, ({ accessPointArn }) => accessPointArn === arn);
  const { Sid } = said.json;
  if (typeof Sid !== 'string') return undefined;
  const [, owner] = /^([a-z0-9X]+)(?:[A-Z][A-Za-z]*\d*)$/.exec(Sid) ?? [];
  return setups.of(bucket, (each) => {
    return each.kind === 'direct-trust' && !each.accessPointArn && sidPrefix(each.vendor) === owner;
  });
}

/** Principals that are allowed the same under one prefix. */
interface Group {
  readonly door: ByDoor;
  readonly setup: Setup | undefined;
  readonly prefix: string | undefined;
  readonly principals: string[];
  /** All prefixes that the first of them has. */
  readonly prefixes: readonly string[];
  readonly said: readonly Said[];
}

function siteOfDoor(bucket: string, door: ByDoor, { snapshot }: AccountFacts): Site {
  if (door.kind === 'bucket') return siteOf(snapshot, bucket);
  return { name: bucket, arn: door.arn, objects: `${door.arn}/object/` };
}

/** The statements that say something of what is under a prefix. */
function statementsAt({ grants }: Rights, prefix: string): readonly Said[] {
  const isThere = ({ keys }: Grant) => keys.some((each) => isWithin(each, prefix) || prefix.startsWith(each.start));
  return [...new Set(grants.filter(isThere).map(({ said }) => said))];
}

function candidateOf(
  bucket: string,
  { door, setup, principals, said, prefix, prefixes }: Group,
  facts: AccountFacts,
): Candidate {
  const isPoint = door.kind === 'access-point';
  const isOpen = principals.some((principal) => parsePrincipal(principal)?.type === 'account');
  const point = isPoint ? (door.arn.split('/').at(-1) ?? '') : undefined;
  return {
    bucket,
    kind: 'direct-trust',
    keys: { principals, ...(isPoint && { accessPoint: true }), ...(isOpen && { allowWholeAccount: true }) },
    status: Status.ACTIVE,
    description: isPoint ? `access point ${point}` : `${where(door)} of ${bucket}`,
    principals,
    attached: [],
    rights: rightsIn(siteOfDoor(bucket, door, facts), said),
    accounted: prefixes.filter((other) => other !== prefix),
    ...(prefix !== undefined && prefix !== '' && { prefix }),
    denied: [],
    notes: [],
    lost:
      isPoint && setup === undefined
        ? [`it uses the access point ${point} today; the definition makes another, with an alias of its own`]
        : [],
    unsaid: [],
    names: point === undefined ? principals.flatMap(lastName) : [point, ...principals.flatMap(lastName)],
    accounts: principals.flatMap((principal) => accountOfPrincipal(principal) ?? []),
    setup,
  };
}

function where({ said: { place } }: ByDoor): string {
  return place.at === 'Policy' ? 'bucket policy' : place.at === 'Acl' ? 'ACL' : place.at;
}

function lastName(principal: string): readonly string[] {
  const parsed = parsePrincipal(principal);
  if (parsed?.type === 'role' || parsed?.type === 'user') return [parsed.arn.split('/').at(-1) ?? ''];
  return parsed?.type === 'account' ? [`account-${parsed.account}`] : [`canonical-${principal.slice(0, 8)}`];
}

function serviceLeak(bucket: string, service: string, said: Said): Leak {
  const source = exactly(said, 'aws:sourceaccount') ?? exactly(said, 'aws:sourcearn');
  return {
    principal: service,
    bucket,
    what: `may use the bucket${source ? ` for ${source.slice(0, 3).join(', ')}` : ' for anybody'}`,
    why: source
      ? 'it acts for somebody who is not ours; no definition is that'
      : 'the statement has no aws:SourceAccount or aws:SourceArn: anybody’s account can make the service do it',
  };
}

/** Everybody, or everybody who comes from somewhere. */
function openTo(bucket: string, said: Said, { snapshot }: AccountFacts): Leak | Unsaid {
  const organizations = exactly(said, 'aws:principalorgid');
  if (organizations)
    return { said, why: `it allows every account of ${organizations.join(', ')}; a definition names principals` };
  const points = exactly(said, 's3:dataaccesspointaccount');
  if (points) return { said, why: `it leaves it to access points of the account ${points.join(', ')}` };
  const found = snapshot.buckets?.find(({ Name }) => Name === bucket);
  const isAcl = said.place.at === 'Acl';
  const isBlocked = [found?.PublicAccessBlock, snapshot.accountPublicAccessBlock].some((block) =>
    isAcl ? block?.IgnorePublicAcls : block?.RestrictPublicBuckets,
  );
  const asked = said.conditions.map(({ written }) => written).join(', ');
  return {
    principal: '*',
    bucket,
    what: `${isAcl ? 'its ACL is' : 'its policy is'} public${asked === '' ? '' : `, under ${asked}`}`,
    why: isBlocked
      ? 'the block of public access holds it back today: remove the statement before somebody removes the block'
      : 'anybody at all can use it: remove the statement, and block public access',
  };
}
