import type { ReceivedHandoff } from '../../lib/connection/received-handoff';
import { STEPS_OF, type Step } from '../../lib/connection/step';
import { type Report, tryConnection } from '../../lib/connection/try-connection';
import { Capability } from '../../lib/rules/confinement';
import { confined, Fake, type FakeOptions, HANDED, refused } from './fake';

const RANDOM = 'abc123';
const KEY = `reltio/.connection-test-${RANDOM}`;
const ALL = Object.values(Capability);

async function trial(
  handed: ReceivedHandoff,
  options: FakeOptions = {},
  more: { token?: string; object?: string } = {},
) {
  const fake = new Fake(handed, options);
  const told: Step[] = [];
  const report = await tryConnection(handed, fake, {
    ...{ seconds: 900, random: RANDOM, today: '2026-11-22', tell: (step) => told.push(step) },
    ...more,
  });
  expect(told).toEqual(report.steps);
  return { fake, report };
}

/** The steps that went wrong, with the code of their cause. */
function wrong({ steps }: Report): (string | undefined)[][] {
  return steps
    .filter(({ expected, outcome }) => outcome !== expected && outcome !== 'skipped')
    .map(({ step, outcome, cause }) => [step, outcome, cause?.code]);
}

const summary = ({ steps }: Report) => steps.map(({ step, expected, outcome }) => `${step}: ${expected}, ${outcome}`);

