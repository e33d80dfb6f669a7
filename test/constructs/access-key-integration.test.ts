import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import {
  AccessKeyIntegration,
  type AccessKeyIntegrationProps,
  Capability,
  ClientBucket,
  KeySlot,
  Status,
} from '../../lib';
import { resolved } from '../support/resolve';
import { newApp, type Template, templateOf } from '../support/synth';

function made(props: Partial<AccessKeyIntegrationProps> = {}): Template {
  const stack = new Stack(newApp(), 'kohler');
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
  new AccessKeyIntegration(stack, 'adobe', { clientBucket, vendorName: 'adobe', ...props });
  return templateOf(stack);
}

function of(template: Template, type: string) {
  return Object.values(template.Resources).filter(({ Type }) => Type === type);
}

const NAMES = { [KeySlot.A]: 'integrations/kohler/adobe/a', [KeySlot.B]: 'integrations/kohler/adobe/b' };

test('has a user, a key and a secret, and the policy on the user', () => {
  const template = made();
  expect(of(template, 'AWS::IAM::User').map(({ Properties }) => Properties.UserName)).toEqual(['kohler_adobe']);
  expect(of(template, 'AWS::IAM::User')[0]?.Properties.Policies[0].PolicyDocument.Statement).toHaveLength(4);
  expect(of(template, 'AWS::IAM::AccessKey')).toHaveLength(1);
  expect(of(template, 'AWS::SecretsManager::Secret').map(({ Properties }) => Properties.Name)).toEqual([NAMES.a]);
});

test('keeps the key in its secret as one JSON value', () => {
  const [secret] = of(resolved(made()), 'AWS::SecretsManager::Secret');
  expect(JSON.parse(secret?.Properties.SecretString)).toEqual({
    accessKeyId: expect.stringMatching(/^AKIA-/),
    secretAccessKey: expect.stringMatching(/^secret-of-/),
    bucket: 'integrations-kohler',
    prefix: 'adobe/',
    region: 'eu-west-1',
  });
});

test('names the secrets in its output and shows no secret anywhere', () => {
  const template = made({ keys: [KeySlot.A, KeySlot.B] });
  const [output] = Object.values(resolved(template).Outputs);
  expect(JSON.parse(String(output?.Value))).toMatchObject({ kind: 'access-key', secrets: NAMES });
  expect(JSON.stringify(template.Outputs)).not.toMatch(/SecretAccessKey|AccessKey[^I]|Fn::GetAtt/);
  // The one place that mentions the value is the secret that holds it.
  const mentioning = Object.values(template.Resources).filter((resource) =>
    JSON.stringify(resource).includes('SecretAccessKey"'),
  );
  expect(mentioning.map(({ Type }) => Type)).toEqual(['AWS::SecretsManager::Secret', 'AWS::SecretsManager::Secret']);
});

test('a key and its secret end together, and leave the name free', () => {
  for (const type of ['AWS::IAM::AccessKey', 'AWS::SecretsManager::Secret']) {
    expect(of(made(), type)[0]).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  }
});

test('a second slot changes nothing about the first, and neither does its end', () => {
  const [a, ab, b] = [[KeySlot.A], [KeySlot.A, KeySlot.B], [KeySlot.B]].map((keys) => made({ keys }).Resources);
  expect(ab).toMatchObject(a ?? {});
  expect(ab).toMatchObject(b ?? {});
  const added = Object.keys(ab ?? {}).filter((id) => !(a && id in a));
  expect(added.map((id) => ab?.[id]?.Type)).toEqual(['AWS::IAM::AccessKey', 'AWS::SecretsManager::Secret']);
});

test.each([Status.PENDING, Status.SUSPENDED])('keeps keys and names while %s, and denies everything', (status) => {
  const [off, on] = [made({ status }), made()];
  expect(Object.keys(off.Resources)).toEqual(Object.keys(on.Resources));
  expect(of(off, 'AWS::IAM::AccessKey')[0]?.Properties.Status).toBe('Inactive');
  expect(of(on, 'AWS::IAM::AccessKey')[0]?.Properties.Status).toBe('Active');
  expect(of(off, 'AWS::IAM::User')[0]?.Properties.Policies[0].PolicyDocument.Statement).toEqual([
    { Sid: 'NotActive', Effect: 'Deny', Action: '*', Resource: '*' },
  ]);
});

test('its user has the IAM path that it is told, and so has its ARN', () => {
  expect(of(made({ userPath: '/integrations/' }), 'AWS::IAM::User')[0]?.Properties.Path).toBe('/integrations/');
  expect(of(made(), 'AWS::IAM::User')[0]?.Properties.Path).toBeUndefined();
  expect(() => made({ userPath: 'integrations' })).toThrow('[bad-role-path]');
  const stack = new Stack(newApp(), 'kohler', { env: { account: '999988887777', region: 'eu-west-1' } });
  const clientBucket = new ClientBucket(stack, 'Bucket', { clientName: 'kohler' });
  const props = { clientBucket, vendorName: 'adobe', userPath: '/integrations/' };
  const { userArn } = new AccessKeyIntegration(stack, 'adobe', props);
  expect(userArn).toBe('arn:aws:iam::999988887777:user/integrations/kohler_adobe');
});

test('takes a permissions boundary', () => {
  const boundary = 'arn:aws:iam::111122223333:policy/boundary';
  const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(new Stack(), 'Boundary', boundary);
  expect(of(made({ permissionsBoundary }), 'AWS::IAM::User')[0]?.Properties.PermissionsBoundary).toBe(boundary);
});

test('every capability at once fits a user', () => {
  expect(() => made({ access: Object.values(Capability), prefix: 'a-prefix/of-some/length' })).not.toThrow();
});

test.each<[string, Partial<AccessKeyIntegrationProps>, string]>([
  ['no slot', { keys: [] }, 'empty-list'],
  [
    'a policy that is too long for a user',
    { sourceIps: Array.from({ length: 40 }, (_, at) => `203.0.113.${at}`) },
    'user-policy-too-long',
  ],
])('refuses %s', (_, props, code) => {
  expect(() => made(props)).toThrow(`[${code}]`);
});
