import { HOME } from '../../support/resolve';

/** The integrations that the requests are about, each for something that it alone shows. */

export interface Subject {
  readonly client: string;
  readonly vendor: string;
  readonly kind: 'assumed-role' | 'direct-trust' | 'access-key';
  readonly access: readonly string[];
  /** With the slash at its end; without one of its own, `<vendor>/`. Empty for a whole bucket. */
  readonly prefix?: string;
  /** Of its own. */
  readonly bucket?: string;
  /** User ARNs, or accounts as twelve digits. */
  readonly principals?: readonly string[];
  readonly externalIds?: readonly string[];
  readonly roleSessionName?: string;
  readonly selfAssume?: boolean;
  readonly expires?: string;
  readonly sourceIps?: readonly string[];
  readonly vpcEndpoints?: readonly string[];
  readonly status?: 'pending' | 'suspended';
  /** Whether one call for each permission says what it is for: another integration shows the rest. */
  readonly brief?: true;
}

const user = (account: string, name: string) => `arn:aws:iam::${account}:user/${name}`;

/** Who comes from outside. */
export const PEOPLE = {
  reltio: user('111122223333', 'reltio.platform.jobs'),
  /** Somebody else in Reltio's account. */
  intern: user('111122223333', 'intern'),
  exporter: user('444455556666', 'exporter'),
  auditor: user('888899990000', 'auditor'),
  partner: user('777788889999', 'partner'),
  /** Whoever may do anything in the account of the buckets, as far as their own policies go. */
  owner: user(HOME.account, 'owner'),
  /** Whom no integration names. */
  stranger: user('666677778888', 'stranger'),
} as const;

export type Person = keyof typeof PEOPLE;

const DEFAULT = ['list', 'read', 'write'];
const EVERYTHING = [...DEFAULT, 'delete', 'versions', 'tags', 'acl', 'retention-read', 'root-list', 'list-buckets'];
const PAST = '2020-01-01';
export const FUTURE = '2099-01-01';
const { reltio, exporter, auditor, partner } = PEOPLE;
const role = { kind: 'assumed-role', access: DEFAULT } as const;
const trust = { kind: 'direct-trust', access: DEFAULT } as const;
const key = { kind: 'access-key', access: DEFAULT } as const;

export const SUBJECTS: readonly Subject[] = [
  { client: 'kohler', vendor: 'reltio', ...role, principals: [reltio], externalIds: ['X_SFCRole=2_a/b='] },
  {
    client: 'kohler',
    vendor: 'full',
    ...role,
    access: EVERYTHING,
    prefix: 'exports/full/',
    principals: [reltio, exporter],
    externalIds: ['first-id', 'second:id'],
  },
  { client: 'kohler', vendor: 'drop', ...role, access: ['write'], principals: ['444455556666'], externalIds: ['0000'] },
  {
    client: 'kohler',
    vendor: 'open',
    brief: true,
    ...role,
    access: ['list', 'read'],
    principals: [exporter],
    roleSessionName: 'nightly-*',
  },
  {
    client: 'kohler',
    vendor: 'self',
    brief: true,
    ...role,
    principals: [reltio],
    externalIds: ['abc'],
    selfAssume: true,
  },
  { client: 'kohler', vendor: 'adobe', ...key, access: [...DEFAULT, 'delete'] },
  { client: 'kohler', vendor: 'archive', ...key, access: ['versions', 'tags'] },
  { client: 'kohler', vendor: 'browser', ...key, access: ['list', 'read', 'root-list', 'list-buckets'] },
  { client: 'kohler', vendor: 'late', brief: true, ...role, principals: [reltio], externalIds: ['abc'], expires: PAST },
  { client: 'kohler', vendor: 'latekey', brief: true, ...key, expires: PAST },
  { client: 'kohler', vendor: 'until', brief: true, ...key, expires: FUTURE },
  { client: 'kohler', vendor: 'fenced', brief: true, ...key, sourceIps: ['203.0.113.0/24'] },
  { client: 'kohler', vendor: 'off', ...role, principals: [reltio], externalIds: ['abc'], status: 'suspended' },
  { client: 'kohler', vendor: 'offkey', ...key, status: 'suspended' },
  { client: 'kohler', vendor: 'wait', ...role, principals: [reltio], externalIds: ['abc'], status: 'pending' },
  { client: 'kohler', vendor: 'waitkey', ...key, status: 'pending' },
  {
    client: 'kohler',
    vendor: 'private',
    ...role,
    access: [...DEFAULT, 'delete', 'versions'],
    prefix: '',
    bucket: 'kohler-private',
    principals: [reltio],
    externalIds: ['abc'],
  },
  { client: 'kohler', vendor: 'beside', brief: true, ...key, bucket: 'kohler-private2' },
  { client: 'acme', vendor: 'reltio', brief: true, ...role, principals: [reltio], externalIds: ['of-acme'] },
  { client: 'acme', vendor: 'warehouse', ...trust, principals: [reltio] },
  {
    client: 'globex',
    vendor: 'feed',
    ...trust,
    access: ['read', 'delete', 'tags', 'versions'],
    principals: [exporter, auditor],
  },
  { client: 'acme', vendor: 'latefeed', brief: true, ...trust, principals: [partner], expires: PAST },
  { client: 'acme', vendor: 'offfeed', ...trust, principals: [reltio], status: 'suspended' },
  {
    client: 'acme',
    vendor: 'depot',
    ...trust,
    access: [...DEFAULT, 'acl', 'root-list'],
    bucket: 'acme-depot',
    principals: ['444455556666'],
  },
  {
    client: 'vault',
    vendor: 'reltio',
    brief: true,
    ...role,
    principals: [reltio],
    externalIds: ['abc'],
  },
  {
    client: 'vault',
    vendor: 'feed',
    brief: true,
    ...trust,
    access: ['list', 'read'],
    principals: [reltio],
    vpcEndpoints: ['vpce-0a1b2c3d'],
  },
  { client: 'vault', vendor: 'drop', brief: true, ...key, access: ['write'], expires: FUTURE },
];

/** The client that no server here can judge: it has a KMS key and a VPC endpoint. */
export const SIMULATED_CLIENT = 'vault';

export const nameOf = ({ client, vendor }: Subject) => `${client}_${vendor}`;
export const bucketOf = ({ client, bucket }: Subject) => bucket ?? `integrations-${client}`;
export const prefixOf = ({ vendor, prefix }: Subject) => prefix ?? `${vendor}/`;

export function subject(name: string): Subject {
  const found = SUBJECTS.find((one) => nameOf(one) === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

/** Every bucket with the client it belongs to. */
export const BUCKETS: ReadonlyMap<string, string> = new Map(SUBJECTS.map((one) => [bucketOf(one), one.client]));
