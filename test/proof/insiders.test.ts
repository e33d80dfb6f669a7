/** Who of ours reaches what is guarded, and who of them an internal entry names. */
import { type Door, type Holder, plainJson, readPolicy, type Value, type World } from '../../lib/access';
import { judgement, type Meant, meantBucket, meantInternal, type Site } from '../../lib/proof';
import { Capability } from '../../lib/rules/confinement';
import { internalPolicies } from '../../lib/rules/intent';
import type { InternalEntry } from '../../lib/rules/internal';

const ACCOUNT: Value = ['111122223333'];
const OTHER: Value = ['222233334444'];
const ARN = 'arn:aws:s3:::client';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/k';
const SITE: Site = { scope: 'account', account: ACCOUNT, region: ['eu-west-1'], read: plainJson };
const at = (id: string) => ({ scope: 'account', id, at: 'policy' });
const policy = (Statement: unknown, id: string) => readPolicy(plainJson({ Statement }), at(id));
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const trust = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'],
  ...more,
});

const arn = (kind: string, name: string, account = '111122223333') => `arn:aws:iam::${account}:${kind}/${name}`;
const holder = (
  kind: Holder['kind'],
  name: string,
  held: readonly object[] = [],
  more: Partial<Holder> = {},
): Holder => ({
  kind,
  account: ACCOUNT,
  arn: [arn(kind, name)],
  name: [name],
  held: [policy(held, name)],
  place: at(name),
  ...more,
});
const role = (name: string, held: readonly object[], trusts: object = trust({ AWS: '111122223333' })) =>
  holder('role', name, held, { trust: policy([trusts], name) });
const door = (kind: 'bucket' | 'key', name: string, Statement: unknown): Door => ({
  kind,
  account: ACCOUNT,
  names: [[name]],
  policy: policy(Statement, kind),
  place: at(kind),
});

const entry = (more: Partial<InternalEntry>): InternalEntry => ({
  principals: [],
  access: [Capability.READ],
  prefix: '',
  grant: true,
  ...more,
});

interface Case {
  readonly holders?: readonly Holder[];
  readonly doors?: readonly Door[];
  readonly entries?: readonly Partial<InternalEntry>[];
  readonly whole?: readonly Value[];
}

