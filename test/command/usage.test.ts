import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { run } from '../support/run';
import { ADOBE, BOOMI, DIR, denied, NOTHING, of, RELTIO, request, text, usageOf } from '../usage/run-usage';
import { cloudTrailEvent, cloudTrailFile, type Request, serverAccessLine } from '../usage/write-logs';

test('requests are those of roles, users and direct trusts; times are of what worked; lines may be in any order', async () => {
  const { json, exit } = await usageOf(
    {
      'a/2026-11-27': text(
        request({ key: 'adobe/b', at: '2026-11-27T12:00:00Z', received: 5 }),
        request({ key: 'adobe/a', at: '2026-11-27T10:00:00Z', received: 7 }),
        denied({ key: 'adobe/c', operation: 'GetObject', at: '2026-11-27T13:00:00Z' }),
        request({ requester: RELTIO, operation: 'ListObjectsV2', key: undefined, prefix: 'reltio/' }),
        request({ requester: BOOMI, operation: 'GetObject', key: 'boomi/x', sent: 11 }),
      ),
      'b/2026-11-28.gz': gzipSync(text(request({ requester: BOOMI, key: 'boomi/y', at: '2026-11-28T00:00:00Z' }))),
      '.hidden': 'not read',
    },
    '--json',
  );
  expect(exit).toBe(0);
  expect(json).toMatchObject({
    from: '2026-11-27T10:00:00Z',
    to: '2026-11-28T00:00:00Z',
    lines: 6,
    skipped: 0,
    strangers: [],
  });
  expect(of(json, 'kohler_adobe')).toMatchObject({
    ...{ lastSeen: '2026-11-27T13:00:00Z', lastWrite: '2026-11-27T12:00:00Z', lastRead: null, lastList: null },
    ...{ lastDelete: null, requests: 3, bytesIn: 12, bytesOut: 0, unused: ['list'], byPrefix: false },
  });
  expect(of(json, 'kohler_reltio')).toMatchObject({ lastList: '2026-11-27T10:00:00Z', unused: ['read'], requests: 1 });
  expect(of(json, 'kohler_boomi')).toMatchObject({ lastWrite: '2026-11-28T00:00:00Z', bytesOut: 11, unused: ['list'] });
  expect(of(json, 'kohler_plant')).toMatchObject({ requests: 0, lastSeen: null, unused: ['write'] });
});

test('of a bucket of which the logs say nothing, nothing is called unused', async () => {
  const { json } = await usageOf({ log: text(request({ key: 'adobe/a' })) }, '--json');
  expect(of(json, 'acme_snowflake')?.unused).toBeNull();
});

test('a record that comes twice counts once: in another file, in the other log, and not where one request has several', async () => {
  const twice = request({ key: 'adobe/a', id: 'TWICE' });
  const batch = (key: string) =>
    serverAccessLine(request({ operation: 'DeleteObject', key, id: 'BATCH', requester: BOOMI })).replace(
      'REST.DELETE.OBJECT',
      'BATCH.DELETE.OBJECT',
    );
  const { json } = await usageOf(
    {
      one: text(twice) + text(twice),
      two: text(twice),
      'three.json': cloudTrailFile([twice]),
      four: `${batch('boomi/1')}\n${batch('boomi/2')}\n`,
      five: text(request({ id: '-', key: 'adobe/x' }), request({ id: '-', key: 'adobe/x' })),
    },
    '--json',
  );
  expect(json?.lines).toBe(8);
  expect(of(json, 'kohler_adobe')?.requests).toBe(3);
  expect(of(json, 'kohler_boomi')?.requests).toBe(2);
});

