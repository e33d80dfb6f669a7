import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Duration, Fn, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfinementChecks, GitHubDeployRole, type GitHubDeployRoleProps } from '../../lib';
import { Judge } from '../support/judge';
import { HOME, resolved } from '../support/resolve';
import { newApp, type Template, templateOf } from '../support/synth';

const ROLE = 'bucket-integrations-deploy';
const ISSUER = 'token.actions.githubusercontent.com';
const PROVIDER = `arn:aws:iam::${HOME.account}:oidc-provider/${ISSUER}`;
const IDS = { repositoryOwnerId: '123456', repositoryId: '456789' };

function made(props: Partial<GitHubDeployRoleProps> = {}): Template {
  const stack = new Stack(newApp(), 'DeployRole');
  new GitHubDeployRole(stack, 'GitHub', { repository: 'octo-org/integrations', ...props });
  return templateOf(stack);
}

const ofType = (template: Template, type: string) =>
  Object.values(resolved(template).Resources).filter(({ Type }) => Type === type);

/** The claims of a token that GitHub gives to a job. */
function claims(more: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  const all = {
    aud: 'sts.amazonaws.com',
    sub: 'repo:octo-org/integrations:environment:production',
    repository: 'octo-org/integrations',
    repository_id: '456789',
    repository_owner_id: '123456',
    ref: 'refs/heads/main',
    environment: 'production',
    ...more,
  };
  const known = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(known.map(([claim, value]) => [`${ISSUER}:${claim}`, value]));
}

describe('who may assume it', () => {
  const plain = new Judge(made());
  const withIds = new Judge(made(IDS));
  const open = (judge: Judge, context: Record<string, string>, by = PROVIDER) =>
    judge.mayOpenSession(ROLE, by, 'sts:AssumeRoleWithWebIdentity', context);

  test('a job of the repository, on the branch, in the environment', async () => {
    expect(await open(plain, claims())).toBe(true);
  });

  const OTHERS: [string, Readonly<Record<string, string | undefined>>][] = [
    ['another repository', { sub: 'repo:octo-org/other:environment:production', repository: 'octo-org/other' }],
    [
      'a repository whose name begins so',
      { sub: 'repo:octo-org/integrations2:environment:production', repository: 'octo-org/integrations2' },
    ],
    ['another owner', { sub: 'repo:evil/integrations:environment:production', repository: 'evil/integrations' }],
    ['another environment', { sub: 'repo:octo-org/integrations:environment:staging', environment: 'staging' }],
    ['a job without an environment', { sub: 'repo:octo-org/integrations:ref:refs/heads/main', environment: undefined }],
    ['a pull request', { sub: 'repo:octo-org/integrations:pull_request', ref: 'refs/pull/7/merge' }],
    ['a pull request in the environment', { ref: 'refs/pull/7/merge' }],
    ['another branch', { ref: 'refs/heads/feature' }],
    ['a branch whose name begins so', { ref: 'refs/heads/main2' }],
    ['a tag of that name', { ref: 'refs/tags/main' }],
    ['another audience', { aud: 'https://github.com/octo-org' }],
    ['a token without audience', { aud: undefined }],
    ['a token without subject', { sub: undefined }],
    ['a token without ref', { ref: undefined }],
  ];
  test.each(OTHERS)('not %s', async (_, more) => {
    expect(await open(plain, claims(more))).toBe(false);
    expect(await open(withIds, claims(more))).toBe(false);
  });

  test('by name, not a token that names another repository than its subject', async () => {
    expect(await open(plain, claims({ repository: 'octo-org/other' }))).toBe(false);
    expect(await open(plain, claims({ repository: undefined }))).toBe(false);
  });

  test('by id, either form of the subject, and nobody who took the name over', async () => {
    const immutable = 'repo:octo-org@123456/integrations@456789:environment:production';
    expect(await open(withIds, claims())).toBe(true);
    expect(await open(withIds, claims({ sub: immutable }))).toBe(true);
    expect(await open(plain, claims({ sub: immutable }))).toBe(false);
    for (const repository_id of ['456780', '4567890', undefined]) {
      expect(await open(withIds, claims({ repository_id }))).toBe(false);
      expect(await open(withIds, claims({ sub: immutable, repository_id }))).toBe(false);
    }
    const sub = 'repo:octo-org@99/integrations@456789:environment:production';
    expect(await open(withIds, claims({ sub }))).toBe(false);
  });

  test('another environment and branch, where it is told so', async () => {
    const judge = new Judge(made({ branch: 'release/eu', environment: 'eu:live' }));
    const right = { sub: 'repo:octo-org/integrations:environment:eu%3Alive', ref: 'refs/heads/release/eu' };
    expect(await open(judge, claims(right))).toBe(true);
    expect(await open(judge, claims())).toBe(false);
    expect(await open(judge, claims({ ...right, ref: 'refs/heads/main' }))).toBe(false);
    expect(await open(judge, claims({ ...right, sub: undefined }))).toBe(false);
  });

  test('no other issuer, no other call, and nobody with credentials of AWS', async () => {
    const elsewhere = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;
    expect(await open(plain, claims(), elsewhere)).toBe(false);
    const { [`${ISSUER}:aud`]: aud = '', [`${ISSUER}:sub`]: sub = '' } = claims();
    const login = `arn:aws:iam::${HOME.account}:oidc-provider/login.example.com`;
    expect(await open(plain, { 'login.example.com:aud': aud, 'login.example.com:sub': sub }, login)).toBe(false);
    for (const action of ['sts:AssumeRole', 'sts:TagSession']) {
      expect(await plain.mayOpenSession(ROLE, PROVIDER, action)).toBe(false);
    }
    expect(await plain.mayAssume(ROLE, `arn:aws:iam::${HOME.account}:role/administrator`)).toBe(false);
  });

  test('in the very names of AWS', () => {
    const [role] = ofType(made(IDS), 'AWS::IAM::Role');
    expect(role?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Sid: 'Token',
        Effect: 'Allow',
        Principal: { Federated: PROVIDER },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            [`${ISSUER}:aud`]: 'sts.amazonaws.com',
            [`${ISSUER}:sub`]: [
              'repo:octo-org@123456/integrations@456789:environment:production',
              'repo:octo-org/integrations:environment:production',
            ],
            [`${ISSUER}:ref`]: 'refs/heads/main',
            [`${ISSUER}:repository_id`]: '456789',
          },
        },
      },
    ]);
  });
});

