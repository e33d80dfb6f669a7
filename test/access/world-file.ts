/**
 * Worlds as data: cases are YAML, in which `{{?}}` is a text that nobody knows, `{{Name}}` the name of a thing and
 * `{{a|b}}` one of two; `$choice`, `$absent` and `$unknown` are the same of whole parts. A statement may be written as
 * `ACTION RESOURCE`, in a trust as `TYPE PRINCIPAL`.
 */
import {
  type Door,
  type Holder,
  hopsOf,
  type Json,
  type Path,
  type Policy,
  plainJson,
  readPolicy,
  type Target,
  type Value,
  type World,
} from '../../lib/access';

export const HOME = '111122223333';
export const BUCKET = 'arn:aws:s3:::client';
export const KEY = `arn:aws:kms:eu-west-1:${HOME}:key/abc`;
export const SECRET = `arn:aws:secretsmanager:eu-west-1:${HOME}:secret:integrations/client/vendor/a`;

type Statements = readonly (string | object)[] | { readonly document: unknown };

interface HolderFile {
  readonly account?: string;
  readonly arn?: string;
  readonly id?: string;
  readonly trust?: Statements;
  readonly allows?: Statements;
  /** A policy that stands elsewhere. */
  readonly attached?: Statements;
  readonly groups?: readonly string[];
  readonly keys?: boolean;
}

interface DoorFile {
  readonly kind: Door['kind'];
  readonly name: string | readonly string[];
  readonly account?: string;
  readonly policy?: Statements;
  readonly lends?: string;
  /** Of a runner. @default - rights over functions */
  readonly rows?: readonly string[];
}

export interface WorldFile {
  readonly ours?: {
    readonly accounts?: readonly string[];
    readonly organization?: string;
    readonly canonicalUsers?: readonly string[];
    readonly federations?: readonly string[];
    readonly buckets?: readonly string[];
  };
  readonly roles?: Readonly<Record<string, HolderFile>>;
  readonly users?: Readonly<Record<string, HolderFile>>;
  readonly groups?: Readonly<Record<string, HolderFile>>;
  readonly bucket?: Statements;
  readonly key?: Statements;
  readonly secret?: Statements;
  readonly doors?: readonly DoorFile[];
  readonly whole?: readonly string[];
  /** Names of roles and users that are targets. */
  readonly guarded?: readonly string[];
  /** The account of bucket, key and secret, where it is not the usual one. */
  readonly guardedAccount?: string;
}

/** A text with its unknown pieces. */
export function value(text: string): Value {
  return text.split(/(\{\{.*?\}\})/).flatMap((part): Value => {
    const inner = /^\{\{(.*)\}\}$/.exec(part)?.[1];
    if (inner === undefined) return part === '' ? [] : [part];
    if (inner === '?') return [{ any: true }];
    if (inner.includes('|'))
      return [
        { oneOf: inner.split('|').map((branch) => value(branch.replace(/[[\]]/g, (b) => (b === '[' ? '{{' : '}}')))) },
      ];
    const [id = '', like] = inner.split('~');
    return [
      {
        scope: 'stack',
        id,
        ...(like !== undefined && {
          like: like.split('*').flatMap((each, at) => (at === 0 ? [each] : [{ any: true } as const, each])),
        }),
      },
    ];
  });
}

/** JSON with its unknown parts. */
export function json(given: unknown): Json {
  if (typeof given === 'string') return { text: value(given) };
  if (Array.isArray(given)) return { list: given.map(json) };
  if (typeof given !== 'object' || given === null) return plainJson(given);
  const members = Object.entries(given);
  const [name, inner] = members[0] ?? [];
  if (name === '$choice' && Array.isArray(inner)) return { choice: inner.map(json) };
  if (name === '$absent') return { absent: true };
  if (name === '$unknown') return { unknown: true };
  return { members: members.map(([key, member]) => [key, json(member)] as const) };
}

function statement(given: string | object, kind: 'trust' | 'policy'): object {
  if (typeof given !== 'string') return given;
  const [first = '', ...others] = given.split(' ');
  const second = others.join(' ');
  const Effect = 'Allow';
  return kind === 'trust'
    ? { Effect, Principal: { [first]: second }, Action: 'sts:AssumeRole' }
    : { Effect, Action: first, Resource: second };
}

