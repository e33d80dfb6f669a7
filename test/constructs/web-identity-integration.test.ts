import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Duration, Fn, Stack } from 'aws-cdk-lib/core';
import { Capability, ClientBucket, Status, WebIdentityIntegration, type WebIdentityIntegrationProps } from '../../lib';
import { resolved } from '../support/resolve';
import { newApp, type Resource, type Template, templateOf } from '../support/synth';

const ISSUER = 'login.example.com/tenant';
const ARN = `arn:aws:iam::999988887777:oidc-provider/${ISSUER}`;
const OFF = [Status.PENDING, Status.SUSPENDED];

function made(props: Partial<WebIdentityIntegrationProps> = known): {
  template: Template;
  role: Resource;
  setup: unknown;
} {
  const stack = new Stack(newApp(), 'kohler');
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
  new WebIdentityIntegration(stack, 'okta', { clientBucket, vendorName: 'okta', ...props });
  const template = templateOf(stack);
  const [role, ...others] = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
  expect(others).toEqual([]);
  const [output] = Object.values(resolved(template).Outputs);
  return { template, role: role as Resource, setup: JSON.parse(String(output?.Value)) };
}

const known = { provider: `https://${ISSUER}`, audiences: ['sts.example.com'], subjects: ['client-1'] };

// The CDK prints what it warns of.
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => void jest.restoreAllMocks());

/** The trust policy as AWS sees it. */
function trust(props: Partial<WebIdentityIntegrationProps>) {
  const roles = Object.values(resolved(made(props).template).Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
  return roles[0]?.Properties.AssumeRolePolicyDocument;
}

test('trusts the tokens of one provider with one audience and one subject', () => {
  expect(made().role.Properties.AssumeRolePolicyDocument).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Token',
        Effect: 'Allow',
        Principal: {
          Federated: {
            'Fn::Join': [
              '',
              [
                'arn:',
                { Ref: 'AWS::Partition' },
                ':iam::',
                { Ref: 'AWS::AccountId' },
                ':oidc-provider/login.example.com/tenant',
              ],
            ],
          },
        },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'login.example.com/tenant:aud': 'sts.example.com',
            'login.example.com/tenant:sub': 'client-1',
          },
        },
      },
    ],
  });
});

test('any of several audiences and any of several subjects will do, until it expires', () => {
  const props = { ...known, audiences: ['one', 'two'], subjects: ['x', 'y'], expires: '2027-01-01' };
  expect(trust(props).Statement).toEqual([
    {
      Sid: 'Token',
      Effect: 'Allow',
      Principal: { Federated: ARN },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: { [`${ISSUER}:aud`]: ['one', 'two'], [`${ISSUER}:sub`]: ['x', 'y'] },
        DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' },
      },
    },
  ]);
});

test('a session name stands in for subjects, or beside them', () => {
  const condition = (props: Partial<WebIdentityIntegrationProps>) => trust(props).Statement[0].Condition;
  const { provider, audiences } = known;
  expect(condition({ provider, audiences, roleSessionName: 'nightly' })).toEqual({
    StringEquals: { [`${ISSUER}:aud`]: 'sts.example.com', 'sts:RoleSessionName': 'nightly' },
  });
  expect(condition({ ...known, roleSessionName: 'nightly-*' })).toEqual({
    StringEquals: { [`${ISSUER}:aud`]: 'sts.example.com', [`${ISSUER}:sub`]: 'client-1' },
    StringLike: { 'sts:RoleSessionName': 'nightly-*' },
  });
});

test('a provider is the same by its address and by its ARN', () => {
  expect(trust({ ...known, provider: ARN })).toEqual(trust(known));
  const { Statement } = trust({ ...known, provider: 'arn:aws:iam::111122223333:oidc-provider/id.example.com/' });
  expect(Statement[0].Principal).toEqual({ Federated: 'arn:aws:iam::111122223333:oidc-provider/id.example.com/' });
  expect(Statement[0].Condition).toEqual({
    StringEquals: { 'id.example.com/:aud': 'sts.example.com', 'id.example.com/:sub': 'client-1' },
  });
});

