/** The judgement on a world that is no template: an account, as its APIs give it. */
import { type Holder, type Json, plainJson, readPolicy, type Value, type World } from '../../lib/access';
import { judge, type Meant, meantBucket, meantIntegration, type Site } from '../../lib/proof';
import { Capability } from '../../lib/rules/confinement';
import type { Intent } from '../../lib/rules/intent';
import { policiesOf } from '../../lib/rules/intent';
import { Status } from '../../lib/rules/vocabulary';

const ACCOUNT: Value = ['111122223333'];
const ARN = 'arn:aws:s3:::client';
const SITE: Site = { scope: 'account', account: ACCOUNT, region: ['eu-west-1'], read: plainJson };
const at = (id: string, where: string) => ({ scope: 'account', id, at: where });

function intent(vendor: string, prefix = `${vendor}/`, more: Partial<Intent> = {}): Intent {
  return {
    integration: `client_${vendor}`,
    status: Status.ACTIVE,
    confinement: { bucketArn: ARN, prefix, access: [Capability.READ, Capability.LIST], bucketIsGuarded: true },
    partition: 'aws',
    trusts: {
      by: 'role',
      principals: ['arn:aws:iam::444455556666:role/vendor'],
      externalIds: ['x-1'],
      partition: 'aws',
    },
    principalName: `client_${vendor}`,
    ...more,
  } as Intent;
}

const INTENTS: readonly Intent[] = [intent('adobe'), intent('off', 'off/', { status: Status.SUSPENDED })];
const bucket = meantBucket('bucket', { bucketName: 'client', bucketArn: ARN, reference: ARN, created: true }, SITE);
const meantOf = (intents: readonly Intent[]): Meant => ({
  buckets: [bucket],
  integrations: intents.map((each) => meantIntegration('bucket', each, SITE)),
  internal: [],
  secrets: [],
});

const policy = (document: unknown, id: string, where: string) => readPolicy(plainJson(document), at(id, where));
const role = (name: string, trust: unknown, access: unknown, more: Partial<Holder> = {}): Holder => ({
  kind: 'role',
  account: ACCOUNT,
  arn: [`arn:aws:iam::111122223333:role/${name}`],
  name: [name],
  trust: policy(trust, name, 'AssumeRolePolicyDocument'),
  held: [policy(access, name, 'Policies')],
  place: at(name, ''),
  ...more,
});
const asMeant = (given: Intent): Holder => {
  const { trust, access } = policiesOf(given);
  return role(given.principalName ?? '', trust, access);
};
const allow = (Action: unknown, Resource: unknown) => ({ Statement: [{ Effect: 'Allow', Action, Resource }] });
const trusting = (Principal: unknown, Condition?: object, Action: unknown = 'sts:AssumeRole') => ({
  Statement: [{ Effect: 'Allow', Principal, Action, ...(Condition && { Condition }) }],
});

function found(
  more: readonly Holder[],
  { intents = INTENTS as readonly Intent[], holders = INTENTS.map(asMeant), world = {} as Partial<World> } = {},
) {
  return judge(
    { ours: { accounts: [ACCOUNT] }, holders: [...holders, ...more], doors: [], ...world },
    meantOf(intents),
  ).map(({ rule, place }) => `${rule} ${place.id} ${place.at}`);
}

test('what is meant is no finding, nor is what insiders may do', () => {
  expect(found([])).toEqual([]);
  expect(found([role('admin', trusting({ AWS: '111122223333' }), allow('*', '*'))])).toEqual([]);
});

test('what is meant may be written otherwise, and may be denied more', () => {
  const [adobe] = INTENTS as [Intent];
  const { trust, access } = policiesOf(adobe);
  const statements = [...(access?.Statement ?? [])]
    .reverse()
    .map((each) => ({ ...each, Action: [each.Action].flat().reverse() }));
  const denied = [...statements, { Effect: 'Deny', Action: 's3:GetObject', Resource: `${ARN}/adobe/secret/*` }];
  expect(found([role('CLIENT_ADOBE', trust, { Statement: denied })], { holders: [] })).toEqual([]);
});

test.each<[string, (adobe: Holder) => Holder, string]>([
  [
    'a wider trust',
    (adobe) => ({ ...adobe, trust: policy(trusting('*'), 'client_adobe', 'AssumeRolePolicyDocument') }),
    'changed-trust client_adobe AssumeRolePolicyDocument',
  ],
  ['no trust', (adobe) => ({ ...adobe, trust: [] }), 'changed-trust client_adobe AssumeRolePolicyDocument'],
  [
    'a policy more',
    (adobe) => ({ ...adobe, held: [...adobe.held, policy(allow('s3:*', '*'), 'client_adobe', 'Policies')] }),
    'changed-access client_adobe Policies',
  ],
  [
    'a policy that nobody can read',
    (adobe) => ({ ...adobe, held: [{ unreadable: at('client_adobe', 'Policies') }] }),
    'changed-access client_adobe Policies',
  ],
  [
    'a policy attached',
    (adobe) => ({
      ...adobe,
      attached: [{ policy: policy(allow('sqs:*', '*'), 'Extra', 'PolicyDocument'), isSure: true }],
    }),
    'more-access Extra PolicyDocument',
  ],
  [
    'a policy that may be attached and reaches',
    (adobe) => ({
      ...adobe,
      attached: [{ policy: policy(allow('s3:*', '*'), 'Extra', 'PolicyDocument'), isSure: false }],
    }),
    'more-access Extra PolicyDocument',
  ],
  ['a group', (adobe) => ({ ...adobe, groups: [['staff']] }), 'more-access client_adobe Groups'],
])('%s is', (_, change, finding) => {
  const [adobe, off] = INTENTS.map(asMeant) as [Holder, Holder];
  expect(found([], { holders: [change(adobe), off] })).toEqual([finding]);
});