test.each<[string, Partial<Request>, string, Partial<Request>?]>([
  ['outside the prefix', { key: 'uploads/a' }, 'outside-prefix'],
  ['beside the prefix', { key: 'adobe2/a' }, 'outside-prefix'],
  ['in another bucket', { key: 'adobe/a', bucket: 'integrations-acme' }, 'outside-prefix'],
  ['of the bucket', { operation: 'HeadBucket', key: undefined }, 'head-bucket'],
  ['of the root', { operation: 'ListObjectsV2', key: undefined }, 'outside-prefix'],
  ['of tags', { operation: 'GetObjectTagging', key: 'adobe/a' }, 'tags-not-granted'],
  ['of deleting', { operation: 'DeleteObject', key: 'adobe/a' }, 'not-granted'],
  ['of a version', { operation: 'GetObject', versionId: 'v', key: 'adobe/a' }, 'not-granted'],
  ['of creating the bucket', { operation: 'CreateBucket', key: undefined }, 'not-granted'],
  ['of everything', { key: 'adobe/a' }, 'nothing-allowed'],
  ['of what is defined', { key: 'adobe/a' }, 'not-granted', { operation: 'GetObject', key: 'adobe/b' }],
  ['of what works at other times', { key: 'adobe/a' }, 'unknown', { key: 'adobe/b' }],
  [
    'while suspended',
    { key: 'oldvendor/a', requester: ADOBE.replace('kohler_adobe', 'kohler_oldvendor') },
    'not-active',
  ],
  ['of another region', { status: 301, errorCode: 'PermanentRedirect', key: 'adobe/a' }, 'wrong-region'],
  [
    'of a missing object, to who may not list',
    { operation: 'GetObject', key: 'actions/a', requester: ADOBE.replace('kohler_adobe', 'kohler_actions') },
    'no-object',
    { operation: 'GetObject', key: 'actions/b', requester: ADOBE.replace('kohler_adobe', 'kohler_actions') },
  ],
])('a denial %s has its cause', async (_, asked, code, works = NOTHING) => {
  const requests = [denied({ at: '2026-11-27T11:00:00Z', ...asked }), ...(works === NOTHING ? [] : [request(works)])];
  const { json } = await usageOf({ log: text(...requests) }, '--json');
  const all = json?.integrations.flatMap((each) => each.denied);
  expect(all).toEqual([expect.objectContaining({ code, count: 1, last: '2026-11-27T11:00:00Z' })]);
  expect(all?.[0]?.key ?? null).toBe(asked.key ?? (asked.operation === 'ListObjectsV2' ? '' : null));
});

test("CloudTrail says AWS's reason, what a role's trust denied, and what the key denied", async () => {
  const sts = (message: string) => ({
    ...cloudTrailEvent(
      request({ operation: 'AssumeRole', errorCode: 'AccessDenied', message, requester: '999988887777' }),
      'sts.amazonaws.com',
    ),
    requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/kohler_adobe' },
  });
  const kms = cloudTrailEvent(
    request({
      operation: 'GenerateDataKey',
      errorCode: 'AccessDenied',
      message: `User: ${ADOBE} is not authorized to perform: kms:GenerateDataKey`,
    }),
    'kms.amazonaws.com',
  );
  const scp = cloudTrailEvent(
    denied({
      key: 'adobe/a',
      message: `User: ${ADOBE} is not authorized to perform: s3:PutObject with an explicit deny in a service control policy`,
    }),
  );
  const foreign = {
    ...scp,
    errorMessage: 'Access Denied',
    requestID: 'F',
    requestParameters: { bucketName: 'integrations-kohler', key: 'adobe/b', 'x-amz-server-side-encryption': 'aws:kms' },
  };
  const Records = [
    sts('User: x is not authorized to perform: sts:AssumeRole on resource: y'),
    sts('User: x is not authorized to perform: sts:TagSession on resource: y'),
    ...[kms, scp, foreign],
  ];
  const { json } = await usageOf({ 'trail.json.gz': gzipSync(JSON.stringify({ Records })) }, '--json');
  const codes = of(json, 'kohler_adobe')?.denied.map((each) => each.code);
  expect(codes?.sort()).toEqual(['assume-denied', 'foreign-key', 'key-denied', 'organization-policy', 'tag-session']);
  expect(json?.strangers).toEqual([]);
});

test('keys that are encoded once or twice are under the prefix', async () => {
  const once = serverAccessLine(denied({ key: 'backups/eu/a b', requester: BOOMI.replace('boomi', 'backup') }));
  const twice = once.replace('backups/eu/a%20b "', 'backups%252Feu%252Fa%2520b "').replace(/ID\d+/, 'OTHER');
  const { json } = await usageOf({ log: `${once}\n${twice}\n` }, '--json');
  expect(of(json, 'kohler_backup')?.denied).toEqual([
    expect.objectContaining({ code: 'nothing-allowed', count: 2, key: 'backups/eu/a b' }),
  ]);
});

test('strangers are those whom no definition names; AWS itself and other buckets are none', async () => {
  const analyst = (session: string) => `arn:aws:sts::111122223333:assumed-role/analyst/${session}`;
  const { json } = await usageOf(
    {
      log: text(
        request({ requester: analyst('1'), operation: 'GetObject', key: 'adobe/a' }),
        request({ requester: analyst('2'), operation: 'GetObject', key: 'adobe/a', at: '2026-11-27T11:00:00Z' }),
        request({ requester: undefined, operation: 'GetObject', key: 'adobe/a' }),
        request({ requester: analyst('1'), bucket: 'something-else', key: 'a' }),
        request({ requester: ADOBE.replace('111122223333', '999999999999'), key: 'adobe/a' }),
        request({ requester: 'AmazonS3', key: 'adobe/a' }),
      ),
    },
    '--json',
  );
  const place = { bucket: 'integrations-kohler', requests: 1, last: '2026-11-27T10:00:00Z' };
  expect(json?.strangers).toEqual([
    {
      ...place,
      requester: 'arn:aws:sts::111122223333:assumed-role/analyst',
      requests: 2,
      last: '2026-11-27T11:00:00Z',
    },
    { ...place, requester: 'anonymous' },
    { ...place, requester: 'arn:aws:sts::999999999999:assumed-role/kohler_adobe' },
  ]);
});

