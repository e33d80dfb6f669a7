import {
  arnParts,
  hopsOf,
  type Pattern,
  plainJson,
  reach,
  readPolicy,
  type Target,
  type World,
} from '../../lib/access';
import { ArnIndex } from '../../lib/access/arn-index';
import { worldOf } from './world-file';

const STAR = { wild: '*' } as const;
const THING = { scope: 's', id: 't' };

test('an ARN has five parts behind its first', () => {
  expect(arnParts(['arn:aws:iam::111122223333:role/a:b'])).toEqual({
    partition: ['aws'],
    service: ['iam'],
    region: [],
    account: ['111122223333'],
    resource: ['role/a:b'],
  });
  expect(arnParts(['arn:', THING, ':s3:::', THING, '/x:', STAR])).toEqual({
    partition: [THING],
    service: ['s3'],
    region: [],
    account: [],
    resource: [THING, '/x:', STAR],
  });
});

test.each<[Pattern, boolean, boolean]>([
  [['arn:aws:s3:*:1:x'], true, true],
  [['arn:aws:s3:', STAR, ':1:x'], false, true],
  [['arn:aws:s3:', { wild: '?' }, ':1:x'], false, true],
  [['arn:aws:s3:', { wild: 'part' }, ':1:x'], true, true],
  [['arn:aws:s3:', { any: true }, ':1:x'], false, false],
  [['arn:aws:s3:', { oneOf: [['a'], ['b']] }, ':1:x'], true, true],
  [['arn:aws:s3:', { oneOf: [['a'], ['b:']] }, ':1:x'], false, false],
  [['arn:aws:s3:', { oneOf: [['a'], [{ any: true }]] }, ':1:x'], false, false],
  [['arn:aws:s3:', { oneOf: [['a', 'b:']] }, ':1:x'], false, false],
  [['arn:aws:s3:', { oneOf: [['a'], [THING]] }, ':1:x'], true, true],
  [['arn:aws:s3::1:', { any: true }], true, true],
  [['arn:aws:s3::1'], false, false],
  [['brn:aws:s3::1:x'], false, false],
  [[THING, ':aws:s3::1:x'], false, false],
  [['x'], false, false],
  [[STAR], false, false],
])('%j is one: %s, and under an ARN operator: %s', (pattern, spanning, within) => {
  expect([arnParts(pattern) !== undefined, arnParts(pattern, 'within') !== undefined]).toEqual([spanning, within]);
});

describe('an index of ARNs', () => {
  const index = new ArnIndex<string>();
  const names: Readonly<Record<string, Pattern>> = {
    a: ['arn:aws:iam::1:role/a'],
    ab: ['arn:aws:iam::1:role/ab'],
    b: ['arn:aws:iam::1:role/b'],
    thing: ['arn:aws:iam::1:role/', THING],
    user: ['arn:', THING, ':iam::1:user/a'],
    secret: ['arn:aws:secretsmanager:r:1:secret:a'],
    unknown: ['arn:aws:iam::', { any: true }, ':role/a'],
  };
  for (const [name, pattern] of Object.entries(names)) index.add(pattern, name);
  index.add(['arn:aws:iam::2:role/b'], 'b');

  test.each<[Pattern, string]>([
    [['arn:aws:iam::1:role/a'], 'a,ab,thing,unknown'],
    [['arn:aws:iam::1:role/ab'], 'a,ab,thing,unknown'],
    [['arn:aws:iam::1:ROLE/A', STAR], 'a,ab,thing,unknown'],
    [['arn:aws:iam::1:role/', STAR], 'a,ab,b,thing,unknown'],
    [['arn:aws:iam::1:role/', 'b'], 'b,thing,unknown'],
    [['arn:aws:iam::1:', 'user/a'], 'user,unknown'],
    [['arn:aws:iam::1:user/a'], 'user,unknown'],
    [['arn:aws:iam::', STAR, ':user/a'], 'user,secret,unknown'],
    [['arn:aws:iam::', STAR], 'a,ab,b,thing,user,secret,unknown'],
    [[STAR, ':secret:a'], 'a,ab,b,thing,user,secret,unknown'],
    [['arn:aws:iam::1:', THING], 'a,ab,b,thing,user,secret,unknown'],
    [['arn:aws:iam::1:x'], 'unknown'],
  ])('%j may mean %s', (pattern, expected) => {
    expect(index.candidates(pattern).join()).toBe(expected);
  });
});

test('a path names statement and place of each hop', () => {
  const place = { scope: 's', id: 'role', at: 'trust' };
  const target: Target = { kind: 'principal', account: ['1'], names: [['arn:aws:iam::1:role/a']] };
  const world: World = {
    ours: { accounts: [['1']] },
    doors: [],
    holders: [
      {
        kind: 'role',
        account: ['1'],
        arn: ['arn:aws:iam::1:role/a'],
        name: ['a'],
        trust: { unreadable: place },
        held: [],
        place,
      },
    ],
  };
  const [path, ...others] = reach(world, [target]);
  expect(others).toEqual([]);
  expect(path).toMatchObject({
    targets: [target],
    last: { how: 'trusted', place, text: 'unreadable', byBootstrap: false, into: { name: ['a'] } },
  });
});

test('without an organization, nobody of one is ours', () => {
  const bucket = ['arn:aws:s3:::client'];
  const place = { scope: 's', id: 'b', at: 'p' };
  const Condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-ours' } };
  const Statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*', Condition };
  const policy = readPolicy(plainJson({ Statement }), place);
  const world: World = {
    ours: { accounts: [['1']] },
    holders: [],
    doors: [{ kind: 'bucket', account: ['1'], names: [bucket], policy, place }],
  };
  const target: Target = { kind: 'bucket', account: ['1'], names: [bucket] };
  expect(reach(world, [target])).toHaveLength(1);
  expect(reach({ ...world, ours: { accounts: [['1']], organization: ['o-ours'] } }, [target])).toEqual([]);
});

test('a hop without a statement has no text', () => {
  const { world, targets } = worldOf({
    users: { ann: { keys: true, groups: ['staff'] } },
    groups: { staff: { allows: ['s3:GetObject arn:aws:s3:::client/*'] } },
  });
  expect(reach(world, targets).flatMap((path) => hopsOf(path).map(({ how, text }) => [how, text.length > 0]))).toEqual([
    ['handed-out', false],
    ['member', false],
    ['holds', true],
  ]);
});
