/** Whole folders of definitions, as hostile as they may be and still valid. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { CAPABILITIES } from '../simulation/capabilities';
import { HOME } from '../support/resolve';

const AUTHORITY = readFileSync(join(__dirname, '../support/ca.pem'), 'utf8');

export interface Bucket {
  readonly name: string;
  readonly existing: boolean;
  /** `create`, or an ARN. */
  readonly kmsKey?: string;
}

/** A range of addresses, with some of its addresses and some beside it. */
export interface Range {
  readonly range: string;
  readonly inside: readonly string[];
  readonly beside: readonly string[];
}

export interface Subject {
  readonly commonName: string;
  readonly organization?: string;
  readonly organizationalUnit?: string;
}

/** An integration, with what its file leaves out filled in from the contract. */
export interface Integration {
  readonly client: string;
  readonly vendor: string;
  readonly region: string;
  readonly kind: string;
  readonly status: string;
  readonly bucket: Bucket;
  /** In canonical form; empty for the whole bucket. */
  readonly prefix: string;
  readonly access: readonly string[];
  readonly expires?: string;
  readonly sourceIps: readonly Range[];
  readonly vpcEndpoints: readonly string[];
  readonly sourceVpcs: readonly string[];
  readonly principals: readonly string[];
  readonly externalIds: readonly string[];
  /** Where each principal has an external ID of its own, or none. */
  readonly trusts?: readonly { readonly principal: string; readonly externalId?: string }[];
  readonly sessionTags: boolean;
  readonly sourceIdentity: boolean;
  readonly roleName: string;
  /** Of its role or user, from the settings. */
  readonly rolePath: string;
  readonly roleSessionName?: string;
  readonly selfAssume: boolean;
  /** `certificate`, or an ARN. */
  readonly trustAnchor: string;
  readonly subject: Subject;
  readonly provider: string;
  readonly audiences: readonly string[];
  readonly subjects: readonly string[];
  readonly stackPart?: number;
  /** The name of its access point, if it has one. */
  readonly accessPoint?: string;
}

/** What somebody of our own company has in one bucket; only what is written there. */
export interface Internal {
  readonly client: string;
  readonly region: string;
  readonly bucket: Bucket;
  readonly principals: readonly string[];
  /** Whether whoever asks must be of {@link ORGANIZATION}. */
  readonly organization: boolean;
  readonly access: readonly string[];
  readonly prefix: string;
}

export interface Folder {
  /** Path → text. */
  readonly files: Readonly<Record<string, string>>;
  readonly integrations: readonly Integration[];
  readonly internals: readonly Internal[];
  /** Chooses what is asked of it. */
  readonly salt: number;
}

export const KINDS = ['assumed-role', 'direct-trust', 'access-key', 'roles-anywhere', 'web-identity'] as const;
export const STATUSES = ['active', 'pending', 'suspended'] as const;

export const RANGES: readonly Range[] = [
  {
    range: '203.0.113.0/24',
    inside: ['203.0.113.0', '203.0.113.255'],
    beside: ['203.0.112.255', '203.0.114.0', '20.0.113.1'],
  },
  { range: '198.51.100.7', inside: ['198.51.100.7'], beside: ['198.51.100.8', '198.51.100.70'] },
  { range: '2001:db8::/32', inside: ['2001:db8::1', '2001:db8:ffff::'], beside: ['2001:db9::1', '2001:db7:ffff::'] },
];
export const ENDPOINTS: readonly string[] = ['vpce-0a1b2c3d4e5f67890', 'vpce-0a1b2c3d'];
export const VPCS: readonly string[] = ['vpc-0a1b2c3d4e5f67890', 'vpc-0a1b2c3d'];
export const ORGANIZATION = 'o-a1b2c3d4e5';
/** A vendor's account among them: what it has as one of ours, it has besides. */
const OWN_ACCOUNTS = ['333344445555', '333344445556', '222233334444'];