test('a policy that may be attached, and touches nothing that is guarded, is none', () => {
  const [adobe, off] = INTENTS.map(asMeant) as [Holder, Holder];
  const attached = [{ policy: policy(allow('sqs:*', '*'), 'Extra', 'PolicyDocument'), isSure: false }];
  expect(found([], { holders: [{ ...adobe, attached }, off] })).toEqual([]);
});

test('a refusal that stands on a condition only is not there', () => {
  const [adobe, off] = INTENTS as [Intent, Intent];
  const { trust, access } = policiesOf(off);
  const either: Json = { choice: [plainJson(access), plainJson({ Statement: [] })] };
  const one = { ...role('client_off', trust, access), held: [readPolicy(either, at('client_off', 'Policies'))] };
  expect(found([], { holders: [asMeant(adobe), one] })).toEqual(['changed-access client_off Policies']);
  const same = readPolicy({ choice: [plainJson(access), plainJson(access)] }, at('client_off', 'Policies'));
  expect(found([], { holders: [asMeant(adobe), { ...one, held: [same] }] })).toEqual([]);
});

test('whoever a suspended integration could become is outside as well', () => {
  const next = role(
    'next',
    trusting({ AWS: 'arn:aws:iam::111122223333:role/client_off' }),
    allow('s3:GetObject', `${ARN}/*`),
  );
  expect(found([next])).toEqual(['unknown-principal next Policies']);
});

test.each<[string, object | undefined, boolean]>([
  ['exact', { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:o/r:ref:refs/heads/main' } }, true],
  [
    'several exact ones',
    { StringLike: { 'token.actions.githubusercontent.com:sub': ['repo:o/r:a', 'repo:o/r:b'] } },
    true,
  ],
  ['a pattern', { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:o/*' } }, false],
  [
    'one exact and one not',
    { StringLike: { 'token.actions.githubusercontent.com:sub': ['repo:o/r:a', 'repo:o/*'] } },
    false,
  ],
  ['another claim', { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }, false],
  ['none', undefined, false],
])('a deployer with a subject that is %s', (_, condition, passes) => {
  const federated = { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' };
  const deployer = role(
    'deploy',
    trusting(federated, condition, 'sts:AssumeRoleWithWebIdentity'),
    allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-eu-west-1'),
  );
  expect(found([deployer])).toEqual(passes ? [] : ['unknown-principal deploy Policies']);
});

test('a statement is meant in the policy of its own bucket only', () => {
  const direct = intent('direct', 'direct/', {
    trusts: { by: 'bucket-policy', principals: ['arn:aws:iam::444455556666:role/vendor'] },
    principalName: undefined,
  } as Partial<Intent>);
  const Statement = policiesOf(direct).bucket;
  const door = (name: string) => ({
    kind: 'bucket' as const,
    account: ACCOUNT,
    names: [[name]],
    policy: policy({ Statement }, 'Policy', 'PolicyDocument'),
    place: at('Policy', ''),
  });
  const judged = (name: string, intents: readonly Intent[]) =>
    found([], { intents, holders: [], world: { doors: [door(name)] } });
  expect(judged(ARN, [direct])).toEqual([]);
  // Where a bucket is, everybody may know.
  expect(judged(ARN, [])).toHaveLength(Statement.length - 1);
  expect(judged('arn:aws:s3:::other', [direct])).toEqual([]);
});

test('overlapping prefixes are found, and those that only look alike are not', () => {
  const overlaps = (...prefixes: readonly string[]) =>
    found([], { intents: prefixes.map((prefix, each) => intent(`v${each}`, prefix)), holders: [] });
  expect(overlaps('a/', 'a-b/', 'ab/', 'b/a/')).toEqual([]);
  expect(overlaps('a/', 'b/', 'a/b/')).toEqual(['overlapping-prefix client_v0 Metadata']);
  expect(overlaps('a/b/c/', 'x/', 'a/', 'a/b/')).toHaveLength(3);
  expect(overlaps('', 'x/')).toHaveLength(1);
  expect(overlaps('a*/')).toEqual(['overlapping-prefix client_v0 Metadata']);
});