test.each(['https://accounts.google.com', 'https://accounts.google.com/', 'accounts.google.com'])(
  'knows %s by itself, and its audience in either of two claims',
  (provider) => {
    const statement = {
      Effect: 'Allow',
      Principal: { Federated: 'accounts.google.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
    };
    const subject = { 'accounts.google.com:sub': '104029' };
    const { template, role } = made({ provider, audiences: ['sts.example.com'], subjects: ['104029'] });
    expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        ...statement,
        Sid: 'Token',
        Condition: { StringEquals: { 'accounts.google.com:aud': 'sts.example.com', ...subject } },
      },
      {
        ...statement,
        Sid: 'Token2',
        Condition: { StringEquals: { 'accounts.google.com:oaud': 'sts.example.com', ...subject } },
      },
    ]);
    expect(JSON.stringify(template.Resources)).not.toContain('oidc-provider');
  },
);

test('makes no provider, has no managed policy and nothing beside its inline one', () => {
  const { template, role } = made({ ...known, access: [Capability.READ] });
  expect(Object.keys(role.Properties).sort()).toEqual(['AssumeRolePolicyDocument', 'Policies', 'RoleName']);
  expect(role.Properties.Policies).toHaveLength(1);
  expect(role.Properties.Policies[0].PolicyDocument.Statement).toMatchObject([
    { Sid: 'Location', Action: 's3:GetBucketLocation' },
    {
      Sid: 'Objects',
      Action: ['s3:GetObject', 's3:GetObjectAttributes'],
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::integrations-kohler/okta/*']] },
    },
  ]);
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  expect(types.sort()).toEqual(['AWS::IAM::Role', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy']);
});

test('takes a role name, a session duration and a permissions boundary', () => {
  const boundary = 'arn:aws:iam::111122223333:policy/boundary';
  const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(new Stack(), 'Boundary', boundary);
  const props = { roleName: 'uc-kohler', maxSessionDuration: Duration.hours(12), permissionsBoundary };
  expect(made({ ...known, ...props }).role.Properties).toMatchObject({
    RoleName: 'uc-kohler',
    MaxSessionDuration: 43_200,
    PermissionsBoundary: boundary,
  });
  expect(made().role.Properties.RoleName).toBe('kohler_okta');
  // IAM has no maximum below an hour.
  expect(made({ ...known, maxSessionDuration: Duration.minutes(15) }).role.Properties.MaxSessionDuration).toBe(3600);
});

test('tokens may carry session tags where it says so', () => {
  const actions = (props: object) =>
    trust({ ...known, ...props }).Statement.map(({ Action }: { Action: unknown }) => Action);
  expect(actions({})).toEqual(['sts:AssumeRoleWithWebIdentity']);
  expect(actions({ sessionTags: true })).toEqual(['sts:AssumeRoleWithWebIdentity', 'sts:TagSession']);
});

test('names the provider that it trusts', () => {
  const of = (provider?: string) => {
    const stack = new Stack(newApp(), 'kohler', { env: { account: '999988887777', region: 'eu-west-1' } });
    const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
    const status = Status.PENDING;
    return new WebIdentityIntegration(stack, 'okta', { clientBucket, vendorName: 'okta', status, provider });
  };
  expect(of(`https://${ISSUER}`).providerArn).toBe(ARN);
  expect(of(ARN).providerArn).toBe(ARN);
  expect(of('https://accounts.google.com').providerArn).toBeUndefined();
  expect(of().providerArn).toBeUndefined();
});

test('puts out its setup information', () => {
  const common = {
    integration: 'kohler_okta',
    kind: 'web-identity',
    status: 'active',
    bucket: 'integrations-kohler',
    prefix: 'okta/',
    region: 'eu-west-1',
    roleArn: 'arn:aws:iam::999988887777:role/kohler_okta',
  };
  expect(made().setup).toEqual(common);
  expect(made({ status: Status.PENDING }).setup).toEqual({ ...common, status: 'pending' });
});

test.each(OFF)('lets nobody in while %s, and is then edited in place', (status) => {
  const shape = ({ Resources }: Template) =>
    Object.entries(Resources).map(([id, { Type, Properties }]) => [id, Type, Properties.RoleName]);
  for (const props of [known, {}]) {
    const { template, role } = made({ ...props, status });
    expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Sid: 'NotActive', Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
    ]);
    expect(role.Properties.Policies[0].PolicyDocument.Statement).toEqual([
      { Sid: 'NotActive', Effect: 'Deny', Action: '*', Resource: '*' },
    ]);
    expect(shape(template)).toEqual(shape(made().template));
  }
});

test.each<[string, Partial<WebIdentityIntegrationProps>, string]>([
  ['an active one without a provider', { ...known, provider: undefined }, 'missing-key'],
  ['an active one without an audience', { ...known, audiences: [] }, 'missing-key'],
  ['an active one with an audience alone', { ...known, subjects: [] }, 'missing-key'],
  ['a provider over plain HTTP', { ...known, provider: `http://${ISSUER}` }, 'bad-provider'],
  ['a provider without its scheme', { ...known, provider: ISSUER }, 'bad-provider'],
  ['a provider with a wildcard', { ...known, provider: 'https://*.example.com' }, 'bad-provider'],
  ['a provider with a query', { ...known, provider: 'https://login.example.com/?a=b' }, 'bad-provider'],
  [
    'the discovery document',
    { ...known, provider: `https://${ISSUER}/.well-known/openid-configuration` },
    'bad-provider',
  ],
  ['a provider of SAML', { ...known, provider: 'arn:aws:iam::111122223333:saml-provider/okta' }, 'bad-provider'],
  ['too long a provider', { ...known, provider: `https://login.example.com/${'x'.repeat(250)}` }, 'bad-provider'],
  ['an empty audience', { ...known, audiences: ['sts.example.com', ''] }, 'bad-claim'],
  ['a wildcard in an audience', { ...known, audiences: ['sts.*'] }, 'claim-wildcard'],
  ['a subject with space around it', { ...known, subjects: ['client-1 '] }, 'bad-claim'],
  ['a wildcard as subject', { ...known, subjects: ['client-1', '*'] }, 'claim-wildcard'],
  ['a policy variable as subject', { ...known, subjects: ['$' + '{aws:userid}'] }, 'claim-wildcard'],
  ['any session name', { ...known, subjects: [], roleSessionName: '*' }, 'bad-session-name'],
  ['a wrong provider while pending', { status: Status.PENDING, provider: 'login.example.com' }, 'bad-provider'],
  ['a wrong subject while pending', { status: Status.PENDING, subjects: ['*'] }, 'claim-wildcard'],
  ['too short a session', { ...known, maxSessionDuration: Duration.minutes(14) }, 'bad-duration'],
  ['too long a session', { ...known, maxSessionDuration: Duration.hours(13) }, 'bad-duration'],
  ['a wrong role name', { ...known, roleName: 'a/b' }, 'bad-role-name'],
  ['a wildcard in the prefix', { ...known, prefix: 'a*' }, 'prefix-wildcard'],
  [
    'too long a trust policy',
    { ...known, subjects: Array.from({ length: 80 }, (_, at) => `client-${at}-${'x'.repeat(20)}`) },
    'trust-policy-too-long',
  ],
])('refuses %s', (_, props, code) => {
  expect(() => made(props)).toThrow(`[${code}]`);
});

test('a provider must be known, since condition keys are made of it', () => {
  expect(() => made({ ...known, provider: Fn.ref('Provider') })).toThrow('provider as a literal');
});

test('says all that is missing at once', () => {
  expect(() => made({})).toThrow(
    /\[missing-key\] provider .+\n\[missing-key\] audiences .+\n\[missing-key\] the audience alone /,
  );
});

test('leaves what it is given as it was', () => {
  const audiences = Object.freeze(['b', 'a']) as string[];
  const subjects = Object.freeze(['y', 'x']) as string[];
  expect(() => made({ ...known, audiences, subjects })).not.toThrow();
});
