import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Change, compareTemplates, type Version } from '../../lib/changes/compare';
import { removals } from '../../lib/changes/removals';
import { load } from '../../lib/definitions/load';
import type { Client } from '../../lib/definitions/model/model';
import { inFolder } from '../support/folder';
import { shareOf } from '../support/share';
import { synthesizeFolder } from '../support/synth';

type Files = Readonly<Record<string, string>>;

const ROLE = 'arn:aws:iam::111122223333:role/x';
const AUTHORITY = readFileSync(join(__dirname, '../support/ca.pem'), 'utf8');

/** An integration of each kind, all called v. */
const KINDS: Readonly<Record<string, string>> = {
  'assumed-role': `kind: assumed-role\nprincipals: [${ROLE}]\n`,
  'direct-trust': `kind: direct-trust\nprincipals: [${ROLE}]\n`,
  'access-key': 'kind: access-key\nreason: x\n',
  'roles-anywhere': 'kind: roles-anywhere\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: x}\n',
  'web-identity': 'kind: web-identity\nprovider: https://login.example.com\naudiences: [x]\nsubjects: [x]\n',
};

/** What each kind has of its own. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  'assumed-role': ['IAM::Role c_v'],
  'direct-trust': [],
  'access-key': ['IAM::User c_v', 'IAM::AccessKey integrations/c/v/a', 'SecretsManager::Secret integrations/c/v/a'],
  'roles-anywhere': ['IAM::Role c_v', 'RolesAnywhere::Profile c_v', 'RolesAnywhere::TrustAnchor c_v'],
  'web-identity': ['IAM::Role c_v'],
};

const EVERY_KIND: Files = Object.fromEntries(Object.entries(KINDS).map(([kind, text]) => [`c/${kind}.yaml`, text]));
const EVERYTHING: Files = { 'c/client.yaml': '', 'c/ca.pem': AUTHORITY, ...EVERY_KIND };

interface Deployed {
  readonly client?: Client;
  readonly version?: Version;
}

/** The client c of a folder; nothing of it where it isn't there. */
function deployed(files: Files): Deployed {
  return inFolder(files, (dir) => {
    const client = load(dir).deployment.clients.find(({ name }) => name === 'c');
    const template = synthesizeFolder(dir).c;
    if (!client || !template) return {};
    return { client, version: { account: client.account, region: client.region, template } };
  });
}

function changes(before: Files, after: Files): Change[] {
  const [was, is] = [deployed(before), deployed(after)];
  return compareTemplates(was.version, is.version, removals(was.client, is.client));
}

/** Changes, a line each: `removed S3::Bucket b (retained) FAILS`. */
function edited(before: Files, after: Files): string[] {
  return changes(before, after).map(line).sort();
}

function line({ change, type, name, retained, atStake }: Change): string {
  return `${change} ${type.replace('AWS::', '')} ${name}${retained ? ' (retained)' : ''}${atStake ? ' FAILS' : ''}`;
}

/** A client with one integration, v. */
const one = (integration: string, client = ''): Files => ({
  'c/client.yaml': client,
  'c/ca.pem': AUTHORITY,
  'c/v.yaml': integration,
});

const { 'assumed-role': A_ROLE = '', 'access-key': A_KEY = '', 'direct-trust': TRUST = '' } = KINDS;
const withKeys = (keys: string) => one(`${A_KEY}keys: ${keys}\n`);
const inEvery = (line: string): Files =>
  Object.fromEntries(
    Object.entries(EVERYTHING).map(([file, text]) => [file, file in EVERY_KIND ? `${text}${line}\n` : text]),
  );
const withClient = (text: string): Files => ({ ...EVERYTHING, 'c/client.yaml': text });
const without = (file: string, files: Files = EVERYTHING): Files =>
  Object.fromEntries(Object.entries(files).filter(([name]) => name !== file));