/** A canonical user id is another name of an account: here, of these. */
export const CANONICAL: Readonly<Record<string, string>> = {
  '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be': '555566667777',
  '0000000000000000000000000000000000000000000000000000000000000001': '555566667778',
};
const ACCOUNTS = ['222233334444', 'arn:aws:iam::222233334445:root', '000000000001', HOME.account];
const ARNS = [
  'arn:aws:iam::123456789876:role/sender',
  'arn:aws:iam::123456789876:role/sender2',
  'arn:aws:iam::123456789876:role/Sender',
  'arn:aws:iam::123456789876:role/exports/sender',
  'arn:aws:iam::123456789876:role/a!b/c:d/sender',
  'arn:aws:iam::123456789876:user/sender',
  'arn:aws:iam::111122223333:role/sender',
  'arn:aws:iam::111122223333:user/a.b+c=d,e@f-g_h',
  'arn:aws:iam::222233334444:role/sender',
];
/** Our own; those of the bucket's account need nothing there. */
const OURS = [
  'arn:aws:iam::333344445555:role/lake',
  'arn:aws:iam::333344445555:role/data/lake',
  'arn:aws:iam::333344445555:user/ops',
  '333344445556',
  'arn:aws:iam::222233334444:role/sender',
  `arn:aws:iam::${HOME.account}:role/lake`,
  HOME.account,
];

const NAMES = ['adobe', 'adobe2', 'adobe-2', 'adob', 'a', 'a-b', 'ab', 'axb', 'ax-b', 'a-xb', 'a2', 'a-b-c', 'b'];
const ODD_NAMES = [
  'bucket',
  'a-bucket',
  'role',
  'user',
  'key',
  'prototype',
  'valueof',
  'null',
  'true',
  '0',
  '00',
  '1e3',
];
const name = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD_NAMES) },
  // S3 keeps the ending -an for itself.
  {
    weight: 1,
    arbitrary: fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}$/).filter((text) => !/-an$/.test(text)),
  },
);

const CHARACTERS = [..."aAbBxX019!_.'()=+@,:-"];
const segment = fc
  .string({ unit: fc.constantFrom(...CHARACTERS), minLength: 1, maxLength: 10 })
  .filter((text) => text !== '.' && text !== '..');
const path = (least: number, most: number) =>
  fc.array(segment, { minLength: least, maxLength: most }).map((segments) => segments.join('/'));
const KNOWN_PREFIXES = [
  'ado',
  'Adobe',
  'adobe.',
  'adobe/in',
  'adobe/in2',
  'a/b',
  'a/b2',
  'a/B',
  'a.b',
  "a'b",
  'b/a',
  '...',
];
const prefix = fc
  .tuple(
    fc.constantFrom('', '/'),
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...NAMES, ...KNOWN_PREFIXES) },
      { weight: 3, arbitrary: path(1, 3) },
      { weight: 1, arbitrary: path(8, 20) },
    ),
    fc.constantFrom('', '/'),
  )
  .map((parts) => parts.join(''));

const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { nil: undefined, freq });
const some = <T>(values: readonly T[], minLength = 1, maxLength = 3) =>
  fc.subarray([...values], { minLength, maxLength: Math.min(maxLength, values.length) });
const none = <T>(arbitrary: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary });

const bucket = fc.record({
  named: fc.boolean(),
  existing: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  /** Of a bucket that exists: that of the first client. */
  shared: fc.boolean(),
  kmsKey: fc.constantFrom(undefined, undefined, 'create', 'create', 'key', 'multi-region key'),
});

const externalId = fc.oneof(
  fc.constantFrom('X_SFCRole=2_a/b+c=', '0000', 'first-id', 'first:id', 'First-id', 'first-id2', 'true'),
  fc.stringMatching(/^[A-Za-z0-9_+=,.@:/-]{2,20}$/),
);

/** An issuer that many customers share, whose subjects may end in a wildcard. */
const HUB = 'https://token.actions.githubusercontent.com';

