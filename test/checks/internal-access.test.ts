import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import {
  AssumedRoleIntegration,
  Capability,
  ClientBucket,
  type ConfinementChecksProps,
  InternalAccess,
} from '../../lib';
import { checkedApp, stopped } from '../support/validated';

const ORGANIZATION = 'o-a1b2c3d4e5';
const HOME = { account: '111122223333', region: 'eu-west-1' };
const READER = 'arn:aws:iam::222233334444:role/reader';

/** A client's bucket with its own key, in which our own people read. */
function made(env?: typeof HOME, props: ConfinementChecksProps = {}) {
  const app = checkedApp(props);
  const stack = new Stack(app, 'kohler', { env });
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler', createEncryptionKey: true });
  new AssumedRoleIntegration(stack, 'adobe', {
    clientBucket,
    vendorName: 'adobe',
    principals: ['arn:aws:iam::123456789876:role/sender'],
  });
  const policy = clientBucket.bucket.policy?.node.defaultChild as CfnBucketPolicy;
  return { app, stack, clientBucket, policy: policy as unknown as CfnResource };
}

/** Our organization's statement as somebody would write it who does not know who else is of it. */
function everybody(resource: string, more: object = {}): PolicyStatement {
  return PolicyStatement.fromJson({
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: 's3:GetObject',
    Resource: resource,
    Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION }, ...more },
  });
}

describe.each([
  ['a known account', HOME],
  ['an account that is not known', undefined],
])('in %s', (_, env) => {
  test.each<[string, object]>([
    ['a role of another account', { principals: [READER] }],
    ['a whole account', { principals: ['222233334444'] }],
    ['the organization', { organizationId: ORGANIZATION }],
    ['a role while of the organization', { principals: [READER], organizationId: ORGANIZATION, prefix: 'adobe/' }],
  ])('%s is meant', (_, who) => {
    const { app, stack, clientBucket } = made(env);
    new InternalAccess(stack, 'Reports', { clientBucket, access: [Capability.LIST, Capability.READ], ...who });
    new InternalAccess(stack, 'Others', { clientBucket, principals: ['arn:aws:iam::333344445555:role/other'] });
    expect(stopped(app)).toEqual([]);
  });

  test('what nobody says is meant is not, whoever is ours', () => {
    const { app, clientBucket } = made(env, { organization: ORGANIZATION });
    // Through `*`, the role of the integration, which is of the organization too, would have the whole bucket.
    clientBucket.bucket.addToResourcePolicy(everybody(clientBucket.bucket.arnForObjects('*')));
    expect(stopped(app)).toContainEqual(expect.stringMatching(/^unknown-statement: BucketPolicy/));
  });

  test('a wider statement than is meant is not', () => {
    const { app, stack, clientBucket, policy } = made(env);
    new InternalAccess(stack, 'Reports', { clientBucket, organizationId: ORGANIZATION });
    const { Statement } = stack.resolve((policy as unknown as CfnBucketPolicy).policyDocument ?? {}) as {
      Statement?: { Action?: string | string[]; Sid?: string }[];
    };
    const at = (Statement ?? []).findIndex(
      ({ Action, Sid }) => Action?.includes('s3:GetObject') && Sid?.startsWith('Internal1'),
    );
    expect(at).toBeGreaterThanOrEqual(0);
    policy.addPropertyDeletionOverride(`PolicyDocument.Statement.${at}.Condition.StringNotEquals`);
    expect(stopped(app)).toContainEqual(expect.stringMatching(/^unknown-statement: BucketPolicy/));
  });

  test.each<[string, ConfinementChecksProps, number]>([
    ['no account is said to be ours', {}, 0],
    ['its account is ours', { ownAccounts: ['222233334444'] }, 0],
    ['other accounts are ours', { ownAccounts: ['333344445555'] }, 1],
    ['the whole organization is ours', { ownAccounts: ['333344445555'], organization: ORGANIZATION }, 0],
    ['another organization is ours', { organization: 'o-b1b2c3d4e5' }, 1],
  ])('internal access where %s', (_, props, wrong) => {
    const { app, stack, clientBucket } = made(env, props);
    const organizationId = props.organization && ORGANIZATION;
    new InternalAccess(stack, 'Reports', { clientBucket, principals: [READER], organizationId });
    const found = stopped(app);
    expect(found).toHaveLength(wrong);
    const who = props.organization ? ORGANIZATION : READER;
    if (wrong > 0)
      expect(found).toEqual([`unknown-principal: Bucket: internal access names ${who}, which is not ours`]);
  });

  test('metadata that says more than the construct is forged', () => {
    const { app, stack, clientBucket } = made(env);
    new InternalAccess(stack, 'Reports', { clientBucket, principals: [READER] });
    const [key = ''] = Object.keys(stack.templateOptions.metadata ?? {}).filter((each) =>
      each.startsWith('BucketIntegrationsInternal::'),
    );
    stack.addMetadata(key, JSON.stringify({ entry: { principals: ['444455556666'] } }));
    expect(stopped(app)).toContainEqual(expect.stringMatching(/^forged-intent: /));
  });
});
