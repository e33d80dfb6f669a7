import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogRecord, SkippedKind } from '../../../lib/usage/logs/record';
import { ServerAccessReader } from '../../../lib/usage/logs/server-access';
import { type Request, serverAccessLine } from '../write-logs';

/** What is read of a text that comes in pieces. */
function readIn(text: string | Buffer, piece = Number.MAX_SAFE_INTEGER) {
  const records: (Omit<LogRecord, 'from'> & { readonly from: string })[] = [];
  const skipped: [SkippedKind, string][] = [];
  const reader = new ServerAccessReader({
    record: (each) => {
      const { from, at, bucket, requester, requestId, name, operation, versioned, key, prefix } = each;
      const { status, errorCode, bytesIn, bytesOut, accessPoint, address, plainHttp } = each;
      records.push({
        ...{ from, at, bucket, requester, requestId, name, operation, versioned, key, prefix },
        ...{ status, errorCode, bytesIn, bytesOut, accessPoint, address, plainHttp },
      });
    },
    skipped: (kind, example) => skipped.push([kind, example]),
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) reader.write(bytes.subarray(at, at + piece));
  reader.end();
  return { records, skipped };
}

const CASES = readFileSync(join(__dirname, '../lines.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const PAIRS = CASES.flatMap((line, at) => (line.startsWith('= ') ? [[CASES[at - 1] ?? '', line.slice(2)]] : []));

test.each(PAIRS)('%s', (line = '', expected) => {
  const { records, skipped } = readIn(`${line}\n`);
  expect(skipped).toEqual([]);
  const [{ at = 0, requester, operation, key, status, errorCode, bytesOut, bytesIn } = {}] = records;
  const time = new Date(at).toISOString().replace('.000', '');
  expect([time, requester || '-', operation, key || '-', status, errorCode || '-', bytesOut, bytesIn].join(' ')).toBe(
    expected,
  );
});

test('there are such lines', () => expect(PAIRS.length).toBeGreaterThan(6));

const REQUEST: Request = {
  at: '2026-11-27T10:00:01Z',
  bucket: 'integrations-kohler',
  requester: 'arn:aws:iam::111122223333:user/kohler_boomi',
  id: 'ABCDEFGHIJKLMNOP',
  operation: 'GetObject',
  key: 'boomi/a b.csv',
};

test('what is written is read', () => {
  const [record] = readIn(serverAccessLine({ ...REQUEST, versionId: 'v1', accessPointArn: 'arn:x', sent: 9 })).records;
  expect(record).toEqual({
    ...{ from: 'server-access', at: Date.parse(REQUEST.at), bucket: REQUEST.bucket, requester: REQUEST.requester },
    ...{ requestId: REQUEST.id, name: 'REST.GET.OBJECT', operation: 'GetObject', versioned: true },
    ...{ key: 'boomi/a%20b.csv', prefix: undefined, status: 200, errorCode: '', bytesIn: 0, bytesOut: 9 },
    ...{ accessPoint: 'arn:x', address: '192.0.2.3', plainHttp: false },
  });
});

test.each([
  ['', ''],
  ['boomi/', 'boomi%2F'],
  [undefined, ''],
])('a listing of %p has the prefix %p', (prefix, read) => {
  const line = serverAccessLine({ ...REQUEST, operation: 'ListObjectsV2', key: undefined, prefix });
  expect(readIn(line).records[0]?.prefix).toBe(read);
});

test('plain HTTP shows where lines have the fields of TLS; of older ones nobody knows', () => {
  const line = serverAccessLine(REQUEST);
  const old = line.replace(/ - s9lzHYrFp.*$/, ' -');
  const lines = [line, serverAccessLine({ ...REQUEST, plainHttp: true, address: '198.51.100.7' }), old];
  const { records } = readIn(lines.map((each) => `${each}\n`).join(''));
  expect(records.map(({ plainHttp }) => plainHttp)).toEqual([false, true, undefined]);
  expect(records.map(({ address }) => address)).toEqual(['192.0.2.3', '198.51.100.7', '192.0.2.3']);
});

test('an ACL is of the object where there is one, and of the bucket otherwise', () => {
  const acl = (key?: string) => {
    const line = serverAccessLine({ ...REQUEST, key }).replace('REST.GET.OBJECT', 'REST.PUT.ACL');
    return readIn(line).records[0]?.operation;
  };
  expect([acl('boomi/a'), acl()]).toEqual(['PutObjectAcl', 'PutBucketAcl']);
});

test('a file is read alike in whatever pieces it comes', () => {
  const lines = Array.from({ length: 40 }, (_, at) => serverAccessLine({ ...REQUEST, id: `ID${at}`, sent: at * 1000 }));
  const text = `${lines.join('\n')}\r\nnonsense\n\n${lines[0]}`;
  const whole = readIn(text);
  expect(whole.records).toHaveLength(41);
  expect(whole.skipped).toEqual([['not-a-record', 'nonsense']]);
  for (const piece of [1, 7, 64, 500, 5000]) expect(readIn(text, piece)).toEqual(whole);
});

test.each<[string, string, SkippedKind]>([
  ['a day that is not', serverAccessLine(REQUEST).replace('27/Nov', '31/Feb'), 'bad-time'],
  ['a time that is not', serverAccessLine(REQUEST).replace(':10:00:01', ':25:00:01'), 'bad-time'],
  ['too few fields', serverAccessLine(REQUEST).split(' ').slice(0, 9).join(' '), 'not-a-record'],
  ['a status that is not', serverAccessLine(REQUEST).replace(' 200 ', ' 999 '), 'not-a-record'],
  [
    'another program log',
    '192.0.2.1 - - [27/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 12 "-" "curl"',
    'not-a-record',
  ],
  ['a line without end', 'x'.repeat(200_000), 'too-long'],
])('%s is counted, and not fatal', (_, line, kind) => {
  for (const piece of [Number.MAX_SAFE_INTEGER, 1000]) {
    const { records, skipped } = readIn(`${line}\n${serverAccessLine(REQUEST)}\n`, piece);
    expect(skipped.map(([each]) => each)).toEqual([kind]);
    expect(records).toHaveLength(1);
  }
});

test('any line gives one count, never a crash', () => {
  let seed = 20261128;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const good = serverAccessLine({ ...REQUEST, versionId: 'v' });
  for (let round = 0; round < 3000; round++) {
    const bytes = Buffer.from(good);
    for (let change = random(8); change >= 0; change--) {
      const at = random(bytes.length);
      bytes[at] = ['"', ' ', '[', ']', '-', '\0', '%', 'ÿ'][random(8)]?.charCodeAt(0) ?? random(256);
    }
    const line = bytes.subarray(0, random(6) === 0 ? random(bytes.length) : bytes.length);
    // Some changes make two lines of one, or none.
    const lines = line
      .toString('latin1')
      .split('\n')
      .filter((each) => each !== '' && each !== '\r').length;
    const { records, skipped } = readIn(line, 1 + random(300));
    expect(records.length + skipped.length).toBe(lines);
  }
});
