import { type Atom, atomsOf, newlyAllowed } from '../../lib/changes/statements';

const ALLOW = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/p/*' };
const when = (Condition: object) => ({ ...ALLOW, Condition });
const from = (Principal: unknown) => ({ ...ALLOW, Principal });

/** Whether one statement lets through what another does not. */
function more(one: object, other: object): boolean {
  return newlyAllowed(atomsOf({ Statement: other }), atomsOf({ Statement: [one] })).length > 0;
}

test.each<[string, object, object]>([
  ['an action more', { ...ALLOW, Action: ['s3:GetObject', 's3:PutObject'] }, ALLOW],
  ['a pattern of actions', { ...ALLOW, Action: 's3:Get*' }, ALLOW],
  ['another resource besides', { ...ALLOW, Resource: [ALLOW.Resource, 'arn:aws:s3:::c/*'] }, ALLOW],
  ['a wider resource', { ...ALLOW, Resource: 'arn:aws:s3:::b/*' }, ALLOW],
  ['no condition', ALLOW, when({ Bool: { 'aws:SecureTransport': 'true' } })],
  ['a condition less', when({ StringEquals: { a: 'x' } }), when({ StringEquals: { a: 'x', b: 'y' } })],
  ['a value more', when({ StringEquals: { a: ['x', 'y'] } }), when({ StringEquals: { a: 'x' } })],
  ['a pattern of values', when({ StringLike: { a: 'x*' } }), when({ StringEquals: { a: 'x' } })],
  ['a wider pattern', when({ StringLike: { a: 'x*' } }), when({ StringLike: { a: 'x/*' } })],
  ['a key that may be missing', when({ StringEqualsIfExists: { a: 'x' } }), when({ StringEquals: { a: 'x' } })],
  [
    'a later day',
    when({ DateLessThan: { a: '2030-01-02T00:00:00Z' } }),
    when({ DateLessThan: { a: '2030-01-01T00:00:00Z' } }),
  ],
  ['a wider range', when({ IpAddress: { a: '192.0.2.0/23' } }), when({ IpAddress: { a: '192.0.2.0/24' } })],
  ['everybody', from('*'), from({ AWS: 'arn:aws:iam::111122223333:root' })],
  ['everybody in AWS', from({ AWS: '*' }), from({ AWS: 'arn:aws:iam::111122223333:root' })],
  ['another principal besides', from({ AWS: ['a', 'b'] }), from({ AWS: 'a' })],
  ['a Deny less', ALLOW, [ALLOW, { Effect: 'Deny', Action: 's3:*', Resource: '*' }] as object],
])('%s is more, and the reverse is not', (_, wide, narrow) => {
  const before = Array.isArray(narrow) ? narrow : [narrow];
  expect(newlyAllowed(atomsOf({ Statement: before }), atomsOf({ Statement: [wide] })).length).toBeGreaterThan(0);
  expect(newlyAllowed(atomsOf({ Statement: [wide] }), atomsOf({ Statement: before }))).toEqual([]);
});

test.each<[string, object, object]>([
  ['excluded values', when({ StringNotEquals: { a: ['x', 'y'] } }), when({ StringNotEquals: { a: 'x' } })],
  ['another operator', when({ StringEquals: { a: 'x' } }), when({ ArnEquals: { a: 'x' } })],
  ['another key', when({ StringEquals: { a: 'x' } }), when({ StringEquals: { b: 'x' } })],
  [
    'actions by exclusion',
    { ...ALLOW, Action: undefined, NotAction: 's3:*' },
    { ...ALLOW, Action: undefined, NotAction: 's3:Put*' },
  ],
  [
    'resources by exclusion',
    { Effect: 'Allow', Action: 's3:*', NotResource: 'a' },
    { Effect: 'Allow', Action: 's3:*', NotResource: 'b' },
  ],
  ['a service', from({ Service: 'a.amazonaws.com' }), from({ AWS: 'a.amazonaws.com' })],
])('%s: neither is within the other as far as anybody can tell', (_, one, other) => {
  expect([more(one, other), more(other, one)]).toEqual([true, true]);
  expect([more(one, one), more(other, other)]).toEqual([false, false]);
});

test.each<[string, object, object]>([
  [
    'the case of actions and keys',
    { ...when({ Bool: { 'AWS:secureTransport': 'true' } }), Action: 'S3:getobject' },
    when({ Bool: { 'aws:SecureTransport': 'true' } }),
  ],
  ['lists of one', { ...ALLOW, Action: ['s3:GetObject'], Resource: [ALLOW.Resource] }, ALLOW],
  ['statement ids', { Sid: 'A', ...ALLOW }, { Sid: 'B', ...ALLOW }],
  [
    'the partition of an account',
    from({ AWS: 'arn:aws:iam::111122223333:root' }),
    from({ AWS: 'arn:<AWS::Partition>:iam::111122223333:root' }),
  ],
])('%s: no difference', (_, one, other) => {
  expect([more(one, other), more(other, one)]).toEqual([false, false]);
});

test('another partition of an account is another, where both are known', () => {
  const [here, there] = ['aws', 'aws-cn'].map((partition) => from({ AWS: `arn:${partition}:iam::111122223333:root` }));
  expect(more(here as object, there as object)).toBe(true);
});

describe('a Deny that goes', () => {
  const on = (Effect: string, Action: string, Resource: string, Condition?: object) => ({
    ...{ Effect, Action, Resource },
    ...(Condition && { Condition }),
  });
  const put = on('Allow', 's3:PutObject', 'b/v/*');
  const get = on('Allow', 's3:GetObject', 'b/v/*');
  const deny = on('Deny', 's3:PutObject', 'b/*', { StringNotEquals: { k: 'x' } });
  const grown = (before: object[], after: object[], known = true) => {
    const [was, is] = [before, after].map((Statement) => atomsOf({ Statement })) as [Atom[], Atom[]];
    return newlyAllowed(was, is, () => (known ? is.filter(({ effect }) => effect === 'Allow') : undefined)).length;
  };

  test.each<[string, object[], object[], number]>([
    ['with what it narrowed lets nothing through', [put, deny], [], 0],
    ['while what it narrowed stays lets something through', [put, deny], [put], 1],
    [
      'for another lets something through',
      [put, deny],
      [put, { ...deny, Condition: { StringNotEquals: { k: 'y' } } }],
      1,
    ],
    ['beside an Allow of other actions lets nothing through', [get, put, deny], [get], 0],
    ['beside an Allow that comes elsewhere in its place counts once', [deny], [{ ...put, Resource: 'c/*' }], 1],
    [
      'beside an Allow under a narrower pattern lets something through',
      [deny, put],
      [{ ...put, Resource: 'b/v/w/*' }],
      1,
    ],
    ['that comes refuses only', [put], [put, deny], 0],
  ])('%s', (_, before, after, expected) => expect(grown(before, after)).toBe(expected));

  test('of one of two principals goes with what that one was allowed', () => {
    const of = (...arns: string[]) => ({ StringEquals: { 'aws:PrincipalArn': arns } });
    const [two, one] = [of('a', 'b'), of('a')].map((who) => [
      { ...put, Condition: who },
      { ...deny, Condition: { ...deny.Condition, ...who } },
    ]) as [object[], object[]];
    expect(grown(two, one)).toBe(0);
    expect(grown(two, [...one, { ...put, Condition: of('b') }])).toBe(1);
  });

  test('is told where other policies may allow what it refused', () => {
    expect(grown([put, deny], [], false)).toBe(1);
  });
});