const BUCKET = 'S3::Bucket integrations-c';
const BUCKET_POLICY = 'S3::BucketPolicy integrations-c';
const KMS_KEY = 'KMS::Key integrations-c';
const ROLES = ['assumed-role', 'roles-anywhere', 'web-identity'].map((vendor) => `IAM::Role c_${vendor}`);
const USER = 'IAM::User c_access-key';
const ACCESS_KEY = 'IAM::AccessKey integrations/c/access-key/a';
const SECRET = 'SecretsManager::Secret integrations/c/access-key/a';
const PROFILE = 'RolesAnywhere::Profile c_roles-anywhere';
const TRUST_ANCHOR = 'RolesAnywhere::TrustAnchor c_roles-anywhere';

const updated = (...resources: string[]) => resources.map((resource) => `updated ${resource}`);
const added = (...resources: string[]) => resources.map((resource) => `added ${resource}`);
const removed = (...resources: string[]) => resources.map((resource) => `removed ${resource}`);

const MATRIX: readonly [edit: string, before: Files, after: Files, expected: readonly string[]][] = [
  ['nothing', EVERYTHING, EVERYTHING, []],
  [
    'describe it otherwise',
    inEvery('description: one'),
    inEvery('description: two\nrequest: X-1\nowner: me@example.com'),
    [],
  ],
  [
    'change why a key is needed and until when',
    one(A_KEY),
    one('kind: access-key\nreason: y\nreviewBy: 2030-01-01'),
    [],
  ],

  // An integration
  [
    'change a prefix',
    one(A_KEY),
    one(`${A_KEY}prefix: other/`),
    updated('IAM::User c_v', 'SecretsManager::Secret integrations/c/v/a'),
  ],
  ["change a role's prefix", one(A_ROLE), one(`${A_ROLE}prefix: other/`), updated('IAM::Role c_v')],
  ["change a trusted principal's prefix", one(TRUST), one(`${TRUST}prefix: other/`), updated(BUCKET_POLICY)],
  ['change access', EVERYTHING, inEvery('access: [list, read, delete]'), updated(...ROLES, USER, BUCKET_POLICY)],
  ['let access expire', EVERYTHING, inEvery('expires: 2030-01-01'), updated(...ROLES, USER, BUCKET_POLICY)],
  ['restrict where from', EVERYTHING, inEvery('sourceIps: [192.0.2.0/24]'), updated(...ROLES, USER, BUCKET_POLICY)],
  [
    'suspend',
    EVERYTHING,
    inEvery('status: suspended'),
    updated(...ROLES, USER, ACCESS_KEY, PROFILE, TRUST_ANCHOR, BUCKET_POLICY),
  ],
  [
    'resume',
    inEvery('status: suspended'),
    EVERYTHING,
    updated(...ROLES, USER, ACCESS_KEY, PROFILE, TRUST_ANCHOR, BUCKET_POLICY),
  ],
  [
    'activate',
    inEvery('status: pending'),
    EVERYTHING,
    updated(...ROLES, USER, ACCESS_KEY, PROFILE, TRUST_ANCHOR, BUCKET_POLICY),
  ],
  ['name a role', one(A_ROLE), one(`${A_ROLE}roleName: other`), ['replaced IAM::Role c_v']],
  [
    'name a role by another number',
    one(`${A_ROLE}roleName: "0123"`),
    one(`${A_ROLE}roleName: "123"`),
    ['replaced IAM::Role 0123'],
  ],

  // Which integrations there are
  ...Object.keys(EVERY_KIND).flatMap((file): [string, Files, Files, string[]][] => {
    const vendor = file.slice('c/'.length, -'.yaml'.length);
    const own = (OWN[vendor] ?? []).map((resource) =>
      resource.replace('c_v', `c_${vendor}`).replace('/v/', `/${vendor}/`),
    );
    const policy = vendor === 'direct-trust' ? updated(BUCKET_POLICY) : [];
    return [
      [`add ${vendor}`, without(file), EVERYTHING, [...policy, ...added(...own)]],
      [`remove ${vendor}`, EVERYTHING, without(file), [...policy, ...removed(...own)]],
    ];
  }),
  [
    "rename an integration's file",
    one(`${A_KEY}prefix: v/`),
    { 'c/client.yaml': '', 'c/w.yaml': `${A_KEY}prefix: v/` },
    [
      ...removed(...(OWN['access-key'] ?? [])),
      ...added('IAM::User c_w', 'IAM::AccessKey integrations/c/w/a', 'SecretsManager::Secret integrations/c/w/a'),
    ],
  ],

  // Keys
  [
    'begin a rotation',
    withKeys('[a]'),
    withKeys('[a, b]'),
    added('IAM::AccessKey integrations/c/v/b', 'SecretsManager::Secret integrations/c/v/b'),
  ],
  [
    'end a rotation',
    withKeys('[a, b]'),
    withKeys('[b]'),
    removed('IAM::AccessKey integrations/c/v/a', 'SecretsManager::Secret integrations/c/v/a'),
  ],
  ['name slots in another order', withKeys('[a, b]'), withKeys('[b, a]'), []],
  [
    'change slots at once',
    withKeys('[a]'),
    withKeys('[b]'),
    [
      ...removed('IAM::AccessKey integrations/c/v/a', 'SecretsManager::Secret integrations/c/v/a'),
      ...added('IAM::AccessKey integrations/c/v/b', 'SecretsManager::Secret integrations/c/v/b'),
    ],
  ],

  // The bucket
  [
    'rename the bucket',
    EVERYTHING,
    withClient('bucket: {name: other}'),
    [`replaced ${BUCKET} (retained) FAILS`, `replaced ${BUCKET_POLICY}`, ...updated(...ROLES, USER, SECRET)],
  ],
  [
    'rename the bucket to another number',
    one(A_ROLE, 'bucket: {name: "0123"}'),
    one(A_ROLE, 'bucket: {name: "123"}'),
    [
      'replaced S3::Bucket 0123 (retained) FAILS',
      'replaced S3::BucketPolicy 0123 (retained)',
      ...updated('IAM::Role c_v'),
    ],
  ],
  [
    'change what buckets are called',
    EVERYTHING,
    { ...EVERYTHING, 'settings.yaml': 'bucketPrefix: other' },
    [`replaced ${BUCKET} (retained) FAILS`, `replaced ${BUCKET_POLICY}`, ...updated(...ROLES, USER, SECRET)],
  ],
  ['keep no versions', EVERYTHING, withClient('bucket: {versioned: false}'), updated(BUCKET)],
  ['keep versions', withClient('bucket: {versioned: false}'), EVERYTHING, updated(BUCKET)],
  [
    'change lifecycle and events',
    EVERYTHING,
    withClient('bucket: {eventBridge: true, lifecycle: {expireObjectsAfterDays: 9}}'),
    updated(BUCKET),
  ],
  [
    'have a KMS key made',
    EVERYTHING,
    withClient('bucket: {kmsKey: create}'),
    [...added(KMS_KEY), ...updated(BUCKET, BUCKET_POLICY, ...ROLES, USER)],
  ],
  [
    'have none any more',
    withClient('bucket: {kmsKey: create}'),
    EVERYTHING,
    [`removed ${KMS_KEY} (retained) FAILS`, ...updated(BUCKET, BUCKET_POLICY, ...ROLES, USER)],
  ],
  [
    'use a KMS key that is there, instead of the one made',
    one(A_KEY, 'bucket: {kmsKey: create}'),
    one(A_KEY, 'bucket: {kmsKey: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}'),
    [`removed ${KMS_KEY} (retained) FAILS`, ...updated(BUCKET, 'IAM::User c_v')],
  ],
  [
    'use the bucket as one that exists already',
    one(A_KEY),
    one(A_KEY, 'bucket: {existing: true}'),
    [
      `removed ${BUCKET} (retained) FAILS`,
      // It says nothing but the refusal of plain HTTP.
      ...removed(`${BUCKET_POLICY} (retained)`),
      ...updated('IAM::User c_v'),
    ],
  ],
  [
    'give an integration a bucket of its own',
    one(A_KEY),
    one(`${A_KEY}dedicatedBucket: {name: own}`),
    [
      ...added('S3::Bucket own', 'S3::BucketPolicy own'),
      ...updated('IAM::User c_v', 'SecretsManager::Secret integrations/c/v/a'),
    ],
  ],
  [
    'take it away',
    one(`${A_KEY}dedicatedBucket: {name: own, kmsKey: create}`),
    one(A_KEY),
    [
      'removed S3::Bucket own (retained) FAILS',
      'removed KMS::Key own (retained) FAILS',
      ...removed('S3::BucketPolicy own (retained)'),
      ...updated('IAM::User c_v', 'SecretsManager::Secret integrations/c/v/a'),
    ],
  ],
  [
    'rename it',
    one(`${A_ROLE}dedicatedBucket: {name: own}`),
    one(`${A_ROLE}dedicatedBucket: {name: other}`),
    [
      'replaced S3::Bucket own (retained) FAILS',
      'replaced S3::BucketPolicy own (retained)',
      ...updated('IAM::Role c_v'),
    ],
  ],
  [
    'remove the integration that has it',
    one(`${A_ROLE}dedicatedBucket: {name: own, kmsKey: create}`),
    { 'c/client.yaml': '' },
    [
      'removed S3::Bucket own (retained)',
      'removed KMS::Key own (retained)',
      ...removed('S3::BucketPolicy own (retained)', 'IAM::Role c_v'),
    ],
  ],

  [
    'hand it to another integration, or rename the file that names it',
    one(`${A_ROLE}dedicatedBucket: {name: own}`),
    { 'c/client.yaml': '', 'c/w.yaml': `${A_ROLE}dedicatedBucket: {name: own}` },
    [
      'removed S3::Bucket own (retained) FAILS',
      ...removed('S3::BucketPolicy own (retained)', 'IAM::Role c_v'),
      ...added('S3::Bucket own', 'S3::BucketPolicy own', 'IAM::Role c_w'),
    ],
  ],

  // The client
  [
    'tag everything',
    EVERYTHING,
    withClient('tags: {team: data}'),
    updated(BUCKET, ...ROLES, USER, SECRET, PROFILE, TRUST_ANCHOR),
  ],
  [
    'set a permissions boundary',
    EVERYTHING,
    { ...EVERYTHING, 'settings.yaml': 'permissionsBoundary: arn:aws:iam::111122223333:policy/b' },
    updated(...ROLES, USER),
  ],
  [
    'say in which region it always was',
    one(A_KEY),
    one(A_KEY, 'region: eu-west-1'),
    updated('IAM::User c_v', 'SecretsManager::Secret integrations/c/v/a'),
  ],
  ['add the client', { 'd/client.yaml': '' }, one(A_KEY), added(BUCKET, BUCKET_POLICY, ...(OWN['access-key'] ?? []))],
  [
    'remove the client',
    { ...withClient('bucket: {kmsKey: create}'), 'd/client.yaml': '' },
    { 'd/client.yaml': '' },
    [
      `removed ${BUCKET} (retained)`,
      `removed ${KMS_KEY} (retained)`,
      ...removed(BUCKET_POLICY, ...ROLES, USER, ACCESS_KEY, SECRET, PROFILE, TRUST_ANCHOR),
    ],
  ],
  ...['region: us-east-1\naccount: "111122223333"', 'region: eu-west-1\naccount: "999988887777"'].map(
    (place): [string, Files, Files, string[]] => [
      `move the client to ${place.replace('\n', ', ')}`,
      one(A_KEY, 'region: eu-west-1\naccount: "111122223333"'),
      one(A_KEY, place),
      [
        `removed ${BUCKET} (retained) FAILS`,
        ...removed(BUCKET_POLICY, 'IAM::User c_v').map((left) => `${left} (retained)`),
        'removed IAM::AccessKey integrations/c/v/a (retained) FAILS',
        'removed SecretsManager::Secret integrations/c/v/a (retained) FAILS',
        ...added(BUCKET, BUCKET_POLICY, ...(OWN['access-key'] ?? [])),
      ],
    ],
  ),
];