function meantBy(entries: readonly Partial<InternalEntry>[]): Meant {
  const place = { bucketArn: ARN, account: '111122223333', partition: 'aws', bucketIsGuarded: true };
  return {
    buckets: [
      meantBucket('bucket', { bucketName: 'client', bucketArn: ARN, reference: ARN, created: true, keyArn: KEY }, SITE),
    ],
    integrations: [],
    internal: entries.map((each, index) =>
      meantInternal('bucket', { entry: entry(each), place, sid: `Internal${index + 1}` }, SITE),
    ),
    secrets: [{ account: ACCOUNT, arn: ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-abcdef'] }],
  };
}

function listed({ holders = [], doors = [], entries = [], whole }: Case): string[] {
  const ours = { accounts: [ACCOUNT, OTHER], organization: ['o-a1b2c3d4e5'] };
  const world: World = { ours, holders, doors, ...(whole && { whole }) };
  const { findings, insiders } = judgement(world, meantBy(entries));
  expect(findings).toEqual([]);
  return insiders().map(({ principal, reach, declared }) => {
    const kinds = reach.flatMap(({ targets, deploys }) => [
      ...targets.map(({ kind }) => kind),
      ...(deploys ? ['deploys'] : []),
    ]);
    return `${principal}: ${[...new Set(kinds)].join()}${declared ? ', declared' : ''}`;
  });
}

const READER = role('reader', [allow('s3:GetObject', `${ARN}/*`)]);
const ROLE = arn('role', 'reader');

test.each<[string, Case, readonly string[]]>([
  ['nobody', {}, []],
  ['a role of ours', { holders: [READER] }, [`${ROLE}: bucket`]],
  ['a role that reaches nothing', { holders: [role('other', [allow('sqs:*'), allow('s3:ListAllMyBuckets')])] }, []],
  [
    'a role that an entry names',
    { holders: [READER], entries: [{ principals: [ROLE] }] },
    [`${ROLE}: bucket, declared`],
  ],
  [
    'one whose account an entry names',
    { holders: [READER], entries: [{ principals: ['111122223333'] }] },
    [`${ROLE}: bucket, declared`],
  ],
  [
    'one whose account an entry names by its root',
    { holders: [READER], entries: [{ principals: ['arn:aws:iam::111122223333:root'] }] },
    [`${ROLE}: bucket, declared`],
  ],
  [
    'one of our organization, which an entry names',
    { holders: [READER], entries: [{ organization: 'o-a1b2c3d4e5' }] },
    [`${ROLE}: bucket, declared`],
  ],
  [
    'another organization names nobody of ours',
    { holders: [READER], entries: [{ organization: 'o-zzzzzzzzzz' }] },
    [`${ROLE}: bucket`],
  ],
  [
    'an entry for somebody else',
    { holders: [READER], entries: [{ principals: [arn('role', 'other')] }, { principals: ['222233334444'] }] },
    [`${ROLE}: bucket`],
  ],
  [
    'an organization and a principal, who both must hold',
    { holders: [READER], entries: [{ organization: 'o-a1b2c3d4e5', principals: [arn('role', 'other')] }] },
    [`${ROLE}: bucket`],
  ],
  [
    'who changes policies',
    { holders: [role('admin', [allow('iam:PutRolePolicy')])] },
    [`${arn('role', 'admin')}: bucket,key,secret`],
  ],
  [
    'members and not their group',
    {
      holders: [
        holder('user', 'ann', [], { groups: [['staff']] }),
        holder('user', 'bob', [allow('secretsmanager:*')]),
        holder('group', 'staff', [allow('s3:*')]),
      ],
    },
    [`${arn('user', 'ann')}: bucket`, `${arn('user', 'bob')}: secret`],
  ],
  [
    'a group whose members nobody here sees',
    { holders: [holder('group', 'staff', [allow('s3:*')])] },
    [`${arn('group', 'staff')}: bucket`],
  ],
  ['a group without members', { holders: [holder('group', 'staff', [allow('s3:*')])], whole: [ACCOUNT] }, []],
  [
    'a role of another account of ours, by the policy of the bucket',
    {
      doors: [
        door('bucket', ARN, [
          { ...allow('s3:GetObject', `${ARN}/*`), Principal: { AWS: arn('role', 'x', '222233334444') } },
        ]),
      ],
    },
    [`${arn('role', 'x', '222233334444')}: bucket`],
  ],
  [
    'another account of ours, and not its own, to which a key leaves it',
    {
      doors: [
        door('key', KEY, [
          { ...allow('kms:*'), Principal: { AWS: ['arn:aws:iam::111122223333:root', '222233334444'] } },
        ]),
      ],
    },
    ['arn:aws:iam::222233334444:root: key'],
  ],
  [
    'a service for us, and our organization',
    {
      doors: [
        door('bucket', ARN, [
          {
            ...allow('s3:PutObject', `${ARN}/*`),
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ]),
      ],
    },
    ['logging.s3.amazonaws.com: bucket'],
  ],
  [
    'who deploys with exact claims',
    {
      holders: [
        role(
          'deploy',
          [allow('sts:AssumeRole', 'arn:aws:iam::*:role/cdk-*')],
          trust(
            { Federated: arn('oidc-provider', 'token.actions.githubusercontent.com') },
            {
              Condition: {
                StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:o/r:ref:refs/heads/main' },
              },
            },
          ),
        ),
      ],
    },
    [`${arn('role', 'deploy')}: bucket,key,secret,deploys`],
  ],
  [
    'who of ours deploys',
    { holders: [role('deploy', [allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/cdk-*')])] },
    [`${arn('role', 'deploy')}: bucket,key,secret,deploys`],
  ],
  [
    'who deploys elsewhere',
    { holders: [role('deploy', [allow('sts:AssumeRole', 'arn:aws:iam::999999999999:role/cdk-*')])] },
    [],
  ],
])('%s', (_, given, expected) => {
  expect(listed(given)).toEqual(expected);
});

test('an internal entry in the policy of the bucket is declared by what it writes', () => {
  const entries = [{ principals: [arn('role', 'x', '222233334444')] }];
  const place = { bucketArn: ARN, account: '111122223333', partition: 'aws', bucketIsGuarded: true };
  const { bucket } = internalPolicies({ entry: entry(entries[0] ?? {}), place, sid: 'Internal1' });
  expect(listed({ doors: [door('bucket', ARN, bucket)], entries })).toEqual([
    `${arn('role', 'x', '222233334444')}: bucket, declared`,
  ]);
});

test('an insider says by what', () => {
  const world: World = { ours: { accounts: [ACCOUNT] }, holders: [READER], doors: [] };
  const [insider] = judgement(world, meantBy([])).insiders();
  expect(insider).toMatchObject({
    holder: READER,
    reach: [{ deploys: false, place: at('reader'), statement: { actions: [['s3:GetObject']] } }],
  });
});
