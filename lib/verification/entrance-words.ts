/** A way in from outside, in words. */
import {
  type Holder,
  type Hop,
  literalText,
  type Narrowing,
  type Place,
  type Statement,
  type Target,
  valueText,
  type Who,
} from '../access';
import { AT } from '../account/holders';
import { type Entrance, patternText } from '../proof';
import { all, someOf } from '../text/list';
import { counted } from '../text/plural';
import type { AccountIndex } from './account-index';

/** Who comes in, how, to what, and what else that leads to. */
export function entranceText(
  [first, ...more]: readonly [Entrance, ...Entrance[]],
  targets: readonly Target[],
  clients: readonly string[],
  accounts: ReadonlyMap<string, AccountIndex>,
): string {
  const { hop, way, last, place } = first;
  const { who, isOne } = comers(hop);
  const what = last.into ? becomesText(last.into) : mayText(last.statement);
  const does = [...way.map(becomesText), what].join(', which ');
  const others = [...new Set([first, ...more].flatMap((each) => each.others))].filter((each) => !way.includes(each));
  const where = [placeText(place), ...(last.place === hop.place || last.into ? [] : [placeText(last.place)])];
  return [
    `${who} ${does}, and so ${isOne ? 'reaches' : 'reach'} ${targetText(targets, clients)} (${[...new Set(where)].join('; ')})`,
    ...(more.length > 0 ? [`, and ${counted(more.length, 'more statement')} there`] : []),
    ...(others.length > 0 ? [`; the same way leads to ${holdersText(others)}`] : []),
    sinceText(hop.before ? undefined : way[0], accounts),
  ].join('');
}

/** A step into somebody: nobody becomes a group. */
function becomesText({ kind, arn }: Holder): string {
  return `${kind === 'group' ? 'is in group' : 'can become'} ${valueText(arn)}`;
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

interface Comers {
  readonly who: string;
  readonly isOne: boolean;
}

/** Who comes in. */
function comers({ how, place, before, statement, outsiders }: Hop): Comers {
  const from = before?.into;
  if (from) return { who: `the vendor of ${literalText(from.name) ?? valueText(from.arn)}`, isOne: true };
  if (how === 'handed-out') {
    const key = `the access key ${place.at.replace(/^AccessKey /, '')}`;
    return { who: `anyone who has ${place.at === AT.password ? 'the password' : key}`, isOne: true };
  }
  const texts = whoTexts(outsiders ?? statement?.who ?? [], statement?.only ?? []);
  return { who: outsidersText(texts), isOne: texts.length < 2 };
}

const MOST_OUTSIDERS = 3;

function outsidersText(texts: readonly string[]): string {
  if (texts.length === 0) return 'somebody outside';
  return texts.length > MOST_OUTSIDERS ? someOf(texts, MOST_OUTSIDERS) : all(texts);
}

/** Each of some principals, as far as conditions say who of them. */
function whoTexts(who: readonly Who[], only: readonly Narrowing[]): readonly string[] {
  return [...new Set(who.map((each) => whoText(each, only)))];
}

function whoText(who: Who, only: readonly Narrowing[]): string {
  switch (who.by) {
    case 'anyone':
      return ['anybody', ...only.flatMap(ofWhom)].join(' ');
    case 'account':
      return `account ${patternText(who.account)}`;
    case 'principal':
      return patternText(who.arn);
    case 'id':
      return `a deleted principal (${patternText(who.id)})`;
    case 'service':
      return `the service ${patternText(who.name)}`;
    case 'federated':
      return [`anyone with a token of ${patternText(who.provider)}`, ...only.flatMap(subjects)].join(' ');
    case 'canonical':
      return `the canonical user ${patternText(who.id)}`;
    default:
      return who satisfies never;
  }
}

/** Who of everybody, by a condition. */
function ofWhom({ key, values }: Narrowing): readonly string[] {
  const texts = someOf(values.map(patternText));
  if (key === 'principal-organization') return [`in organization ${texts}`];
  if (key === 'principal-account') return [`in account ${texts}`];
  return key === 'principal-arn' ? [`who is ${texts}`] : [];
}

function subjects({ key, written, values }: Narrowing): readonly string[] {
  return key === 'claim' && /:sub$/i.test(written) ? [`for subject ${someOf(values.map(patternText))}`] : [];
}

function mayText(statement: Statement | undefined): string {
  if (!statement || statement.text === 'unreadable') return 'may do anything, since nobody can read the policy';
  return `may ${some(statement.actions.map(patternText))}`;
}

function some(texts: readonly string[]): string {
  const shown = texts.slice(0, 3);
  return `${shown.join(', ')}${texts.length > 3 ? ` and ${counted(texts.length - 3, 'more action')}` : ''}`;
}

const KINDS = ['bucket', 'key', 'secret', 'principal'] as const satisfies readonly Target['kind'][];

const OF_ONE: Readonly<Record<Target['kind'], (client: string) => string>> = {
  bucket: (client) => `the bucket of ${client}`,
  key: (client) => `the key of ${client}'s bucket`,
  secret: (client) => `a secret of ${client}'s integrations`,
  principal: (client) => `a role or user of ${client}'s integrations`,
};

const OF_SEVERAL: Readonly<Record<Target['kind'], (clients: string) => string>> = {
  bucket: (clients) => `the buckets of ${clients}`,
  key: (clients) => `the keys of the buckets of ${clients}`,
  secret: (clients) => `secrets of the integrations of ${clients}`,
  principal: (clients) => `roles or users of the integrations of ${clients}`,
};

function targetText(targets: readonly Target[], clients: readonly string[]): string {
  const kinds = new Set(targets.map(({ kind }) => kind));
  const kind = KINDS.find((each) => kinds.has(each)) ?? 'bucket';
  const [only = 'a client', ...others] = clients;
  return others.length === 0 ? OF_ONE[kind](only) : OF_SEVERAL[kind](counted(clients.length, 'client'));
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
function sinceText(holder: Holder | undefined, accounts: ReadonlyMap<string, AccountIndex>): string {
  if (holder === undefined) return '';
  const [, account = '', kind, name = ''] =
    /^arn:[^:]+:iam::(\d{12}):(role|user)\/(?:.*\/)?([^/]+)$/.exec(valueText(holder.arn)) ?? [];
  const at = accounts.get(account);
  const made = kind === 'role' ? at?.role(name)?.CreateDate : at?.user(name)?.CreateDate;
  return made === undefined ? '' : `; the ${kind} ${name} was made ${made.slice(0, 10)}`;
}

/** Whom or where the statement is about that is too much; empty where nothing says. */
export function extraText({ who, only, place }: Statement): string {
  if (place.at.startsWith('Policies ') || place.at.startsWith('ManagedPolicyArns '))
    return ` (in the ${placeText(place)})`;
  return who.length === 0 ? '' : ` (it names ${outsidersText(whoTexts(who, only))})`;
}
