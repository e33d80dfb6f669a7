import { type AddedPermission, addedPermissions } from '../../lib/changes/grants';
import { printedStacks } from '../../lib/changes/printed-stacks';
import { SABOTAGES, type Sabotage } from '../sabotages/sabotages';
import { subject } from '../sabotages/subject';
import { type Resource, synthesize, type Template } from '../support/synth';

const TEMPLATE = subject();
const flat = (template: Template) =>
  printedStacks([{ name: 'integrations-kohler', account: '999988887777', template }]);
const NOW = flat(TEMPLATE);

const harmful = SABOTAGES.filter(({ effect }) => effect !== 'harmless');
const names = (sabotages: readonly Sabotage[]) => sabotages.map(({ name }) => name);

/** What lets nobody in by itself: outputs, notes, and what happens to a bucket that goes. */
const NO_ACCESS = /^(?:a secret key in an output|retention|metadata of)/;

test('every sabotage that lets more through is told; what is not told, is no access', () => {
  const untold = harmful.filter(({ apply }) => addedPermissions(NOW, flat(apply(TEMPLATE))).length === 0);
  expect(names(untold.filter(({ name }) => !NO_ACCESS.test(name)))).toEqual([]);
  expect(harmful.length - untold.length).toBeGreaterThan(120);
});

test('nothing is told of the same template', () => {
  expect(addedPermissions(NOW, NOW)).toEqual([]);
});

test('what is put back lets nothing through', () => {
  const dropped = harmful.filter(({ name }) => / dropped/.test(name) && !/boundary|the bucket policy/.test(name));
  expect(dropped.length).toBeGreaterThan(15);
  for (const { name, apply } of dropped)
    expect([name, addedPermissions(flat(apply(TEMPLATE)), NOW)]).toEqual([name, []]);
});

/** The template with one resource otherwise. */
function but(type: string, edit: (properties: Resource['Properties']) => object): Template {
  const [id, resource] = Object.entries(TEMPLATE.Resources).find(
    ([, { Type, Properties }]) => Type === `AWS::${type}` && !/_off/.test(JSON.stringify(Properties)),
  ) ?? ['', undefined];
  if (!resource) throw new Error(`there is no ${type}`);
  const Properties = edit(structuredClone(resource.Properties));
  return { ...TEMPLATE, Resources: { ...TEMPLATE.Resources, [id]: { ...resource, Properties } } };
}

const texts = (all: readonly AddedPermission[]) => all.map(({ integration, text }) => `${integration}: ${text}`);

test('an action that a later version of the rules brings is told in one line, of whom it concerns', () => {
  const after = but('IAM::User', (user) => {
    const objects = user.Policies[0].PolicyDocument.Statement.find(({ Sid }: { Sid: string }) => Sid === 'Objects');
    objects.Action.push('s3:GetObjectTagging', 's3:PutObjectTagging');
    return user;
  });
  const [line] = texts(addedPermissions(NOW, flat(after)));
  expect(line).toBe(
    'kohler_user: AWS::IAM::User kohler_user, Policies.0.PolicyDocument: allows s3:GetObjectTagging, s3:PutObjectTagging on arn:<AWS::Partition>:s3:::integrations-kohler/user/*',
  );
  expect(addedPermissions(flat(after), NOW)).toEqual([]);
});

test.each([
  ['longer sessions', 'IAM::Role', { MaxSessionDuration: 43_200 }, { MaxSessionDuration: undefined }],
  ['a boundary', 'IAM::Role', {}, { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/b' }],
  ['a managed policy', 'IAM::User', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, undefined],
  ['an active key', 'IAM::AccessKey', { Status: 'Active' }, { Status: 'Inactive' }],
  ['names of its choice', 'RolesAnywhere::Profile', { AcceptRoleSessionName: true }, { AcceptRoleSessionName: false }],
  ['a property that nobody knows', 'S3::Bucket', { ReplicationConfiguration: { Role: 'x' } }, undefined],
  ['a public access block', 'S3::Bucket', { PublicAccessBlockConfiguration: {} }, {}],
])('beside policies: %s', (_, type, more, less) => {
  const [wide, narrow] = [more, less ?? {}].map((properties) => flat(but(type, (own) => ({ ...own, ...properties }))));
  if (!wide || !narrow) throw new Error('no template');
  expect(addedPermissions(narrow, wide)).toHaveLength(1);
  expect([addedPermissions(wide, wide), addedPermissions(narrow, narrow)]).toEqual([[], []]);
  if (less) expect(addedPermissions(wide, narrow)).toEqual([]);
});

test.each([
  ['Tags', 'IAM::Role', { Tags: [{ Key: 'a', Value: 'b' }] }],
  ['lifecycle', 'S3::Bucket', { LifecycleConfiguration: undefined }],
  ['a text', 'SecretsManager::Secret', { Description: 'x' }],
])('what lets nobody in: %s', (_, type, properties) => {
  expect(addedPermissions(NOW, flat(but(type, (own) => ({ ...own, ...properties }))))).toEqual([]);
});

test('a new client of which nobody knew lets through what it has, and nothing of its guards', () => {
  const { c } = synthesize({
    'c/client.yaml': 'bucket: {kmsKey: create}',
    'c/v.yaml': 'kind: access-key\nreason: x\n',
  });
  if (!c) throw new Error('no template');
  const told = addedPermissions(undefined, flat(c));
  expect(new Set(told.map(({ integration }) => integration))).toEqual(new Set(['c_v']));
  expect(told.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^AWS::IAM::AccessKey .* is new$/));
});

test('a statement that cannot be taken apart is another as soon as it is written otherwise', () => {
  const not = (actions: string[]) =>
    flat(
      but('IAM::User', (user) => {
        user.Policies[0].PolicyDocument.Statement.push({ Effect: 'Allow', NotAction: actions, Resource: '*' });
        return user;
      }),
    );
  expect(texts(addedPermissions(NOW, not(['iam:*'])))).toEqual([
    expect.stringMatching(/^kohler_user: .* has the statement .*NotAction/),
  ]);
  expect(addedPermissions(not(['iam:*']), not(['iam:*']))).toEqual([]);
  expect(addedPermissions(not(['iam:*', 's3:*']), not(['iam:*']))).toHaveLength(1);
});

test('what internal access adds is told as internal, and as no integration of anybody', () => {
  const files = (access: string) => ({
    'settings.yaml': 'ownAccounts: ["444455556666"]\n',
    'c/client.yaml': `internal: [{principals: ["arn:aws:iam::444455556666:role/a"], access: [${access}]}]\n`,
    'c/internal1.yaml': 'kind: access-key\nreason: x\n',
  });
  const [read, write] = ['read', 'read, write'].map((access) => synthesize(files(access)).c);
  if (!read || !write) throw new Error('no template');
  const lines = addedPermissions(flat(read), flat(write));
  expect(lines.map(({ integration }) => integration)).toEqual([undefined]);
  expect(lines[0]?.text).toMatch(/^AWS::S3::BucketPolicy .*: internally allows .*s3:PutObject on /);
  // A Deny that comes lets nothing through, and goes with what it narrowed.
  expect(addedPermissions(flat(write), flat(read))).toEqual([]);
});
