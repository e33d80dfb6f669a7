import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parseSnapshot, snapshotText } from '../../lib/account/file-text';
import { SNAPSHOT_FORMAT, type Snapshot, snapshotSchema } from '../../lib/account/snapshot';

/**
 * AWS's answers as its documentation and public examples show them: one file of shapes/ each, with what is read of it. A
 * file says what it shows and where it is from, what is `given`, and what is `read`; `absent` are paths of what is not.
 */
interface Corpus {
  readonly what: string;
  readonly source: string;
  readonly given: object;
  readonly read: object;
  readonly absent?: readonly string[];
  readonly durations?: readonly (readonly [string, number])[];
}

const FOLDER = join(__dirname, 'shapes');
const HEADER = { format: SNAPSHOT_FORMAT, account: '111122223333', partition: 'aws', regions: ['eu-west-1'] };
const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (text: string): Snapshot => parseSnapshot(bytes(text));
const textOf = (snapshot: Snapshot) => [...snapshotText(snapshot)].join('');
const valid = new Ajv({ strict: false }).compile(snapshotSchema());

const corpus = readdirSync(FOLDER).map((file): [string, Corpus] => [
  file.replace('.json', ''),
  JSON.parse(readFileSync(join(FOLDER, file), 'utf8')),
]);

describe.each(corpus)('%s', (_, { what, source, given, read, absent = [], durations }) => {
  const made = parse(JSON.stringify({ ...HEADER, collectedAt: '2026-11-27T10:00:00Z', ...given }));

  test(what, () => {
    expect(made).toMatchObject(read);
    for (const path of absent) {
      const value = path.split('.').reduce<unknown>((outer, name) => (outer as Record<string, unknown>)[name], made);
      expect([path, value]).toEqual([path, undefined]);
    }
    if (durations) expect([...(made.maxSessionDurations ?? [])]).toEqual(durations);
    expect(source).toMatch(/^https:/);
  });

  test('is the same when it is written and read again, and valid by the schema', () => {
    const text = textOf(made);
    expect(parse(text)).toEqual(made);
    expect(textOf(parse(text))).toBe(text);
    valid(JSON.parse(text));
    expect(valid.errors ?? []).toEqual([]);
  });
});

test('a file is a thing a line, with its format first and what was not read last', () => {
  const given = { collectedAt: '2026-11-27T10:00:00Z', iam: { Policies: [] }, bucketNames: ['b', 'a'], more: { x: 1 } };
  const notRead = [{ list: 'keys', arn: null, why: 'AccessDenied' }];
  expect(textOf(parse(JSON.stringify({ notRead, ...given, ...HEADER })))).toBe(`{
"format": "bucket-integrations/snapshot@1",
"account": "111122223333",
"partition": "aws",
"regions": [
"eu-west-1"
],
"collectedAt": "2026-11-27T10:00:00Z",
"iam": {
"Policies": []
},
"bucketNames": [
"a",
"b"
],
"more": {"x":1},
"notRead": [
{"list":"keys","arn":null,"why":"AccessDenied"}
]
}
`);
});

test('a list that is absent was not read, an empty one was', () => {
  const made = parse(JSON.stringify({ ...HEADER, collectedAt: '2026-11-27T10:00:00Z', keys: [], secrets: null }));
  expect([made.keys, made.secrets, made.buckets, made.notRead]).toEqual([[], undefined, undefined, []]);
});
