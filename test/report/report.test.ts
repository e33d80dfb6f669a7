import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { daysOf } from '../../lib/report/due';
import { type Observed, seenFacts, seenOf, type Used } from '../../lib/report/observed';
import { type Report, reportOf, warningsOf } from '../../lib/report/report';
import { dayOf } from '../../lib/text/dates';
import { inFolder } from '../support/folder';

const EXAMPLES = join(__dirname, '../data/examples');
const TODAY = '2026-11-22';

function reportIn(dir: string, today = TODAY): Report {
  const { deployment, problems, failed } = load(dir, { today });
  if (failed) throw new Error(JSON.stringify(problems));
  return reportOf(deployment, problems, today);
}

function reportOn(files: Readonly<Record<string, string>>, today = TODAY): Report {
  return inFolder({ 'kohler/client.yaml': '', ...files }, (dir) => reportIn(dir, today));
}

const ROLE = 'kind: assumed-role\nprincipals: [arn:aws:iam::111122223333:role/x]\nexternalId: never-shown-1\n';
const KEY = 'kind: access-key\nreason: it takes a key only\n';

describe('the report on the examples', () => {
  const report = reportIn(EXAMPLES);

  test('has every client and integration', () => {
    expect(
      report.clients.map(({ client, integrations, open, accessKeys }) => [client, integrations, open, accessKeys]),
    ).toEqual([
      ['acme', 2, 0, 0],
      ['globex', 4, 4, 0],
      ['kohler', 3, 3, 1],
    ]);
    expect(report.integrations).toHaveLength(9);
    expect(report.integrations.find(({ integration }) => integration === 'kohler_adobe')).toEqual({
      integration: 'kohler_adobe',
      client: 'kohler',
      vendor: 'adobe',
      kind: 'access-key',
      state: 'active',
      can: ['list', 'read', 'write', 'delete'],
      bucket: 'integrations-kohler',
      prefix: 'adobe/',
      dedicated: false,
      who: ['user kohler_adobe'],
      externalId: false,
      from: [],
      reviewBy: '2027-05-31',
      days: [{ what: 'review', on: '2027-05-31', days: 190, period: 'later', says: 'review in 190 days' }],
      description: 'Adobe Experience Platform fetches product feeds and writes its exports',
      request: 'DATA-1042',
      owner: 'data-platform@example.com',
      reason: 'The Adobe source connector takes an access key only',
      risks: [
        expect.objectContaining({
          ...{ code: 'long-lived-key', gravity: 'medium' },
          accepted: { reason: 'The Adobe source connector takes an access key only' },
        }),
        expect.objectContaining({ code: 'delete-without-end', gravity: 'low', accepted: expect.anything() }),
      ],
      file: 'kohler/adobe.yaml',
    });
  });

  test('knows what the buckets are', () => {
    expect(report.clients.map(({ bucket, existing, encryption }) => [bucket, existing, encryption])).toEqual([
      ['acme-landing-zone', true, 'SSE-KMS'],
      ['integrations-globex', false, 'SSE-KMS'],
      ['integrations-kohler', false, 'SSE-S3'],
    ]);
  });

  test('has the dates in their order, the certificate authority among them', () => {
    expect(report.dates.map(({ integration, what, on, days }) => [integration, what, on, days])).toEqual([
      ['kohler_adobe', 'review', '2027-05-31', 190],
      ['globex_segment', 'access ends', '2028-01-01', 405],
      ['globex_boomi', 'certificate authority ends', '2056-11-14', 10950],
    ]);
  });

  test('measures each limit as check does', () => {
    const used = report.limits.map(({ code, most, fullest: [first] }) => [code, most, first?.of]);
    expect(used).toEqual([
      ['too-many-resources', 500, 'globex'],
      ['too-many-outputs', 200, 'globex'],
      ['trust-policy-too-long', 2048, 'globex_boomi'],
      ['role-policy-too-long', 10_240, 'globex_okta-workflows'],
      ['user-policy-too-long', 2048, 'kohler_adobe'],
      ['bucket-policy-too-long', 20_480, 'integrations-kohler'],
      ['access-point-policy-too-long', 20_480, undefined],
      ['key-policy-too-long', 32_768, undefined],
    ]);
    expect(report.clients[2]).toMatchObject({ resources: 6, outputs: 3 });
    expect(report.clients[1]?.bucketPolicy).toBeUndefined();
  });
});

