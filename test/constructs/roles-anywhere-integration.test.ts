import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { type App, Duration, Stack } from 'aws-cdk-lib/core';
import {
  Capability,
  ClientBucket,
  RolesAnywhereIntegration,
  type RolesAnywhereIntegrationProps,
  Status,
} from '../../lib';
import { resolved } from '../support/resolve';
import { newApp, type Resource, type Template, templateOf } from '../support/synth';

const AUTHORITY = readFileSync(join(__dirname, '../support/ca.pem'), 'utf8');
const LEAF = readFileSync(join(__dirname, '../support/leaf.pem'), 'utf8');
const ANCHOR = 'arn:aws:rolesanywhere:eu-west-1:999988887777:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab';
const OFF = [Status.PENDING, Status.SUSPENDED];

function made(props: Partial<RolesAnywhereIntegrationProps> = withArn): {
  template: Template;
  role: Resource;
  profile: Resource;
  anchor: Resource | undefined;
  setup: Record<string, unknown>;
} {
  const stack = new Stack(newApp(), 'kohler');
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
  new RolesAnywhereIntegration(stack, 'boomi', { clientBucket, vendorName: 'boomi', ...props });
  const template = templateOf(stack);
  const [output] = Object.values(resolved(template).Outputs);
  return {
    template,
    role: find(template, 'AWS::IAM::Role') as Resource,
    profile: find(template, 'AWS::RolesAnywhere::Profile') as Resource,
    anchor: find(template, 'AWS::RolesAnywhere::TrustAnchor'),
    setup: JSON.parse(String(output?.Value)),
  };
}

function find(template: Template, type: string): Resource | undefined {
  const [found, ...others] = Object.values(template.Resources).filter(({ Type }) => Type === type);
  expect(others).toEqual([]);
  return found;
}

const withArn = { trustAnchorArn: ANCHOR, commonName: 'sender' };
const withPem = { certificateAuthority: AUTHORITY, commonName: 'sender' };

test('trusts the certificates of one anchor with one common name', () => {
  expect(made().role.Properties.AssumeRolePolicyDocument).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Certificate',
        Effect: 'Allow',
        Principal: { Service: 'rolesanywhere.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        Condition: {
          ArnEquals: { 'aws:SourceArn': ANCHOR },
          StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'sender' },
        },
      },
    ],
  });
});

test('asks for organization and organizational unit where they are given, and for the time where it expires', () => {
  const condition = (props: Partial<RolesAnywhereIntegrationProps>) =>
    made({ ...withArn, ...props }).role.Properties.AssumeRolePolicyDocument.Statement[0].Condition;
  const ArnEquals = { 'aws:SourceArn': ANCHOR };
  const CN = { 'aws:PrincipalTag/x509Subject/CN': 'sender' };
  expect(condition({ organization: 'Boomi, Inc.' })).toEqual({
    ArnEquals,
    StringEquals: { ...CN, 'aws:PrincipalTag/x509Subject/O': 'Boomi, Inc.' },
  });
  expect(condition({ organizationalUnit: 'Exports' })).toEqual({
    ArnEquals,
    StringEquals: { ...CN, 'aws:PrincipalTag/x509Subject/OU': 'Exports' },
  });
  expect(condition({ organization: 'Boomi', organizationalUnit: 'Exports', expires: '2027-01-01' })).toEqual({
    ArnEquals,
    StringEquals: {
      ...CN,
      'aws:PrincipalTag/x509Subject/O': 'Boomi',
      'aws:PrincipalTag/x509Subject/OU': 'Exports',
    },
    DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' },
  });
});

describe('a trust anchor', () => {
  test('is made of the certificate authority, and is the one that is trusted', () => {
    const { template, role, anchor } = made(withPem);
    const [id] = Object.entries(template.Resources).find(([, resource]) => resource === anchor) ?? [];
    expect(anchor?.Properties).toEqual({
      Name: 'kohler_boomi',
      Enabled: true,
      Source: { SourceType: 'CERTIFICATE_BUNDLE', SourceData: { X509CertificateData: AUTHORITY } },
    });
    expect(role.Properties.AssumeRolePolicyDocument.Statement[0].Condition.ArnEquals).toEqual({
      'aws:SourceArn': { 'Fn::GetAtt': [id, 'TrustAnchorArn'] },
    });
  });

  test('holds the certificates alone, without the text around them', () => {
    const certificateAuthority = `Bag Attributes: <none>\nsubject=CN = old\n${AUTHORITY}\nsubject=CN = new\n${AUTHORITY}`;
    const { anchor } = made({ ...withPem, certificateAuthority });
    expect(anchor?.Properties.Source.SourceData.X509CertificateData).toBe(`${AUTHORITY}${AUTHORITY}`);
  });

  test('that is there already is not made again', () => {
    expect(made(withArn).anchor).toBeUndefined();
  });
});

