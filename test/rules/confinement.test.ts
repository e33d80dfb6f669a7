import {
  Capability,
  type Confinement,
  canonicalPrefix,
  capabilitiesFor,
  checkPrefix,
  DEFAULT_ACCESS,
  denyEverything,
  keyStatements,
  overlaps,
  s3Statements,
  tlsOnly,
} from '../../lib/rules/confinement';
import type { Finding } from '../../lib/rules/finding';

const BUCKET = 'arn:aws:s3:::drop-kohler';
const OBJECTS = `${BUCKET}/adobe/*`;
const UNDER = { StringLike: { 's3:prefix': 'adobe/*' } };

const confined = (...access: Capability[]): Confinement => ({
  bucketArn: BUCKET,
  prefix: 'adobe/',
  access,
  bucketIsGuarded: true,
});
const allow = (Sid: string, Action: unknown, Resource: string, Condition?: unknown) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition !== undefined && { Condition }),
});
const LOCATION = allow('Location', 's3:GetBucketLocation', BUCKET);
/** The statements but for the first, which every integration gets. */
const beyond = (confinement: Confinement) => {
  const [location, ...others] = s3Statements(confinement);
  expect(location).toEqual(LOCATION);
  return others;
};

test('the words of the definitions are these, and these are meant where a definition says nothing', () => {
  expect(Object.values(Capability)).toEqual([
    'list',
    'read',
    'write',
    'delete',
    'versions',
    'tags',
    'acl',
    'retention-read',
    'root-list',
    'list-buckets',
  ]);
  expect(DEFAULT_ACCESS).toEqual(['list', 'read', 'write']);
});

