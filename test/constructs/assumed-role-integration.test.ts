import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Duration, Fn, Stack } from 'aws-cdk-lib/core';
import { AssumedRoleIntegration, type AssumedRoleIntegrationProps, Capability, ClientBucket, Status } from '../../lib';
import { resolved } from '../support/resolve';
import { newApp, type Resource, type Template, templateOf } from '../support/synth';

const USER = 'arn:aws:iam::123456789876:user/reltio.platform.jobs';

function made(props: Partial<AssumedRoleIntegrationProps> = {}): {
  template: Template;
  role: Resource;
  setup: unknown;
} {
  const stack = new Stack(newApp(), 'kohler');
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
  new AssumedRoleIntegration(stack, 'reltio', { clientBucket, vendorName: 'reltio', principals: [USER], ...props });
  const template = templateOf(stack);
  const [role, ...others] = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
  expect(others).toEqual([]);
  const [output] = Object.values(resolved(template).Outputs);
  return { template, role: role as Resource, setup: JSON.parse(String(output?.Value)) };
}

test('names the account as principal and the exact ARN in a condition', () => {
  const { AssumeRolePolicyDocument } = made({ externalIds: ['abc-123'] }).role.Properties;
  expect(AssumeRolePolicyDocument).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Vendor',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::123456789876:root' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:PrincipalArn': USER, 'sts:ExternalId': 'abc-123' } },
      },
    ],
  });
});