test('has a profile for its role alone, which comes after it', () => {
  const { template, role, profile } = made();
  const [id] = Object.entries(template.Resources).find(([, resource]) => resource === role) ?? [];
  const account = { Ref: 'AWS::AccountId' };
  expect(profile.Properties).toEqual({
    Name: 'kohler_boomi',
    RoleArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', account, ':role/kohler_boomi']] }],
    DurationSeconds: 3600,
    AcceptRoleSessionName: false,
    Enabled: true,
  });
  expect(profile.DependsOn).toEqual([id]);
});

test.each([
  ['12 hours', Duration.hours(12), 43_200, 43_200],
  ['15 minutes, though no role has a maximum below an hour', Duration.minutes(15), 3600, 900],
])('takes a session duration, which role and profile must both allow: %s', (_, sessionDuration, most, seconds) => {
  const { role, profile } = made({ ...withArn, sessionDuration });
  expect([role.Properties.MaxSessionDuration, profile.Properties.DurationSeconds]).toEqual([most, seconds]);
});

test('takes session names of the vendor, a role name and a permissions boundary', () => {
  const boundary = 'arn:aws:iam::111122223333:policy/boundary';
  const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(new Stack(), 'Boundary', boundary);
  const { role, profile, setup } = made({
    ...withArn,
    acceptRoleSessionName: true,
    roleName: 'uc-kohler',
    permissionsBoundary,
  });
  expect(profile.Properties.AcceptRoleSessionName).toBe(true);
  expect(role.Properties).toMatchObject({ RoleName: 'uc-kohler', PermissionsBoundary: boundary });
  expect(JSON.stringify(profile.Properties.RoleArns)).toContain(':role/uc-kohler');
  expect(setup.roleArn).toBe('arn:aws:iam::999988887777:role/uc-kohler');
});

test('acts under its prefix only, by the inline policy of its role and no other', () => {
  const { template, role, profile } = made({ ...withPem, access: [Capability.READ] });
  expect(find(resolved(template), 'AWS::IAM::Role')?.Properties.Policies).toEqual([
    { PolicyName: 'access', PolicyDocument: { Version: '2012-10-17', Statement: CONFINED } },
  ]);
  expect(Object.keys(role.Properties).sort()).toEqual([
    'AssumeRolePolicyDocument',
    'MaxSessionDuration',
    'Policies',
    'RoleName',
  ]);
  expect(Object.keys(profile.Properties).filter((key) => /Polic/.test(key))).toEqual([]);
  expect(
    Object.values(template.Resources)
      .map(({ Type }) => Type)
      .sort(),
  ).toEqual([
    'AWS::IAM::Role',
    'AWS::RolesAnywhere::Profile',
    'AWS::RolesAnywhere::TrustAnchor',
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
  ]);
});

const CONFINED = [
  { Sid: 'Location', Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: 'arn:aws:s3:::integrations-kohler' },
  {
    Sid: 'Objects',
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:GetObjectAttributes'],
    Resource: 'arn:aws:s3:::integrations-kohler/boomi/*',
  },
];

test('puts out the three ARNs that the vendor enters', () => {
  const common = {
    integration: 'kohler_boomi',
    kind: 'roles-anywhere',
    status: 'active',
    bucket: 'integrations-kohler',
    prefix: 'boomi/',
    region: 'eu-west-1',
    roleArn: 'arn:aws:iam::999988887777:role/kohler_boomi',
    profileArn: expect.stringMatching(/^arn:aws:rolesanywhere:eu-west-1:999988887777:profile\//),
  };
  expect(made(withArn).setup).toEqual({ ...common, trustAnchorArn: ANCHOR });
  expect(made(withPem).setup).toEqual({
    ...common,
    trustAnchorArn: expect.stringMatching(/^arn:aws:rolesanywhere:eu-west-1:999988887777:trust-anchor\//),
  });
  expect(made({ status: Status.PENDING }).setup).toEqual({ ...common, status: 'pending' });
});

test.each(OFF)('lets nobody in while %s: neither role, profile nor anchor', (status) => {
  for (const props of [withPem, withArn, {}]) {
    const { role, profile, anchor } = made({ ...props, status });
    expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Sid: 'NotActive', Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
    ]);
    expect(role.Properties.Policies[0].PolicyDocument.Statement).toEqual([
      { Sid: 'NotActive', Effect: 'Deny', Action: '*', Resource: '*' },
    ]);
    expect(profile.Properties.Enabled).toBe(false);
    expect(anchor?.Properties.Enabled).toBe(props === withPem ? false : undefined);
  }
});

