import { type Caller, Judge } from '../support/judge';
import { HOME } from '../support/resolve';
import { synthesize, type Template } from '../support/synth';

const SENDER = 'arn:aws:iam::123456789876:role/sender';
const OTHER = 'arn:aws:iam::123456789876:role/other';
const BUCKET = 'arn:aws:s3:::integrations-kohler';
const { kohler } = synthesize({
  'kohler/client.yaml': '',
  'kohler/one.yaml': `kind: direct-trust\nprincipals: [${SENDER}]\naccessPoint: true\nexpires: 2027-01-01\n`,
  'kohler/two.yaml': `kind: direct-trust\nprincipals: [${OTHER}]\naccessPoint: true\naccess: [list, read, write, acl, root-list]\n`,
  'kohler/off.yaml': `kind: direct-trust\nprincipals: [${SENDER}]\naccessPoint: true\nstatus: suspended\n`,
  'kohler/plain.yaml': `kind: direct-trust\nprincipals: [${OTHER}]\n`,
  'kohler/role.yaml': `kind: assumed-role\nprincipals: [${SENDER}]\nexternalId: abc\n`,
}) as { kohler: Template };

const point = (vendor: string, region = HOME.region) =>
  `arn:aws:s3:${region}:${HOME.account}:accesspoint/kohler--${vendor}`;
const through = (
  vendor: string,
  outside: string,
  action: string,
  key: string | undefined,
  context: Readonly<Record<string, string>> = {},
  judge = new Judge(kohler),
) =>
  judge.mayThrough(
    point(vendor),
    { outside },
    { action, resource: key === undefined ? BUCKET : `${BUCKET}/${key}`, context },
  );

test('its own principal acts under its prefix, and lists there', async () => {
  for (const action of ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload']) {
    expect([action, await through('one', SENDER, action, 'one/a')]).toEqual([action, true]);
  }
  expect(await through('one', SENDER, 's3:ListBucket', undefined, { 's3:prefix': 'one/' })).toBe(true);
  expect(await through('one', SENDER, 's3:GetBucketLocation', undefined)).toBe(true);
  expect(await through('two', OTHER, 's3:ListBucket', undefined)).toBe(true);
  const owned = { 's3:x-amz-acl': 'bucket-owner-full-control' };
  expect(await through('two', OTHER, 's3:PutObjectAcl', 'two/a', owned)).toBe(true);
});

test('and nothing else: no other prefix, list, action, moment or plain HTTP', async () => {
  for (const [action, key, context] of [
    ['s3:GetObject', 'two/a', {}],
    ['s3:GetObject', 'one', {}],
    ['s3:GetObject', 'one2/a', {}],
    ['s3:DeleteObject', 'one/a', {}],
    ['s3:GetObjectAcl', 'one/a', {}],
    ['s3:ListBucket', undefined, {}],
    ['s3:ListBucket', undefined, { 's3:prefix': 'two/' }],
    ['s3:GetBucketPolicy', undefined, {}],
    ['s3:PutBucketPolicy', undefined, {}],
    ['s3:GetObject', 'one/a', { 'aws:CurrentTime': '2027-01-01T00:00:00Z' }],
    ['s3:GetObject', 'one/a', { 'aws:SecureTransport': 'false' }],
  ] as const) {
    expect([action, key, context, await through('one', SENDER, action, key, context)]).toEqual([
      action,
      key,
      context,
      false,
    ]);
  }
});

test('each access point is for its own principal', async () => {
  expect(await through('one', OTHER, 's3:GetObject', 'one/a')).toBe(false);
  expect(await through('two', SENDER, 's3:GetObject', 'two/a')).toBe(false);
  expect(await through('off', SENDER, 's3:GetObject', 'off/a')).toBe(false);
  const role: Caller = { role: 'kohler_role' };
  const request = { action: 's3:GetObject', resource: `${BUCKET}/role/a` };
  const judge = new Judge(kohler);
  expect([await judge.may(role, request), await judge.mayThrough(point('one'), role, request)]).toEqual([true, false]);
});

test('without its access point nobody gets in: the bucket hands on, and lets nobody in itself', async () => {
  const judge = new Judge(kohler);
  const direct = (outside: string, key: string) =>
    judge.may({ outside }, { action: 's3:GetObject', resource: `${BUCKET}/${key}` });
  expect([await direct(SENDER, 'one/a'), await direct(OTHER, 'two/a'), await direct(OTHER, 'plain/a')]).toEqual([
    false,
    false,
    true,
  ]);
});

describe('the statement that hands on', () => {
  const changed = (change: (statement: { Condition: Record<string, Record<string, unknown>> }) => unknown) => {
    const copy = structuredClone(kohler);
    const policy = Object.values(copy.Resources).find(({ Type }) => Type === 'AWS::S3::BucketPolicy')?.Properties;
    const statements: { Sid: string; Condition: Record<string, Record<string, unknown>> }[] =
      policy.PolicyDocument.Statement;
    const at = statements.findIndex(({ Sid }) => Sid === 'AccessPoints');
    if (change(statements[at] as never) === 'gone') statements.splice(at, 1);
    return new Judge(copy);
  };
  const ask = (judge: Judge) => through('one', SENDER, 's3:GetObject', 'one/a', {}, judge);

  test('is needed, for this account and these names', async () => {
    expect(await ask(changed(() => undefined))).toBe(true);
    expect(await ask(changed(() => 'gone'))).toBe(false);
    const account = changed(({ Condition }) => {
      Condition.StringEquals = { 's3:DataAccessPointAccount': '111122223333' };
    });
    expect(await ask(account)).toBe(false);
    const names = changed(({ Condition }) => {
      Condition.StringLike = { 's3:DataAccessPointArn': point('x').replace('kohler--x', 'acme--*') };
    });
    expect(await ask(names)).toBe(false);
  });
});