describe('each capability brings exactly its statements', () => {
  const LIST_BOTH = ['s3:ListBucket', 's3:ListBucketMultipartUploads'];
  const WRITE = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];
  const VERSIONS = ['s3:GetObjectVersion', 's3:GetObjectVersionAttributes', 's3:GetObjectVersionTagging'];
  const READ = ['s3:GetObject', 's3:GetObjectAttributes'];
  const ENCRYPTION = expect.objectContaining({ Sid: 'Encryption', Effect: 'Deny' });
  const OWNED = { StringEqualsIfExists: { 's3:x-amz-acl': 'bucket-owner-full-control' } };
  const ROOT = allow('RootList', 's3:ListBucket', BUCKET, { StringEqualsIfExists: { 's3:prefix': '' } });

  test.each<[string, Capability[], unknown[]]>([
    ['nothing', [], []],
    ['list', [Capability.LIST], [allow('List', 's3:ListBucket', BUCKET, UNDER)]],
    ['read', [Capability.READ], [allow('Objects', READ, OBJECTS)]],
    ['write', [Capability.WRITE], [allow('Objects', WRITE, OBJECTS), ENCRYPTION]],
    ['delete', [Capability.DELETE], [allow('Objects', 's3:DeleteObject', OBJECTS)]],
    [
      'versions',
      [Capability.VERSIONS],
      [allow('List', 's3:ListBucketVersions', BUCKET, UNDER), allow('Objects', VERSIONS, OBJECTS)],
    ],
    [
      'versions and delete',
      [Capability.VERSIONS, Capability.DELETE],
      [
        allow('List', 's3:ListBucketVersions', BUCKET, UNDER),
        allow('Objects', ['s3:DeleteObject', ...VERSIONS, 's3:DeleteObjectVersion'], OBJECTS),
      ],
    ],
    ['tags', [Capability.TAGS], [allow('Objects', ['s3:GetObjectTagging', 's3:PutObjectTagging'], OBJECTS)]],
    [
      'tags and delete',
      [Capability.TAGS, Capability.DELETE],
      [
        allow(
          'Objects',
          ['s3:DeleteObject', 's3:GetObjectTagging', 's3:PutObjectTagging', 's3:DeleteObjectTagging'],
          OBJECTS,
        ),
      ],
    ],
    ['acl', [Capability.ACL], [allow('Acl', 's3:PutObjectAcl', OBJECTS, OWNED)]],
    [
      'retention-read',
      [Capability.RETENTION_READ],
      [allow('Objects', ['s3:GetObjectRetention', 's3:GetObjectLegalHold'], OBJECTS)],
    ],
    ['root-list', [Capability.ROOT_LIST], [ROOT]],
    [
      'root-list and list',
      [Capability.ROOT_LIST, Capability.LIST],
      [allow('List', 's3:ListBucket', BUCKET, UNDER), ROOT],
    ],
    ['list-buckets', [Capability.LIST_BUCKETS], [allow('ListBuckets', 's3:ListAllMyBuckets', '*')]],
    [
      'list, read and versions',
      [Capability.LIST, Capability.READ, Capability.VERSIONS],
      [
        allow('List', ['s3:ListBucket', 's3:ListBucketVersions'], BUCKET, UNDER),
        allow('Objects', [...READ, ...VERSIONS], OBJECTS),
      ],
    ],
  ])('%s', (_, access, statements) => {
    expect(beyond(confined(...access))).toEqual(statements);
  });

  test('uploads in progress carry no prefix, so only who has the whole bucket may list them', () => {
    expect(beyond({ ...confined(Capability.LIST), prefix: '' })).toEqual([allow('List', LIST_BOTH, BUCKET)]);
  });

  describe('what is put stays readable for its owner', () => {
    const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/x';
    const SSE = 's3:x-amz-server-side-encryption';
    const denied = (more: Partial<Confinement>, access = [Capability.WRITE]) =>
      s3Statements({ ...confined(...access), ...more })
        .filter(({ Effect }) => Effect === 'Deny')
        .map(({ Sid, Action, Resource, Condition }) => [Sid, Action, Resource, Condition]);
    const one = (Sid: string, Condition: unknown) => [Sid, 's3:PutObject', `${BUCKET}/*`, Condition];

    test('with SSE-S3 no header but AES256', () => {
      const Condition = { Null: { [SSE]: 'false' }, StringNotEquals: { [SSE]: 'AES256' } };
      expect(denied({})).toEqual([one('Encryption', Condition)]);
    });

    test('with a key no header but its full ARN', () => {
      const Condition = { Null: { [SSE]: 'false' }, StringNotEquals: { [`${SSE}-aws-kms-key-id`]: KEY } };
      expect(denied({ keyArn: KEY })).toEqual([one('Encryption', Condition)]);
    });

    test('in a bucket that is not known to refuse them, no key of the caller’s either', () => {
      expect(denied({ bucketIsGuarded: false })[1]).toEqual(
        one('CallersKey', { Null: { [`${SSE}-customer-algorithm`]: 'false' } }),
      );
    });

    test('once for all origins, and not for who may not write', () => {
      const origins = { sourceIps: ['203.0.113.0/24'], vpcEndpoints: ['vpce-1'], sourceVpcs: ['vpc-1'] };
      expect(denied({ ...origins, expires: '2030-01-31' })).toEqual(denied({}));
      expect(denied({ bucketIsGuarded: false }, [Capability.READ, Capability.DELETE, Capability.ACL])).toEqual([]);
    });
  });

  test('of a whole bucket no prefix is asked for, and its root is listed already', () => {
    const whole = { ...confined(Capability.LIST, Capability.ROOT_LIST, Capability.READ), prefix: '' };
    expect(beyond(whole)).toEqual([allow('List', LIST_BOTH, BUCKET), allow('Objects', READ, `${BUCKET}/*`)]);
    expect(beyond({ ...confined(Capability.ROOT_LIST), prefix: '' })).toEqual([ROOT]);
    expect(beyond({ ...confined(Capability.ROOT_LIST, Capability.VERSIONS), prefix: '' })).toContainEqual(ROOT);
  });
});

describe('every statement carries the restrictions', () => {
  const access = [Capability.LIST, Capability.LIST_BUCKETS, Capability.ROOT_LIST, Capability.READ, Capability.ACL];
  const base = confined(...access);
  const conditions = (more: Partial<Confinement>) =>
    s3Statements({ ...base, ...more }).map(({ Condition }) => Condition);

  test('TLS where the bucket is not known to ask for it, and then an ACL must be sent', () => {
    const tls = { Bool: { 'aws:SecureTransport': 'true' } };
    expect(conditions({ bucketIsGuarded: false })).toEqual([
      tls,
      { ...UNDER, ...tls },
      { StringEqualsIfExists: { 's3:prefix': '' }, ...tls },
      tls,
      tls,
      { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' }, ...tls },
    ]);
  });

  test('the date', () => {
    const until = { DateLessThan: { 'aws:CurrentTime': '2030-01-31T00:00:00Z' } };
    for (const condition of conditions({ expires: '2030-01-31' })) expect(condition).toMatchObject(until);
  });

  test('where it may come from: addresses and endpoints are alternatives, each with statements of its own', () => {
    const statements = s3Statements({ ...base, sourceIps: ['203.0.113.0/24'], vpcEndpoints: ['vpce-1'] });
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      ...['Location', 'List', 'RootList', 'ListBuckets', 'Objects', 'Acl'],
      ...['Location2', 'List2', 'RootList2', 'ListBuckets2', 'Objects2', 'Acl2'],
    ]);
    const [byAddress, byEndpoint] = [statements.slice(0, 6), statements.slice(6)];
    for (const { Condition } of byAddress) {
      expect(Condition).toMatchObject({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } });
      expect(JSON.stringify(Condition)).not.toContain('SourceVpce');
    }
    for (const { Condition } of byEndpoint) {
      expect(Condition).toMatchObject({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } });
      expect(JSON.stringify(Condition)).not.toContain('SourceIp');
    }
    expect(byEndpoint.map(({ Action, Resource }) => [Action, Resource])).toEqual(
      byAddress.map(({ Action, Resource }) => [Action, Resource]),
    );
  });
});

