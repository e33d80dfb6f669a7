/** What the judgement of an account found, with who, what and since when, and what takes it back. */
import { type Hop, hopsOf, type Path, type Place, type Statement, type Target, valueText, type Who } from '../access';
import { DOOR_AT } from '../account/doors';
import { type Finding as Judged, patternText } from '../proof';
import { namesOf } from '../rules/names';
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
  judged: readonly Judged[],
  accounts: ReadonlyMap<string, AccountIndex>,
  owners: Owners,
  repairs: Repairs,
): readonly Finding[] {
  for (const { place, statement } of judged) if (statement) repairs.remove(place, statement.text);
  return grouped(judged).map((all): Finding => {
    const [first] = all;
    const { path, integration = null, place } = first;
    const code = codeOf(first);
    const common = { code, severity: 'error', fix: CODES[code].fix } as const;
    if (!path) {
      const { client = null } = integration === null ? {} : namesOf(integration);
      return {
        ...common,
        client,
        integration,
        resource: isHolder(place) ? null : place.id || null,
        principal: isHolder(place) ? place.id : null,
        message: `${place.id}: ${first.reason}`,
        undo: repairs.at(place),
      };
    }
    const clients = owners.clientsOf(path.targets);
    const [client = null, ...others] = clients;
    return {
      ...common,
      client: others.length === 0 ? client : null,
      integration: integration ?? owners.integrationOf(path.targets),
      resource: others.length === 0 ? (arnsOf(path.targets)[0] ?? null) : null,
      principal: principalOf(path),
      message: `${pathText(path, clients, accounts)}${all.length > 1 ? `, and ${counted(all.length - 1, 'more statement')} there` : ''}`,
      undo: repairs.at(placeToUndo(path)),
    };
  });
}

/** Of the policies of one role, user or group each is told once, however many of its statements are wrong. */
function grouped(judged: readonly Judged[]): readonly (readonly [Judged, ...Judged[]])[] {
  const groups = new Map<string, [Judged, ...Judged[]]>();
  for (const [at, each] of judged.entries()) {
    const { rule, place, path } = each;
    const isOfHolder = rule === 'unknown-principal' || rule === 'more-access';
    const key = isOfHolder && path ? JSON.stringify([rule, place]) : String(at);
    const found = groups.get(key);
    if (found) found.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}

function codeOf({ rule, path }: Judged): VerificationCode {
  return path && hopsOf(path).some(isTransfer) ? 'unknown-door' : rule;
}

function isTransfer({ place }: Hop): boolean {
  return place.at === DOOR_AT.transfer;
}

/** Who logs in to a file transfer server is ended there, and not the role with which others work. */
function placeToUndo(path: Path): Place {
  return hopsOf(path).find(isTransfer)?.place ?? path.last.place;
}

function isHolder({ id }: Place): boolean {
  return /^arn:[^:]+:iam:/.test(id);
}

/** The role or user that reaches it, or whom a policy names. */
function principalOf({ last }: Path): string | null {
  const from = last.before?.into;
  if (from) return valueText(from.arn);
  const named = (last.statement?.who ?? []).flatMap(arnOf);
  return named.length === 1 ? (named[0] ?? null) : null;
}

function arnOf(who: Who): readonly string[] {
  if (who.by === 'principal') return [patternText(who.arn)];
  if (who.by === 'account') return [`arn:aws:iam::${patternText(who.account)}:root`];
  return [];
}

function pathText(path: Path, clients: readonly string[], accounts: ReadonlyMap<string, AccountIndex>): string {
  const hops = hopsOf(path);
  const { last, targets } = path;
  const names = hops.flatMap(({ into }) => (into && into !== last.into ? [valueText(into.arn)] : []));
  const [first] = hops;
  const begin = names.length === 0 ? outsidersText(last.statement) : `${entryText(first)} ${names.join(', then ')}`;
  const what = last.into ? `can become ${valueText(last.into.arn)}` : mayText(last.statement);
  const reached = targetText(targets, clients);
  const since = sinceText(names.at(-1), accounts);
  return `${begin} ${what}, which reaches ${reached} (${placeText(last.place)})${since}`;
}

/** How somebody outside comes in. */
function entryText(first: Hop | undefined): string {
  if (!first) return 'somebody outside, as';
  if (first.how === 'handed-out')
    return first.place.at === 'LoginProfile' ? 'anyone who has the password of' : 'anyone who has the access key of';
  return `${outsidersText(first.statement)} can become`;
}

function outsidersText(statement: Statement | undefined): string {
  const [first = 'somebody outside', ...others] = [...new Set((statement?.who ?? []).map(whoText))];
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
