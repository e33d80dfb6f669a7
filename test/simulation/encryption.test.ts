import { type Caller, Judge } from '../support/judge';
import { HOME } from '../support/resolve';
import { synthesize } from '../support/synth';
import { contextOf, HEADERS, takes } from './encryption';

const VENDOR = 'arn:aws:iam::123456789876:role/sender';
const KEY = `arn:aws:kms:${HOME.region}:${HOME.account}:key/11111111-2222-4333-8444-555555555555`;
const FOREIGN = `arn:aws:kms:${HOME.region}:123456789876:key/99999999-2222-4333-8444-555555555555`;

const role = `kind: assumed-role\nprincipals: [${VENDOR}]\n`;
const trust = `kind: direct-trust\nprincipals: [${VENDOR}]\n`;
const key = 'kind: access-key\nreason: a test\n';
const templates = synthesize({
  'plain/client.yaml': '',
  'plain/role.yaml': role,
  'plain/trust.yaml': trust,
  'plain/key.yaml': key,
  'kms/client.yaml': `bucket: {kmsKey: "${KEY}"}`,
  'kms/role.yaml': role,
  'kms/key.yaml': key,
  'old/client.yaml': 'bucket: {name: old-bucket, existing: true}',
  'old/role.yaml': role,
  'old/key.yaml': key,
  'old-kms/client.yaml': `bucket: {name: old-kms-bucket, existing: true, kmsKey: "${KEY}"}`,
  'old-kms/role.yaml': role,
});

const BUCKETS: Readonly<Record<string, string>> = {
  plain: 'integrations-plain',
  kms: 'integrations-kms',
  old: 'old-bucket',
  'old-kms': 'old-kms-bucket',
};
const WHO: readonly (readonly [client: string, vendor: string, caller: Caller])[] = [
  ['plain', 'role', { role: 'plain_role' }],
  ['plain', 'trust', { outside: VENDOR }],
  ['plain', 'key', { user: 'plain_key' }],
  ['kms', 'role', { role: 'kms_role' }],
  ['kms', 'key', { user: 'kms_key' }],
  ['old', 'role', { role: 'old_role' }],
  ['old', 'key', { user: 'old_key' }],
  ['old-kms', 'role', { role: 'old-kms_role' }],
];

const matrix = WHO.flatMap(([client, vendor, caller]) =>
  HEADERS.map((header) => [client, vendor, header, caller] as const),
);

test.each(matrix)('%s, %s: an upload with %s', async (client, vendor, header, caller) => {
  const judge = new Judge(templates[client] as never);
  const resource = `arn:aws:s3:::${BUCKETS[client]}/${vendor}/file`;
  const put = (context: Readonly<Record<string, string>>) =>
    judge.may(caller, { action: 's3:PutObject', resource, context });
  expect(await put(contextOf(header, KEY, FOREIGN))).toBe(takes(client.includes('kms')).includes(header));
});

test('a created bucket refuses keys of the caller’s own', () => {
  for (const client of ['plain', 'kms']) {
    const bucket = Object.values(templates[client]?.Resources ?? {}).find(({ Type }) => Type === 'AWS::S3::Bucket');
    const [rule] = bucket?.Properties.BucketEncryption.ServerSideEncryptionConfiguration ?? [];
    expect(rule.BlockedEncryptionTypes).toEqual({ EncryptionType: ['SSE-C'] });
  }
});
