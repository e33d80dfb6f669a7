/** What the judgement of an account found, with who, what and since when, and what takes it back. */
import { type Holder, type Hop, type Place, type Target, valueText, type Who } from '../access';
import { DOOR_AT } from '../account/doors';
import { AT } from '../account/holders';
import { type Entrance, type Finding as Judged, patternText } from '../proof';
import { namesOf } from '../rules/names';
import type { AccountIndex } from './account-index';
import { entranceText, extraText } from './entrance-words';
import type { Expected } from './expected';
import type { Finding, VerificationCode } from './finding';
import { CODES } from './fixes';
import type { Repairs } from './repairs';

/** What knows whose a target is. */
export class Owners {
  private readonly clients = new Map<string, Set<string>>();
  private readonly integrations = new Map<string, string>();

  constructor({ buckets, integrations, meant }: Expected) {
    for (const { arn, keyArn, site } of buckets) {
      this.add(arn, site.client.name);
      if (typeof keyArn === 'string') this.add(keyArn, site.client.name);
    }
    for (const { arn, integration } of integrations) {
      if (arn === undefined) continue;
      this.add(arn, integration.client);
      this.integrations.set(arn, integration.name);
    }
    for (const { arn } of meant.secrets) {
      const [, client] = /:secret:integrations\/([^/]+)\//.exec(valueText(arn)) ?? [];
      if (client !== undefined) this.add(valueText(arn), client);
    }
  }

  private add(arn: string, client: string): void {
    this.clients.set(arn, (this.clients.get(arn) ?? new Set<string>()).add(client));
  }

  /** The clients whose things some targets are. */
  clientsOf(targets: readonly Target[]): readonly string[] {
    return [...new Set(arnsOf(targets).flatMap((arn) => [...(this.clients.get(arn) ?? [])]))];
  }

  /** The integration whose role or user the only target is. */
  integrationOf(targets: readonly Target[]): string | null {
    const [only, ...others] = arnsOf(targets);
    return (others.length === 0 && only !== undefined && this.integrations.get(only)) || null;
  }
}

function arnsOf(targets: readonly Target[]): readonly string[] {
  return targets.flatMap(({ names }) => names.map(valueText));
}

export function closedWorld(
  judged: readonly Judged[],
  entrances: readonly Entrance[],
  accounts: ReadonlyMap<string, AccountIndex>,
  owners: Owners,
  repairs: Repairs,
): readonly Finding[] {
  const statements = new Set(entrances.map(({ hop }) => hop.statement));
  const covered = new Set(entrances.map(({ rule, place }) => placeKey(rule, place)));
  // What lets outsiders in is told by where they come in.
  const others = judged.filter(
    ({ path, rule, place, statement }) =>
      !path && !(statement ? statements.has(statement) : covered.has(placeKey(rule, place))),
  );
  for (const { hop, place } of entrances) if (hop.statement) repairs.remove(place, hop.statement.text, comersOf(hop));
  for (const { place, statement } of others) if (statement) repairs.remove(place, statement.text);
  return [
    ...others.map((each) => ofPlace(each, repairs)),
    ...grouped(entrances).map((all) => ofEntrance(all, accounts, owners, repairs)),
  ];
}

/** Memberships are taken back together, since they are found together. */
function placeKey(rule: Judged['rule'], { scope, id, at }: Place): string {
  return JSON.stringify([rule, scope, id, at.replace(/^Groups .*$/s, AT.groups)]);
}

function ofPlace({ rule, place, integration, reason, extra }: Judged, repairs: Repairs): Finding {
  return {
    code: rule,
    severity: 'error',
    fix: CODES[rule].fix,
    client: integration === undefined ? null : namesOf(integration).client,
    integration: integration ?? null,
    resource: isHolder(place) ? null : place.id || null,
    principal: isHolder(place) ? place.id : null,
    message: `${place.id}: ${reason}${extra ? extraText(extra) : ''}`,
    undo: repairs.at(place),
  };
}

function ofEntrance(
  [first, ...others]: readonly [Entrance, ...Entrance[]],
  accounts: ReadonlyMap<string, AccountIndex>,
  owners: Owners,
  repairs: Repairs,
): Finding {
  const { rule, place, hop, integration } = first;
  const code: VerificationCode = place.at === DOOR_AT.transfer ? 'unknown-door' : rule;
  const targets = [...new Set([first, ...others].flatMap((each) => each.targets))];
  const clients = owners.clientsOf(targets);
  const [client = null, ...more] = clients;
  return {
    code,
    severity: 'error',
    fix: CODES[code].fix,
    client: more.length === 0 ? client : null,
    integration: integration ?? owners.integrationOf(targets),
    resource: more.length === 0 ? (arnsOf(targets)[0] ?? null) : null,
    principal: principalOf(hop, first.way),
    message: entranceText([first, ...others], targets, clients, accounts),
    undo: repairs.at(place),
  };
}

/** Of the policies of one role, user or group each is told once, however many of its statements are wrong. */
function grouped(entrances: readonly Entrance[]): readonly (readonly [Entrance, ...Entrance[]])[] {
  const groups = new Map<string, [Entrance, ...Entrance[]]>();
  for (const [number, each] of entrances.entries()) {
    const key = each.rule === 'more-access' ? placeKey(each.rule, each.place) : String(number);
    const found = groups.get(key);
    if (found) found.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}

function isHolder({ id }: Place): boolean {
  return /^arn:[^:]+:iam:/.test(id);
}

/** The role or user that outsiders become, or whom a policy names. */
function principalOf(hop: Hop, [first]: readonly Holder[]): string | null {
  const whose = hop.how === 'trusted' || hop.how === 'handed-out' ? first : (hop.before?.into ?? first);
  if (whose) return valueText(whose.arn);
  const named = (hop.statement?.who ?? []).flatMap(arnOf);
  return named.length === 1 ? (named[0] ?? null) : null;
}

function arnOf(who: Who): readonly string[] {
  if (who.by === 'principal') return [patternText(who.arn)];
  if (who.by === 'account') return [`arn:aws:iam::${patternText(who.account)}:root`];
  return [];
}

/** Who a statement lets in, of all whom it names. */
function comersOf({ outsiders, before }: Hop): readonly Who[] {
  const from = before?.into;
  return from ? [{ by: 'principal', arn: from.arn }] : (outsiders ?? []);
}