describe('what it may do', () => {
  const arn = (role: string, account = HOME.account, region = HOME.region, qualifier = 'hnb659fds') =>
    `arn:aws:iam::${account}:role/cdk-${qualifier}-${role}-role-${account}-${region}`;
  const may = (judge: Judge, action: string, resource: string) => judge.may({ role: ROLE }, { action, resource });
  const assume = (judge: Judge, resource: string) => may(judge, 'sts:AssumeRole', resource);

  test("assume the stack's own bootstrap roles, and nothing else", async () => {
    const judge = new Judge(made());
    for (const role of ['deploy', 'file-publishing', 'lookup']) expect(await assume(judge, arn(role))).toBe(true);
    for (const other of [
      arn('cfn-exec'),
      arn('image-publishing'),
      arn('deploy', '111122223333'),
      arn('deploy', HOME.account, 'us-east-1'),
      arn('deploy', HOME.account, HOME.region, 'other'),
      `${arn('deploy')}-2`,
      `arn:aws:iam::${HOME.account}:role/administrator`,
      `arn:aws:iam::${HOME.account}:role/kohler_reltio`,
    ]) {
      expect([other, await assume(judge, other)]).toEqual([other, false]);
    }
    const BUCKET = 'arn:aws:s3:::integrations-kohler';
    for (const [action, resource] of [
      ['s3:ListBucket', BUCKET],
      ['s3:GetObject', `${BUCKET}/reltio/a`],
      ['iam:CreateUser', `arn:aws:iam::${HOME.account}:user/somebody`],
      ['iam:PassRole', arn('cfn-exec')],
      ['cloudformation:DescribeStacks', `arn:aws:cloudformation:eu-west-1:${HOME.account}:stack/integrations-kohler/1`],
      ['sts:TagSession', arn('deploy')],
    ] as const) {
      expect([action, await may(judge, action, resource)]).toEqual([action, false]);
    }
  });

  test('assume those of the targets instead, each account with its region', async () => {
    const targets = ['aws://111122223333/eu-west-1', 'aws://444455556666/us-east-1'];
    const judge = new Judge(made({ targets, qualifier: 'acme1' }));
    expect(await assume(judge, arn('deploy', '111122223333', 'eu-west-1', 'acme1'))).toBe(true);
    expect(await assume(judge, arn('lookup', '444455556666', 'us-east-1', 'acme1'))).toBe(true);
    expect(await assume(judge, arn('deploy', '111122223333', 'us-east-1', 'acme1'))).toBe(false);
    expect(await assume(judge, arn('deploy', '111122223333', 'eu-west-1'))).toBe(false);
    expect(await assume(judge, arn('deploy', HOME.account, HOME.region, 'acme1'))).toBe(false);
  });

  test('has no wildcard and no managed policy', () => {
    const [role, ...others] = ofType(made(IDS), 'AWS::IAM::Role');
    expect(others).toEqual([]);
    expect(JSON.stringify(role?.Properties)).not.toMatch(/[*?]/);
    expect(role?.Properties.ManagedPolicyArns).toBeUndefined();
    const types = new Set(Object.values(made().Resources).map(({ Type }) => Type));
    expect([...types].sort()).toEqual(['AWS::IAM::OIDCProvider', 'AWS::IAM::Role']);
  });
});