describe('a right deployment', () => {
  const KINDS: readonly Partial<ReceivedHandoff>[] = [
    { kind: 'assumed-role' },
    { kind: 'assumed-role', externalIds: ['one', 'two'], roleSessionName: 'reltio' },
    { kind: 'assumed-role', externalIds: [] },
    { kind: 'direct-trust', roleArn: undefined, externalIds: [] },
    { kind: 'roles-anywhere', externalIds: [] },
    { kind: 'web-identity', externalIds: [] },
    { kind: 'access-key', roleArn: undefined, externalIds: [] },
  ];
  const ACCESS: readonly (readonly Capability[])[] = [
    ALL,
    HANDED.access,
    [Capability.LIST, Capability.READ, Capability.WRITE],
    [Capability.LIST],
    [Capability.WRITE],
    [Capability.WRITE, Capability.DELETE, Capability.VERSIONS],
    [Capability.LIST, Capability.READ, Capability.TAGS, Capability.RETENTION_READ],
    [Capability.READ, Capability.ROOT_LIST, Capability.LIST],
    [Capability.DELETE],
  ];
  const cases = KINDS.flatMap((kind) => ACCESS.map((access) => ({ ...HANDED, ...kind, access })));

  test.each(cases)('of $kind with $access is found right, and nothing is left of the run', async (handed) => {
    for (const versioned of [false, true]) {
      for (const prefix of ['reltio/', 'data/reltio/in/', '']) {
        const before = [`${prefix}report.csv`, 'other/secret.csv'];
        const one = { ...handed, prefix };
        const { report, fake } = await trial(one, { versioned, objects: before });
        expect(wrong(report)).toEqual([]);
        expect(report.ok).toBe(true);
        const mayRemove = handed.access.includes(Capability.DELETE) || !handed.access.includes(Capability.WRITE);
        expect(fake.keys).toEqual(mayRemove ? before : [...before, `${prefix}.connection-test-${RANDOM}`]);
        expect(fake.uploads.size).toBe(0);
        const left = [...fake.objects].filter(([key]) => !before.includes(key));
        if (mayRemove && (!versioned || handed.access.includes(Capability.VERSIONS))) expect(left).toEqual([]);
      }
    }
  });

  test('is tried in the order in which a vendor begins, and told step by step', async () => {
    const { report } = await trial(HANDED);
    expect(summary(report)).toEqual([
      'credentials: works, works',
      'assume: works, works',
      'assume-without-external-id: denied, denied',
      'assume-with-wrong-external-id: denied, denied',
      'location: works, works',
      'list: works, works',
      'put: works, works',
      'multipart: works, works',
      'abort: works, works',
      'get: works, works',
      'versions: denied, denied',
      'tags: denied, denied',
      'list-buckets: denied, denied',
      'delete: works, works',
      'neighbour-list: denied, denied',
      'neighbour-get: denied, denied',
      'neighbour-put: denied, denied',
      'neighbour-delete: denied, denied',
      'bare-prefix: denied, denied',
      'root-list: denied, denied',
      'head-bucket: denied, denied',
      'bucket-policy: denied, denied',
      'clean-up: works, works',
    ]);
  });

  test('is never asked to touch what was there before', async () => {
    const { fake } = await trial({ ...HANDED, access: ALL }, { objects: ['reltio/report.csv', 'reltio'] });
    const touching = fake.requests.filter((request) => /^(?:Put|Delete|Abort)\S+ /.test(request));
    expect(touching.length).toBeGreaterThan(5);
    expect(touching.filter((request) => !request.includes(`.connection-test-${RANDOM}`))).toEqual([]);
  });

  test('assumes with each external ID, and with a session name of its own where one is asked for', async () => {
    const { report } = await trial({ ...HANDED, externalIds: ['one', 'two'], roleSessionName: 'reltio' });
    expect(report.steps.filter(({ step }) => step === 'assume').map(({ detail }) => detail)).toEqual([
      'arn:aws:iam::111122223333:role/kohler_reltio as reltio, external ID 1 of 2',
      'arn:aws:iam::111122223333:role/kohler_reltio as reltio, external ID 2 of 2',
    ]);
    expect(summary(report)).toContain('assume-with-other-session-name: denied, denied');
  });

  test('with the longest external ID is asked with a wrong one that STS takes too', async () => {
    const longest = 'x'.repeat(1224);
    const asked: (string | undefined)[] = [];
    const { report } = await trial(
      { ...HANDED, externalIds: [longest] },
      {
        trusts: ({ externalId }) => {
          asked.push(externalId);
          // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (ExternalId)
          if ((externalId?.length ?? 2) > 1224) throw refused({ code: 'ValidationError', status: 400, message: '' });
          return externalId === longest;
        },
      },
    );
    expect(asked).toEqual([longest, undefined, longest.slice(1)]);
    expect(report.ok).toBe(true);
  });

  test.each(ALL)('in which %s is granted is asked for it', async (capability) => {
    const { report } = await trial({ ...HANDED, access: [Capability.WRITE, capability] });
    const worked = report.steps.flatMap(({ step, outcome }) => (outcome === 'works' ? [step] : []));
    expect(worked).toEqual(expect.arrayContaining([...STEPS_OF[capability]]));
    expect(report.ok).toBe(true);
  });

  test('with a token assumes with it, and uses no other credentials', async () => {
    const handed: ReceivedHandoff = { ...HANDED, kind: 'web-identity', externalIds: [] };
    const { report, fake } = await trial(handed, {}, { token: 'a.b.c' });
    expect(report.ok).toBe(true);
    expect(fake.requests[0]).toBe('AssumeRoleWithWebIdentity');
    expect(JSON.stringify(report)).not.toContain('a.b.c');
  });

  test('of which the only object is archived is right all the same', async () => {
    const fails = (action: string, on?: string) =>
      action.startsWith('GetObject') && on === 'reltio/old.csv'
        ? { code: 'InvalidObjectState', status: 403 }
        : undefined;
    const handed = { ...HANDED, access: [Capability.LIST, Capability.READ, Capability.VERSIONS] };
    expect(wrong((await trial(handed, { fails, objects: ['reltio/old.csv'] })).report)).toEqual([]);
  });

  test('outside AWS counts as right where a server does not say who asks, and calls its place otherwise', async () => {
    const { report } = await trial(HANDED, {
      fails: (action) => (action === 'GetCallerIdentity' ? { code: 'MethodNotAllowed', status: 405 } : undefined),
      location: 'default',
    });
    expect(report.ok).toBe(true);
    expect(summary(report)[0]).toBe('credentials: works, skipped');
  });
});