describe('a late handshake', () => {
  const shape = ({ Resources }: Template) =>
    Object.fromEntries(
      Object.entries(Resources).map(([id, { Type, Properties }]) => [id, [Type, Properties.RoleName, Properties.Name]]),
    );

  test.each(OFF)('edits role, profile and anchor in place: %s', (status) => {
    for (const props of [withPem, withArn]) {
      expect(shape(made(props).template)).toEqual(shape(made({ ...props, status }).template));
    }
  });

  test('adds the anchor, and changes no name of what was there', () => {
    const [before, after] = [shape(made({ status: Status.PENDING }).template), shape(made(withPem).template)];
    expect(after).toMatchObject(before);
    const added = Object.keys(after).filter((id) => !(id in before));
    expect(added.map((id) => after[id])).toEqual([['AWS::RolesAnywhere::TrustAnchor', undefined, 'kohler_boomi']]);
  });
});

test.each<[string, Partial<RolesAnywhereIntegrationProps>, string]>([
  ['an active one without a trust anchor', { commonName: 'sender' }, 'missing-key'],
  ['an active one without a common name', { trustAnchorArn: ANCHOR }, 'missing-key'],
  ['an empty common name', { ...withArn, commonName: '' }, 'bad-claim'],
  ['a common name with space around it', { ...withArn, commonName: ' sender' }, 'bad-claim'],
  ['a wildcard in the common name', { ...withArn, commonName: '*.example.com' }, 'claim-wildcard'],
  ['an empty organization', { ...withArn, organization: '' }, 'bad-claim'],
  ['a wildcard in the organization', { ...withArn, organization: 'Boomi?' }, 'claim-wildcard'],
  ['an endless organizational unit', { ...withArn, organizationalUnit: 'x'.repeat(256) }, 'bad-claim'],
  [
    'a policy variable in the organizational unit',
    { ...withArn, organizationalUnit: '$' + '{aws:username}' },
    'claim-wildcard',
  ],
  ['two trust anchors', { ...withPem, ...withArn }, 'conflicting-keys'],
  ['no certificate', { ...withPem, certificateAuthority: 'CERTIFICATE' }, 'bad-certificate'],
  [
    'a certificate that is cut off',
    { ...withPem, certificateAuthority: AUTHORITY.replace(/\n.+\n/, '\n') },
    'bad-certificate',
  ],
  ["the vendor's own certificate", { ...withPem, certificateAuthority: LEAF }, 'not-an-authority'],
  ["the vendor's own certificate beside", { ...withPem, certificateAuthority: AUTHORITY + LEAF }, 'not-an-authority'],
  [
    'more certificates than an anchor takes',
    { ...withPem, certificateAuthority: AUTHORITY.repeat(3) },
    'too-many-certificates',
  ],
  [
    'a private key',
    { ...withPem, certificateAuthority: `${AUTHORITY}-----BEGIN EC ${'PRIVATE'} KEY-----\n` },
    'private-key',
  ],
  ['a wrong certificate while pending', { status: Status.PENDING, certificateAuthority: LEAF }, 'not-an-authority'],
  ['a wrong common name while pending', { status: Status.PENDING, commonName: '*' }, 'claim-wildcard'],
  ['too short a session', { ...withArn, sessionDuration: Duration.minutes(14) }, 'bad-duration'],
  ['too long a session', { ...withArn, sessionDuration: Duration.hours(13) }, 'bad-duration'],
  ['a wrong role name', { ...withArn, roleName: 'a/b' }, 'bad-role-name'],
  ['a wildcard in the prefix', { ...withArn, prefix: 'a*' }, 'prefix-wildcard'],
])('refuses %s', (_, props, code) => {
  expect(() => made(props)).toThrow(`[${code}]`);
});

test('an authority that ends before the integration is warned of', () => {
  const warnings = (expires: string) => {
    const stack = new Stack(newApp(), 'kohler');
    const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
    new RolesAnywhereIntegration(stack, 'boomi', { clientBucket, vendorName: 'boomi', expires, ...withPem });
    const spy = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    try {
      const { messages } = (stack.node.root as App).synth().getStackByName('kohler');
      return messages.map(({ entry }) => String(entry.data));
    } finally {
      spy.mockRestore();
    }
  };
  expect(warnings('9999-01-01')).toEqual([expect.stringContaining('and access ends on 9999-01-01 only')]);
  expect(warnings('2027-01-01')).toEqual([]);
});

test('says all that is missing at once', () => {
  expect(() => made({})).toThrow(/\[missing-key\] the trust anchor .+\n\[missing-key\] the common name /);
});
