import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Fn, Stack, Validations } from 'aws-cdk-lib/core';
import {
  Capability,
  ClientBucket,
  type ClientBucketProps,
  ConfinementChecks,
  InternalAccess,
  type InternalAccessProps,
} from '../../lib';
import { newApp, type Template, templateOf } from '../support/synth';

const OWN = '999988887777';
const ROLE = 'arn:aws:iam::444455556666:role/analytics';
const ORGANIZATION = 'o-a1b2c3d4e5';
const KEY = `arn:aws:kms:eu-west-1:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const env = { account: OWN, region: 'eu-west-1' };

interface Statement {
  readonly Sid?: string;
  readonly Principal?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

function made(entries: readonly Partial<InternalAccessProps>[], bucket: Partial<ClientBucketProps> = {}) {
  const app = newApp();
  Validations.of(app).addPlugins(new ConfinementChecks());
  const stack = new Stack(app, 'kohler', { env });
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', ...bucket });
  entries.forEach((entry, at) => {
    new InternalAccess(stack, `Internal${at}`, { clientBucket, ...entry });
  });
  return { app, stack, clientBucket };
}

function statements(template: Template, type = 'AWS::S3::BucketPolicy'): Statement[] {
  const { PolicyDocument, KeyPolicy } =
    Object.values(template.Resources).find(({ Type }) => Type === type)?.Properties ?? {};
  return ((PolicyDocument ?? KeyPolicy)?.Statement ?? []).filter(({ Sid }: Statement) => Sid?.startsWith('Internal'));
}

test('statements are numbered by bucket, in order of creation', () => {
  const { stack } = made([{ principals: [ROLE] }, { organizationId: ORGANIZATION, access: [Capability.READ] }]);
  expect(statements(templateOf(stack)).map(({ Sid }) => Sid)).toEqual([
    'Internal1Location',
    'Internal1List',
    'Internal1Objects',
    'Internal2Location',
    'Internal2Objects',
  ]);
});

test('an organization is everybody of it but of the bucket’s own account', () => {
  const found = statements(templateOf(made([{ organizationId: ORGANIZATION }]).stack));
  expect(found).toHaveLength(3);
  for (const { Principal, Condition } of found) {
    expect([Principal, Condition]).toEqual([
      { AWS: '*' },
      { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION }, StringNotEquals: { 'aws:PrincipalAccount': OWN } },
    ]);
  }
});

test.each([`arn:aws:iam::${OWN}:role/app`, OWN])('nothing is written for %s, of the bucket’s own account', (own) => {
  expect(statements(templateOf(made([{ principals: [own] }]).stack))).toEqual([]);
  expect(statements(templateOf(made([{ principals: [ROLE] }]).stack))).not.toEqual([]);
});

test('the key that the stack makes says so too, and its prefix and capabilities are taken', () => {
  const { stack, clientBucket } = made([{ principals: [ROLE], access: [Capability.WRITE], prefix: '/in' }], {
    createEncryptionKey: true,
  });
  const template = templateOf(stack);
  expect(statements(template, 'AWS::KMS::Key')).toEqual([
    expect.objectContaining({ Sid: 'Internal1Key', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*' }),
  ]);
  expect(JSON.stringify(statements(template))).toContain(`:s3:::integrations-kohler/in/*`);
  expect(clientBucket.encryptionKey).toBeDefined();
});

test('of a key that is not made here a warning says that its policy says nothing', () => {
  const { stack } = made([{ principals: [ROLE] }], { encryptionKey: Key.fromKeyArn(new Stack(), 'Key', KEY) });
  expect(statements(templateOf(stack))).toHaveLength(3);
  Annotations.fromStack(stack).hasWarning(
    '/kohler/Internal0',
    Match.stringLikeRegexp('the key of the bucket is not made here'),
  );
});

test('an existing bucket takes only what is meant', () => {
  const existingBucket = Bucket.fromBucketName(new Stack(), 'Existing', 'there-already');
  expect(() => made([{ principals: [ROLE] }], { existingBucket })).toThrow('[bucket-policy-not-ours]');
  const { stack } = made([{ principals: [ROLE], grant: false }], { existingBucket });
  expect(templateOf(stack).Resources ?? {}).toEqual({});
});

test.each<[string, Partial<InternalAccessProps>, string]>([
  [
    'nobody',
    {},
    'missing-key] an internal entry needs principals or organization: list principals of ours, or set organizationId',
  ],
  ['an empty list', { principals: [], organizationId: ORGANIZATION }, 'empty-list] principals'],
  ['a wildcard', { principals: ['*'] }, 'principal-wildcard'],
  ['a service', { principals: ['ec2.amazonaws.com'] }, 'principal-service'],
  ['what is not known', { principals: [Fn.ref('Somebody')] }, 'principal-unknown'],
  ['another partition', { principals: ['arn:aws-cn:iam::444455556666:role/a'] }, 'wrong-partition'],
  ['what is no organization', { organizationId: 'o-1' }, 'bad-organization'],
  ['a prefix that is none', { principals: [ROLE], prefix: 'a*' }, 'prefix-wildcard'],
  ['names of buckets', { principals: [ROLE], access: [Capability.LIST_BUCKETS] }, 'impossible-capability'],
  ['no capability', { principals: [ROLE], access: [] }, 'empty-list] access'],
  ['what is no capability', { principals: [ROLE], access: ['wrte' as Capability] }, 'unknown-value] access'],
  ['no bucket', { principals: [ROLE], clientBucket: undefined as never }, 'missing-key] clientBucket is missing'],
])('refuses %s', (_, props, message) => {
  expect(() => made([props])).toThrow(`[${message}`);
});

test('until the CDK has looked a principal or prefix up, nobody is allowed, least of all the whole organization', () => {
  const look = 'dummy-value-for-/ours/value';
  const entries: readonly Partial<InternalAccessProps>[] = [
    { principals: [look], organizationId: ORGANIZATION },
    { principals: [ROLE, look] },
    { organizationId: look },
    { principals: [ROLE], prefix: look },
  ];
  for (const entry of entries) expect(statements(templateOf(made([entry]).stack))).toEqual([]);
});

test('a bucket policy that would be too long is said', () => {
  const principals = Array.from({ length: 400 }, (_, at) => `${ROLE}-${at}`);
  expect(() => made([{ principals }]).app.synth()).toThrow("the bucket's policy would be");
});

// The CDK prints what it warns of.
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => void jest.restoreAllMocks());

describe('the confinement checks', () => {
  const synth = (change?: (statement: Record<string, unknown>) => void) => {
    const { app, clientBucket, stack } = made(
      [
        { organizationId: ORGANIZATION, access: [Capability.LIST, Capability.READ, Capability.WRITE] },
        { principals: [ROLE] },
      ],
      { createEncryptionKey: true },
    );
    const policy = clientBucket.bucket.node.findChild('Policy').node.defaultChild as never as {
      addPropertyOverride(path: string, value: unknown): void;
    };
    const { Statement } = stack.resolve((clientBucket.bucket as Bucket).policy?.document);
    if (change) {
      Statement.filter(({ Sid }: Statement) => Sid?.startsWith('Internal')).forEach(change);
      policy.addPropertyOverride('PolicyDocument.Statement', Statement);
    }
    app.synth();
  };

  test('take it as meant', () => {
    expect(() => synth()).not.toThrow();
    expect(() => synth(() => undefined)).not.toThrow();
  });

  test.each<[string, (statement: Record<string, unknown>) => void]>([
    ['its condition on the account', ({ Condition }) => delete (Condition as Record<string, unknown>).StringNotEquals],
    ['its conditions', (statement) => delete statement.Condition],
    ['another principal', (statement) => Object.assign(statement, { Principal: { AWS: '666677778888' } })],
    ['another action', (statement) => Object.assign(statement, { Action: 's3:*' })],
    [
      'no refusal of other encryption',
      (statement) => Object.assign(statement, statement.Effect === 'Deny' ? { Action: 's3:GetObjectTorrent' } : {}),
    ],
  ])('find a change of %s', (_, change) => {
    expect(() => synth(change)).toThrow('validation-report.json');
  });
});
