import { Capability } from '../../lib/rules/confinement';
import {
  checkInternalAccess,
  checkInternalPrincipal,
  checkInternalSomebody,
  checkOrganization,
  checkOurs,
  DEFAULT_INTERNAL_ACCESS,
  type InternalEntry,
  type InternalPlace,
  internalIdentityPolicy,
  internalKeyStatements,
  internalStatements,
} from '../../lib/rules/internal';

const OWN = '111122223333';
const OTHER = '444455556666';
const ROLE = `arn:aws:iam::${OTHER}:role/analytics`;
const place: InternalPlace = {
  bucketArn: 'arn:aws:s3:::integrations-kohler',
  account: OWN,
  partition: 'aws',
  bucketIsGuarded: true,
};
const entry = (more: Partial<InternalEntry>): InternalEntry => ({
  principals: [],
  access: DEFAULT_INTERNAL_ACCESS,
  prefix: '',
  grant: true,
  ...more,
});
const statements = (more: Partial<InternalEntry>) => internalStatements(entry(more), place, 'Internal1');

describe('in the bucket policy', () => {
  test('a role of another account of ours is its account, with its ARN as a condition', () => {
    expect(statements({ principals: [ROLE] })).toEqual([
      {
        Sid: 'Internal1Location',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${OTHER}:root` },
        Action: 's3:GetBucketLocation',
        Resource: place.bucketArn,
        Condition: { StringEquals: { 'aws:PrincipalArn': ROLE } },
      },
      expect.objectContaining({ Sid: 'Internal1List', Resource: place.bucketArn }),
      expect.objectContaining({
        Sid: 'Internal1Objects',
        Action: ['s3:GetObject', 's3:GetObjectAttributes'],
        Resource: `${place.bucketArn}/*`,
        Condition: { StringEquals: { 'aws:PrincipalArn': ROLE } },
      }),
    ]);
  });

  test('a whole account of ours stands as its root, without a condition', () => {
    for (const { Principal, Condition } of statements({ principals: [OTHER] }))
      expect([Principal, Condition]).toEqual([{ AWS: `arn:aws:iam::${OTHER}:root` }, undefined]);
  });

  test('an organization is everybody of it but of the bucket’s own account', () => {
    for (const { Principal, Condition } of statements({ organization: 'o-a1b2c3d4e5' }))
      expect([Principal, Condition]).toEqual([
        { AWS: '*' },
        {
          StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          StringNotEquals: { 'aws:PrincipalAccount': OWN },
        },
      ]);
    expect(statements({ organization: 'o-a1b2c3d4e5' })).toHaveLength(3);
  });

  test('with principals and an organization, both must hold', () => {
    for (const { Principal, Condition } of statements({ principals: [ROLE], organization: 'o-a1b2c3d4e5' }))
      expect([Principal, Condition]).toEqual([
        { AWS: `arn:aws:iam::${OTHER}:root` },
        { StringEquals: { 'aws:PrincipalArn': ROLE, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      ]);
  });

  test.each([`arn:aws:iam::${OWN}:role/app`, `arn:aws:iam::${OWN}:user/app`, OWN, `arn:aws:iam::${OWN}:root`])(
    'nothing is written for %s, of the bucket’s own account',
    (principal) => {
      expect(statements({ principals: [principal] })).toEqual([]);
      expect(statements({ principals: [principal, OTHER] }).map(({ Principal }) => Principal)).not.toContainEqual({
        AWS: `arn:aws:iam::${OWN}:root`,
      });
    },
  );

  test('nothing is written without grant', () => {
    expect(statements({ principals: [ROLE], grant: false })).toEqual([]);
    expect(internalKeyStatements(entry({ principals: [ROLE], grant: false }), place, 's3', 'Internal1')).toEqual([]);
  });

  test('a prefix and other capabilities are as an integration’s', () => {
    const list = statements({ principals: [OTHER], prefix: 'in/', access: [Capability.LIST, Capability.WRITE] });
    expect(list.find(({ Sid }) => Sid === 'Internal1List')?.Condition).toEqual({ StringLike: { 's3:prefix': 'in/*' } });
    expect(list.map(({ Resource }) => Resource)).toContain(`${place.bucketArn}/in/*`);
  });

  test('principals of several sorts have Sids of their own', () => {
    const sids = statements({ principals: [ROLE, OTHER] }).map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(6);
  });
});

test('in the key’s policy, through S3 only', () => {
  expect(
    internalKeyStatements(entry({ principals: [OTHER] }), place, 's3.eu-west-1.amazonaws.com', 'Internal1'),
  ).toEqual([
    {
      Sid: 'Internal1Key',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${OTHER}:root` },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
    },
  ]);
});

test('what the principal itself needs, wherever it is, with and without grant', () => {
  const withKey = { ...place, keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/x' };
  const key = { arn: withKey.keyArn, viaService: 's3.eu-west-1.amazonaws.com' };
  const { Statement } = internalIdentityPolicy(entry({ principals: [OWN], grant: false }), withKey, key);
  expect(Statement.map(({ Sid }) => Sid)).toEqual(['Location', 'List', 'Objects', 'Key']);
  expect(Statement.every(({ Principal }) => Principal === undefined)).toBe(true);
  expect(internalIdentityPolicy(entry({ principals: [OWN] }), place).Statement).toHaveLength(3);
});

test.each(['o-a1b2c3d4e5', `o-${'a'.repeat(32)}`])('%s is an organization', (id) => {
  expect(checkOrganization(id)).toEqual([]);
});

test.each(['o-short', 'a1b2c3d4e5', 'o-A1B2C3D4E5', `o-${'a'.repeat(33)}`, 'o-a1b2c3d4e*'])('%s is none', (id) => {
  expect(checkOrganization(id)).toEqual([
    { code: 'bad-organization', message: expect.stringContaining('is not the id'), fix: expect.any(String) },
  ]);
});

test('a principal is ours by its account', () => {
  expect(checkOurs(ROLE, [OWN, OTHER])).toEqual([]);
  expect(checkOurs(OTHER, [OTHER])).toEqual([]);
  expect(checkOurs(ROLE, [OWN]).map(({ code, message }) => [code, message])).toEqual([
    ['not-ours', `"${ROLE}" is of the account ${OTHER}, which is not ours (${OWN})`],
  ]);
  expect(checkOurs(ROLE, []).map(({ message }) => message)).toEqual([
    `"${ROLE}" is of the account ${OTHER}, which is not ours`,
  ]);
});

test('canonical users, services and wildcards are no principals of ours', () => {
  for (const text of ['a'.repeat(64), '*', 'ec2.amazonaws.com', `arn:aws:iam::${OTHER}:role/x*`])
    expect(checkInternalPrincipal(text)).toHaveLength(1);
  expect(checkInternalPrincipal(ROLE)).toEqual([]);
});

test('somebody must be meant, and list-buckets is nothing that a bucket policy gives', () => {
  expect(checkInternalSomebody({ principals: [] }).map(({ code }) => code)).toEqual(['missing-key']);
  expect(checkInternalSomebody({ principals: [], organization: 'o-a1b2c3d4e5' })).toEqual([]);
  expect(checkInternalSomebody({ principals: [ROLE] })).toEqual([]);
  expect(checkInternalAccess([Capability.LIST_BUCKETS]).map(({ code }) => code)).toEqual(['impossible-capability']);
  expect(checkInternalAccess([Capability.DELETE])).toEqual([]);
});