/** More than any one integration has; each takes what its kind knows. */
const draft = fc.record({
  vendor: name,
  kind: fc.constantFrom(...KINDS),
  status: fc.oneof(
    { weight: 6, arbitrary: fc.constant('active') },
    { weight: 1, arbitrary: fc.constantFrom(...STATUSES) },
  ),
  prefix: maybe(prefix),
  dedicated: fc.option(bucket, { nil: undefined, freq: 3 }),
  whole: fc.boolean(),
  access: maybe(fc.subarray(Object.keys(CAPABILITIES), { minLength: 1 }), 4),
  expires: fc.constantFrom(undefined, undefined, '2027-06-01', '2028-02-29', '2026-11-23', '2026-11-22', '2020-01-01'),
  sourceIps: none(some(RANGES)),
  vpcEndpoints: none(some(ENDPOINTS)),
  sourceVpcs: fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: some(VPCS) }),
  arns: some(ARNS, 0),
  accounts: none(some(ACCOUNTS, 1, 3)),
  canonical: none(some(Object.keys(CANONICAL))),
  externalIds: fc.oneof(fc.constant([]), fc.uniqueArray(externalId, { minLength: 1, maxLength: 3 })),
  /** Whether each principal has one of them, or none, for itself. */
  trusts: fc.boolean(),
  sessionTags: fc.boolean(),
  sourceIdentity: fc.boolean(),
  renamed: fc.boolean(),
  roleSessionName: maybe(fc.constantFrom('nightly', 'nightly-*', '*-export', 'n*y', 'a.b@c=d,e+f')),
  selfAssume: fc.boolean(),
  trustAnchor: fc.constantFrom('certificate', 'arn', 'other arn'),
  subject: fc.record({
    commonName: fc.constantFrom('sender', 'sender2', 'Sender, Inc.', 'a.b'),
    organization: maybe(fc.constantFrom('Vendor, Inc.', 'vendor')),
    organizationalUnit: maybe(fc.constantFrom('Exports', 'vendor')),
  }),
  provider: fc.constantFrom(
    'https://login.example.com',
    'https://login.example.com/tenant',
    'https://accounts.google.com',
    `arn:aws:iam::${HOME.account}:oidc-provider/id.example.com/a_b`,
    HUB,
  ),
  audiences: some(['aud-1', 'aud-2', 'AUD-1'], 1, 2),
  hubSubjects: some(['repo:octo-org/octo-repo:*', 'repo:octo-org/other:ref:refs/heads/main', 'repo:octo-org/a*']),
  subjects: none(some(['client-1', 'client-2', 'client-12', 'system:serviceaccount:a:b'])),
  keys: fc.constantFrom(undefined, ['a'], ['a', 'b'], ['b']),
  stackPart: fc.constantFrom(undefined, undefined, undefined, 2, 3),
  accessPoint: fc.boolean(),
});
type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;

const internal = fc.record({
  who: fc.constantFrom('principals', 'principals', 'organization', 'both'),
  principals: some(OURS),
  access: maybe(
    fc.subarray(
      Object.keys(CAPABILITIES).filter((capability) => capability !== 'list-buckets'),
      { minLength: 1 },
    ),
  ),
  prefix: maybe(prefix),
  grant: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});
type InternalDraft = typeof internal extends fc.Arbitrary<infer T> ? T : never;
/** Seldom more than one, or no bucket's policy would have room for vendors. */
const internals = fc.oneof(
  { weight: 3, arbitrary: fc.constant<InternalDraft[]>([]) },
  { weight: 2, arbitrary: fc.array(internal, { minLength: 1, maxLength: 2 }) },
);

const client = fc.record({
  name,
  region: fc.constantFrom(undefined, undefined, 'eu-central-1'),
  bucket,
  internal: internals,
  drafts: fc.uniqueArray(draft, { minLength: 1, maxLength: 6, selector: ({ vendor }) => vendor }),
});
type ClientDraft = typeof client extends fc.Arbitrary<infer T> ? T : never;

export const folders: fc.Arbitrary<Folder> = fc
  .record({
    bucketPrefix: fc.constantFrom(undefined, undefined, 'data', 'a'),
    rolePath: fc.constantFrom('/', '/', '/integrations/', '/a!b/role/c:d/'),
    internal: fc.oneof(
      { weight: 3, arbitrary: fc.constant<InternalDraft[]>([]) },
      { weight: 1, arbitrary: fc.array(internal, { minLength: 1, maxLength: 1 }) },
    ),
    clients: fc.uniqueArray(client, { minLength: 1, maxLength: 3, selector: (one) => one.name }),
    salt: fc.noShrink(fc.nat()),
  })
  .map(({ bucketPrefix, rolePath, internal: everywhere, clients, salt }) =>
    new Settling(bucketPrefix, everywhere, rolePath).folder(clients, salt),
  );

type Edit = (one: ClientDraft, at: number, donor: Draft, place: ClientDraft) => ClientDraft[];

/** An edit of these keys of one integration. */
function editOf(...keys: (keyof Draft)[]): Edit {
  return (one, at, donor) => {
    const edited = one.drafts[at % one.drafts.length];
    const from = Object.fromEntries(keys.map((key) => [key, donor[key]]));
    return [{ ...one, drafts: one.drafts.map((each) => (each === edited ? { ...each, ...from } : each)) }];
  };
}