describe('what must not work, and does', () => {
  const right = confined(HANDED);
  const also =
    (...more: ((action: string, on: string) => boolean)[]) =>
    (action: string, on: string | undefined) =>
      right(action, on) || more.some((one) => one(action, on ?? ''));
  const of =
    (actions: string, begins = '') =>
    (action: string, on: string) =>
      actions.split(' ').includes(action) && on.startsWith(begins);

  type Case = [name: string, options: FakeOptions, expected: string[][], more?: Partial<ReceivedHandoff>];
  const CASES: Case[] = [
    [
      'a trust without the external ID',
      { trusts: () => true },
      [
        ['assume-without-external-id', 'works', 'external-id-not-asked'],
        ['assume-with-wrong-external-id', 'works', 'external-id-not-compared'],
      ],
    ],
    [
      'a trust with a pattern for the external ID',
      { trusts: ({ externalId }) => externalId?.startsWith('5ez') ?? false },
      [['assume-with-wrong-external-id', 'works', 'external-id-not-compared']],
    ],
    [
      'a trust that takes any session name',
      { trusts: ({ externalId }) => externalId === '5ez83245-6b31' },
      [['assume-with-other-session-name', 'works', 'session-name-not-compared']],
      { roleSessionName: 'reltio' },
    ],
    [
      'a list that is not bound to the prefix',
      { allows: also(of('ListBucket')) },
      [
        ['neighbour-list', 'works', 'list-not-confined'],
        ['bare-prefix', 'works', 'list-not-confined'],
        ['root-list', 'works', 'list-not-confined'],
        ['head-bucket', 'works', 'list-not-confined'],
      ],
    ],
    [
      'a list that is bound without the slash',
      { allows: also(of('ListBucket', 'reltio')) },
      [
        ['neighbour-list', 'works', 'list-no-slash'],
        ['bare-prefix', 'works', 'list-no-slash'],
      ],
    ],
    [
      'a list of the root',
      { allows: also((action, on) => action === 'ListBucket' && on === '') },
      [
        ['root-list', 'works', 'root-listed'],
        ['head-bucket', 'works', 'root-listed'],
      ],
    ],
    [
      'a list of the versions in the root',
      { allows: also((action, on) => action === 'ListBucketVersions' && on === '') },
      [['root-list', 'works', 'root-listed']],
    ],
    [
      'the object that is called like the prefix without its slash',
      { allows: also((action, on) => action === 'GetObject' && on === 'reltio'), objects: ['reltio'] },
      [['neighbour-get', 'works', 'no-slash']],
    ],
    [
      'objects without the slash',
      { allows: also(of('PutObject DeleteObject', 'reltio')) },
      [
        ['neighbour-put', 'works', 'no-slash'],
        ['neighbour-delete', 'works', 'no-slash'],
      ],
    ],
    [
      'objects of the whole bucket',
      { allows: also(of('PutObject DeleteObject')), versioned: true },
      [
        ['neighbour-put', 'works', 'objects-not-confined'],
        ['neighbour-delete', 'works', 'objects-not-confined'],
      ],
    ],
    [
      'reading of the whole bucket, which AWS gives away in its message',
      {
        allows: also(of('GetObject')),
        says: (action) =>
          `User: arn:x is not authorized to perform: s3:${action} on resource: "arn:aws:s3:::b" because`,
      },
      [['neighbour-get', 'works', 'objects-not-confined']],
    ],
    [
      'the policy of the bucket',
      { allows: also(of('GetBucketPolicy')) },
      [['bucket-policy', 'works', 'policy-readable']],
    ],
    [
      'the policy of a bucket that has none',
      { fails: (action) => (action === 'GetBucketPolicy' ? { code: 'NoSuchBucketPolicy', status: 404 } : undefined) },
      [['bucket-policy', 'works', 'policy-readable']],
    ],
    ['all buckets', { allows: also(of('ListAllMyBuckets')) }, [['list-buckets', 'works', 'more-granted']]],
    ['tags', { allows: also(of('GetObjectTagging')) }, [['tags', 'works', 'more-granted']]],
    ['versions', { allows: also(of('ListBucketVersions', 'reltio/')) }, [['versions', 'works', 'more-granted']]],
    [
      'deleting',
      { allows: right },
      [['delete', 'works', 'more-granted']],
      { access: [Capability.LIST, Capability.READ, Capability.WRITE] },
    ],
    [
      'writing and deleting',
      { allows: right, objects: ['reltio/report.csv'] },
      [
        ['put', 'works', 'more-granted'],
        ['delete', 'works', 'more-granted'],
      ],
      { access: [Capability.LIST, Capability.READ] },
    ],
    [
      'listing',
      { allows: right },
      [['list', 'works', 'more-granted']],
      { access: [Capability.WRITE, Capability.DELETE, Capability.READ] },
    ],
    [
      'reading',
      { allows: right },
      [['get', 'works', 'more-granted']],
      { access: [Capability.LIST, Capability.WRITE, Capability.DELETE] },
    ],
    [
      'listing of the folder above',
      {
        allows: (action, on) =>
          confined({ ...HANDED, prefix: 'data/reltio/' })(action, on) || (action === 'ListBucket' && on === 'data/'),
      },
      [['bare-prefix', 'works', 'list-not-confined']],
      { prefix: 'data/reltio/' },
    ],
  ];

  test.each(CASES)('%s', async (_, options, expected, more = {}) => {
    const { report, fake } = await trial({ ...HANDED, ...more }, options);
    expect(wrong(report)).toEqual(expected);
    expect(report.ok).toBe(false);
    expect(report.steps.filter(({ cause }) => cause).map(({ cause }) => cause?.who)).toEqual(
      expected.map(() => 'owner'),
    );
    // What worked against all policy is removed too.
    const deletes = [...(more.access ?? HANDED.access), ...expected.map(([step]) => step)].includes('delete');
    expect(fake.keys.filter((key) => key.includes(RANDOM))).toEqual(deletes ? [] : [KEY]);
  });

  test('what can not be removed again is named, with the command that does', async () => {
    const { report, fake } = await trial(HANDED, { allows: also(of('PutObject')) });
    expect(fake.keys).toEqual([`.connection-test-${RANDOM}`]);
    expect(wrong(report)).toEqual([
      ['neighbour-put', 'works', 'objects-not-confined'],
      ['clean-up', 'error', 'left-behind'],
    ]);
    expect(report.steps.at(-1)?.cause?.fix).toBe(`aws s3 rm s3://integrations-kohler/.connection-test-${RANDOM}`);
  });

  test('a refusal for another reason is no denial', async () => {
    const { report } = await trial(HANDED, {
      fails: (action, on) => (action === 'ListBucket' && on === '' ? { code: 'SlowDown', status: 503 } : undefined),
    });
    expect(wrong(report)).toEqual([['root-list', 'error', 'throttled']]);
  });
});

