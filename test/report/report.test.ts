import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { type Report, reportOf, warningsOf } from '../../lib/report/report';
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
  expect(dates).toEqual([{ integration: 'kohler_tool', what: 'review', on: '2026-12-01', days: 9, owner: undefined }]);
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
