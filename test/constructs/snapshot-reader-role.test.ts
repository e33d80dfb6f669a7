import { CfnPolicy, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Duration, Fn, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import {
  AccessKeyIntegration,
  ClientBucket,
  ConfinementChecks,
  GitHubDeployRole,
  SnapshotReaderRole,
  type SnapshotReaderRoleProps,
} from '../../lib';
import { readerPolicy } from '../../lib/rules/account-reader';
import { Judge } from '../support/judge';
import { HOME, resolved } from '../support/resolve';
import { newApp, type Template, templateOf } from '../support/synth';

const ROLE = 'bucket-integrations-snapshot';
const ISSUER = 'token.actions.githubusercontent.com';
const PROVIDER = `arn:aws:iam::${HOME.account}:oidc-provider/${ISSUER}`;
const IDS = { repositoryOwnerId: '123456', repositoryId: '456789' };

function made(props: Partial<SnapshotReaderRoleProps> = {}): Template {
  const stack = new Stack(newApp(), 'Reader');
  new SnapshotReaderRole(stack, 'Snapshot', { repository: 'octo-org/integrations', ...props });
  return templateOf(stack);
}

const ofType = (template: Template, type: string) =>
  Object.values(resolved(template).Resources).filter(({ Type }) => Type === type);

/** The claims of a token that GitHub gives to a job. */
function claims(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const all = {
    aud: 'sts.amazonaws.com',
    sub: 'repo:octo-org/integrations:ref:refs/heads/main',
    repository: 'octo-org/integrations',
    repository_id: '456789',
    ref: 'refs/heads/main',
    ...more,
  };
  return Object.fromEntries(Object.entries(all).map(([claim, value]) => [`${ISSUER}:${claim}`, value]));
}

describe('who may assume it', () => {
  const plain = new Judge(made());
  const withIds = new Judge(made(IDS));
  const open = (judge: Judge, context: Record<string, string>) =>
    judge.mayOpenSession(ROLE, PROVIDER, 'sts:AssumeRoleWithWebIdentity', context);

  test('a job of the repository on the branch, without an environment', async () => {
    expect(await open(plain, claims())).toBe(true);
    expect(await open(withIds, claims())).toBe(true);
    expect(await open(withIds, claims({ sub: 'repo:octo-org@123456/integrations@456789:ref:refs/heads/main' }))).toBe(
      true,
    );
  });

  test.each<[string, Record<string, string>]>([
    ['a job in an environment', { sub: 'repo:octo-org/integrations:environment:production' }],
    ['another repository', { sub: 'repo:octo-org/other:ref:refs/heads/main', repository: 'octo-org/other' }],
    ['another branch', { sub: 'repo:octo-org/integrations:ref:refs/heads/feature', ref: 'refs/heads/feature' }],
    [
      'a branch whose name begins so',
      { sub: 'repo:octo-org/integrations:ref:refs/heads/main2', ref: 'refs/heads/main2' },
    ],
    ['a tag of that name', { sub: 'repo:octo-org/integrations:ref:refs/tags/main', ref: 'refs/tags/main' }],
    ['a pull request', { sub: 'repo:octo-org/integrations:pull_request', ref: 'refs/pull/7/merge' }],
    ['another audience', { aud: 'https://github.com/octo-org' }],
  ])('not %s', async (_, more) => {
    expect(await open(plain, claims(more))).toBe(false);
    expect(await open(withIds, claims(more))).toBe(false);
  });

  test('by id, not somebody who took the name over', async () => {
    expect(await open(withIds, claims({ repository_id: '4567890' }))).toBe(false);
  });

  test('a job in an environment, where it is told so, and no other', async () => {
    const judge = new Judge(made({ environment: 'audit' }));
    expect(await open(judge, claims({ sub: 'repo:octo-org/integrations:environment:audit' }))).toBe(true);
    expect(await open(judge, claims())).toBe(false);
  });
});

describe('what it may do', () => {
  const judge = new Judge(made());
  const may = (action: string, resource: string) => judge.may({ role: ROLE }, { action, resource });
  const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:${HOME.account}:secret:${name}`;

  test.each([
    ['iam:GetAccountAuthorizationDetails', '*'],
    ['s3:GetBucketPolicy', 'arn:aws:s3:::integrations-kohler'],
    ['kms:ListAliases', '*'],
    ['secretsmanager:GetResourcePolicy', secret('integrations/kohler/adobe/a-a1b2c3')],
  ])('%s', async (action, resource) => {
    expect(await may(action, resource)).toBe(true);
  });

  test.each([
    ['s3:ListBucket', 'arn:aws:s3:::integrations-kohler'],
    ['s3:GetObject', 'arn:aws:s3:::integrations-kohler/reltio/a'],
    ['s3:PutBucketPolicy', 'arn:aws:s3:::integrations-kohler'],
    ['kms:Decrypt', `arn:aws:kms:eu-west-1:${HOME.account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`],
    ['secretsmanager:GetSecretValue', secret('integrations/kohler/adobe/a-a1b2c3')],
    ['secretsmanager:GetResourcePolicy', secret('somebody-elses-a1b2c3')],
    ['iam:CreateAccessKey', `arn:aws:iam::${HOME.account}:user/kohler_adobe`],
    ['sts:AssumeRole', `arn:aws:iam::${HOME.account}:role/kohler_reltio`],
  ])('not %s', async (action, resource) => {
    expect(await may(action, resource)).toBe(false);
  });

  test('what snapshot --policy prints, and nothing else', () => {
    const [role, ...others] = ofType(made(), 'AWS::IAM::Role');
    expect(others).toEqual([]);
    expect(role?.Properties.Policies).toEqual([{ PolicyName: 'snapshot', PolicyDocument: readerPolicy('aws') }]);
    expect(role?.Properties.ManagedPolicyArns).toBeUndefined();
  });
});

test('makes the identity provider before the role, unless the account has it', () => {
  const [provider] = Object.keys(made().Resources).filter((id) => /Provider/.test(id));
  expect(Object.values(made().Resources).find(({ Type }) => Type === 'AWS::IAM::Role')?.DependsOn).toEqual([provider]);
  expect(ofType(made({ existingProvider: true }), 'AWS::IAM::OIDCProvider')).toEqual([]);
});

test('puts out its ARN, and takes a name, a session length and a boundary', () => {
  const stack = new Stack(newApp(), 'Reader');
  const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(stack, 'B', 'arn:aws:iam::999988887777:policy/b');
  const role = new SnapshotReaderRole(stack, 'Snapshot', {
    repository: 'octo-org/integrations',
    roleName: 'read-eu',
    maxSessionDuration: Duration.hours(2),
    permissionsBoundary,
  });
  const template = resolved(templateOf(stack));
  expect(ofType(template, 'AWS::IAM::Role')[0]?.Properties).toMatchObject({
    RoleName: 'read-eu',
    MaxSessionDuration: 7200,
    PermissionsBoundary: 'arn:aws:iam::999988887777:policy/b',
  });
  expect(Object.values(template.Outputs).map(({ Value }) => Value)).toEqual([
    `arn:aws:iam::${HOME.account}:role/read-eu`,
  ]);
  expect(stack.resolve(role.roleArn)).toBeTruthy();
});

describe('beside clients, in one app', () => {
  function synthesized(change: (stack: Stack, role: string) => void = () => {}): () => void {
    const app = newApp();
    Validations.of(app).addPlugins(new ConfinementChecks());
    const stack = new Stack(app, 'Reader');
    new GitHubDeployRole(stack, 'GitHub', { repository: 'octo-org/integrations', ...IDS });
    const props = { repository: 'octo-org/integrations', existingProvider: true, ...IDS };
    const reader = new SnapshotReaderRole(stack, 'Snapshot', props);
    const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', createEncryptionKey: true });
    new AccessKeyIntegration(stack, 'adobe', { clientBucket, vendorName: 'adobe' });
    change(stack, reader.roleName);
    return () => app.synth();
  }

  test('the confinement checks have nothing against it', () => {
    expect(synthesized()).not.toThrow();
  });

  test.each(['s3:GetObject', 'secretsmanager:GetSecretValue', 's3:*'])('but they have against %s more', (action) => {
    const more = synthesized((stack, role) => {
      const document = new PolicyDocument({
        statements: [new PolicyStatement({ actions: [action], resources: ['*'] })],
      });
      new CfnPolicy(stack, 'More', { policyName: 'more', policyDocument: document, roles: [role] });
    });
    expect(more).toThrow('outsiders can become SnapshotRole');
  });

  test('nor has cdk-nag', () => {
    const stack = new Stack(newApp(), 'Reader');
    new SnapshotReaderRole(stack, 'Snapshot', { repository: 'octo-org/integrations' });
    expect(new AwsSolutionsChecks().validateScope(stack).violations).toEqual([]);
  });
});

test.each<[string, Partial<SnapshotReaderRoleProps>, string]>([
  ['every repository of an owner', { repository: 'octo-org/*' }, 'bad-repository'],
  ['any branch', { branch: '*' }, 'claim-wildcard'],
  ['any environment', { environment: 'prod*' }, 'claim-wildcard'],
  ['an empty environment', { environment: '' }, 'bad-claim'],
  ['one id', { repositoryId: '456789' }, 'missing-key'],
  ['a wrong role name', { roleName: 'a/b' }, 'bad-role-name'],
  ['too long a session', { maxSessionDuration: Duration.hours(13) }, 'bad-duration'],
])('refuses %s', (_, props, code) => {
  expect(() => made(props)).toThrow(`[${code}]`);
});

test('refuses names that are known only at deployment', () => {
  expect(() => made({ repository: Fn.ref('Repository') })).toThrow('as literals');
});