describe('the KMS key', () => {
  const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/k';
  const VIA = 's3.eu-west-1.amazonaws.com';
  const key = (Action: unknown) => [allow('Key', Action, KEY, { StringEquals: { 'kms:ViaService': VIA } })];

  test.each<[string, Capability[], unknown[]]>([
    ['read', [Capability.READ], key('kms:Decrypt')],
    ['versions', [Capability.VERSIONS], key('kms:Decrypt')],
    ['write', [Capability.WRITE], key(['kms:GenerateDataKey', 'kms:Decrypt'])],
    ['read and write', [Capability.READ, Capability.WRITE], key(['kms:Decrypt', 'kms:GenerateDataKey'])],
    [
      'all that touches no content',
      [
        Capability.LIST,
        Capability.DELETE,
        Capability.TAGS,
        Capability.ACL,
        Capability.RETENTION_READ,
        Capability.ROOT_LIST,
        Capability.LIST_BUCKETS,
      ],
      [],
    ],
  ])('for %s', (_, access, statements) => {
    expect(keyStatements(confined(...access), KEY, VIA)).toEqual(statements);
  });

  test('until the date, and from anywhere: the request is S3’s', () => {
    const restricted = { ...confined(Capability.READ), expires: '2030-01-31', sourceIps: ['203.0.113.7'] };
    expect(keyStatements(restricted, KEY, VIA)).toEqual([
      allow('Key', 'kms:Decrypt', KEY, {
        StringEquals: { 'kms:ViaService': VIA },
        DateLessThan: { 'aws:CurrentTime': '2030-01-31T00:00:00Z' },
      }),
    ]);
  });
});