test.each(shareOf(MATRIX, 0))('%s', (_, before, after, expected) => {
  expect(edited(before, after)).toEqual([...expected].sort());
});

const KIND_CHANGES = Object.keys(KINDS).flatMap((from) =>
  Object.keys(KINDS)
    .filter((to) => to !== from)
    .map((to) => [from, to] as const),
);

test.each(shareOf(KIND_CHANGES, 1))('%s becomes %s', (from, to) => {
  const [had, has] = [OWN[from] ?? [], OWN[to] ?? []];
  expect(edited(one(KINDS[from] ?? ''), one(KINDS[to] ?? ''))).toEqual(
    [
      ...removed(...had.filter((resource) => !has.includes(resource))),
      ...updated(...had.filter((resource) => has.includes(resource))),
      ...added(...has.filter((resource) => !had.includes(resource))),
      ...([from, to].includes('direct-trust') ? updated(BUCKET_POLICY) : []),
    ].sort(),
  );
});

describe('why', () => {
  const whys = (before: Files, after: Files) =>
    Object.fromEntries(changes(before, after).map((change) => [line(change), change.why]));

  test('a file is removed', () => {
    expect(whys(one(A_KEY), { 'c/client.yaml': '' })).toMatchObject({
      'removed IAM::AccessKey integrations/c/v/a': 'c/v.yaml is removed',
      'removed SecretsManager::Secret integrations/c/v/a': 'c/v.yaml is removed',
      'removed IAM::User c_v': 'it is no longer in the stack',
    });
  });

  test('a slot is removed, or all for another kind', () => {
    const gone = 'removed IAM::AccessKey integrations/c/v/a';
    expect(whys(withKeys('[a, b]'), withKeys('[b]'))[gone]).toBe('keys in c/v.yaml no longer has slot a');
    expect(whys(one(A_KEY), one(A_ROLE))[gone]).toBe('c/v.yaml is of kind assumed-role now');
  });

  test('a client is removed', () => {
    const said = whys({ ...one(A_KEY), 'd/client.yaml': '' }, { 'd/client.yaml': '' });
    expect(said['removed S3::Bucket integrations-c (retained)']).toBe('the client c is removed');
    expect(said['removed IAM::AccessKey integrations/c/v/a']).toBe('the client c is removed');
  });

  test('a bucket gets another name', () => {
    expect(whys(one(A_ROLE), one(A_ROLE, 'bucket: {name: other, versioned: false}'))).toMatchObject({
      [`replaced ${BUCKET} (retained) FAILS`]:
        'BucketName cannot change in place: the objects in it do not move to another',
      [`replaced ${BUCKET_POLICY} (retained)`]: 'Bucket cannot change in place',
      'updated IAM::Role c_v': 'in place: Policies',
    });
  });

  test('no definition says that a KMS key goes', () => {
    expect(whys(one(A_ROLE, 'bucket: {kmsKey: create}'), one(A_ROLE))).toMatchObject({
      [`removed ${KMS_KEY} (retained) FAILS`]:
        'it is no longer in the stack, and no definition says so: objects that it encrypted can be read with no other key',
    });
  });

  test('a client moves to another region, which is another stack', () => {
    expect(whys(one(A_ROLE, 'region: eu-west-1'), one(A_ROLE, 'region: us-east-1'))).toEqual({
      ...Object.fromEntries(
        [
          `removed ${BUCKET} (retained) FAILS`,
          `removed ${BUCKET_POLICY} (retained)`,
          'removed IAM::Role c_v (retained)',
        ].map((left) => [
          left,
          'region eu-west-1 became us-east-1: that is another stack, and this one stays unchanged',
        ]),
      ),
      ...Object.fromEntries(
        added(BUCKET, BUCKET_POLICY, 'IAM::Role c_v').map((made) => [made, 'it is new in the stack']),
      ),
    });
  });
});
