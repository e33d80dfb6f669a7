/** What the judgement of an account found, with who, what and since when, and what takes it back. */
import {
  type Holder,
  type Hop,
  literalText,
  type Place,
  type Statement,
  type Target,
  valueText,
  type Who,
} from '../access';
import { DOOR_AT } from '../account/doors';
import { AT } from '../account/holders';
import { type Entrance, type Finding as Judged, type Judgement, patternText } from '../proof';
import { namesOf } from '../rules/names';
import { all } from '../text/list';
import { counted } from '../text/plural';
import type { AccountIndex } from './account-index';
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
  judged: Judgement,
  accounts: ReadonlyMap<string, AccountIndex>,
  owners: Owners,
  repairs: Repairs,
): readonly Finding[] {
  const entrances = judged.entrances();
  const statements = new Set(entrances.map(({ hop }) => hop.statement));
  const covered = new Set(entrances.map(({ rule, place }) => placeKey(rule, place)));
  // What lets outsiders in is told by where they come in.
  const others = judged.findings.filter(
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

function ofPlace({ rule, place, integration, reason }: Judged, repairs: Repairs): Finding {
  return {
    code: rule,
    severity: 'error',
    fix: CODES[rule].fix,
    client: integration === undefined ? null : namesOf(integration).client,
    integration: integration ?? null,
    resource: isHolder(place) ? null : place.id || null,
    principal: isHolder(place) ? place.id : null,
    message: `${place.id}: ${reason}`,
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

function entranceText(
  [first, ...more]: readonly [Entrance, ...Entrance[]],
  targets: readonly Target[],
  clients: readonly string[],
  accounts: ReadonlyMap<string, AccountIndex>,
): string {
  const { hop, way, last, place } = first;
  const names = way.map(({ arn }) => valueText(arn));
  const what = last.into ? `can become ${valueText(last.into.arn)}` : mayText(last.statement);
  const does = names.length === 0 ? what : `can become ${chainText(names)}, which ${what}`;
  const others = [...new Set([first, ...more].flatMap((each) => each.others))].filter((each) => !way.includes(each));
  const where = [placeText(place), ...(last.place === hop.place || last.into ? [] : [placeText(last.place)])];
  return [
    `${comerText(hop)} ${does}, and so reaches ${targetText(targets, clients)} (${[...new Set(where)].join('; ')})`,
    ...(more.length > 0 ? [`, and ${counted(more.length, 'more statement')} there`] : []),
    ...(others.length > 0 ? [`; then also becomes ${holdersText(others)}`] : []),
    sinceText(hop.before ? undefined : names[0], accounts),
  ].join('');
}

/** The first, and by way of whom the last. */
function chainText(names: readonly string[]): string {
  return names.join(', which can become ');
}

/** How many roles, users and groups, and the first of them by name. */
function holdersText(holders: readonly Holder[]): string {
  const kinds = (['role', 'user', 'group'] as const).flatMap((kind) => {
    const count = holders.filter((each) => each.kind === kind).length;
    return count === 0 ? [] : [counted(count, `further ${kind}`)];
  });
  const shown = holders.slice(0, MOST_NAMED).map(({ arn }) => valueText(arn));
  const rest = holders.length - shown.length;
  return `${all(kinds)}: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

const MOST_NAMED = 5;

/** Who comes in. */
function comerText({ how, place, before, statement, outsiders }: Hop): string {
  const from = before?.into;
  if (from) return `the vendor of ${literalText(from.name) ?? valueText(from.arn)}`;
  if (how === 'handed-out')
    return place.at === AT.password
      ? 'anyone who has the password'
      : `anyone who has the access key ${place.at.replace(/^AccessKey /, '')}`;
  return outsidersText(outsiders ?? statement?.who ?? []);
}

function outsidersText(who: readonly Who[]): string {
  const [first = 'somebody outside', ...others] = [...new Set(who.map(whoText))];
  return others.length === 0 ? first : `${first} and ${counted(others.length, 'other')}`;
}

function whoText(who: Who): string {
  switch (who.by) {
    case 'anyone':
      return 'anybody';
    case 'account':
      return `account ${patternText(who.account)}`;
    case 'principal':
      return patternText(who.arn);
    case 'id':
      return `a deleted principal (${patternText(who.id)})`;
    case 'service':
      return `the service ${patternText(who.name)}`;
    case 'federated':
      return `anyone with a token of ${patternText(who.provider)}`;
    case 'canonical':
      return `the canonical user ${patternText(who.id)}`;
    default:
      return who satisfies never;
  }
}

function mayText(statement: Statement | undefined): string {
  if (!statement || statement.text === 'unreadable') return 'may do anything, since nobody can read the policy';
  return `may ${some(statement.actions.map(patternText))}`;
}

function some(texts: readonly string[]): string {
  const shown = texts.slice(0, 3);
  return `${shown.join(', ')}${texts.length > 3 ? ` and ${counted(texts.length - 3, 'more action')}` : ''}`;
}

const KINDS: Readonly<Record<Target['kind'], string>> = {
  bucket: 'the bucket',
  key: "the bucket's key",
  secret: 'a secret',
  principal: "an integration's role or user",
};

function targetText(targets: readonly Target[], clients: readonly string[]): string {
  const kinds = new Set(targets.map(({ kind }) => kind));
  const [kind] = (Object.keys(KINDS) as Target['kind'][]).filter((each) => kinds.has(each));
  const whose = clients.length === 1 ? clients.join() : counted(clients.length, 'client');
  return `${KINDS[kind ?? 'bucket']} of ${whose}`;
}

/** Where it stands, in AWS's words. */
function placeText({ id, at }: Place): string {
  const [what, ...which] = at.split(' ');
  const name = which.join(' ');
  switch (what) {
    case AT.groups:
      return `membership of ${id} in ${name}`;
    case 'AccessKey':
      return `access key of ${id}`;
    case AT.password:
      return `password of ${id}`;
    case 'Policies':
      return `inline policy ${name} of ${id}`;
    case 'ManagedPolicyArns':
      return `policy ${name}, attached to ${id}`;
    case 'AssumeRolePolicyDocument':
      return `trust of ${id}`;
    case 'Grants':
      return `grant ${name} of ${id}`;
    case 'AccessGrant':
      return `access grant ${name}`;
    case 'Acl':
      return `ACL of ${id}`;
    case 'Policy':
      return `policy of ${id}`;
    default:
      return id;
  }
}

/** When a role or user was made. */
function sinceText(arn: string | undefined, accounts: ReadonlyMap<string, AccountIndex>): string {
  if (arn === undefined) return '';
  const [, account = '', kind, name = ''] = /^arn:[^:]+:iam::(\d{12}):(role|user)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  const at = accounts.get(account);
  const made = kind === 'role' ? at?.role(name)?.CreateDate : at?.user(name)?.CreateDate;
  return made === undefined ? '' : `; it was made ${made.slice(0, 10)}`;
}