const EDITED = {
  kind: editOf('kind'),
  status: editOf('status'),
  prefix: editOf('prefix'),
  dedicated: editOf('dedicated', 'whole'),
  access: editOf('access'),
  expires: editOf('expires'),
  origins: editOf('sourceIps', 'vpcEndpoints', 'sourceVpcs'),
  principals: editOf('arns', 'accounts', 'canonical'),
  trusts: editOf('trusts'),
  sessions: editOf('sessionTags', 'sourceIdentity'),
  externalIds: editOf('externalIds'),
  roleName: editOf('renamed'),
  sessionName: editOf('roleSessionName'),
  selfAssume: editOf('selfAssume'),
  trustAnchor: editOf('trustAnchor'),
  subject: editOf('subject'),
  provider: editOf('provider', 'audiences', 'subjects', 'hubSubjects'),
  audiences: editOf('audiences', 'subjects', 'hubSubjects'),
  keys: editOf('keys'),
  stackPart: editOf('stackPart'),
  accessPoint: editOf('accessPoint'),
  much: editOf('kind', 'status', 'access', 'expires', 'sourceIps', 'arns', 'externalIds'),
  bucket: (one, _at, _donor, place) => [{ ...one, bucket: place.bucket }],
  internal: (one, _at, _donor, place) => [{ ...one, internal: place.internal }],
  region: (one, _at, _donor, place) => [{ ...one, region: place.region }],
  removed: (one, at) => [{ ...one, drafts: one.drafts.filter((_, index) => index !== at % one.drafts.length) }],
  added: (one, _at, donor) => [
    { ...one, drafts: one.drafts.some(({ vendor }) => vendor === donor.vendor) ? one.drafts : [...one.drafts, donor] },
  ],
  clientRemoved: () => [],
  clientRenamed: (one, _at, _donor, place) => [{ ...one, name: `${place.name}-x` }],
} satisfies Record<string, Edit>;

/** One version of a folder and the next: some of one thing is otherwise, or came, or went. */
export const edits: fc.Arbitrary<{ readonly before: Folder; readonly after: Folder }> = fc
  .record({
    bucketPrefix: fc.constantFrom(undefined, undefined, 'data', 'a'),
    clients: fc.uniqueArray(client, { minLength: 1, maxLength: 2, selector: (one) => one.name }),
    edits: fc.array(
      fc.record({
        what: fc.constantFrom(...(Object.keys(EDITED) as (keyof typeof EDITED)[])),
        of: fc.nat(),
        at: fc.nat(),
        donor: draft,
        place: client,
      }),
      { minLength: 1, maxLength: 2 },
    ),
    salt: fc.noShrink(fc.nat()),
  })
  .map(({ bucketPrefix, clients, edits: made, salt }) => {
    const edited = made.reduce<readonly ClientDraft[]>((all, { what, of, at, donor, place }) => {
      const one = all[of % Math.max(1, all.length)];
      if (!one) return all;
      const next = EDITED[what](one, at, donor, place);
      return all.flatMap((each) => (each === one ? next : [each]));
    }, clients);
    return {
      before: new Settling(bucketPrefix).folder(clients, salt),
      after: new Settling(bucketPrefix).folder(edited, salt),
    };
  });

/** The ARN of an anchor or key that was there before. */
const uuid = (digit: number) => `${digit}234abcd-12ab-34cd-56ef-1234567890ab`;
const keyArn = (region: string, id: string) => `arn:aws:kms:${region}:${HOME.account}:key/${id}`;

/** As the contract says: `<client>--<vendor>`; no name here is so long that it would be cut. */
function pointOf(clientName: string, vendor: string): string {
  return `${clientName}--${vendor}`;
}

/** Makes drafts valid together: what they would be refused for is changed or left out. */
class Settling {
  private readonly integrations: Integration[] = [];
  private readonly files: Record<string, string> = {};
  private readonly buckets = new Set<string>();
  /** Characters that each bucket's policy has left. */
  private readonly room = new Map<string, number>();
  private readonly prefixes: string;

  /** Of the settings, for every client. */
  private readonly everywhere: readonly InternalDraft[];

