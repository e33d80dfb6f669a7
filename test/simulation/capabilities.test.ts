import { type Caller, Judge, type Request } from '../support/judge';
import { shareOf } from '../support/share';
import { synthesize } from '../support/synth';
import { CAPABILITIES, NEVER_ON_BUCKETS, NEVER_ON_OBJECTS, OBJECT_ACTIONS, TOGETHER } from './capabilities';

const VENDOR = 'arn:aws:iam::123456789876:role/exports/sender';
const ANCHOR = 'arn:aws:rolesanywhere:eu-west-1:999988887777:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab';
const EXPIRED = { 'aws:CurrentTime': '2027-06-01T00:00:00Z' };
const JUST_BEFORE = { 'aws:CurrentTime': '2027-05-31T23:59:59Z' };

const KINDS: Readonly<Record<string, { readonly lines: string; readonly caller: (name: string) => Caller }>> = {
  'assumed-role': { lines: `principals: [${VENDOR}]`, caller: (name) => ({ role: name }) },
  'direct-trust': { lines: `principals: [${VENDOR}]`, caller: () => ({ outside: VENDOR }) },
  'access-key': { lines: 'reason: a test', caller: (name) => ({ user: name }) },
  'roles-anywhere': {
    lines: `trustAnchor: {arn: "${ANCHOR}"}\nsubject: {commonName: sender}`,
    caller: (name) => ({ role: name }),
  },
  'web-identity': {
    lines: 'provider: https://login.example.com\naudiences: [aws]\nsubjects: [sender]',
    caller: (name) => ({ role: name }),
  },
};

const all = Object.keys(KINDS).flatMap((kind) =>
  [...Object.keys(CAPABILITIES).map((capability) => [capability]), ...TOGETHER.map(({ access }) => [...access])]
    .filter((access) => !(kind === 'direct-trust' && access.includes('list-buckets')))
    .map((access) => ({ kind, access, client: `c-${kind}-${access.join('-')}`.slice(0, 32).replace(/-$/, '') })),
);

const cases = shareOf(all, 0);

// A client each, so that direct trusts by one principal don't add up in one bucket policy.
const templates = synthesize(
  Object.fromEntries(
    cases.flatMap(({ kind, access, client }) => [
      [`${client}/client.yaml`, ''],
      [`${client}/sender.yaml`, `kind: ${kind}\n${KINDS[kind]?.lines}\naccess: [${access}]\nexpires: 2027-06-01\n`],
    ]),
  ),
);

