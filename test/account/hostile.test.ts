import Ajv from 'ajv';
import { MOST_BYTES, parseSnapshot } from '../../lib/account/file-text';
import { NotJson, parseJson } from '../../lib/account/json';
import { NotASnapshot, SNAPSHOT_FORMAT, snapshotSchema } from '../../lib/account/snapshot';

/** Files that are no snapshot, or a broken one: each ends in one sentence, and none in an account without anything in it. */

const GOOD = {
  format: SNAPSHOT_FORMAT,
  account: '111122223333',
  partition: 'aws',
  regions: ['eu-west-1'],
  collectedAt: '2026-11-27T10:00:00Z',
};
const read = (given: string | Uint8Array) =>
  parseSnapshot(typeof given === 'string' ? new TextEncoder().encode(given) : given);
const role = { RoleName: 'a', Arn: 'arn:aws:iam::111122223333:role/a' };

test('what they are broken from is none', () => {
  expect(read(JSON.stringify(GOOD))).toEqual({ ...GOOD, notRead: [] });
  expect(read(`\ufeff${JSON.stringify(GOOD)}`)).toMatchObject(GOOD);
});

const AGAIN = '; take the snapshot again';
test.each<[string, string | Uint8Array, string]>([
  ['nothing', '', `it cannot be read: it is not JSON${AGAIN}`],
  ['a file that was cut', JSON.stringify(GOOD).slice(0, -20), `it cannot be read: it ends too early${AGAIN}`],
  ['a file that was cut within a list', '{"format":"x","keys":[', `it cannot be read: it ends too early${AGAIN}`],
  ['two files in one', JSON.stringify(GOOD).repeat(2), `it cannot be read: it is not JSON${AGAIN}`],
  ['YAML', 'format: x', `it cannot be read: it is not JSON${AGAIN}`],
  ['control characters', '\u001b[2J]', `it cannot be read: it is not JSON${AGAIN}`],
  [
    'UTF-16',
    Buffer.from(`\ufeff${JSON.stringify(GOOD)}`, 'utf16le'),
    'it is not UTF-8 text; save it as UTF-8, or take the snapshot again',
  ],
  [
    'a compressed file',
    Buffer.from([0x1f, 0x8b, 8, 0, 0xff]),
    'it is not UTF-8 text; save it as UTF-8, or take the snapshot again',
  ],
  ['a list', '[]', `it is not a snapshot: it has no format ${SNAPSHOT_FORMAT}; name a file that snapshot wrote`],
  ['a text', '"x"', `it is not a snapshot: it has no format ${SNAPSHOT_FORMAT}; name a file that snapshot wrote`],
  ['null', 'null', `it is not a snapshot: it has no format ${SNAPSHOT_FORMAT}; name a file that snapshot wrote`],
  [
    'another JSON file',
    '{"Resources":{}}',
    `it is not a snapshot: it has no format ${SNAPSHOT_FORMAT}; name a file that snapshot wrote`,
  ],
  [
    'a format in a prototype',
    '{"__proto__":{"format":"bucket-integrations/snapshot@1"}}',
    `it is not a snapshot: it has no format ${SNAPSHOT_FORMAT}; name a file that snapshot wrote`,
  ],
  [
    'a later format',
    '{"format":"bucket-integrations/snapshot@2"}',
    `format should be ${SNAPSHOT_FORMAT}; it is "bucket-integrations/snapshot@2"; take the snapshot again with this version`,
  ],
  ['too deep a list', '['.repeat(100_000), `it cannot be read: it is nested deeper than 200 levels${AGAIN}`],
])('%s', (_, given, message) => {
  expect(() => read(given)).toThrow(new NotASnapshot(message));
});