test.each([
  ['2026-11-21', 'active', 1],
  ['2026-11-22', 'expired', 0],
  ['2026-11-23', 'expired', -1],
])('on %s an integration that expires on 2026-11-22 is %s', (today, state, days) => {
  const { integrations, dates } = reportOn({ 'kohler/tool.yaml': `${ROLE}expires: 2026-11-22\n` }, today);
  expect(integrations[0]?.state).toBe(state);
  expect(dates[0]?.days).toBe(days);
});

test('a review is due for every kind, whatever it holds', () => {
  const { dates } = reportOn({ 'kohler/tool.yaml': `${ROLE}reviewBy: 2026-12-01\n` });
  expect(dates).toEqual([
    {
      integration: 'kohler_tool',
      what: 'review',
      on: '2026-12-01',
      days: 9,
      period: 'month',
      says: 'review in 9 days',
    },
  ]);
});

test.each([
  [-1200, 'past', 'access ended 3 years ago'],
  [-1, 'past', 'access ended 1 day ago'],
  [0, 'past', 'access ends today'],
  [1, 'week', 'access ends in 1 day'],
  [7, 'week', 'access ends in 7 days'],
  [8, 'month', 'access ends in 8 days'],
  [30, 'month', 'access ends in 30 days'],
  [31, 'quarter', 'access ends in 31 days'],
  [91, 'later', 'access ends in 91 days'],
])('%d days from today is %s: %s', (days, period, says) => {
  const expires = dayOf(new Date(Date.parse(TODAY) + days * 86_400_000));
  expect(daysOf({ expires }, TODAY)).toEqual([expect.objectContaining({ days, period, says })]);
});

test.each([
  ['2026-11-01', 'review 21 days overdue'],
  ['2026-11-22', 'review today'],
  ['2026-11-23', 'review in 1 day'],
])('a review by %s is told as %s', (reviewBy, says) => {
  expect(daysOf({ reviewBy }, TODAY)[0]?.says).toBe(says);
});

test('a key counts as one only while somebody can use it', () => {
  const { clients } = reportOn({
    'kohler/a.yaml': KEY,
    'kohler/b.yaml': `${KEY}status: suspended\n`,
    'kohler/c.yaml': `${KEY}expires: 2026-11-01\n`,
  });
  expect(clients[0]).toMatchObject({ integrations: 3, open: 1, accessKeys: 1 });
});

test('what nobody can use is no risk, whether suspended or past its last day', () => {
  const { integrations } = reportOn({
    'kohler/a.yaml': KEY,
    'kohler/b.yaml': `${KEY}status: suspended\n`,
    'kohler/c.yaml': `${KEY}expires: 2026-11-01\n`,
  });
  expect(integrations.map(({ gravity }) => gravity)).toEqual(['medium', undefined, undefined]);
  expect(integrations.map(({ risks }) => risks.length > 0)).toEqual([true, false, false]);
});

test('of an existing bucket nobody knows how it encrypts', () => {
  const { clients } = reportOn({ 'kohler/client.yaml': 'bucket: {name: kohler-landing, existing: true}\n' });
  expect(clients[0]?.encryption).toBeUndefined();
});

