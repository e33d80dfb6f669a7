/** Whatever a definition can say, flags can: definitions of unseen vendors are written by flags alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { commonShape, kindShapes } from '../../lib/definitions/language/schema';
import { load } from '../../lib/definitions/load';
import { YamlFile } from '../../lib/definitions/yaml/yaml-file';
import { inFolder } from '../support/folder';
import { run } from '../support/run';

type Every<T> = T extends unknown ? keyof T : never;
type Key = keyof typeof commonShape | Every<(typeof kindShapes)[keyof typeof kindShapes]>;

type Value = string | boolean | readonly (string | Readonly<Record<string, string>>)[] | Nested;
interface Nested {
  readonly [key: string]: string | boolean | Nested;
}
type Definition = { readonly [K in Key]?: Value };

const VENDORS: Readonly<Record<string, Definition>> = parse(
  readFileSync(join(__dirname, '../data/unseen-vendors.yaml'), 'utf8'),
  { schema: 'core' },
);
const CA = readFileSync(join(__dirname, '../data/examples/globex/invoices-ca.pem'), 'utf8');

const one = (flag: string) => (value: Value) => [flag, String(value)];
const many = (flag: string) => (value: Value) => [flag, ...(value as readonly string[])];
const on = (flag: string) => () => [flag];
const parts = (flags: Readonly<Record<string, (value: Value) => string[]>>) => (value: Value) =>
  Object.entries(value as Nested).flatMap(([key, part]) => flags[key]?.(part) ?? [`no flag for ${key}`]);
const each = (flag: string, word: (member: Readonly<Record<string, string>>) => string) => (value: Value) => [
  flag,
  ...(value as readonly Readonly<Record<string, string>>[]).map(word),
];

/** The flags of every key: a new key of the language does not compile until it has some. */
const FLAGS: Readonly<Record<Key, (value: Value) => string[]>> = {
  kind: one('--kind'),
  vendor: one('--profile'),
  way: one('--way'),
  site: one('--site'),
  description: one('--description'),
  request: one('--request'),
  owner: one('--owner'),
  contact: one('--contact'),
  reviewBy: one('--review-by'),
  accept: each('--accept', ({ code, reason, until }) => `${code}${until === undefined ? '' : `@${until}`}=${reason}`),
  reason: one('--reason'),
  status: one('--status'),
  prefix: one('--prefix'),
  wholeBucket: on('--whole-bucket'),
  dedicatedBucket: parts({
    name: one('--bucket'),
    existing: on('--bucket-existing'),
    kmsKey: one('--bucket-kms-key'),
    versioned: on('--bucket-unversioned'),
    lifecycle: parts({
      abortUploadsAfterDays: one('--abort-uploads-after'),
      expireObjectsAfterDays: one('--expire-objects-after'),
      expireOldVersionsAfterDays: one('--expire-old-versions-after'),
    }),
    eventBridge: on('--bucket-event-bridge'),
  }),
  access: many('--access'),
  expires: one('--expires'),
  sourceIps: many('--source-ip'),
  vpcEndpoints: many('--vpc-endpoint'),
  sourceVpcs: many('--source-vpc'),
  stackPart: one('--stack-part'),
  principals: many('--principal'),
  externalId: one('--external-id'),
  externalIds: many('--external-id'),
  maxSessionDuration: one('--session-duration'),
  sessionDuration: one('--session-duration'),
  trusts: each('--trust', ({ principal, externalId }) => [principal, externalId].filter(Boolean).join(' ')),
  roleName: one('--role-name'),
  sessionTags: on('--session-tags'),
  sourceIdentity: on('--source-identity'),
  roleSessionName: one('--session-name'),
  selfAssume: on('--self-assume'),
  allowWholeAccount: on('--whole-account'),
  accessPoint: on('--access-point'),
  trustAnchor: parts({ certificate: one('--ca-file'), arn: one('--trust-anchor') }),
  subject: parts({
    commonName: one('--common-name'),
    organization: one('--organization'),
    organizationalUnit: one('--organizational-unit'),
  }),
  acceptRoleSessionName: on('--accept-session-name'),
  provider: one('--issuer'),
  audiences: many('--audience'),
  subjects: many('--subject'),
  keys: many('--key-slots'),
};

/** The flags of a definition; without an external ID, that it has none. */
function flagsOf(definition: Definition): string[] {
  const keys = Object.entries(definition) as [Key, Value][];
  const bare = definition.kind === 'assumed-role' && !keys.some(([key]) => /^externalIds?$|^trusts$/.test(key));
  return [...keys.flatMap(([key, value]) => FLAGS[key](value)), ...(bare ? ['--no-external-id'] : [])];
}

const FROM_PROFILES: readonly Key[] = ['vendor', 'way', 'site'];

test('they are at least 57, of every kind, and together say everything', () => {
  expect(Object.keys(VENDORS).length).toBeGreaterThanOrEqual(57);
  const keys = new Set(Object.values(VENDORS).flatMap((definition) => Object.keys(definition)));
  expect([...keys].sort()).toEqual(
    Object.keys(FLAGS)
      .filter((key) => !(FROM_PROFILES as string[]).includes(key))
      .sort(),
  );
});

test.each(Object.entries(VENDORS))('%s', async (vendor, definition) => {
  await inFolder({ 'kohler/client.yaml': 'region: eu-west-1\n', 'kohler/vendor-ca.pem': CA }, async (dir) => {
    const { exit, err } = await run('new', 'kohler', vendor, ...flagsOf(definition), '--dir', dir);
    expect([exit, err]).toEqual([0, '']);
    const written = new YamlFile('', readFileSync(join(dir, `kohler/${vendor}.yaml`), 'utf8'));
    expect(JSON.parse(JSON.stringify(written.data, texts))).toEqual(JSON.parse(JSON.stringify(definition, texts)));
    expect(load(dir).failed).toBe(false);
  });
});

/** Whether something is a number, a flag or a text is the language's business. */
function texts(_: string, value: unknown): unknown {
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : value;
}