  constructor(
    bucketPrefix: string | undefined,
    everywhere: readonly InternalDraft[] = [],
    private readonly rolePath = '/',
  ) {
    this.prefixes = bucketPrefix ?? 'integrations';
    this.everywhere = everywhere;
    this.files['settings.yaml'] = stringify({
      ...(bucketPrefix !== undefined && { bucketPrefix }),
      ...(rolePath !== '/' && { rolePath }),
      // Who is of the bucket's own account can be said only where it is known.
      account: HOME.account,
      ownAccounts: OWN_ACCOUNTS,
      organization: ORGANIZATION,
      ...list('internal', everywhere.map(written)),
    });
  }

  folder(clients: readonly ClientDraft[], salt: number): Folder {
    const own = clients.map((one) => ({ one, bucket: this.clientBucket(one, clients[0]) }));
    for (const {
      bucket: { name },
    } of own)
      this.buckets.add(name);
    for (const { one, bucket: shared } of own) {
      for (const each of one.drafts) this.add(one, each, shared);
    }
    const internals = own.flatMap(({ one, bucket: shared }) => this.internalsOf(one, shared));
    return { files: this.files, integrations: this.integrations, internals, salt };
  }

  /** What is written for our own people: in every bucket of a client that is made here. */
  private internalsOf(one: ClientDraft, shared: Bucket): Internal[] {
    const dedicated = this.integrations
      .filter(({ client: of, bucket: other }) => of === one.name && other !== shared)
      .map(({ bucket: other }) => other);
    return [shared, ...dedicated]
      .filter(({ existing }) => !existing)
      .flatMap((made) =>
        [...this.everywhere, ...ownEntries(one, shared)]
          .filter(({ grant }) => grant)
          .map((each) => ({
            client: one.name,
            region: one.region ?? HOME.region,
            bucket: made,
            principals: each.who === 'organization' ? [] : each.principals,
            organization: each.who !== 'principals',
            access: each.access ?? ['list', 'read'],
            prefix: each.prefix === undefined ? '' : inCanonicalForm(each.prefix),
          })),
      );
  }

  private clientBucket(one: ClientDraft, first: ClientDraft | undefined): Bucket {
    const { named, existing, shared } = one.bucket;
    const usual = `${this.prefixes}-${one.name}`;
    const theirs = existing && shared && first && first !== one ? this.nameOf(first) : undefined;
    const called = theirs ?? (named ? this.nameOf(one) : undefined);
    const kmsKey = this.kmsKey(one.bucket, one.region);
    const keys = { ...(called && { name: called }), ...(existing && { existing }), ...(kmsKey && { kmsKey }) };
    this.files[`${one.name}/client.yaml`] = stringify({
      ...(one.region && { region: one.region }),
      ...list('internal', ownEntries(one, one.bucket).map(written)),
      ...(Object.keys(keys).length > 0 && { bucket: keys }),
    }).replace('{}\n', '');
    return { name: called ?? usual, existing, kmsKey };
  }

  private nameOf({ name, bucket: { named } }: ClientDraft): string {
    return named ? `${name}.bucket-of-ours` : `${this.prefixes}-${name}`;
  }

  private kmsKey({ existing, kmsKey }: ClientDraft['bucket'], region = HOME.region): string | undefined {
    if (kmsKey === 'key') return keyArn(region, uuid(1));
    if (kmsKey === 'multi-region key') return keyArn(region, `mrk-${'1234abcd'.repeat(4)}`);
    return existing ? undefined : kmsKey;
  }

