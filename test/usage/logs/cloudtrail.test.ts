import { CloudTrailReader } from '../../../lib/usage/logs/cloudtrail';
import type { LogRecord, SkippedKind } from '../../../lib/usage/logs/record';
import { cloudTrailEvent, cloudTrailFile, type Request } from '../write-logs';

function readIn(text: string, piece = Number.MAX_SAFE_INTEGER) {
  const records: LogRecord[] = [];
  const skipped: SkippedKind[] = [];
  const reader = new CloudTrailReader({
    record: (each) => records.push(each),
    skipped: (kind) => skipped.push(kind),
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) reader.write(bytes.subarray(at, at + piece));
  reader.end();
  return { records, skipped };
}

const REQUEST: Request = {
  at: '2026-11-27T10:00:01Z',
  bucket: 'integrations-kohler',
  requester: 'arn:aws:sts::111122223333:assumed-role/kohler_adobe/x',
  id: 'ABCDEFGHIJKLMNOP',
  operation: 'PutObject',
  key: 'adobe/a "b" {c}.csv',
  received: 12,
};

test('what is written is read', () => {
  expect(readIn(cloudTrailFile([REQUEST])).records).toEqual([
    {
      ...{ from: 'cloudtrail', at: Date.parse(REQUEST.at), bucket: REQUEST.bucket, requester: REQUEST.requester },
      ...{ account: '111122223333', requestId: REQUEST.id, name: 'PutObject', operation: 'PutObject' },
      ...{ versioned: false, key: REQUEST.key, status: 200, errorCode: '', message: '', bytesIn: 12, bytesOut: 0 },
      ...{ accessPoint: '', address: '192.0.2.3', endpoint: '', plainHttp: false },
    },
  ]);
});

test('a file is read alike in whatever pieces it comes', () => {
  const text = cloudTrailFile(
    Array.from({ length: 30 }, (_, at) => ({ ...REQUEST, id: `ID${at}`, key: `adobe/${at}\\"{` })),
  );
  const whole = readIn(text);
  expect(whole.records).toHaveLength(30);
  expect(whole.skipped).toEqual([]);
  for (const piece of [1, 7, 64, 1000]) expect(readIn(text, piece)).toEqual(whole);
  const indented = JSON.stringify(JSON.parse(text), null, 2);
  expect(readIn(indented)).toEqual(whole);
});

test.each<[string, Partial<Request>, Partial<LogRecord>]>([
  ['a denial', { errorCode: 'AccessDenied', message: 'no' }, { status: 403, errorCode: 'AccessDenied', message: 'no' }],
  ['a missing object', { errorCode: 'NoSuchKey' }, { status: 404 }],
  ['another region', { errorCode: 'PermanentRedirect' }, { status: 301 }],
  [
    'an account alone',
    { requester: '444455556666' },
    { requester: 'AROAEXAMPLEEXAMPLE456:job', account: '444455556666' },
  ],
  ['a listing', { operation: 'ListObjects', prefix: 'adobe/' }, { prefix: 'adobe/' }],
  ['a listing of the root', { operation: 'ListObjects' }, { prefix: '' }],
  ['plain HTTP', { plainHttp: true }, { plainHttp: true }],
  [
    'a VPC endpoint',
    { vpcEndpoint: 'vpce-0a1b2c3d', address: '10.0.0.5' },
    { endpoint: 'vpce-0a1b2c3d', address: '10.0.0.5' },
  ],
  ['a version', { operation: 'GetObject', versionId: 'v' }, { versioned: true }],
])('%s', (_, more, expected) => {
  expect(readIn(cloudTrailFile([{ ...REQUEST, ...more }])).records[0]).toMatchObject(expected);
});

test('a role that was to be assumed is named', () => {
  const event = {
    ...cloudTrailEvent({ ...REQUEST, operation: 'AssumeRole', errorCode: 'AccessDenied' }, 'sts.amazonaws.com'),
    requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/kohler_adobe' },
  };
  const [record] = readIn(JSON.stringify({ Records: [event] })).records;
  expect(record).toMatchObject({
    role: 'arn:aws:iam::111122223333:role/kohler_adobe',
    bucket: '',
    operation: 'AssumeRole',
  });
});

test.each<[string, string, SkippedKind[], number]>([
  ['half a file', cloudTrailFile([REQUEST, REQUEST]).slice(0, -40), ['broken-json'], 1],
  ['what is no event', '{"Records": [{"a": 1}, {}]}', ['not-an-event', 'not-an-event'], 0],
  ['an event without a time', '{"Records": [{"eventName": "x", "eventSource": "y"}]}', ['bad-time'], 0],
  ['an event that is broken', '{"Records": [{"a" 1}]}', ['broken-json'], 0],
  ['a digest', '{"awsAccountId": "1", "logFiles": [{"s3Object": "x"}]}', ['no-records'], 0],
  ['a Records that is deeper', '{"a": {"Records": [{"eventName": "x"}]}}', ['no-records'], 0],
  ['an event that is too long', `{"Records": [{"a": "${'x'.repeat(3_000_000)}"}]}`, ['too-long'], 0],
  ['braces that close too often', '{}}}', ['broken-json'], 0],
  ['an empty list', '{"Records": []}', [], 0],
])('%s is counted, and not fatal', (_, text, kinds, records) => {
  for (const piece of [Number.MAX_SAFE_INTEGER, 100]) {
    const read = readIn(text, piece);
    expect(read.skipped).toEqual(kinds);
    expect(read.records).toHaveLength(records);
  }
});

test('values of other types than AWS writes are nothing', () => {
  const event = {
    ...cloudTrailEvent(REQUEST),
    userIdentity: 5,
    requestParameters: 'x',
    additionalEventData: [],
    resources: {},
  };
  const [record] = readIn(JSON.stringify({ Records: [{ ...event, errorCode: 7 }] })).records;
  expect(record).toMatchObject({ requester: '', bucket: '', key: '', bytesIn: 0, errorCode: '', status: 200 });
});

test('any text gives counts, never a crash', () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const good = cloudTrailFile([REQUEST, { ...REQUEST, errorCode: 'AccessDenied' }]);
  for (let round = 0; round < 1000; round++) {
    const bytes = Buffer.from(good);
    for (let change = random(6); change >= 0; change--)
      bytes[random(bytes.length)] = '{}[]"\\:,\0'.charCodeAt(random(9));
    const { records, skipped } = readIn(bytes.toString('latin1'), 1 + random(800));
    expect(records.length + skipped.length).toBeGreaterThan(0);
    expect(records.length).toBeLessThan(4);
  }
});
