import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import {
  Capability,
  ClientBucket,
  type ClientBucketProps,
  DirectTrustIntegration,
  type DirectTrustIntegrationProps,
  Status,
} from '../../lib';
import { resolved } from '../support/resolve';
import { newApp, type Template, templateOf } from '../support/synth';

const ROLE = 'arn:aws:iam::111122223333:role/etl/loader';
const CANONICAL = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';

function made(
  props: Partial<DirectTrustIntegrationProps> = {},
  bucket: (stack: Stack) => Partial<ClientBucketProps> = () => ({}),
): Template {
  const stack = new Stack(newApp(), 'kohler');
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', ...bucket(stack) });
  new DirectTrustIntegration(stack, 'ware-house', {
    clientBucket,
    vendorName: 'ware-house',
    principals: [ROLE],
    ...props,
  });
  return templateOf(stack);
}

/** What the integration added to the bucket's policy, or to its key's. */
function statements(template: Template, type = 'AWS::S3::BucketPolicy') {
  const found = Object.values(resolved(template).Resources).find(({ Type }) => Type === type);
  if (!found) throw new Error(`there is no ${type}`);
  return (found.Properties.PolicyDocument ?? found.Properties.KeyPolicy).Statement.slice(1);
}

test('adds confined statements for exactly the principal, and no resource', () => {
  const template = made({ access: [Capability.LIST, Capability.READ] });
  const Principal = { AWS: 'arn:aws:iam::111122223333:root' };
  const named = { 'aws:PrincipalArn': ROLE };
  expect(statements(template)).toEqual([
    {
      Sid: 'wareXhouseLocation',
      Effect: 'Allow',
      Principal,
      Action: 's3:GetBucketLocation',
      Resource: 'arn:aws:s3:::integrations-kohler',
      Condition: { StringEquals: named },
    },
    {
      Sid: 'wareXhouseList',
      Effect: 'Allow',
      Principal,
      // Not s3:ListBucketMultipartUploads: S3 refuses a bucket policy that conditions it on s3:prefix.
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::integrations-kohler',
      Condition: { StringEquals: named, StringLike: { 's3:prefix': 'ware-house/*' } },
    },
    {
      Sid: 'wareXhouseObjects',
      Effect: 'Allow',
      Principal,
      Action: ['s3:GetObject', 's3:GetObjectAttributes'],
      Resource: 'arn:aws:s3:::integrations-kohler/ware-house/*',
      Condition: { StringEquals: named },
    },
  ]);
  expect(
    Object.values(template.Resources)
      .map(({ Type }) => Type)
      .sort(),
  ).toEqual(['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']);
});

test('lets in a canonical user id by that id', () => {
  const found = statements(made({ principals: [CANONICAL], access: [Capability.READ] }));
  expect(found.map(({ Principal }: { Principal: unknown }) => Principal)).toEqual([
    { CanonicalUser: CANONICAL },
    { CanonicalUser: CANONICAL },
  ]);
});

test("uses the key of the bucket through S3 only, by the key's own policy", () => {
  expect(
    statements(
      made({}, () => ({ createEncryptionKey: true })),
      'AWS::KMS::Key',
    ),
  ).toEqual([
    {
      Sid: 'wareXhouseKey',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalArn': ROLE, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
    },
  ]);
});

test.each([Status.PENDING, Status.SUSPENDED])('adds nothing while %s', (status) => {
  expect(statements(made({ status }))).toEqual([]);
  expect(statements(made({ status, principals: undefined }))).toEqual([]);
});

test('puts out its setup information', () => {
  const [output] = Object.values(resolved(made()).Outputs);
  expect(JSON.parse(String(output?.Value))).toEqual({
    integration: 'kohler_ware-house',
    kind: 'direct-trust',
    status: 'active',
    bucket: 'integrations-kohler',
    prefix: 'ware-house/',
    region: 'eu-west-1',
  });
});

test('works on an existing bucket whose policy is in the same app', () => {
  const template = made({}, (stack) => ({ existingBucket: new Bucket(stack, 'Theirs', { enforceSSL: true }) }));
  expect(JSON.stringify(template)).toContain('wareXhouseObjects');
});