test('a client alone', async () => {
  const { json } = await usageOf({ log: text(request({ key: 'adobe/a' })) }, '--json', '--client', 'acme');
  expect(json?.integrations.map(({ integration }) => integration)).toEqual(['acme_databricks', 'acme_snowflake']);
});

test('what is no record is counted, and one of each kind is shown, printable', async () => {
  const { out, err, exit } = await usageOf({
    a: `\u001b[31mred\n${text(denied({ key: '\u001b[2Jx' }))}more\n`,
    'b.gz': gzipSync(text(request({ key: 'adobe/1' }))).subarray(0, -12),
    c: '{"Records": [',
    empty: '',
  });
  expect(exit).toBe(0);
  expect(err).toContain('skipped 2 times: the line does not have the fields of a server access log; first in ');
  expect(err).toContain('"\\u001b[31mred"');
  expect(err).toMatch(/skipped 1 time: the file is not whole gzip/);
  expect(err).toMatch(/skipped 1 time: the JSON is broken, or cut off/);
  expect(out).toContain('"\\u001b[2Jx"');
  expect(`${out}${err}`).not.toContain('\u001b[');
});

test('for people: a row each, denials with cause and fix, strangers, and what the logs cannot say', async () => {
  const { out, err } = await usageOf({
    log: text(denied({ key: 'uploads/a' }), request({ requester: 'arn:aws:iam::111122223333:user/x', key: 'adobe/a' })),
  });
  expect(out).toMatch(/kohler_adobe +2026-11-27T10:00:00Z +1 +- +- +1 +list, read/);
  expect(out).toContain(
    'kohler_adobe: REST.PUT.OBJECT "uploads/a": AccessDenied, 1 time, last 2026-11-27T10:00:00Z\n  cause: the key',
  );
  expect(out).toContain('arn:aws:iam::111122223333:user/x in integrations-kohler: 1 request');
  expect(err).toContain('not since these logs begin, on 2026-11-27T10:00:00Z; server access logs are best effort');
});

test.each([
  ['a path that is not there', 'nowhere', /nowhere does not exist; name files/],
  ['a device', '/dev/null', /it is not a file/],
])('%s is refused', async (_, path, message) => {
  const { exit, err, out } = await run('usage', '--dir', DIR, '--logs', path);
  expect({ exit, out }).toEqual({ exit: 1, out: '' });
  expect(err).toMatch(message);
});

test('without logs it says how to use it', async () => {
  expect(await run('usage', '--dir', DIR)).toMatchObject({ exit: 2, out: '' });
});

test('what could be narrower is a patch that git apply takes, keeps comments and passes check', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'propose-'));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
  try {
    cpSync(DIR, join(folder, 'sub/integrations'), { recursive: true });
    const file = join(folder, 'sub/integrations/kohler/adobe.yaml');
    writeFileSync(file, `# who: sales\n${readFileSync(file, 'utf8')}# end`);
    git('init', '--quiet');
    git('add', '--all');
    writeFileSync(
      join(folder, 'log'),
      text(request({ key: 'adobe/a' }), denied({ key: 'adobe/a', operation: 'GetObject' })),
    );
    const words = ['--dir', join(folder, 'sub/integrations'), '--logs', join(folder, 'log'), '--client', 'kohler'];
    const { out, err, exit } = await run('usage', ...words, '--propose');
    expect(exit).toBe(0);
    expect(err).toContain('kohler_adobe: list not used since 2026-11-27\n');
    expect(err).toContain('kohler_plant: not used since 2026-11-27\n');
    writeFileSync(join(folder, 'patch'), out);
    git('apply', '--check', 'patch');
    git('apply', 'patch');
    const after = readFileSync(file, 'utf8');
    expect(after).toContain('# who: sales\n');
    expect(after).toContain('access: [read, write]');
    expect(after).toMatch(/# end$/);
    expect(readFileSync(join(folder, 'sub/integrations/kohler/plant.yaml'), 'utf8')).toContain('expires: 2026-12-22');
    // Who is suspended already is left alone, and so is a bucket of which the logs say nothing.
    expect(git('diff', '--name-only')).not.toMatch(/oldvendor|acme/);
    expect((await run('check', '--dir', join(folder, 'sub/integrations'))).exit).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