test('makes the identity provider before the role, unless the account has it', () => {
  expect(ofType(made(), 'AWS::IAM::OIDCProvider')[0]?.Properties).toEqual({
    Url: `https://${ISSUER}`,
    ClientIdList: ['sts.amazonaws.com'],
  });
  const [provider] = Object.keys(made().Resources).filter((id) => /Provider/.test(id));
  expect(Object.values(made().Resources).find(({ Type }) => Type === 'AWS::IAM::Role')?.DependsOn).toEqual([provider]);
  expect(ofType(made({ existingProvider: true }), 'AWS::IAM::OIDCProvider')).toEqual([]);
});

test('puts out its ARN, and takes a name, a session length and a boundary', () => {
  const stack = new Stack(newApp(), 'DeployRole');
  const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(stack, 'B', 'arn:aws:iam::999988887777:policy/b');
  const role = new GitHubDeployRole(stack, 'GitHub', {
    repository: 'octo-org/integrations',
    roleName: 'deploy-eu',
    maxSessionDuration: Duration.hours(2),
    permissionsBoundary,
  });
  const template = resolved(templateOf(stack));
  const [properties] = ofType(template, 'AWS::IAM::Role').map(({ Properties }) => Properties);
  expect(properties).toMatchObject({
    RoleName: 'deploy-eu',
    MaxSessionDuration: 7200,
    PermissionsBoundary: 'arn:aws:iam::999988887777:policy/b',
  });
  expect(Object.values(template.Outputs).map(({ Value }) => Value)).toEqual([
    `arn:aws:iam::${HOME.account}:role/deploy-eu`,
  ]);
  expect(stack.resolve(role.roleArn)).toBeTruthy();
});

test('neither cdk-nag nor the confinement checks have anything against it', () => {
  const app = newApp();
  Validations.of(app).addPlugins(new ConfinementChecks());
  const stack = new Stack(app, 'DeployRole');
  new GitHubDeployRole(stack, 'GitHub', { repository: 'octo-org/integrations', ...IDS });
  expect(() => app.synth()).not.toThrow();
  expect(new AwsSolutionsChecks().validateScope(stack).violations).toEqual([]);
});

test.each<[string, Partial<GitHubDeployRoleProps>, string]>([
  ['a repository without owner', { repository: 'integrations' }, 'bad-repository'],
  ['every repository of an owner', { repository: 'octo-org/*' }, 'bad-repository'],
  ['an address', { repository: 'https://github.com/octo-org/integrations' }, 'bad-repository'],
  ['a policy variable', { repository: 'octo-org/$' + '{aws:userid}' }, 'bad-repository'],
  ['any branch', { branch: '*' }, 'claim-wildcard'],
  ['a ref', { branch: 'refs/heads/main' }, 'bad-branch'],
  ['no branch', { branch: '' }, 'bad-claim'],
  ['any environment', { environment: 'prod*' }, 'claim-wildcard'],
  ['no environment', { environment: '' }, 'bad-claim'],
  ['one id', { repositoryId: '456789' }, 'missing-key'],
  ['the other id', { repositoryOwnerId: '123456' }, 'missing-key'],
  ['an id that is none', { ...IDS, repositoryId: 'R_kgDOABC' }, 'bad-repository-id'],
  ['an owner id that is none', { ...IDS, repositoryOwnerId: '*' }, 'bad-repository-id'],
  ['no targets', { targets: [] }, 'empty-list'],
  ['every region', { targets: ['aws://111122223333/*'] }, 'bad-target'],
  ['a target without account', { targets: ['eu-west-1'] }, 'bad-target'],
  ['a short account', { targets: ['aws://11112222333/eu-west-1'] }, 'bad-target'],
  ['an unknown environment', { targets: ['aws://unknown-account/unknown-region'] }, 'bad-target'],
  ['any qualifier', { qualifier: '*' }, 'bad-qualifier'],
  ['a long qualifier', { qualifier: 'abcdefghijk' }, 'bad-qualifier'],
  ['a wrong role name', { roleName: 'a/b' }, 'bad-role-name'],
  ['too long a session', { maxSessionDuration: Duration.hours(13) }, 'bad-duration'],
  [
    'more targets than a policy holds',
    { targets: Array.from({ length: 60 }, (_, at) => `aws://1111222233${10 + at}/eu-west-1`) },
    'role-policy-too-long',
  ],
])('refuses %s', (_, props, code) => {
  expect(() => made(props)).toThrow(`[${code}]`);
});

test('refuses names that are known only at deployment', () => {
  expect(() => made({ repository: Fn.ref('Repository') })).toThrow('as literals');
});
