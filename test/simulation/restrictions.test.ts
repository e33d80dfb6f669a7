import { type Caller, Judge } from '../support/judge';
import { HOME } from '../support/resolve';
import { synthesize } from '../support/synth';

const VENDOR = 'arn:aws:iam::123456789876:role/sender';
const KEY = `arn:aws:kms:${HOME.region}:${HOME.account}:key/11111111-2222-4333-8444-555555555555`;
const ENDPOINT = 'vpce-0a1b2c3d4e5f67890';
const VPC = 'vpc-0a1b2c3d4e5f67890';

const templates = synthesize({
  'kohler/client.yaml': 'bucket: {kmsKey: create}',
  'kohler/ip.yaml': `kind: assumed-role\nprincipals: [${VENDOR}]\nsourceIps: [203.0.113.0/24, "2001:db8::/32"]\nexpires: 2027-01-01\n`,
  'kohler/vpce.yaml': `kind: direct-trust\nprincipals: [${VENDOR}]\nvpcEndpoints: [${ENDPOINT}]\n`,
  'kohler/vpc.yaml': `kind: assumed-role\nprincipals: [${VENDOR}]\nsourceIps: [203.0.113.7]\nsourceVpcs: [${VPC}]\n`,
  'kohler/both.yaml': `kind: access-key\nreason: a test\nsourceIps: [203.0.113.7]\nvpcEndpoints: [${ENDPOINT}]\naccess: [read, write]\n`,
  'kohler/reader.yaml': `kind: direct-trust\nprincipals: [${VENDOR}]\naccess: [list, read]\n`,
  'kohler/lister.yaml': `kind: assumed-role\nprincipals: [${VENDOR}]\naccess: [list, delete, tags]\n`,
  'kohler/off.yaml': `kind: assumed-role\nprincipals: [${VENDOR}]\nstatus: suspended\n`,
  'old/client.yaml': `bucket: {name: old-bucket, existing: true, kmsKey: "${KEY}"}`,
  'old/reltio.yaml': `kind: assumed-role\nprincipals: [${VENDOR}]\naccess: [list, read, write, acl, root-list]\n`,
});
const judge = new Judge(templates.kohler as never);
const get = (judged: Judge, caller: Caller, prefix: string, context = {}, bucket = 'integrations-kohler') =>
  judged.may(caller, { action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${prefix}/a`, context });

test('only from the source addresses', async () => {
  const caller = { role: 'kohler_ip' };
  for (const address of ['203.0.113.1', '203.0.113.254', '2001:db8::1']) {
    expect([address, await get(judge, caller, 'ip', { 'aws:SourceIp': address })]).toEqual([address, true]);
  }
  for (const address of ['203.0.114.1', '198.51.100.1', '2001:db9::1']) {
    expect([address, await get(judge, caller, 'ip', { 'aws:SourceIp': address })]).toEqual([address, false]);
  }
  expect(await get(judge, caller, 'ip')).toBe(false);
  const list = { action: 's3:ListBucket', resource: 'arn:aws:s3:::integrations-kohler' };
  expect(await judge.may(caller, { ...list, context: { 's3:prefix': 'ip/', 'aws:SourceIp': '203.0.113.1' } })).toBe(
    true,
  );
  expect(await judge.may(caller, { ...list, context: { 's3:prefix': 'ip/', 'aws:SourceIp': '198.51.100.1' } })).toBe(
    false,
  );
});

test('only through the VPC endpoint', async () => {
  const caller = { outside: VENDOR };
  expect(await get(judge, caller, 'vpce', { 'aws:SourceVpce': ENDPOINT })).toBe(true);
  expect(await get(judge, caller, 'vpce', { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f67891' })).toBe(false);
  expect(await get(judge, caller, 'vpce', { 'aws:SourceIp': '203.0.113.7' })).toBe(false);
});

test('from a VPC through whichever endpoint, or from an address', async () => {
  const caller = { role: 'kohler_vpc' };
  expect(await get(judge, caller, 'vpc', { 'aws:SourceVpc': VPC, 'aws:SourceVpce': ENDPOINT })).toBe(true);
  expect(await get(judge, caller, 'vpc', { 'aws:SourceIp': '203.0.113.7' })).toBe(true);
  expect(await get(judge, caller, 'vpc', { 'aws:SourceVpc': 'vpc-0a1b2c3d', 'aws:SourceVpce': ENDPOINT })).toBe(false);
  expect(await get(judge, caller, 'vpc', { 'aws:SourceVpce': ENDPOINT })).toBe(false);
  expect(await get(judge, caller, 'vpc')).toBe(false);
});

test('addresses and endpoints are alternatives', async () => {
  const caller = { user: 'kohler_both' };
  expect(await get(judge, caller, 'both', { 'aws:SourceIp': '203.0.113.7' })).toBe(true);
  expect(await get(judge, caller, 'both', { 'aws:SourceVpce': ENDPOINT })).toBe(true);
  expect(await get(judge, caller, 'both', { 'aws:SourceIp': '203.0.113.8' })).toBe(false);
  expect(await get(judge, caller, 'both')).toBe(false);
});

describe('a KMS key', () => {
  const S3 = { 'kms:ViaService': `s3.${HOME.region}.amazonaws.com` };
  const use = (caller: Caller, action: string, context = {}) => judge.may(caller, { action, resource: KEY, context });

  test.each<[string, Caller]>([
    ['a role', { role: 'kohler_ip' }],
    ['a user', { user: 'kohler_both' }],
    ['a direct trust', { outside: VENDOR }],
  ])('%s uses it through S3 only, from wherever S3 is', async (_, caller) => {
    expect(await use(caller, 'kms:Decrypt', S3)).toBe(true);
    expect(await use(caller, 'kms:GenerateDataKey', S3)).toBe(true);
    for (const context of [
      {},
      { 'kms:ViaService': `ec2.${HOME.region}.amazonaws.com` },
      { 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
    ]) {
      expect(await use(caller, 'kms:Decrypt', context)).toBe(false);
      expect(await use(caller, 'kms:GenerateDataKey', context)).toBe(false);
    }
    for (const action of [
      'kms:Encrypt',
      'kms:DescribeKey',
      'kms:CreateGrant',
      'kms:PutKeyPolicy',
      'kms:ScheduleKeyDeletion',
    ]) {
      expect([action, await use(caller, action, action === 'kms:PutKeyPolicy' ? {} : S3)]).toEqual([action, false]);
    }
  });

  test('who only reads does not encrypt, and who neither reads nor writes does nothing with it', async () => {
    const { Resources } = templates.kohler as never as {
      Resources: Record<
        string,
        { Type: string; Properties: { KeyPolicy: { Statement: { Sid?: string; Action: unknown }[] } } }
      >;
    };
    const key = Object.values(Resources).find(({ Type }) => Type === 'AWS::KMS::Key');
    const reader = key?.Properties.KeyPolicy.Statement.find(({ Sid }) => Sid === 'readerKey');
    expect(reader?.Action).toBe('kms:Decrypt');
    expect(await use({ role: 'kohler_lister' }, 'kms:Decrypt', S3)).toBe(false);
  });

  test('strangers, suspended and expired integrations do nothing with it', async () => {
    expect(await use({ outside: 'arn:aws:iam::123456789876:role/other' }, 'kms:Decrypt', S3)).toBe(false);
    expect(await use({ role: 'kohler_off' }, 'kms:Decrypt', S3)).toBe(false);
    expect(await use({ role: 'kohler_ip' }, 'kms:Decrypt', { ...S3, 'aws:CurrentTime': '2027-01-01T00:00:00Z' })).toBe(
      false,
    );
  });
});

describe('an existing bucket, whose own policy is not known', () => {
  const old = new Judge(templates.old as never);
  const caller = { role: 'old_reltio' };
  const bucket = 'old-bucket';

  test('is reached over TLS only all the same', async () => {
    expect(await get(old, caller, 'reltio', {}, bucket)).toBe(true);
    expect(await get(old, caller, 'reltio', { 'aws:SecureTransport': 'false' }, bucket)).toBe(false);
    const root = { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` };
    expect(await old.may(caller, root)).toBe(true);
    expect(await old.may(caller, { ...root, context: { 'aws:SecureTransport': 'false' } })).toBe(false);
  });

  test('takes no ACL that is not named, since ACLs may be enabled there', async () => {
    const put = { action: 's3:PutObjectAcl', resource: `arn:aws:s3:::${bucket}/reltio/a` };
    expect(await old.may(caller, { ...put, context: { 's3:x-amz-acl': 'bucket-owner-full-control' } })).toBe(true);
    expect(await old.may(caller, put)).toBe(false);
    expect(await old.may(caller, { ...put, context: { 's3:x-amz-acl': 'public-read' } })).toBe(false);
  });

  test('has no resource in the template', () => {
    const types = Object.values(
      (templates.old as never as { Resources: Record<string, { Type: string }> }).Resources,
    ).map(({ Type }) => Type);
    expect(types).toEqual(['AWS::IAM::Role']);
  });
});