test.each<[string, Partial<DirectTrustIntegrationProps>, (stack: Stack) => Partial<ClientBucketProps>, string]>([
  [
    'a bucket whose policy is not ours',
    {},
    (stack) => ({ existingBucket: Bucket.fromBucketName(stack, 'There', 'there') }),
    'bucket-policy-not-ours',
  ],
  [
    'a key whose policy is not ours',
    {},
    (stack) => ({
      encryptionKey: Key.fromKeyArn(
        stack,
        'Key',
        'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      ),
    }),
    'key-policy-not-ours',
  ],
  [
    'a canonical user id where there is a key',
    { principals: [CANONICAL] },
    () => ({ createEncryptionKey: true }),
    'canonical-user-kms',
  ],
  ['list-buckets', { access: [Capability.LIST_BUCKETS] }, () => ({}), 'impossible-capability'],
  ['a whole account', { principals: ['111122223333'] }, () => ({}), 'whole-account'],
  ['nobody', { principals: [] }, () => ({}), 'missing-key'],
])('refuses %s, and says what would work', (_, props, bucket, code) => {
  expect(() => made(props, bucket)).toThrow(new RegExp(`\\[${code}\\] .+: .+`));
});

test('refuses more direct trusts than a bucket policy holds', () => {
  const stack = new Stack(newApp(), 'kohler');
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
  for (let at = 0; at < 40; at += 1) {
    new DirectTrustIntegration(stack, `vendor${at}`, { clientBucket, vendorName: `vendor${at}`, principals: [ROLE] });
  }
  expect(() => templateOf(stack)).toThrow(
    /bucket's policy would be \d+ characters long; AWS takes 20480: give direct-trust integrations accessPoint: true/,
  );
});

test('says what its access point is called, where it has one', () => {
  const of = (accessPoint: boolean) => {
    const stack = new Stack(newApp(), 'kohler', { env: { account: '999988887777', region: 'eu-west-1' } });
    const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
    const props = { clientBucket, vendorName: 'ware-house', principals: [ROLE], accessPoint };
    const { accessPointArn, accessPointAlias } = new DirectTrustIntegration(stack, 'ware-house', props);
    return stack.resolve([accessPointArn, accessPointAlias]);
  };
  expect(of(true)).toEqual([
    'arn:aws:s3:eu-west-1:999988887777:accesspoint/kohler--ware-house',
    { 'Fn::GetAtt': [expect.stringContaining('AccessPoint'), 'Alias'] },
  ]);
  expect(of(false)).toEqual([]);
});

describe('with an access point', () => {
  const template = made({ accessPoint: true, access: [Capability.LIST, Capability.READ] });
  const { Resources, Outputs } = resolved(template);
  const of = (type: string) => Object.values(Resources).find(({ Type }) => Type === type)?.Properties;
  const point = 'arn:aws:s3:eu-west-1:999988887777:accesspoint/kohler--ware-house';

  test('is let in by that alone', () => {
    const Principal = { AWS: 'arn:aws:iam::111122223333:root' };
    const named = { 'aws:PrincipalArn': ROLE };
    expect(of('AWS::S3::AccessPoint')).toEqual({
      Name: 'kohler--ware-house',
      Bucket: 'integrations-kohler',
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      Policy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'TlsOnly',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Resource: [point, `${point}/object/*`],
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Sid: 'wareXhouseLocation',
            Effect: 'Allow',
            Principal,
            Action: 's3:GetBucketLocation',
            Resource: point,
            Condition: { StringEquals: named },
          },
          {
            Sid: 'wareXhouseList',
            Effect: 'Allow',
            Principal,
            Action: 's3:ListBucket',
            Resource: point,
            Condition: { StringEquals: named, StringLike: { 's3:prefix': 'ware-house/*' } },
          },
          {
            Sid: 'wareXhouseObjects',
            Effect: 'Allow',
            Principal,
            Action: ['s3:GetObject', 's3:GetObjectAttributes'],
            Resource: `${point}/object/ware-house/*`,
            Condition: { StringEquals: named },
          },
        ],
      },
    });
  });

  test('the bucket hands on to the access points of its client, by one statement without administration', () => {
    const [handed, ...others] = statements(template);
    expect(others).toEqual([]);
    expect(handed).toMatchObject({
      Sid: 'AccessPoints',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Resource: ['arn:aws:s3:::integrations-kohler', 'arn:aws:s3:::integrations-kohler/*'],
      Condition: {
        StringEquals: { 's3:DataAccessPointAccount': '999988887777' },
        StringLike: { 's3:DataAccessPointArn': 'arn:aws:s3:eu-west-1:999988887777:accesspoint/kohler--*' },
      },
    });
    expect(handed.Action).toContain('s3:PutObjectAcl');
    for (const action of handed.Action) {
      expect(action).toMatch(
        /^s3:(?:GetBucketLocation|ListBucket(?:Versions)?|(?:Get|Put|Delete)Object\w*|\w*MultipartUpload\w*)$/,
      );
    }
  });

  test('puts out the alias that is used in the bucket’s place, and knows its ARN beforehand', () => {
    const [output] = Object.values(Outputs);
    expect(JSON.parse(String(output?.Value))).toMatchObject({
      bucket: 'integrations-kohler',
      accessPointArn: point,
      accessPointAlias: expect.stringMatching(/-s3alias$/),
    });
  });

  test('two share the statement in the bucket’s policy, which does not grow with them', () => {
    const stack = new Stack(newApp(), 'kohler');
    const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
    for (let at = 0; at < 60; at += 1) {
      new DirectTrustIntegration(stack, `v${at}`, {
        clientBucket,
        vendorName: `v${at}`,
        principals: [ROLE],
        accessPoint: true,
      });
    }
    expect(statements(templateOf(stack))).toHaveLength(1);
  });

  test('in another stack than the bucket’s, which it depends on', () => {
    const app = newApp();
    const clientBucket = new ClientBucket(new Stack(app, 'kohler'), 'Bucket', { clientName: 'kohler' });
    const part = new Stack(app, 'part');
    new DirectTrustIntegration(part, 'x', { clientBucket, vendorName: 'x', principals: [ROLE], accessPoint: true });
    const assembly = app.synth();
    expect(assembly.getStackArtifact('part').dependencies.map(({ id }) => id)).toContain('kohler');
    expect(JSON.stringify(assembly.getStackArtifact('part').template)).not.toContain('ImportValue');
  });
});