/** A policy document as it would be deployed. */
export function document(
  given: Statements,
  kind: 'trust' | 'policy',
): { readonly Version: string; readonly Statement: readonly object[] } {
  if ('document' in given) return given.document as ReturnType<typeof document>;
  return { Version: '2012-10-17', Statement: given.map((each) => statement(each, kind)) };
}

function policy(given: Statements, at: string, kind: 'trust' | 'policy' = 'policy'): Policy {
  return readPolicy(json(document(given, kind)), { scope: 'world', id: at, at: kind });
}

function holder(
  kind: Holder['kind'],
  name: string,
  { account = HOME, arn, id, trust, allows, attached, groups = [], keys }: HolderFile,
): Holder {
  const place = { scope: 'world', id: name, at: kind };
  return {
    kind,
    account: value(account),
    arn: value(arn ?? `arn:aws:iam::${account}:${kind}/${name}`),
    name: value(name),
    ...(id !== undefined && { id: [id] }),
    ...(trust && { trust: policy(trust, name, 'trust') }),
    held: allows ? [policy(allows, name)] : [],
    ...(attached && { attached: [{ policy: policy(attached, name), isSure: true }] }),
    groups: groups.map(value),
    ...(keys && { handedOut: [{ ...place, at: 'key' }] }),
    place,
  };
}

export function targetsOf({ guarded = [], guardedAccount = HOME }: WorldFile, holders: readonly Holder[]): Target[] {
  const account = value(guardedAccount);
  return [
    { kind: 'bucket', account, names: [[BUCKET]] },
    { kind: 'key', account, names: [[KEY]] },
    { kind: 'secret', account, names: [[`${SECRET}-`, { scope: 'world', id: 'suffix' }]] },
    ...holders
      .filter(({ name }) => guarded.includes(String(name[0])))
      .map(({ arn, account: of }): Target => ({ kind: 'principal', account: of, names: [arn] })),
  ];
}

export function worldOf(file: WorldFile): { readonly world: World; readonly targets: readonly Target[] } {
  const { ours = {}, roles = {}, users = {}, groups = {}, doors = [], whole } = file;
  const values = (texts: readonly string[] | undefined) => texts?.map(value);
  const account = value(file.guardedAccount ?? HOME);
  const own = ([kind, name]: readonly ['bucket' | 'key' | 'secret', Value], at: Statements): Door => ({
    kind,
    account,
    names: [name],
    policy: policy(at, kind),
    place: { scope: 'world', id: kind, at: 'policy' },
  });
  const holders = [
    ...Object.entries(roles).map(([name, each]) => holder('role', name, each)),
    ...Object.entries(users).map(([name, each]) => holder('user', name, each)),
    ...Object.entries(groups).map(([name, each]) => holder('group', name, each)),
  ];
  const world: World = {
    ours: {
      accounts: values(ours.accounts) ?? [[HOME]],
      organization: value(ours.organization ?? 'o-ours'),
      canonicalUsers: values(ours.canonicalUsers),
      federations: values(ours.federations),
      buckets: values(ours.buckets),
    },
    holders,
    doors: [
      ...(file.bucket ? [own(['bucket', [BUCKET]], file.bucket)] : []),
      ...(file.key ? [own(['key', [KEY]], file.key)] : []),
      ...(file.secret ? [own(['secret', [`${SECRET}-AbCdEf`]], file.secret)] : []),
      ...doors.map(
        (door): Door => ({
          kind: door.kind,
          account: value(door.account ?? HOME),
          names: [door.name].flat().map(value),
          ...(door.policy && { policy: policy(door.policy, String(door.name)) }),
          ...(door.lends !== undefined && { lends: value(door.lends) }),
          rows: door.rows ?? ['lambda'],
          place: { scope: 'world', id: String(door.name), at: 'door' },
        }),
      ),
    ],
    ...(whole && { whole: whole.map(value) }),
  };
  return { world, targets: targetsOf(file, holders) };
}

/** A path in words: `trusted app > holds: bucket`. */
export function pathText(path: Path, of: World): string {
  const name = (target: Target) => {
    const principal = of.holders.find(({ arn }) => target.names.includes(arn));
    return principal ? String(principal.name[0]) : target.kind;
  };
  const hops = hopsOf(path).map(({ how, into }) => (into ? `${how} ${into.name[0]}` : how));
  return `${hops.join(' > ')}: ${path.targets.map(name).join(', ')}${path.last.byBootstrap ? ' (by bootstrap)' : ''}`;
}