test('lists under the prefix only, and acts on objects there only', () => {
  const { Policies } = made({ access: [Capability.LIST, Capability.READ] }).role.Properties;
  expect(Policies).toHaveLength(1);
  const bucket = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::integrations-kohler']] };
  expect(Policies[0].PolicyDocument.Statement).toEqual([
    { Sid: 'Location', Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: bucket },
    {
      Sid: 'List',
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: bucket,
      Condition: { StringLike: { 's3:prefix': 'reltio/*' } },
    },
    {
      Sid: 'Objects',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectAttributes'],
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::integrations-kohler/reltio/*']] },
    },
  ]);
});

test('has no managed policy and nothing beside its inline one', () => {
  const { role, template } = made();
  expect(Object.keys(role.Properties).sort()).toEqual(['AssumeRolePolicyDocument', 'Policies', 'RoleName']);
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  expect(types.sort()).toEqual(['AWS::IAM::Role', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy']);
});

test('is named after the integration, or as it is told', () => {
  expect(made().role.Properties.RoleName).toBe('kohler_reltio');
  expect(made({ roleName: 'uc-kohler' }).role.Properties.RoleName).toBe('uc-kohler');
});

test('has the IAM path that it is told, and so has every ARN', () => {
  const { role, setup } = made({ rolePath: '/integrations/', selfAssume: true });
  const arn = 'arn:aws:iam::999988887777:role/integrations/kohler_reltio';
  expect(role.Properties.Path).toBe('/integrations/');
  expect(setup).toMatchObject({ roleArn: arn });
  const text = JSON.stringify(role.Properties);
  expect(text.match(/role\/integrations\/kohler_reltio/g)).toHaveLength(2);
  expect(text).not.toContain('role/kohler_reltio');
  expect(made().role.Properties.Path).toBeUndefined();
});

test('each of its principals may have an external ID of its own', () => {
  const OTHER = 'arn:aws:iam::222233334444:role/loader';
  const trusts = [
    { principal: USER, externalId: 'one' },
    { principal: OTHER, externalId: 'two' },
    { principal: '333344445555', externalId: 'two' },
  ];
  const { role, setup } = made({ principals: undefined, trusts });
  const asked = (role.Properties.AssumeRolePolicyDocument.Statement as { Condition: { StringEquals: object } }[]).map(
    ({ Condition }) => Condition.StringEquals,
  );
  expect(asked).toEqual([
    { 'aws:PrincipalArn': USER, 'sts:ExternalId': 'one' },
    { 'aws:PrincipalArn': OTHER, 'sts:ExternalId': 'two' },
    { 'sts:ExternalId': 'two' },
  ]);
  expect(setup).toMatchObject({ externalIds: ['one', 'two'] });
});

test('callers may send tags and a source identity where it says so', () => {
  const actions = (props: Partial<AssumedRoleIntegrationProps>) =>
    made({ externalIds: ['abc'], ...props }).role.Properties.AssumeRolePolicyDocument.Statement.map(
      ({ Action }: { Action: unknown }) => Action,
    );
  expect(actions({})).toEqual(['sts:AssumeRole']);
  expect(actions({ sessionTags: true })).toEqual(['sts:AssumeRole', 'sts:TagSession']);
  expect(actions({ sessionTags: true, sourceIdentity: true })).toEqual([
    'sts:AssumeRole',
    ['sts:TagSession', 'sts:SetSourceIdentity'],
  ]);
});

test('acts from a VPC only, where it says so', () => {
  const text = JSON.stringify(made({ sourceVpcs: ['vpc-0a1b2c3d4e5f67890'] }).role.Properties.Policies);
  expect(text.match(/"aws:SourceVpc":"vpc-0a1b2c3d4e5f67890"/g)).toHaveLength(3);
});

test('has no output where it is declined', () => {
  expect(made({ setupOutput: true }).setup).toBeDefined();
  const stack = new Stack(newApp(), 'kohler');
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', createEncryptionKey: true });
  const props = { clientBucket, vendorName: 'reltio', principals: [USER], setupOutput: false };
  const { kmsKeyArn } = new AssumedRoleIntegration(stack, 'reltio', props);
  expect(templateOf(stack).Outputs).toBeUndefined();
  expect(stack.resolve(kmsKeyArn)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^BucketKey/), 'Arn'] });
});

test('takes a session duration and a permissions boundary', () => {
  const boundary = 'arn:aws:iam::111122223333:policy/boundary';
  const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(new Stack(), 'Boundary', boundary);
  const { Properties } = made({ maxSessionDuration: Duration.hours(12), permissionsBoundary }).role;
  expect(Properties.MaxSessionDuration).toBe(43_200);
  expect(Properties.PermissionsBoundary).toBe(boundary);
});

test('puts out its setup information, with external IDs as they are', () => {
  const common = {
    integration: 'kohler_reltio',
    kind: 'assumed-role',
    status: 'active',
    bucket: 'integrations-kohler',
    prefix: 'reltio/',
    region: 'eu-west-1',
    roleArn: 'arn:aws:iam::999988887777:role/kohler_reltio',
  };
  expect(made().setup).toEqual(common);
  expect(made({ externalIds: ['one'] }).setup).toEqual({ ...common, externalId: 'one' });
  expect(made({ externalIds: ['one', 'two'] }).setup).toEqual({ ...common, externalIds: ['one', 'two'] });
  expect(made({ status: Status.PENDING, principals: [] }).setup).toEqual({ ...common, status: 'pending' });
});

test('a late handshake edits the role in place', () => {
  const pending = made({ status: Status.PENDING, principals: undefined }).template;
  const active = made({ externalIds: ['late'] }).template;
  const shape = ({ Resources }: Template) =>
    Object.entries(Resources).map(([id, { Type, Properties }]) => [id, Type, Properties.RoleName]);
  expect(shape(active)).toEqual(shape(pending));
  expect(JSON.stringify(pending.Resources)).toContain(
    '"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"',
  );
});

test.each<[string, Partial<AssumedRoleIntegrationProps>, string]>([
  ['an active role that trusts nobody', { principals: [] }, 'missing-key'],
  ['everybody', { principals: ['*'] }, 'principal-wildcard'],
  ['a wildcard', { principals: ['arn:aws:iam::123456789876:role/*'] }, 'principal-wildcard'],
  ['a session', { principals: ['arn:aws:sts::123456789876:assumed-role/a/b'] }, 'principal-session'],
  ['a service', { principals: ['s3.amazonaws.com'] }, 'principal-service'],
  ['a canonical user id', { principals: ['a'.repeat(64)] }, 'principal-type'],
  ['a principal that is not known', { principals: [Fn.ref('Somebody')] }, 'principal-unknown'],
  ['a whole account without external ID', { principals: ['123456789876'] }, 'whole-account'],
  ['a wrong external ID', { externalIds: ['a b'] }, 'bad-external-id'],
  ['a wrong session name', { roleSessionName: '*' }, 'bad-session-name'],
  ['trusts beside principals', { trusts: [{ principal: USER }] }, 'conflicting-keys'],
  ['no trusts', { principals: undefined, trusts: [] }, 'empty-list'],
  ['a whole account in trusts', { principals: undefined, trusts: [{ principal: '123456789876' }] }, 'whole-account'],
  [
    'a wrong external ID in trusts',
    { principals: undefined, trusts: [{ principal: USER, externalId: 'a b' }] },
    'bad-external-id',
  ],
  ['a wrong path', { rolePath: 'integrations' }, 'bad-role-path'],
  ['a wrong VPC', { sourceVpcs: ['vpce-12345678'] }, 'bad-source-vpc'],
  ['no VPC', { sourceVpcs: [] }, 'empty-list'],
  ['a wrong role name', { roleName: 'a/b' }, 'bad-role-name'],
  ['a wildcard in the prefix', { prefix: 'a*' }, 'prefix-wildcard'],
  ['a policy variable in the prefix', { prefix: '$' + '{aws:username}/' }, 'prefix-variable'],
  ['a prefix that is not known', { prefix: Fn.ref('Somewhere') }, 'prefix-unknown'],
  ['an empty prefix', { prefix: '/' }, 'prefix-empty'],
  ['a prefix beside wholeBucket', { prefix: 'a', wholeBucket: true }, 'conflicting-keys'],
  ['no capability', { access: [] }, 'empty-list'],
  ['an impossible date', { expires: '2027-02-30' }, 'bad-date'],
  ['every address', { sourceIps: ['0.0.0.0/0'] }, 'bad-source-ip'],
  ['a wrong VPC endpoint', { vpcEndpoints: ['vpc-12345678'] }, 'bad-vpc-endpoint'],
  ['a wrong vendor name', { vendorName: 'Rel_tio' }, 'bad-name'],
  ['too long a trust policy', { externalIds: ['a'.repeat(1200), 'b'.repeat(1200)] }, 'trust-policy-too-long'],
  [
    'too long a policy',
    { sourceIps: Array.from({ length: 250 }, (_, at) => `203.0.113.${at}`) },
    'role-policy-too-long',
  ],
])('refuses %s', (_, props, code) => {
  expect(() => made(props)).toThrow(`[${code}]`);
});

test('accepts whole accounts that are meant', () => {
  expect(() => made({ principals: ['123456789876'], externalIds: ['abc'] })).not.toThrow();
  expect(() => made({ principals: ['123456789876'], allowWholeAccount: true })).not.toThrow();
});

test('leaves what it is given as it was', () => {
  const principals = Object.freeze([USER]) as string[];
  const access = Object.freeze([Capability.READ]) as Capability[];
  expect(() => made({ principals, access })).not.toThrow();
});