test('plain HTTP is refused to everybody, for the bucket and all in it', () => {
  expect(tlsOnly(BUCKET)).toEqual({
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 's3:*',
    Resource: [BUCKET, `${BUCKET}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
});

test('what is not active may do nothing anywhere', () => {
  expect(denyEverything()).toEqual({ Sid: 'NotActive', Effect: 'Deny', Action: '*', Resource: '*' });
});

test.each([
  ['adobe', 'adobe/'],
  ['adobe/', 'adobe/'],
  ['/adobe', 'adobe/'],
  ['/a/b/', 'a/b/'],
  ['//a', '/a/'],
  ['', ''],
  ['/', ''],
])('the canonical form of %j is %j', (written, canonical) => {
  expect(canonicalPrefix(written)).toBe(canonical);
});

describe('a prefix', () => {
  const USERNAME = '$'.concat('{aws:username}/');
  const WHOLE: Finding = {
    code: 'prefix-empty',
    message: 'an empty prefix is the whole bucket',
    fix: 'name a prefix, or give the integration a dedicatedBucket with wholeBucket: true',
  };
  const wildcard = (prefix: string): Finding => ({
    code: 'prefix-wildcard',
    message: `the prefix ${JSON.stringify(prefix)} has a character that IAM reads as a wildcard`,
    fix: 'write the prefix without * and ?; everything under it is included already',
  });
  const variable = (prefix: string): Finding => ({
    code: 'prefix-variable',
    message: `the prefix ${JSON.stringify(prefix)} has a $, with which IAM policy variables begin`,
    fix: 'write the prefix without $, braces and variables',
  });
  const character = (prefix: string): Finding => ({
    code: 'prefix-character',
    message: `the prefix ${JSON.stringify(prefix)} has a character that is not safe in an S3 key everywhere`,
    fix: "use only A-Z a-z 0-9 ! _ . ' ( ) = + @ , : - in its segments",
  });
  const segment = (prefix: string): Finding => ({
    code: 'prefix-segment',
    message: `the prefix ${JSON.stringify(prefix)} has an empty, . or .. segment`,
    fix: 'write every segment between single slashes with its own name',
  });
  const long = (bytes: number): Finding => ({
    code: 'prefix-too-long',
    message: `the prefix is ${bytes} bytes long; at most 512 are allowed`,
    fix: 'shorten it: S3 keys end at 1,024 bytes, and the vendor needs room for its own names',
  });

  test.each(['adobe/', 'a/b/c/', "AZaz09!_.'()=+@,:-/", '.a/', 'a../', '.../', `${'x'.repeat(511)}/`])(
    'may be %j',
    (prefix) => {
      expect(checkPrefix(prefix)).toEqual([]);
    },
  );

  test.each<[string, Finding[]]>([
    ['', [WHOLE]],
    ['a*/', [wildcard('a*/')]],
    ['?b/', [wildcard('?b/')]],
    ['a*$/', [wildcard('a*$/')]],
    [USERNAME, [variable(USERNAME)]],
    ['a$/', [variable('a$/')]],
    ['a b/', [character('a b/')]],
    ['a\\b/', [character('a\\b/')]],
    ['é/', [character('é/')]],
    ['a{b}/', [character('a{b}/')]],
    ['a"/', [character('a"/')]],
    ['a//b/', [segment('a//b/')]],
    ['/', [segment('/')]],
    ['./a/', [segment('./a/')]],
    ['a/../b/', [segment('a/../b/')]],
    ['a/../', [segment('a/../')]],
    ['a*//', [wildcard('a*//'), segment('a*//')]],
  ])('may not be %j', (prefix, findings) => {
    expect(checkPrefix(prefix)).toEqual(findings);
  });

  test('ends at 512 bytes, however few characters they are', () => {
    expect(checkPrefix(`${'x'.repeat(512)}/`)).toEqual([long(513)]);
    expect(checkPrefix(`${'é'.repeat(256)}/`).map(({ code }) => code)).toEqual(['prefix-character', 'prefix-too-long']);
  });
});

test.each([
  ['a/', 'a/', true],
  ['a/', 'a/b/', true],
  ['a/b/', 'a/', true],
  ['', 'a/', true],
  ['a/', 'ab/', false],
  ['a/b/', 'a/c/', false],
])('%j and %j overlap: %s', (a, b, yes) => {
  expect(overlaps(a, b)).toBe(yes);
});

describe('what an action needs', () => {
  test.each<[string, string | undefined, Capability[] | undefined]>([
    ['s3:GetBucketLocation', undefined, []],
    ['s3:ListBucket', 'adobe/', [Capability.LIST]],
    ['s3:ListBucket', undefined, [Capability.LIST]],
    ['s3:ListBucket', '', [Capability.ROOT_LIST]],
    ['s3:GetObject', undefined, [Capability.READ]],
    ['s3:AbortMultipartUpload', undefined, [Capability.WRITE]],
    ['s3:DeleteObject', undefined, [Capability.DELETE]],
    ['s3:DeleteObjectVersion', undefined, [Capability.VERSIONS, Capability.DELETE]],
    ['s3:DeleteObjectTagging', undefined, [Capability.TAGS, Capability.DELETE]],
    ['s3:PutObjectAcl', undefined, [Capability.ACL]],
    ['s3:ListAllMyBuckets', undefined, [Capability.LIST_BUCKETS]],
    ['s3:PutBucketPolicy', undefined, undefined],
    ['s3:GetObjectTorrent', undefined, undefined],
  ])('%s with prefix %p', (action, prefix, expected) => {
    expect(capabilitiesFor(action, prefix)).toEqual(expected);
  });

  test('is what brings it', () => {
    const every = Object.values(Capability);
    const actions = s3Statements(confined(...every)).flatMap(({ Effect, Action }) =>
      Effect === 'Allow' ? Action : [],
    );
    for (const action of actions) {
      const needed = capabilitiesFor(String(action)) ?? [];
      const granted = (access: Capability[]) =>
        s3Statements(confined(...access)).some(
          ({ Effect, Action }) => Effect === 'Allow' && [Action].flat().includes(action),
        );
      expect([action, granted([...needed])]).toEqual([action, true]);
      if (needed.length > 0)
        expect([
          action,
          granted(every.filter((each) => !needed.includes(each) && each !== Capability.ROOT_LIST)),
        ]).toEqual([action, false]);
    }
  });
});
