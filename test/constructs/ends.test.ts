import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, MissingRemovalPolicies, RemovalPolicies, Stack } from 'aws-cdk-lib/core';
import {
  AccessKeyIntegration,
  AssumedRoleIntegration,
  ClientBucket,
  DirectTrustIntegration,
  KeySlot,
  RolesAnywhereIntegration,
  WebIdentityIntegration,
} from '../../lib';
import { newApp, type Template, templateOf } from '../support/synth';

const ROLE = 'arn:aws:iam::111122223333:role/x';
const certificateAuthority = readFileSync(join(__dirname, '../support/ca.pem'), 'utf8');

/** A stack with an integration of every kind, in an app with other removal policies. */
function made(change: (stack: Stack) => void): Template {
  const stack = new Stack(newApp(), 'kohler');
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', createEncryptionKey: true });
  const add = (vendorName: string) => ({ clientBucket, vendorName });
  new AssumedRoleIntegration(stack, 'role', { ...add('role'), principals: [ROLE] });
  new DirectTrustIntegration(stack, 'trust', { ...add('trust'), principals: [ROLE], accessPoint: true });
  new AccessKeyIntegration(stack, 'key', { ...add('key'), keys: [KeySlot.A, KeySlot.B] });
  new RolesAnywhereIntegration(stack, 'cert', { ...add('cert'), certificateAuthority, commonName: 'c' });
  const provider = 'https://login.example.com/x';
  new WebIdentityIntegration(stack, 'token', { ...add('token'), provider, audiences: ['a'], subjects: ['s'] });
  new CfnResource(stack, 'Other', { type: 'AWS::SNS::Topic' });
  change(stack);
  return templateOf(stack);
}

const ENDS = [
  'AWS::IAM::AccessKey',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::RolesAnywhere::Profile',
  'AWS::RolesAnywhere::TrustAnchor',
  'AWS::S3::AccessPoint',
  'AWS::SecretsManager::Secret',
];

test.each<[string, (stack: Stack) => void, string | undefined]>([
  ['none of its own', () => undefined, undefined],
  ['RemovalPolicies.retain', (stack) => RemovalPolicies.of(stack.node.root).retain(), 'Retain'],
  [
    'RemovalPolicies.retainOnUpdateOrDelete',
    (stack) => RemovalPolicies.of(stack.node.root).retainOnUpdateOrDelete(),
    'RetainExceptOnCreate',
  ],
  ['MissingRemovalPolicies.retain', (stack) => MissingRemovalPolicies.of(stack.node.root).retain(), 'Retain'],
])('in an app with %s, what ends with its integration ends, and bucket and key stay', (_, change, others) => {
  const { Resources } = made(change);
  const of = (...types: string[]) => Object.values(Resources).filter(({ Type }) => types.includes(Type));
  expect([...new Set(of(...ENDS).map(({ Type }) => Type))].sort()).toEqual(ENDS);
  for (const { Type, DeletionPolicy, UpdateReplacePolicy } of of(...ENDS)) {
    expect([Type, DeletionPolicy, UpdateReplacePolicy]).toEqual([Type, 'Delete', 'Delete']);
  }
  for (const { Type, DeletionPolicy } of of('AWS::S3::Bucket', 'AWS::KMS::Key')) {
    expect([Type, DeletionPolicy]).toEqual([Type, expect.stringMatching(/^Retain/)]);
  }
  expect(of('AWS::SNS::Topic').map(({ DeletionPolicy }) => DeletionPolicy)).toEqual([others]);
});