  private add(one: ClientDraft, each: Draft, shared: Bucket): void {
    const { vendor } = each;
    const region = one.region ?? HOME.region;
    const dedicated = this.dedicated(one, each);
    const bucket = dedicated ?? shared;
    const whole = dedicated !== undefined && each.whole;
    // Neither a bucket's policy nor a key's is changed where it was made elsewhere.
    const closed = bucket.existing || (bucket.kmsKey ?? 'create') !== 'create';
    const kind = each.kind === 'direct-trust' && closed ? 'assumed-role' : each.kind;
    const able = each.access?.filter((capability) => kind !== 'direct-trust' || capability !== 'list-buckets');
    const access = able?.length === 0 ? undefined : able;
    // A user's policies have room for little: for many capabilities or many origins.
    const size = kind === 'access-key' ? (access?.length ?? 3) : 0;
    const sourceIps = size > 3 ? [] : each.sourceIps.slice(0, size === 0 ? undefined : 1);
    const vpcEndpoints = size > 3 || (size > 1 && sourceIps.length > 0) ? [] : each.vpcEndpoints;
    // One more statement for each capability: a role's trust and policies have room, a user's have not.
    const sourceVpcs =
      size > 0 || kind === 'direct-trust' ? each.sourceVpcs.slice(0, size > 1 ? 0 : 1) : each.sourceVpcs;
    const expires = size > 5 && bucket.existing ? undefined : each.expires;
    const canonical = kind === 'direct-trust' && bucket.kmsKey === undefined ? each.canonical : [];
    // Whoever is in the account itself may be let into its bucket by other policies.
    const accounts = each.accounts.filter((account) => kind !== 'direct-trust' || account !== HOME.account);
    const given = [...each.arns, ...accounts, ...canonical];
    const principals = given.length === 0 && each.status === 'active' ? [ARNS[0] as string] : given;
    const written = whole || (kind === 'access-key' && (each.prefix?.length ?? 0) > 40) ? undefined : each.prefix;
    const hub = kind === 'web-identity' && each.provider === HUB;
    const trusts =
      kind === 'assumed-role' && each.trusts && principals.length > 0
        ? principals.map((principal, at) => ({ principal, externalId: each.externalIds[at] }))
        : undefined;
    // Google is everybody's: there a session name instead of a subject will not do.
    const nameWillDo = each.roleSessionName !== undefined && !each.provider.includes('google') && !hub;
    const integration: Integration = {
      client: one.name,
      vendor,
      region,
      kind,
      status: each.status,
      bucket,
      prefix: whole ? '' : inCanonicalForm(written ?? vendor),
      access: access ?? ['list', 'read', 'write'],
      expires,
      sourceIps,
      vpcEndpoints,
      sourceVpcs,
      principals,
      externalIds: trusts ? trusts.flatMap(({ externalId: id }) => id ?? []) : each.externalIds,
      trusts,
      sessionTags: each.sessionTags && ['assumed-role', 'web-identity'].includes(kind),
      sourceIdentity: each.sourceIdentity && kind === 'assumed-role',
      roleName:
        !['direct-trust', 'access-key'].includes(kind) && each.renamed
          ? `+X=${vendor},@${one.name}.`
          : `${one.name}_${vendor}`,
      rolePath: this.rolePath,
      roleSessionName: each.roleSessionName,
      selfAssume: each.selfAssume,
      trustAnchor: this.trustAnchor(each.trustAnchor, region),
      subject: each.subject,
      provider: each.provider,
      audiences: each.audiences,
      subjects: hub ? each.hubSubjects : each.subjects.length === 0 && !nameWillDo ? ['client-1'] : each.subjects,
      stackPart: each.stackPart,
      accessPoint: kind === 'direct-trust' && each.accessPoint ? pointOf(one.name, vendor) : undefined,
    };
    if (this.isInTheWay(integration) || !this.hasRoom(integration, one)) return;
    this.integrations.push(integration);
    if (dedicated) this.buckets.add(dedicated.name);
    const { name, existing, kmsKey } = bucket;
    this.files[`${one.name}/${vendor}.yaml`] = stringify({
      kind,
      ...(each.status !== 'active' && { status: each.status }),
      ...(written !== undefined && { prefix: written }),
      ...(whole && { wholeBucket: true }),
      ...(dedicated && { dedicatedBucket: { name, ...(existing && { existing }), ...(kmsKey && { kmsKey }) } }),
      ...(access && { access }),
      ...(expires && { expires }),
      ...list(
        'sourceIps',
        sourceIps.map(({ range }) => range),
      ),
      ...list('vpcEndpoints', vpcEndpoints),
      ...list('sourceVpcs', sourceVpcs),
      ...(each.stackPart !== undefined && { stackPart: each.stackPart }),
      ...this.ofKind(integration, each),
    });
    if (kind === 'roles-anywhere') this.files[`${one.name}/ca.pem`] = AUTHORITY;
  }