test.each<[string, object, string]>([
  ['no account', { account: undefined }, 'account is missing'],
  [
    'an account as a number',
    { account: 111122223333 },
    'account should be an account id of twelve digits; it is 111122223333',
  ],
  [
    'a short account',
    { account: '11112222333' },
    'account should be an account id of twelve digits; it is "11112222333"',
  ],
  ['no partition', { partition: null }, 'partition is missing'],
  ['no Regions', { regions: undefined }, 'regions is missing'],
  [
    'no time',
    { collectedAt: 'yesterday' },
    'collectedAt should be an instant, such as 2026-11-27T10:00:00Z; it is "yesterday"',
  ],
  [
    'no such day',
    { collectedAt: '2026-13-45T10:00:00Z' },
    'collectedAt should be an instant, such as 2026-11-27T10:00:00Z; it is "2026-13-45T10:00:00Z"',
  ],
  ['a text for a list', { buckets: 'none' }, 'buckets should be a list; it is "none"'],
  ['a number for texts', { bucketNames: 5 }, 'bucketNames should be a list; it is 5'],
  ['a number among texts', { bucketNames: ['a', 5] }, 'bucketNames[1] should be a text; it is 5'],
  ['a list for an object', { iam: [] }, 'iam should be an object; it is a list'],
  ['a text for a thing', { keys: ['x'] }, 'keys[0] should be an object; it is "x"'],
  [
    'a thing without a name',
    { iam: { RoleDetailList: [role, { Arn: role.Arn }] } },
    'iam.RoleDetailList[1].RoleName is missing',
  ],
  [
    'no ARN',
    { iam: { RoleDetailList: [{ ...role, Arn: 'a' }] } },
    'iam.RoleDetailList[0].Arn should be an ARN; it is "a"',
  ],
  [
    'a number for a policy',
    { iam: { RoleDetailList: [{ ...role, AssumeRolePolicyDocument: 5 }] } },
    'iam.RoleDetailList[0].AssumeRolePolicyDocument should be a policy document; it is 5',
  ],
  [
    'a list for a policy',
    { buckets: [{ Name: 'a', Policy: [] }] },
    'buckets[0].Policy should be a policy document; it is a list',
  ],
  [
    'a list in a policy’s wrapper',
    { buckets: [{ Name: 'a', Policy: { Policy: [1] } }] },
    'buckets[0].Policy.Policy should be a policy document; it is a list',
  ],
  [
    'nonsense in a setting',
    { buckets: [{ Name: 'a', PublicAccessBlock: { BlockPublicAcls: 'yes' } }] },
    'buckets[0].PublicAccessBlock.BlockPublicAcls should be true or false; it is "yes"',
  ],
  [
    'a duration that is none',
    { maxSessionDurations: { a: 'long' } },
    'maxSessionDurations.a should be a whole number; it is "long"',
  ],
  [
    'a duration of a strange name',
    { maxSessionDurations: { 'a\u001b[31m': -1 } },
    'maxSessionDurations."a\\u001b[31m" should be a whole number; it is -1',
  ],
  [
    'a long text',
    { account: 'x'.repeat(1_000_000) },
    `account should be an account id of twelve digits; it is "${'x'.repeat(75)}…"`,
  ],
  ['nothing read for no reason', { notRead: [{ list: 'keys', arn: null }] }, 'notRead[0].why is missing'],
])('%s', (_, change, message) => {
  expect(() => read(JSON.stringify({ ...GOOD, ...change }))).toThrow(new NotASnapshot(`${message}${AGAIN}`));
  const valid = new Ajv({ strict: false }).compile(snapshotSchema());
  const written = JSON.parse(JSON.stringify({ ...GOOD, ...change }));
  // Neither the day of an instant nor what is in a policy is said in a schema.
  expect([message, valid(written)]).toEqual([message, /^collectedAt|Policy\.Policy/.test(message)]);
});

test('the first that is wrong is said, however many there are', () => {
  const many = JSON.stringify({ ...GOOD, bucketNames: Array.from({ length: 500_000 }, () => 1) });
  expect(() => read(many)).toThrow(new NotASnapshot(`bucketNames[0] should be a text; it is 1${AGAIN}`));
});

describe('size', () => {
  test('more bytes than any account needs', () => {
    expect(() => read(new Uint8Array(MOST_BYTES + 1))).toThrow(
      new NotASnapshot('it has 257 MiB; at most 256 are read; name fewer buckets instead of all'),
    );
  });

  test('more values than any account has: they would take twenty times the memory of their text', () => {
    const text = JSON.stringify({ ...GOOD, x: [] }).replace('[]}', `[${'[],'.repeat(5_000_000)}1]}`);
    expect(() => read(text)).toThrow(new NotASnapshot(`it cannot be read: it holds more than 10000000 values${AGAIN}`));
  });

  test('more members of an object than any has', () => {
    const durations = Array.from({ length: 100_001 }, (_, at) => `"${at}":1`).join();
    const text = JSON.stringify({ ...GOOD, x: {} }).replace('{}', `{${durations}}`);
    expect(() => read(text)).toThrow(
      new NotASnapshot(`it cannot be read: an object in it has more than 100000 members${AGAIN}`),
    );
    const fewer = text.replace(',"100000":1', '');
    expect(read(fewer)).toMatchObject({ x: { 99999: 1 } });
  });

  test('brackets and commas in texts are none', () => {
    const bounds = { length: 1_000, depth: 2, values: 3 };
    expect(parseJson('{"a":["[[[[ \\" ,,,,]]]]{{{{","\\\\"]}', bounds)).toEqual({ a: ['[[[[ " ,,,,]]]]{{{{', '\\'] });
    expect(() => parseJson('{"a":[[]]}', bounds)).toThrow(new NotJson('it is nested deeper than 2 levels'));
    expect(() => parseJson('[[],[]]', bounds)).toThrow(new NotJson('it holds more than 3 values'));
    expect(() => parseJson('[1,2,3,4]', bounds)).toThrow(new NotJson('it holds more than 3 values'));
    expect(() => parseJson(' '.repeat(1_001), bounds)).toThrow(new NotJson('it is longer than 1000 characters'));
    expect(() => parseJson('["[', bounds)).toThrow(new NotJson('it ends too early'));
  });

  test('a policy that is nested without end is unreadable, and the rest is read', () => {
    const Policy = `${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`;
    expect(read(JSON.stringify({ ...GOOD, buckets: [{ Name: 'a', Policy }] })).buckets).toEqual([
      { Name: 'a', Policy },
    ]);
  });
});