describe.each(cases)('$kind with $access', ({ kind, access, client }) => {
  const template = templates[client];
  if (!template) throw new Error(`no template for ${client}`);
  const judge = new Judge(template);
  const bucket = `arn:aws:s3:::integrations-${client}`;
  const caller = KINDS[kind]?.caller(`${client}_sender`) as Caller;
  const may = (request: Request) => judge.may(caller, request);
  const has = (capability: string) => access.includes(capability);
  const lists = access.flatMap((capability) => CAPABILITIES[capability]?.lists ?? []);
  const together = TOGETHER.filter((pair) => pair.access.every(has)).map(({ object }) => object);
  const objects = [...access.flatMap((capability) => CAPABILITIES[capability]?.objects ?? []), ...together];
  const object = (action: string, key: string, context = {}) =>
    may({ action, resource: `${bucket}/${key}`, context: { ...(action === 's3:PutObjectAcl' && OWNED), ...context } });
  const list = (action: string, prefix?: string, context = {}) =>
    may({ action, resource: bucket, context: { ...(prefix !== undefined && { 's3:prefix': prefix }), ...context } });
  // The simulator, as AWS's own reference, knows no s3:prefix for it: its condition is tested by structure.
  const simulated = (action: string) => action !== 's3:ListBucketMultipartUploads';

  test('works under the prefix', async () => {
    expect(await may({ action: 's3:GetBucketLocation', resource: bucket })).toBe(true);
    for (const action of objects) {
      expect([action, await object(action, 'sender/2026/export.csv')]).toEqual([action, true]);
      expect([action, await object(action, 'sender/')]).toEqual([action, true]);
      expect([action, await object(action, 'sender/a', JUST_BEFORE)]).toEqual([action, true]);
    }
    for (const action of lists.filter(simulated)) {
      for (const prefix of ['sender/', 'sender/2026', 'sender/2026/']) {
        expect([action, prefix, await list(action, prefix)]).toEqual([action, prefix, true]);
      }
    }
  });

  test('does nothing else under the prefix', async () => {
    for (const action of [...OBJECT_ACTIONS, ...NEVER_ON_OBJECTS].filter((other) => !objects.includes(other))) {
      expect([action, await object(action, 'sender/a')]).toEqual([action, false]);
    }
    const others = ['s3:ListBucket', 's3:ListBucketVersions'].filter((action) => !lists.includes(action));
    for (const action of others) expect([action, await list(action, 'sender/')]).toEqual([action, false]);
  });

  test('does nothing outside the prefix', async () => {
    for (const key of ['sender', 'sender2/a', 'sende/a', 'other/a', 'a', 'x/sender/a', '/sender/a']) {
      for (const action of objects) expect([action, key, await object(action, key)]).toEqual([action, key, false]);
    }
    for (const action of objects) {
      const resource = 'arn:aws:s3:::integrations-other/sender/a';
      expect([action, await may({ action, resource })]).toEqual([action, false]);
    }
    for (const action of lists.filter(simulated)) {
      for (const prefix of ['sender', 'sender2/', 'other/', 'sende']) {
        expect([action, prefix, await list(action, prefix)]).toEqual([action, prefix, false]);
      }
    }
    for (const action of NEVER_ON_BUCKETS) {
      expect([action, await may({ action, resource: bucket })]).toEqual([action, false]);
    }
  });

  test('lists the root only with root-list, and buckets only with list-buckets', async () => {
    expect(await list('s3:ListBucket')).toBe(has('root-list'));
    expect(await list('s3:ListBucket', '')).toBe(has('root-list'));
    expect(await list('s3:ListBucketVersions')).toBe(false);
    expect(await may({ action: 's3:ListAllMyBuckets', resource: '*' })).toBe(has('list-buckets'));
  });

  test('sends no ACL but bucket-owner-full-control', async () => {
    for (const acl of ['public-read', 'public-read-write', 'authenticated-read', 'private']) {
      expect(await object('s3:PutObjectAcl', 'sender/a', { 's3:x-amz-acl': acl })).toBe(false);
    }
  });

  test('stops over plain HTTP and when it expires', async () => {
    for (const context of [{ 'aws:SecureTransport': 'false' }, EXPIRED]) {
      expect(await may({ action: 's3:GetBucketLocation', resource: bucket, context })).toBe(false);
      for (const action of objects)
        expect([action, await object(action, 'sender/a', context)]).toEqual([action, false]);
      for (const action of lists.filter(simulated)) {
        expect([action, await list(action, 'sender/', context)]).toEqual([action, false]);
      }
      expect(await list('s3:ListBucket', '', context)).toBe(false);
    }
  });

  test('is for nobody else', async () => {
    const strangers = [
      'arn:aws:iam::123456789876:role/exports/other',
      'arn:aws:iam::123456789876:role/sender',
      'arn:aws:iam::123456789876:user/exports/sender',
      'arn:aws:iam::123456789876:root',
      'arn:aws:iam::210987654321:role/exports/sender',
    ];
    for (const outside of strangers) {
      for (const action of objects) {
        const request = { action, resource: `${bucket}/sender/a`, context: action === 's3:PutObjectAcl' ? OWNED : {} };
        expect([outside, action, await judge.may({ outside }, request)]).toEqual([outside, action, false]);
      }
      expect([outside, await judge.may({ outside }, { action: 's3:GetBucketLocation', resource: bucket })]).toEqual([
        outside,
        false,
      ]);
    }
  });
});

const OWNED = { 's3:x-amz-acl': 'bucket-owner-full-control' };
