import { translate } from '../e2e/deployer/translate';
import type { PolicyKind } from '../e2e/deployer/translation';

const VENDOR = 'arn:aws:iam::111122223333:user/vendor';
const ROOT = 'arn:aws:iam::111122223333:root';
const BUCKET = 'arn:aws:s3:::integrations-kohler';
const named = { StringEquals: { 'aws:PrincipalArn': VENDOR } };

function told(kind: PolicyKind, ...statements: readonly object[]) {
  const { policy, notJudged } = translate({ Version: '2012-10-17', Statement: statements }, kind);
  return { statements: policy.Statement, notJudged: notJudged.map(({ what }) => what) };
}

const assume = { Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'sts:AssumeRole' };
const list = { Effect: 'Allow', Action: 's3:ListBucket', Resource: BUCKET };
const inBucket = { ...list, Principal: { AWS: ROOT } };

describe('who is meant', () => {
  test('an account with one ARN is that principal', () => {
    expect(told('trust', { ...assume, Condition: named })).toEqual({
      statements: [{ Effect: 'Allow', Principal: { AWS: [VENDOR] }, Action: ['sts:AssumeRole'] }],
      notJudged: [],
    });
  });

  test('several ARNs of several accounts are those principals', () => {
    const other = 'arn:aws:iam::444455556666:role/exporter';
    const roots = { AWS: [ROOT, 'arn:aws:iam::444455556666:root'] };
    const both = { StringEquals: { 'aws:PrincipalArn': [VENDOR, other] } };
    const { statements } = told('trust', { ...assume, Principal: roots, Condition: both });
    expect(statements[0]?.Principal).toEqual({ AWS: [VENDOR, other] });
  });

  test('a whole account stays one, and its role sessions are not judged', () => {
    const { statements, notJudged } = told('trust', assume);
    expect(statements[0]?.Principal).toEqual({ AWS: [ROOT] });
    expect(notJudged).toEqual(['whole account: its role sessions']);
  });

  test('everybody stays everybody', () => {
    const everybody = { ...inBucket, Effect: 'Deny', Action: 's3:*', Principal: { AWS: '*' } };
    expect(told('bucket', everybody).statements[0]?.Principal).toEqual({ AWS: '*' });
  });

  test('a role in a bucket policy is left out, and the user beside it stays', () => {
    const both = { StringEquals: { 'aws:PrincipalArn': [VENDOR, 'arn:aws:iam::111122223333:role/loader'] } };
    const { statements, notJudged } = told('bucket', { ...inBucket, Condition: both });
    expect(statements[0]?.Principal).toEqual({ AWS: [VENDOR] });
    expect(notJudged).toEqual(['bucket policy that names a role']);
  });

  test.each([
    ['a canonical user', 'CanonicalUser', 'bucket'],
    ['a service', 'Service', 'trust'],
    ['a provider', 'Federated', 'trust'],
  ] as const)('%s is left out of an Allow, and an error in a Deny', (_, type, kind) => {
    const statement = { ...(kind === 'trust' ? assume : inBucket), Principal: { [type]: 'somebody' } };
    expect(told(kind, statement)).toEqual({ statements: [], notJudged: [`Principal: ${type}`] });
    expect(() => told(kind, { ...statement, Effect: 'Deny' })).toThrow(type);
  });

  test.each([
    ['an ARN of an account that is no principal', { StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::9:user/x' } }],
    ['a foreign ARN', { StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:user/x' } }],
    ['a pattern', { StringLike: { 'aws:PrincipalArn': `${VENDOR}*` } }],
    ['a path', { StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:user/jobs/vendor' } }],
  ])('%s is an error', (_, Condition) => {
    expect(() => told('trust', { ...assume, Condition })).toThrow("can't be told");
  });

  test('a Principal is in the policies that have one, and in no other', () => {
    expect(() => told('identity', inBucket)).toThrow('Principal');
    expect(() => told('bucket', list)).toThrow('Principal');
  });
});

describe('what is allowed', () => {
  test('an action that the gateway does not have is left out of an Allow, and the others stay', () => {
    const read = { ...list, Action: ['s3:GetObject', 's3:GetObjectAttributes'] };
    expect(told('identity', read)).toEqual({
      statements: [{ ...list, Action: ['s3:GetObject'] }],
      notJudged: ['s3:GetObjectAttributes'],
    });
  });

  test('a statement of which nothing stays is left out', () => {
    const key = { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition: {} };
    expect(told('identity', key)).toEqual({ statements: [], notJudged: ['kms:Decrypt', 'kms:GenerateDataKey'] });
  });

  test.each([
    ['Allow', 's3:DeleteBucket'],
    ['Allow', 's3:Get*'],
    ['Deny', 'kms:Decrypt'],
  ])('%s of %s is an error', (Effect, Action) => {
    expect(() => told('identity', { ...list, Effect, Action })).toThrow(Action);
  });

  test('a member that no policy here has is an error', () => {
    expect(() => told('identity', { Effect: 'Allow', NotAction: 's3:*', Resource: '*' })).toThrow('NotAction');
    expect(() => translate({ Version: '2012-10-17', Id: 'x', Statement: [] }, 'identity')).toThrow('Id');
    expect(() => translate({ Version: '2008-10-17', Statement: [] }, 'identity')).toThrow('2008-10-17');
  });
});

describe('under which conditions', () => {
  test('external ID and session name are asked for under the names that the proxy gives them', () => {
    const Condition = {
      StringEquals: { ...named.StringEquals, 'sts:ExternalId': ['a', 'b'] },
      StringLike: { 'sts:RoleSessionName': 'jobs-*' },
    };
    expect(told('trust', { ...assume, Condition }).statements[0]?.Condition).toEqual({
      StringEquals: { 'aws:Referer': ['a', 'b'] },
      StringLike: { 'aws:UserAgent': 'jobs-*' },
    });
  });

  test('neither is asked for elsewhere, where the proxy copies nothing', () => {
    const Condition = { StringEquals: { 'sts:ExternalId': 'a' } };
    expect(() => told('identity', { ...list, Condition })).toThrow('sts:ExternalId');
  });

  test('a Deny without TLS also hits a request that says nothing of TLS', () => {
    const everybody = { ...inBucket, Effect: 'Deny', Action: 's3:*', Principal: { AWS: '*' } };
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    const { statements } = told('bucket', { ...everybody, Condition });
    expect(statements[0]?.Condition).toEqual({ BoolIfExists: { 'aws:SecureTransport': 'false' } });
  });

  test('an Allow over TLS stays strict', () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'true' } };
    expect(told('identity', { ...list, Condition }).statements[0]?.Condition).toEqual(Condition);
    const lax = { BoolIfExists: { 'aws:SecureTransport': 'true' } };
    expect(() => told('identity', { ...list, Condition: lax })).toThrow('aws:SecureTransport');
  });

  test.each([
    { StringLike: { 's3:prefix': 'reltio/*' } },
    { StringEqualsIfExists: { 's3:prefix': '' } },
    { StringEqualsIfExists: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
    { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } },
  ])('%j is asked for as it is', (Condition) => {
    expect(told('identity', { ...list, Condition }).statements[0]?.Condition).toEqual(Condition);
  });

  test('a VPC endpoint takes the Allow with it', () => {
    const Condition = { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } };
    expect(told('identity', { ...list, Condition })).toEqual({ statements: [], notJudged: ['aws:SourceVpce'] });
    expect(() => told('identity', { ...list, Effect: 'Deny', Condition })).toThrow('aws:SourceVpce');
  });

  test.each([
    { StringNotLike: { 's3:prefix': 'reltio/*' } },
    { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    { Null: { 'aws:SourceIp': 'true' } },
    { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } },
    { 'ForAnyValue:StringLike': { 's3:prefix': 'reltio/*' } },
  ])('%j is an error', (Condition) => {
    expect(() => told('identity', { ...list, Condition })).toThrow("can't be told");
  });
});

describe('which encryption is denied', () => {
  const header = 's3:x-amz-server-side-encryption';
  const isAsked = { Null: { [header]: 'false' } };
  const aes256 = { ...isAsked, StringNotEquals: { [header]: 'AES256' } };
  const deny = { Effect: 'Deny', Action: 's3:PutObject', Resource: `${BUCKET}/*` };

  test.each([
    aes256,
    { ...isAsked, StringNotEquals: { [`${header}-aws-kms-key-id`]: 'arn:aws:kms:eu-west-1:111122223333:key/1' } },
    { Null: { [`${header}-customer-algorithm`]: 'false' } },
  ])('%j is left out, and the rest stays', (Condition) => {
    expect(told('identity', { ...deny, Condition }, list)).toEqual({
      statements: [{ ...list, Action: ['s3:ListBucket'] }],
      notJudged: ['Deny of an encryption header'],
    });
    const inPolicy = { ...deny, Principal: { AWS: ROOT } };
    expect(told('bucket', { ...inPolicy, Condition }).statements).toEqual([]);
    expect(told('bucket', { ...inPolicy, Condition: { ...Condition, ...named } }).statements).toEqual([]);
  });

  test.each([
    ['an Allow', { Effect: 'Allow', Condition: aes256 }],
    ['another action', { Action: 's3:GetObject', Condition: aes256 }],
    ['one more action', { Action: ['s3:PutObject', 's3:GetObject'], Condition: aes256 }],
    ['the wrong way round', { Condition: { ...aes256, Null: { [header]: 'true' } } }],
    ['the Null alone', { Condition: isAsked }],
    ['the value alone', { Condition: { StringNotEquals: aes256.StringNotEquals } }],
    ['another value', { Condition: { ...isAsked, StringNotEquals: { [header]: 'aws:kms' } } }],
    ['one more condition', { Condition: { ...aes256, Bool: { 'aws:SecureTransport': 'false' } } }],
    ['a principal in an identity policy', { Condition: { ...aes256, ...named } }],
    ['one more key', { Condition: { ...aes256, Null: { ...aes256.Null, 'aws:SourceIp': 'false' } } }],
    ['a member that no policy here has', { Condition: aes256, NotResource: '*' }],
  ])('%s is an error', (_, change) => {
    expect(() => told('identity', { ...deny, ...change })).toThrow("can't be told");
  });
});