describe('what must work, and does not', () => {
  const without = (...actions: string[]) => ({
    allows: (action: string, on: string | undefined) => !actions.includes(action) && confined(HANDED)(action, on),
  });
  const CASES: [string, FakeOptions, string[][]][] = [
    ['a trust that has another external ID', { trusts: () => false }, [['assume', 'denied', 'assume-denied']]],
    ['no list', without('ListBucket'), [['list', 'denied', 'not-granted']]],
    ['no read', without('GetObject'), [['get', 'denied', 'not-granted']]],
    [
      'no delete',
      without('DeleteObject'),
      [
        ['delete', 'denied', 'not-granted'],
        ['clean-up', 'error', 'left-behind'],
      ],
    ],
    ['no location', without('GetBucketLocation'), [['location', 'denied', 'nothing-allowed']]],
    [
      'no write',
      without('PutObject'),
      [
        ['put', 'denied', 'not-granted'],
        ['multipart', 'denied', 'not-granted'],
        ['abort', 'denied', 'not-granted'],
      ],
    ],
    [
      'no abort',
      without('AbortMultipartUpload'),
      [
        ['abort', 'denied', 'not-granted'],
        ['clean-up', 'error', 'left-behind'],
      ],
    ],
    ['no parts', without('ListMultipartUploadParts'), [['multipart', 'denied', 'not-granted']]],
    [
      'nothing at all',
      { allows: () => false },
      [
        ['location', 'denied', 'nothing-allowed'],
        ['list', 'denied', 'nothing-allowed'],
      ],
    ],
    ['another place', { location: 'us-west-2' }, [['location', 'error', 'wrong-region']]],
  ];
  test.each(CASES)('%s', async (_, options, expected) => {
    const { report, fake } = await trial(HANDED, options);
    expect(wrong(report)).toEqual(expected);
    expect(report.ok).toBe(false);
    for (const { cause } of report.steps.filter((step) => step.cause)) {
      expect(cause).toMatchObject({ cause: expect.stringMatching(/./), fix: expect.stringMatching(/./) });
    }
    if (!expected.some(([step]) => step === 'clean-up')) expect([fake.keys, fake.uploads.size]).toEqual([[], 0]);
  });

  test('content that comes back changed is said', async () => {
    const fake = new Fake(HANDED);
    const own = fake.assume.bind(fake);
    fake.assume = async (request) => ({ ...(await own(request)), get: async () => 'a login page' });
    const report = await tryConnection(HANDED, fake, {
      seconds: 900,
      random: RANDOM,
      today: '2026-11-22',
      tell: () => {},
    });
    expect(wrong(report)[0]).toEqual(['get', 'error', 'other-content']);
  });

  test('nothing to read is not taken for success', async () => {
    const handed = { ...HANDED, access: [Capability.READ] };
    expect(wrong((await trial(handed)).report)).toEqual([['get', 'error', 'nothing-there']]);
    const object = 'reltio/report.csv';
    expect((await trial(handed, { objects: [object] }, { object })).report.ok).toBe(true);
  });
});