test('roles and users have their ARN where the account is known', () => {
  const { integrations } = reportOn({
    'settings.yaml': 'account: "111122223333"\nregion: cn-north-1\nrolePath: /vendors/\n',
    'kohler/a.yaml': ROLE.replace('arn:aws:', 'arn:aws-cn:'),
    'kohler/b.yaml': KEY,
    'kohler/c.yaml': 'kind: direct-trust\nprincipals: [arn:aws-cn:iam::444455556666:role/x]\n',
  });
  expect(integrations.map(({ arn }) => arn)).toEqual([
    'arn:aws-cn:iam::111122223333:role/vendors/kohler_a',
    'arn:aws-cn:iam::111122223333:user/vendors/kohler_b',
    undefined,
  ]);
});

describe('what was seen', () => {
  const used: Used = {
    ...{ lastSeen: '2026-11-20T10:00:00Z', lastList: '2026-11-19T00:00:00Z', lastRead: '2026-11-20T10:00:00Z' },
    ...{ lastWrite: null, lastDelete: null, requests: 7, unused: ['write'] },
    denied: [{ operation: 'REST.PUT.OBJECT', count: 2, last: '2026-11-18T08:30:00Z', cause: 'why', fix: 'how' }],
  };
  const account = (lastUsed?: string | null): Observed['account'] => ({
    ...{ accounts: ['111122223333'], collectedAt: '2026-11-21T00:00:00Z', others: [] },
    of: () => ({
      ...{ verdict: 'differs', findings: [{ code: 'more-access', message: 'more' }], lastUsed },
      keys: [
        { status: 'Inactive', days: 900 },
        { status: 'Active', days: 400, lastUsed: '2026-11-01T00:00:00Z' },
      ],
    }),
  });
  const usage = (one: Used): Observed['usage'] => ({
    ...{ from: null, to: null, strangers: [], integrations: new Map([['a_b', one]]) },
  });
  const idle = (observed: Observed) => seenOf(observed, 'a', 'a_b', TODAY).idle;

  test('is the latest that anybody saw, and the oldest key that works', () => {
    expect(seenOf({ account: account('2026-11-01T00:00:00Z'), usage: usage(used) }, 'a', 'a_b', TODAY)).toMatchObject({
      ...{ idle: 2, did: 'read', keyDays: 400 },
    });
  });

  test('is never, or not known', () => {
    const unseen = { ...used, lastSeen: null, lastList: null, lastRead: null };
    expect(idle({})).toBeUndefined();
    expect(idle({ account: account() })).toBeUndefined();
    expect(idle({ account: account(null) })).toBe(-1);
    expect(idle({ usage: usage(unseen) })).toBe(-1);
    expect(idle({ usage: usage({ ...unseen, unused: null }) })).toBeUndefined();
    expect(seenOf({ usage: usage(used) }, 'a', 'other', TODAY).idle).toBeUndefined();
  });

  test('is told in sentences', () => {
    expect(seenFacts({ deployed: account()?.of('a', 'a_b'), used })).toEqual([
      ['In AWS', ['differs', 'more']],
      ['Keys', ['Inactive, 900 days old, never used', 'Active, 400 days old, last used 2026-11-01 00:00 UTC']],
      ['Last use', ['listed 2026-11-19 00:00 UTC', 'read 2026-11-20 10:00 UTC']],
      ['Denied', ['REST.PUT.OBJECT 2×, last 2026-11-18 08:30 UTC: why. how']],
      ['Never used', ['write']],
    ]);
  });
});

test('people, sources and who of ours are in it', () => {
  const report = reportOn({
    'settings.yaml': 'company: {name: We}\nownAccounts: ["444455556666"]\naccount: "111122223333"\n',
    'kohler/client.yaml': 'title: Kohler Co.\ninternal: [{principals: ["444455556666"], prefix: out/, reason: x}]\n',
    'kohler/a.yaml': `${ROLE}contact: help@vendor.example\nsourceVpcs: [vpc-0a1b2c3d]\n`,
  });
  expect(report.company).toEqual({ name: 'We' });
  expect(report.clients[0]).toMatchObject({ client: 'kohler', title: 'Kohler Co.', integrations: 1 });
  expect(report.integrations).toHaveLength(1);
  expect(report.integrations[0]).toMatchObject({
    ...{ clientTitle: 'Kohler Co.', contact: 'help@vendor.example', from: ['vpc-0a1b2c3d'] },
  });
  expect(report.internal).toEqual([
    {
      ...{ client: 'kohler', who: ['444455556666'], can: ['list', 'read'], bucket: 'integrations-kohler' },
      ...{ prefix: 'out/', grant: true, reason: 'x' },
    },
  ]);
});

