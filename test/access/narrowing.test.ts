import { plainJson, readStatement } from '../../lib/access';

const PLACE = { scope: 's', id: 'i', at: 'a' };

/** What narrows who a statement is for, of a block of conditions. */
function narrowing(Condition: unknown) {
  return readStatement(plainJson({ Effect: 'Allow', Principal: '*', Action: 'x', Resource: '*', Condition }), PLACE)
    .only;
}

test.each([
  ['aws:PrincipalArn', 'principal-arn'],
  ['aws:PrincipalAccount', 'principal-account'],
  ['kms:CallerAccount', 'principal-account'],
  ['aws:PrincipalOrgID', 'principal-organization'],
  ['aws:SourceAccount', 'source-account'],
  ['aws:SourceArn', 'source-arn'],
  ['aws:SourceOrgID', 'source-organization'],
  ['s3:DataAccessPointAccount', 'access-point-account'],
  ['s3:DataAccessPointArn', 'access-point-arn'],
  ['aws:ResourceTag/aws-cdk:bootstrap-role', 'bootstrap-role'],
  ['iam:ResourceTag/aws-cdk:bootstrap-role', 'bootstrap-role'],
  ['token.actions.githubusercontent.com:sub', 'claim'],
  ['oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud', 'claim'],
  ['SAML:aud', 'claim'],
])('%s narrows', (written, key) => {
  const found = narrowing({ StringEquals: { [written]: ['a*', 'b'] } });
  expect(found).toEqual([{ key, written, values: [['a*'], ['b']], names: 'exact', wildcards: 'spans' }]);
});

test.each([
  'aws:SourceIp',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:PrincipalTag/x.y',
  'aws:PrincipalOrgPaths',
  'aws:ResourceTag/x',
  's3:prefix',
  'sts:ExternalId',
  'aws:userid',
  'saml',
  'samlx:aud',
  ':sub',
  '',
])('%s narrows nobody', (written) => {
  expect(narrowing({ StringEquals: { [written]: 'a' } })).toEqual([]);
});

const STAR = { wild: '*' };

test.each<[string, unknown, string, string]>([
  ['StringEquals', ['a*'], 'exact', 'spans'],
  ['StringEqualsIgnoreCase', ['a*'], 'no-case', 'spans'],
  ['StringLike', ['a', STAR], 'exact', 'spans'],
  ['ArnEquals', ['a', STAR], 'exact', 'within'],
  ['ArnLike', ['a', STAR], 'exact', 'within'],
  ['forAnyValue:arnlike', ['a', STAR], 'exact', 'within'],
])('%s is read', (operator, value, names, wildcards) => {
  expect(narrowing({ [operator]: { 'aws:PrincipalArn': 'a*' } })).toMatchObject([
    { values: [value], names, wildcards },
  ]);
});

test.each([
  'StringNotEquals',
  'StringNotLike',
  'ArnNotLike',
  'StringEqualsIfExists',
  'ForAllValues:StringEquals',
  'ForAnyValue:StringEqualsIfExists',
  'xForAnyValue:StringEquals',
  'Bool',
  'Null',
])('%s narrows nobody', (operator) => {
  expect(narrowing({ [operator]: { 'aws:PrincipalArn': 'a' } })).toEqual([]);
});

test('all blocks, operators and keys narrow together, and nothing that is no block', () => {
  const keys = { 'aws:PrincipalArn': 'a', 'aws:PrincipalAccount': 'b' };
  expect(narrowing({ StringLike: keys, ArnLike: keys, IpAddress: keys }).map(({ key }) => key)).toEqual([
    'principal-arn',
    'principal-account',
    'principal-arn',
    'principal-account',
  ]);
  for (const none of [
    'x',
    [keys],
    { StringEquals: 'x' },
    { StringEquals: ['x'] },
    { StringEquals: { 'aws:PrincipalArn': [] } },
  ]) {
    expect(narrowing(none)).toEqual([]);
  }
});