describe('what spoils everything after it', () => {
  test.each([
    ['AssumeRole', { code: 'ECONNREFUSED' }, ['assume', 'error', 'no-network']],
    ['GetCallerIdentity', { code: 'InvalidClientTokenId', status: 403 }, ['credentials', 'error', 'unknown-key']],
    ['GetCallerIdentity', { code: 'CredentialsProviderError' }, ['credentials', 'error', 'no-credentials']],
    ['GetBucketLocation', { code: 'NoSuchBucket', status: 404 }, ['location', 'error', 'no-bucket']],
    [
      'GetBucketLocation',
      { code: 'PermanentRedirect', status: 301, region: 'us-west-2' },
      ['location', 'error', 'wrong-region'],
    ],
  ])('%s: %j is told once, and ends the run', async (action, failure, expected) => {
    const { report } = await trial(HANDED, { fails: (asked) => (asked === action ? failure : undefined) });
    expect(wrong(report)).toEqual([expected]);
    expect(report.steps.at(-1)?.step).toBe(expected[0]);
  });

  test('a network that goes away half-way leaves a word about what stays', async () => {
    let gone = false;
    const { report } = await trial(HANDED, {
      fails: (action, on) => {
        if (action === 'ListMultipartUploadParts') gone = true;
        return gone && on !== undefined ? { code: 'ECONNRESET' } : undefined;
      },
    });
    expect(wrong(report)).toEqual([
      ['multipart', 'error', 'no-network'],
      ['clean-up', 'error', 'left-behind'],
    ]);
    expect(report.steps.at(-1)?.detail).toContain(KEY);
  });
});

describe('whose the credentials are', () => {
  test.each([
    ['assumed-role', 'arn:aws:sts::111122223333:assumed-role/kohler_reltio/x', 'already-assumed'],
    ['roles-anywhere', 'arn:aws:iam::111122223333:user/admin', 'other-caller'],
    ['roles-anywhere', 'arn:aws:sts::999922223333:assumed-role/kohler_reltio/x', 'other-caller'],
    ['web-identity', 'arn:aws:sts::111122223333:assumed-role/other/x', 'other-caller'],
    ['access-key', 'arn:aws:iam::111122223333:user/admin', 'other-caller'],
  ] as const)('%s: those of %s are refused before anything is tried', async (kind, identity, code) => {
    const { report, fake } = await trial({ ...HANDED, kind }, { identity });
    expect(wrong(report)).toEqual([['credentials', 'error', code]]);
    expect(fake.requests).toEqual(['GetCallerIdentity']);
  });
});