test('warnings are those that nobody accepts, and no risks of integrations', () => {
  const accept = 'accept: [{code: private-source-ip, reason: x}]\n';
  const { problems } = reportOn({
    'kohler/a.yaml': `${ROLE}sourceIps: [10.0.0.0/8]\n${accept}`,
    'kohler/b.yaml': `${KEY}sourceIps: [10.0.0.0/8]\n`,
  });
  expect(problems).toHaveLength(3);
  expect(warningsOf(problems).map(({ code, file }) => [code, file])).toEqual([['private-source-ip', 'kohler/b.yaml']]);
});

test('a suspended integration stays suspended after its last day', () => {
  const { integrations } = reportOn({ 'kohler/tool.yaml': `${ROLE}status: suspended\nexpires: 2020-01-01\n` });
  expect(integrations[0]?.state).toBe('suspended');
});

test('a bucket policy grows with direct trust alone', () => {
  const direct = 'kind: direct-trust\nprincipals: [arn:aws:iam::111122223333:role/x]\n';
  const size = (files: Record<string, string>) => reportOn(files).clients[0]?.bucketPolicy;
  expect(size({ 'kohler/a.yaml': ROLE, 'kohler/b.yaml': KEY })).toBeUndefined();
  const one = size({ 'kohler/a.yaml': direct }) ?? 0;
  expect(size({ 'kohler/a.yaml': direct, 'kohler/b.yaml': direct })).toBeGreaterThan(one);
});

test('says how many use four fifths of a limit', () => {
  const ids = Array.from(
    { length: 20 },
    (_, at) => `a-rather-long-external-id-of-some-vendor-that-likes-them-${at}-aaaaaaaaaa`,
  );
  const long = ROLE.replace('externalId: never-shown-1', `externalIds: [${ids.join(', ')}]`);
  const { limits } = reportOn({ 'kohler/a.yaml': long, 'kohler/b.yaml': ROLE });
  expect(limits.find(({ code }) => code === 'trust-policy-too-long')).toMatchObject({ near: 1 });
});

test('a dedicated bucket is not the client bucket', () => {
  const { integrations, clients } = reportOn({
    'kohler/a.yaml': `${ROLE}wholeBucket: true\ndedicatedBucket: {name: kohler-exports}\n`,
  });
  expect(integrations[0]).toMatchObject({ bucket: 'kohler-exports', prefix: '', dedicated: true });
  expect(clients[0]?.bucket).toBe('integrations-kohler');
});

test('holds neither external IDs nor session names: some vendors use them like passwords', () => {
  const token =
    'kind: web-identity\nprovider: https://login.example.com\naudiences: [aud]\nroleSessionName: never-shown-2\n';
  const report = reportOn({ 'kohler/a.yaml': ROLE, 'kohler/b.yaml': token });
  expect(report.integrations.map(({ externalId }) => externalId)).toEqual([true, false]);
  expect(JSON.stringify(report)).not.toContain('never-shown');
});

test('has the warnings of check', () => {
  const { problems } = reportOn({ 'kohler/a.yaml': `${ROLE}sourceIps: [10.0.0.0/8]\nexpires: 2026-12-01\n` });
  expect(problems.map(({ code, file, line }) => [code, file, line])).toEqual([
    ['private-source-ip', 'kohler/a.yaml', 4],
    ['expires-soon', 'kohler/a.yaml', 5],
  ]);
});