  private ofKind(integration: Integration, each: Draft): Record<string, unknown> {
    const { principals, externalIds, roleName, roleSessionName, selfAssume, trustAnchor } = integration;
    const { provider, audiences, subjects, trusts, sessionTags, sourceIdentity } = integration;
    const accounts = each.accounts.length > 0;
    const named = roleSessionName && { roleSessionName };
    const called = each.renamed && { roleName };
    switch (integration.kind) {
      case 'assumed-role':
        return {
          ...(trusts
            ? { trusts }
            : {
                ...list('principals', principals),
                ...(externalIds.length === 1 ? { externalId: externalIds[0] } : list('externalIds', externalIds)),
              }),
          ...(accounts && (trusts || externalIds.length === 0) && { allowWholeAccount: true }),
          ...called,
          ...named,
          ...(selfAssume && { selfAssume }),
          ...(sessionTags && { sessionTags }),
          ...(sourceIdentity && { sourceIdentity }),
        };
      case 'direct-trust':
        return {
          ...list('principals', principals),
          ...(accounts && { allowWholeAccount: true }),
          ...(integration.accessPoint !== undefined && { accessPoint: true }),
        };
      case 'roles-anywhere':
        return {
          trustAnchor: trustAnchor === 'certificate' ? { certificate: 'ca.pem' } : { arn: trustAnchor },
          subject: Object.fromEntries(Object.entries(each.subject).filter(([, value]) => value !== undefined)),
          ...called,
        };
      case 'web-identity':
        return {
          provider,
          audiences,
          ...list('subjects', subjects),
          ...named,
          ...called,
          ...(sessionTags && { sessionTags }),
        };
      default:
        return { reason: 'a proof', ...(each.keys && { keys: each.keys }) };
    }
  }

  private dedicated(one: ClientDraft, { vendor, dedicated }: Draft): Bucket | undefined {
    if (!dedicated) return undefined;
    // A name that begins with the client's own bucket's, or with nothing of the kind.
    const name = dedicated.named ? `${this.prefixes}-${one.name}-${vendor}` : `own-${one.name}.${vendor}`;
    if (this.buckets.has(name) || name.endsWith('-an')) return undefined;
    return { name, existing: dedicated.existing, kmsKey: this.kmsKey(dedicated, one.region) };
  }

  private trustAnchor(choice: string, region: string): string {
    const id = uuid(choice === 'arn' ? 1 : 2);
    return choice === 'certificate' ? choice : `arn:aws:rolesanywhere:${region}:${HOME.account}:trust-anchor/${id}`;
  }

  /** Whether its prefix overlaps another's. */
  private isInTheWay({ bucket, prefix: mine }: Integration): boolean {
    return this.integrations.some(
      (other) => other.bucket.name === bucket.name && (other.prefix.startsWith(mine) || mine.startsWith(other.prefix)),
    );
  }

  /** Whether the bucket's policy has room for it; a rough guess on the safe side. */
  private hasRoom(integration: Integration, one: ClientDraft): boolean {
    const { kind, bucket, prefix: mine, principals, sourceIps, vpcEndpoints, sourceVpcs, accessPoint } = integration;
    if (kind !== 'direct-trust') return true;
    const blocks = [sourceIps, vpcEndpoints, sourceVpcs].filter((values) => values.length > 0);
    const origins = Math.max(1, blocks.length);
    const each = 500 + 2 * mine.length + principals.join().length;
    // In a policy of its own the same must fit, and the bucket's has the statement that hands on to it.
    if (accessPoint !== undefined && 3 * origins * each + 6 * origins * 300 > 19_000) return false;
    const needed = accessPoint === undefined ? 3 * origins * each + 6 * origins * 300 : 1500;
    const left =
      (this.room.get(bucket.name) ?? 19_000 - 4500 * (this.everywhere.length + one.internal.length)) - needed;
    if (left < 0) return false;
    this.room.set(bucket.name, left);
    return true;
  }
}

function inCanonicalForm(text: string): string {
  const bare = text.replace(/^\//, '');
  return bare.endsWith('/') ? bare : `${bare}/`;
}

/** The policy of a bucket that exists is not changed: its client's own entries only say that they are meant. */
function ownEntries({ internal: own }: ClientDraft, { existing }: Pick<Bucket, 'existing'>): InternalDraft[] {
  return own.map((each) => ({ ...each, grant: each.grant && !existing }));
}

/** An entry as it is written. */
function written({ who, principals, access, prefix: under, grant }: InternalDraft): Record<string, unknown> {
  return {
    ...(who !== 'organization' && { principals }),
    ...(who !== 'principals' && { organization: true }),
    ...(access && { access }),
    ...(under !== undefined && { prefix: under }),
    ...(!grant && { grant }),
  };
}

function list<T>(key: string, values: readonly T[]): Record<string, readonly T[]> {
  return values.length === 0 ? {} : { [key]: values };
}
