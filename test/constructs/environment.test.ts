import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import {
  AccessKeyIntegration,
  AssumedRoleIntegration,
  Capability,
  ClientBucket,
  type ClientBucketProps,
  DirectTrustIntegration,
  GitHubDeployRole,
  IdentityProvider,
  type IntegrationProps,
  InternalAccess,
  KeySlot,
  RolesAnywhereIntegration,
  SnapshotReaderRole,
  Status,
  WebIdentityIntegration,
} from '../../lib';
import { resolved } from '../support/resolve';
import { newApp, type Template, templateOf } from '../support/synth';

const OWN = '999988887777';
const OTHER = '111122223333';
const ROLE = `arn:aws:iam::${OTHER}:role/x`;
const ISSUER = 'https://login.example.com/x';
const REPOSITORY = 'repo:octo-org/octo-repo:*';
const env = { account: OWN, region: 'eu-west-1' };
const anchor = (region: string, account: string) =>
  `arn:aws:rolesanywhere:${region}:${account}:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab`;
const provider = (account: string) => `arn:aws:iam::${account}:oidc-provider/login.example.com/x`;
const key = (region: string, partition = 'aws') =>
  `arn:${partition}:kms:${region}:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

type Make = (scope: Stack, common: IntegrationProps) => unknown;

const assumed =
  (more: object = {}): Make =>
  (scope, common) =>
    new AssumedRoleIntegration(scope, 'i', { ...common, principals: [ROLE], ...more });
const direct =
  (more: object = {}): Make =>
  (scope, common) =>
    new DirectTrustIntegration(scope, 'i', { ...common, principals: [ROLE], ...more });
const anywhere =
  (more: object = {}): Make =>
  (scope, common) =>
    new RolesAnywhereIntegration(scope, 'i', { ...common, commonName: 'c', ...more });
const token =
  (more: object = {}): Make =>
  (scope, common) =>
    new WebIdentityIntegration(scope, 'i', { ...common, audiences: ['a'], subjects: ['s'], ...more });
const keyed =
  (more: object = {}): Make =>
  (scope, common) =>
    new AccessKeyIntegration(scope, 'i', { ...common, ...more });

function made(make: Make, bucket: Partial<ClientBucketProps> = {}, where: object = env) {
  const app = newApp();
  const stack = new Stack(app, 'kohler', { env: where });
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', ...bucket });
  make(stack, { clientBucket, vendorName: 'adobe' });
  return { app, stack, clientBucket };
}

const setupOf = (template: Template) => JSON.parse(String(Object.values(resolved(template).Outputs)[0]?.Value));

describe('what is in another place is refused where the place is known', () => {
  test.each<[string, Make, string]>([
    [
      'a principal of another partition',
      assumed({ principals: ['arn:aws-cn:iam::111122223333:role/x'] }),
      'wrong-partition',
    ],
    [
      'one that the bucket would name',
      direct({ principals: ['arn:aws-us-gov:iam::111122223333:role/x'] }),
      'wrong-partition',
    ],
    ['a trust anchor of another account', anywhere({ trustAnchorArn: anchor('eu-west-1', OTHER) }), 'wrong-account'],
    ['a trust anchor of another region', anywhere({ trustAnchorArn: anchor('us-east-1', OWN) }), 'wrong-region'],
    ['a provider of another account', token({ provider: provider(OTHER) }), 'wrong-account'],
  ])('%s', (_, make, code) => {
    expect(() => made(make)).toThrow(`[${code}]`);
    // Nobody knows where a stack without an environment will be.
    expect(() => made(make, {}, {})).not.toThrow();
  });

  test('and nothing else', () => {
    expect(() => made(anywhere({ trustAnchorArn: anchor('eu-west-1', OWN) }))).not.toThrow();
    expect(() => made(token({ provider: provider(OWN) }))).not.toThrow();
    const cn = { account: OWN, region: 'cn-north-1' };
    expect(() => made(assumed({ principals: ['arn:aws-cn:iam::111122223333:role/x'] }), {}, cn)).not.toThrow();
  });

  test.each([
    ['wrong-region', key('us-east-1')],
    ['wrong-partition', key('cn-north-1', 'aws-cn')],
  ])('a key: %s', (code, arn) => {
    const make = (it: string) => () => made(assumed(), { encryptionKey: Key.fromKeyArn(new Stack(), 'Key', it) });
    expect(make(arn)).toThrow(`[${code}]`);
    expect(make(key('eu-west-1'))).not.toThrow();
  });

  test.each([
    ['a role', assumed()],
    ['a user', keyed()],
  ])('%s of another account than the bucket', (_, make) => {
    const existing = (account: string) =>
      Bucket.fromBucketAttributes(new Stack(), 'Existing', {
        bucketName: 'there-already',
        account,
        region: 'eu-west-1',
      });
    expect(() => made(make, { existingBucket: existing(OTHER) })).toThrow('[wrong-account] the bucket there-already');
    expect(() => made(make, { existingBucket: existing(OWN) })).not.toThrow();
  });
});

test('a bucket in another region than the stack is where it is', () => {
  const existingBucket = Bucket.fromBucketAttributes(new Stack(), 'Existing', {
    bucketName: 'there-already',
    account: OWN,
    region: 'us-east-1',
  });
  const encryptionKey = Key.fromKeyArn(new Stack(), 'Key', key('us-east-1'));
  const { stack, clientBucket } = made(assumed(), { existingBucket, encryptionKey });
  const template = templateOf(stack);
  expect(clientBucket.region).toBe('us-east-1');
  expect(setupOf(template)).toMatchObject({ region: 'us-east-1', kmsKeyArn: key('us-east-1') });
  expect(JSON.stringify(resolved(template).Resources)).toContain('"kms:ViaService":"s3.us-east-1.amazonaws.com"');
});

describe('callers without types are told', () => {
  const wrong = (value: string) => value as never;
  test.each<[string, Make, string]>([
    ['a status', assumed({ status: wrong('actve') }), '[unknown-value] status cannot be "actve": did you mean active?'],
    ['a capability', assumed({ access: [Capability.READ, wrong('everything')] }), '[unknown-value] access cannot be'],
    ['a slot', keyed({ keys: [KeySlot.A, wrong('c')] }), '[unknown-value] keys cannot be "c"'],
    ['no bucket', assumed({ clientBucket: undefined }), '[missing-key] clientBucket is missing: give clientBucket'],
    ['no vendor', assumed({ vendorName: undefined }), '[missing-key] vendorName is missing'],
    [
      'no principal of a trust',
      assumed({ principals: undefined, trusts: [{}] }),
      '[missing-key] trusts[0].principal is missing',
    ],
  ])('%s', (_, make, message) => {
    expect(() => made(make)).toThrow(message);
  });

  test.each<[string, Make, string]>([
    [
      'a list as text',
      assumed({ principals: wrong(ROLE) }),
      `[wrong-type] principals is the text "${ROLE}": give a list`,
    ],
    [
      'what is in a list',
      assumed({ externalIds: ['a1', wrong(7 as never)] }),
      '[wrong-type] externalIds[1] is 7: give texts',
    ],
    ['a number', assumed({ vendorName: 7 }), '[wrong-type] vendorName is 7: give a text'],
    ['a text for a flag', assumed({ wholeBucket: wrong('yes') }), '[wrong-type] wholeBucket is the text "yes"'],
    ['null', assumed({ principals: null }), '[wrong-type] principals is null: leave it out'],
    ['seconds', assumed({ maxSessionDuration: 3600 }), 'maxSessionDuration is 3600: give a Duration'],
    [
      'a bucket of S3',
      assumed({ clientBucket: new Bucket(new Stack(), 'B') }),
      'is an object of another type: give a ClientBucket',
    ],
    ['a role path', assumed({ rolePath: ['/x/'] }), '[wrong-type] rolePath is a list: give a text'],
    ['a boundary', assumed({ permissionsBoundary: 'arn:aws:iam::aws:policy/x' }), 'permissionsBoundary is the text'],
    ['trusts', assumed({ principals: undefined, trusts: { principal: ROLE } }), '[wrong-type] trusts is an object'],
    ['a trust', assumed({ principals: undefined, trusts: [ROLE] }), `[wrong-type] trusts[0] is the text "${ROLE}"`],
    [
      'its ID',
      assumed({ principals: undefined, trusts: [{ principal: ROLE, externalId: 7 }] }),
      'trusts[0].externalId is 7',
    ],
    [
      'a direct trust',
      direct({ accessPoint: 'true' }),
      '[wrong-type] accessPoint is the text "true": give true or false',
    ],
    ['a certificate', anywhere({ trustAnchorArn: [] }), '[wrong-type] trustAnchorArn is a list: give a text'],
    [
      'a token',
      token({ subjects: new Map() }),
      '[wrong-type] subjects is an object of another type: give a list of texts',
    ],
    ['a key', keyed({ userPath: () => '/' }), '[wrong-type] userPath is a function: give a text'],
    [
      'all at once',
      assumed({ prefix: 7, expires: 8 }),
      '[wrong-type] prefix is 7: give a text\n[wrong-type] expires is 8',
    ],
  ])('of a type: %s', (_, make, message) => {
    expect(() => made(make)).toThrow(message);
  });

  test.each<[string, object, string]>([
    ['a KMS key', { encryptionKey: key('eu-west-1') }, '[wrong-type] encryptionKey is the text'],
    [
      'a bucket',
      { existingBucket: 'there-already' },
      '[wrong-type] existingBucket is the text "there-already": give an IBucket',
    ],
    ['days', { expireObjectsAfter: 30 }, '[wrong-type] expireObjectsAfter is 30: give a Duration'],
    ['a flag', { versioned: 'no' }, '[wrong-type] versioned is the text "no": give true or false'],
  ])('of a type: %s', (_, props, message) => {
    expect(() => made(assumed(), props)).toThrow(message);
  });

  test.each<[string, (scope: Stack, props: never) => unknown]>([
    ['ClientBucket', (scope, props) => new ClientBucket(scope, 'x', props)],
    ['AssumedRoleIntegration', (scope, props) => new AssumedRoleIntegration(scope, 'x', props)],
    ['InternalAccess', (scope, props) => new InternalAccess(scope, 'x', props)],
    ['IdentityProvider', (scope, props) => new IdentityProvider(scope, 'x', props)],
    ['GitHubDeployRole', (scope, props) => new GitHubDeployRole(scope, 'x', props)],
    ['SnapshotReaderRole', (scope, props) => new SnapshotReaderRole(scope, 'x', props)],
  ])('no properties at all of %s', (_, make) => {
    expect(() => make(new Stack(), undefined as never)).toThrow(
      '[wrong-type] the properties are missing: give an object',
    );
    expect(() => make(new Stack(), 'kohler' as never)).toThrow('the properties are the text "kohler"');
    expect(() => make(new Stack(), {} as never)).toThrow('[missing-key]');
  });

  test('no client', () => {
    expect(() => made(assumed(), { clientName: undefined })).toThrow('[missing-key] clientName is missing');
  });
});

test.each<[string, Make, Partial<ClientBucketProps>, string]>([
  ['pending', assumed({ principals: [] }), {}, 'or set status: Status.PENDING until it is known'],
  ['a provider', assumed({ principals: ['accounts.google.com'] }), {}, 'use a WebIdentityIntegration for identities'],
  ['a canonical user', assumed({ principals: ['a'.repeat(64)] }), {}, 'or use a DirectTrustIntegration'],
  ['a whole account', assumed({ principals: [OTHER] }), {}, 'add externalIds with the one that the vendor sends'],
  ['an empty prefix', assumed({ prefix: '/' }), {}, 'or set wholeBucket: true in a ClientBucket of its own'],
  ['a bucket name', assumed(), { bucketName: 'ab' }, 'set bucketName to a name'],
])('advice names properties: %s', (_, make, bucket, advice) => {
  expect(() => made(make, bucket)).toThrow(advice);
});

test('names that cdk bootstrap makes are refused', () => {
  const suffix = `${OWN}-eu-west-1`;
  expect(() => made(assumed({ roleName: `cdk-hnb659fds-deploy-role-${suffix}` }))).toThrow('[bootstrap-name]');
  expect(() => made(assumed(), { bucketName: `cdk-hnb659fds-assets-${suffix}` })).toThrow('[bootstrap-name]');
});

describe('until the CDK has looked a value up', () => {
  const look = (scope: Stack) => StringParameter.valueFromLookup(scope, '/vendor/value');
  const certificateAuthority = readFileSync(join(__dirname, '../support/ca.pem'), 'utf8');
  test.each<[string, Make]>([
    ['principals', (scope, common) => assumed({ principals: [look(scope)] })(scope, common)],
    ['external IDs', (scope, common) => assumed({ externalIds: [look(scope)] })(scope, common)],
    [
      'trusts',
      (scope, common) => assumed({ principals: undefined, trusts: [{ principal: look(scope) }] })(scope, common),
    ],
    ['principals of a bucket policy', (scope, common) => direct({ principals: [look(scope)] })(scope, common)],
    ['a trust anchor', (scope, common) => anywhere({ trustAnchorArn: look(scope) })(scope, common)],
    ['a common name', (scope, common) => anywhere({ certificateAuthority, commonName: look(scope) })(scope, common)],
    ['a provider', (scope, common) => token({ provider: look(scope) })(scope, common)],
    ['subjects', (scope, common) => token({ provider: ISSUER, subjects: [look(scope)] })(scope, common)],
    ['a prefix', (scope, common) => assumed({ prefix: look(scope) })(scope, common)],
    ['a vendor', (scope, common) => assumed({ vendorName: look(scope) })(scope, common)],
    ['a vendor with a key', (scope, common) => keyed({ vendorName: look(scope) })(scope, common)],
    ['a vendor in a policy', (scope, common) => direct({ vendorName: look(scope), accessPoint: true })(scope, common)],
    ['a role name', (scope, common) => assumed({ roleName: look(scope) })(scope, common)],
    ['a role path', (scope, common) => assumed({ rolePath: look(scope) })(scope, common)],
    ['a path', (scope, common) => keyed({ userPath: look(scope) })(scope, common)],
    ['an end', (scope, common) => assumed({ expires: look(scope) })(scope, common)],
    ['addresses', (scope, common) => assumed({ sourceIps: [look(scope)] })(scope, common)],
    ['endpoints', (scope, common) => assumed({ vpcEndpoints: [look(scope)] })(scope, common)],
    ['VPCs', (scope, common) => assumed({ sourceVpcs: [look(scope)] })(scope, common)],
    ['capabilities', (scope, common) => assumed({ access: [look(scope) as Capability] })(scope, common)],
    ['a status', (scope, common) => assumed({ status: look(scope) as Status })(scope, common)],
    ['a session name', (scope, common) => assumed({ roleSessionName: look(scope) })(scope, common)],
    ['an authority', (scope, common) => anywhere({ certificateAuthority: look(scope) })(scope, common)],
    [
      'an organization',
      (scope, common) => anywhere({ certificateAuthority, organization: look(scope) })(scope, common),
    ],
    [
      'a provider whose subjects are patterns',
      (scope, common) => token({ provider: look(scope), subjects: [REPOSITORY] })(scope, common),
    ],
    ['audiences', (scope, common) => token({ provider: ISSUER, audiences: [look(scope)] })(scope, common)],
  ])('nobody is allowed, and the look-up happens: %s', (_, make) => {
    const { app, stack } = made(make);
    const assembly = app.synth();
    expect(assembly.manifest.missing?.map(({ props }) => props)).toEqual([
      expect.objectContaining({ parameterName: '/vendor/value' }),
    ]);
    const text = JSON.stringify(assembly.getStackArtifact(stack.artifactId).template.Resources);
    expect(text).not.toMatch(/"Effect":"Allow"/);
  });

  test.each<[string, (scope: Stack) => unknown]>([
    ['a client', (scope) => new ClientBucket(scope, 'B', { clientName: look(scope) })],
    ['a bucket', (scope) => new ClientBucket(scope, 'B', { clientName: 'kohler', bucketName: look(scope) })],
    [
      'a log prefix',
      (scope) => new ClientBucket(scope, 'B', { clientName: 'kohler', serverAccessLogsPrefix: look(scope) }),
    ],
    ['an issuer', (scope) => new IdentityProvider(scope, 'P', { issuer: look(scope), audiences: ['a'] })],
    ['a repository', (scope) => new GitHubDeployRole(scope, 'R', { repository: look(scope) })],
    ['a branch', (scope) => new SnapshotReaderRole(scope, 'R', { repository: 'a/b', branch: look(scope) })],
    ['a target', (scope) => new GitHubDeployRole(scope, 'R', { repository: 'a/b', targets: [look(scope)] })],
    ['a qualifier', (scope) => new GitHubDeployRole(scope, 'R', { repository: 'a/b', qualifier: look(scope) })],
  ])('whatever else waits for it does not stop it: %s', (_, make) => {
    const app = newApp();
    const stack = new Stack(app, 'kohler', { env });
    make(stack);
    const assembly = app.synth();
    expect(assembly.manifest.missing).toHaveLength(1);
    const text = JSON.stringify(assembly.getStackArtifact(stack.artifactId).template.Resources);
    expect(text).not.toMatch(/"sts:AssumeRoleWithWebIdentity"/);
  });

  test('an integration in a bucket that waits for its name', () => {
    const app = newApp();
    const stack = new Stack(app, 'kohler', { env });
    const clientBucket = new ClientBucket(stack, 'B', { clientName: look(stack), bucketName: look(stack) });
    assumed()(stack, { clientBucket, vendorName: 'adobe' });
    new InternalAccess(stack, 'Ours', { clientBucket, principals: [`${ROLE}-of-ours`] });
    expect(app.synth().manifest.missing).toHaveLength(1);
  });

  test('and then it is what it is', () => {
    const app = newApp();
    app.node.setContext(`ssm:account=${OWN}:parameterName=/vendor/value:region=eu-west-1`, ROLE);
    const stack = new Stack(app, 'kohler', { env });
    const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
    const made = new AssumedRoleIntegration(stack, 'i', {
      clientBucket,
      vendorName: 'adobe',
      principals: [look(stack)],
    });
    expect(made.status).toBe(Status.ACTIVE);
    expect(JSON.stringify(templateOf(stack).Resources)).toContain(ROLE);
  });
});

describe('a token', () => {
  const warnings = (make: Make) => {
    const spy = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    try {
      const { app } = made(make);
      const { messages } = app.synth().getStackByName('kohler');
      return messages.map(({ entry }) => String(entry.data));
    } finally {
      spy.mockRestore();
    }
  };

  test('of an issuer that customers share is compared with what tells them apart', () => {
    const github = { provider: 'https://token.actions.githubusercontent.com' };
    expect(() => made(token({ ...github, subjects: [], roleSessionName: 'partner' }))).toThrow('[shared-issuer]');
    expect(() => made(token({ ...github, subjects: ['repo:*'] }))).toThrow('[claim-wildcard]');
    expect(() => made(token({ ...github, subjects: [REPOSITORY] }))).not.toThrow();
    expect(() => made(token({ provider: ISSUER, subjects: ['s*'] }))).toThrow('[claim-wildcard]');
  });

  test('is warned of where nothing in it is compared, or it never comes', () => {
    expect(warnings(token({ provider: ISSUER, subjects: [], roleSessionName: 'nightly' }))).toEqual([
      expect.stringContaining('nothing in the token is compared but its audience'),
    ]);
    const google = { provider: 'https://accounts.google.com' };
    expect(warnings(token({ ...google, subjects: ['a@example.com'] }))).toEqual([
      expect.stringContaining("not a subject of Google's tokens"),
    ]);
    expect(warnings(token({ ...google, subjects: ['104182323391028490742'] }))).toEqual([]);
  });
});
