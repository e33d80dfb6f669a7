import { compareTemplates } from '../../lib/changes/compare';
import type { Removals } from '../../lib/changes/removals';
import { type Resource, synthesize, type Template as Whole } from '../support/synth';

type Template = Pick<Whole, 'Resources'>;

/** What no edit of a definition may do; done here to templates, as an error in this project or an upgrade of the CDK would. */

const NOTHING_SAID: Removals = { secrets: new Map(), buckets: new Map() };
const SLOT_B_GOES: Removals = { ...NOTHING_SAID, secrets: new Map([['integrations/c/v/b', 'slot b goes']]) };
const BUCKET_GOES: Removals = { ...NOTHING_SAID, buckets: new Map([['integrations-c', 'the client c is removed']]) };

const TEMPLATE: Template = (() => {
  const { c } = synthesize({
    'c/client.yaml': 'bucket: {kmsKey: create}',
    'c/v.yaml': 'kind: access-key\nreason: x\nkeys: [a, b]\n',
  });
  if (!c) throw new Error('no template');
  return c;
})();

const [BUCKET, KMS_KEY, USER] = ['S3::Bucket', 'KMS::Key', 'IAM::User'].map((type) => ids(type)[0] ?? '') as [
  string,
  string,
  string,
];
const [KEY_A, KEY_B] = ids('IAM::AccessKey') as [string, string];
const [SECRET_A, SECRET_B] = ids('SecretsManager::Secret') as [string, string];

function ids(type: string): string[] {
  return Object.keys(TEMPLATE.Resources).filter((id) => TEMPLATE.Resources[id]?.Type === `AWS::${type}`);
}

/** The template with some resources other than they are; without those that are undefined. */
function but(other: Readonly<Record<string, Resource | undefined>>): Template {
  const entries = Object.entries({ ...TEMPLATE.Resources, ...other }).filter(([, resource]) => resource);
  return { Resources: Object.fromEntries(entries) as Record<string, Resource> };
}

function withProperties(id: string, properties: Record<string, unknown>): Record<string, Resource> {
  const resource = TEMPLATE.Resources[id] as Resource;
  return { [id]: { ...resource, Properties: { ...resource.Properties, ...properties } } };
}

function compared(before: Template | undefined, after: Template | undefined, removals = NOTHING_SAID) {
  const changes = compareTemplates(before && { template: before }, after && { template: after }, removals);
  return Object.fromEntries(
    changes.map(({ logicalId, change, retained, atStake }) => [
      logicalId,
      `${change}${retained ? ' retained' : ''}${atStake ? ' FAILS' : ''}`,
    ]),
  );
}

test('a key and its secret that get other ids are other ones, whatever they are called', () => {
  const renamed = but({
    [KEY_A]: undefined,
    [SECRET_A]: undefined,
    OtherKey: TEMPLATE.Resources[KEY_A],
    OtherSecret: TEMPLATE.Resources[SECRET_A],
  });
  expect(compared(TEMPLATE, renamed)).toEqual({
    [KEY_A]: 'removed FAILS',
    [SECRET_A]: 'removed FAILS',
    OtherKey: 'added',
    OtherSecret: 'added',
  });
});

test('a secret that is renamed, or a key with a serial, is replaced', () => {
  expect(compared(TEMPLATE, but(withProperties(SECRET_A, { Name: 'other' })))).toEqual({
    [SECRET_A]: 'replaced FAILS',
  });
  expect(compared(TEMPLATE, but(withProperties(KEY_A, { Serial: 2 })))).toMatchObject({ [KEY_A]: 'replaced FAILS' });
});

test('a user that is replaced takes its keys with it', () => {
  expect(compared(TEMPLATE, but(withProperties(USER, { UserName: 'other' })))).toMatchObject({
    [USER]: 'replaced',
    [KEY_A]: 'replaced FAILS',
    [KEY_B]: 'replaced FAILS',
  });
});

test('a role of another path fails, which cannot be made beside it; a user goes there in place', () => {
  const role = (Path?: string): Template => ({
    Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'c_v', ...(Path && { Path }) } } },
  });
  expect(compared(role(), role('/vendors/'))).toEqual({ Role: 'replaced FAILS' });
  expect(compared(role('/a/'), role('/b/'))).toEqual({ Role: 'replaced FAILS' });
  expect(compared(TEMPLATE, but(withProperties(USER, { Path: '/vendors/' })))).toEqual({ [USER]: 'updated' });
});

test('only the slot that is said to go may go', () => {
  const without = (key: string, secret: string) => but({ [key]: undefined, [secret]: undefined });
  expect(compared(TEMPLATE, without(KEY_B, SECRET_B), SLOT_B_GOES)).toEqual({
    [KEY_B]: 'removed',
    [SECRET_B]: 'removed',
  });
  expect(compared(TEMPLATE, without(KEY_A, SECRET_A), SLOT_B_GOES)).toEqual({
    [KEY_A]: 'removed FAILS',
    [SECRET_A]: 'removed FAILS',
  });
});

test("a key is nobody's that no secret or more than one holds", () => {
  const elsewhere = but(withProperties(SECRET_B, { SecretString: 'x' }));
  const twice = but(withProperties(SECRET_A, TEMPLATE.Resources[SECRET_B]?.Properties ?? {}));
  for (const before of [elsewhere, twice]) {
    expect(compared(before, but({ [KEY_B]: undefined, [SECRET_B]: undefined }), SLOT_B_GOES)).toMatchObject({
      [KEY_B]: 'removed FAILS',
      [SECRET_B]: 'removed',
    });
  }
});

test('a bucket and its KMS key that are said to go must be retained', () => {
  const bare = (id: string) => ({ [id]: { ...(TEMPLATE.Resources[id] as Resource), DeletionPolicy: undefined } });
  expect(compared(TEMPLATE, undefined, BUCKET_GOES)).toMatchObject({
    [BUCKET]: 'removed retained',
    [KMS_KEY]: 'removed retained',
  });
  expect(compared(but(bare(BUCKET)), undefined, BUCKET_GOES)).toMatchObject({
    [BUCKET]: 'removed FAILS',
    [KMS_KEY]: 'removed retained',
  });
  expect(compared(but(bare(KMS_KEY)), undefined, BUCKET_GOES)).toMatchObject({
    [BUCKET]: 'removed retained',
    [KMS_KEY]: 'removed FAILS',
  });
  const onceMade = { ...(TEMPLATE.Resources[BUCKET] as Resource), DeletionPolicy: 'RetainExceptOnCreate' };
  expect(compared(but({ [BUCKET]: onceMade }), undefined, BUCKET_GOES)).toMatchObject({ [BUCKET]: 'removed retained' });
  const [change] = compareTemplates({ template: but(bare(KMS_KEY)) }, undefined, BUCKET_GOES).filter(
    ({ logicalId }) => logicalId === KMS_KEY,
  );
  expect(change?.why).toBe('the client c is removed; it is not retained');
});

test('a bucket that is replaced fails even where one of its name is said to go', () => {
  const renamed = but(withProperties(BUCKET, { BucketName: 'other' }));
  expect(compared(TEMPLATE, renamed, BUCKET_GOES)).toMatchObject({ [BUCKET]: 'replaced retained FAILS' });
});

test('what is replaced stays only if both versions say so', () => {
  const renamed = withProperties(BUCKET, { BucketName: 'other' })[BUCKET] as Resource;
  const policy = (UpdateReplacePolicy: string) => but({ [BUCKET]: { ...renamed, UpdateReplacePolicy } });
  expect(compared(TEMPLATE, policy('Retain'))[BUCKET]).toBe('replaced retained FAILS');
  expect(compared(TEMPLATE, policy('Delete'))[BUCKET]).toBe('replaced FAILS');
  expect(compared(policy('Delete'), TEMPLATE)[BUCKET]).toBe('replaced FAILS');
});

test('what becomes of another type is replaced', () => {
  const type = { [BUCKET]: { ...(TEMPLATE.Resources[BUCKET] as Resource), Type: 'AWS::S3Express::DirectoryBucket' } };
  expect(compareTemplates({ template: TEMPLATE }, { template: but(type) }, NOTHING_SAID)).toContainEqual(
    expect.objectContaining({
      logicalId: BUCKET,
      type: 'AWS::S3::Bucket',
      change: 'replaced',
      atStake: true,
      why: 'Type cannot change in place: the objects in it do not move to another',
    }),
  );
});

test('attributes beside the properties count as changes', () => {
  const { DeletionPolicy, ...rest } = TEMPLATE.Resources[BUCKET] as Resource;
  expect(compareTemplates({ template: TEMPLATE }, { template: but({ [BUCKET]: rest }) }, NOTHING_SAID)).toEqual([
    {
      logicalId: BUCKET,
      type: 'AWS::S3::Bucket',
      name: 'integrations-c',
      change: 'updated',
      retained: false,
      atStake: false,
      why: 'in place: DeletionPolicy',
    },
  ]);
});

test('what may be replaced counts as replaced; what has no name has none', () => {
  const machine = (InstanceType: string) =>
    but({ Machine: { Type: 'AWS::EC2::Instance', Properties: { InstanceType } } });
  expect(compareTemplates({ template: machine('x') }, { template: machine('y') }, NOTHING_SAID)).toEqual([
    {
      logicalId: 'Machine',
      type: 'AWS::EC2::Instance',
      name: undefined,
      change: 'replaced',
      retained: false,
      atStake: false,
      why: 'InstanceType cannot change in place',
    },
  ]);
});

describe('of two stacks', () => {
  const at = (region?: string, account?: string) => ({ region, account, template: TEMPLATE });
  const count = Object.keys(TEMPLATE.Resources).length;

  test.each([
    ['another region', at('eu-west-1'), at('us-east-1'), 'region eu-west-1 became us-east-1'],
    ['another account', at('eu-west-1', '1'), at('eu-west-1', '2'), 'account 1 became 2'],
    ['both', at('eu-west-1', '1'), at('us-east-1', '2'), 'account 1 became 2, region eu-west-1 became us-east-1'],
  ])('the first stays behind: %s', (_, before, after, elsewhere) => {
    const changes = compareTemplates(before, after, { ...SLOT_B_GOES, ...BUCKET_GOES });
    const left = changes.filter(({ change }) => change === 'removed');
    expect(left.map(({ logicalId }) => logicalId)).toEqual(Object.keys(TEMPLATE.Resources).sort());
    expect(left.every(({ retained, why }) => retained && why.startsWith(`${elsewhere}: that is another stack`))).toBe(
      true,
    );
    expect(left.filter(({ atStake }) => atStake).map(({ logicalId }) => logicalId)).toEqual(
      [BUCKET, KMS_KEY, KEY_A, KEY_B, SECRET_A, SECRET_B].sort(),
    );
    expect(changes.filter(({ change }) => change === 'added')).toHaveLength(count);
    expect(changes).toHaveLength(2 * count);
  });

  test('a place that is not known is the same', () => {
    expect(compareTemplates(at(), at('us-east-1', '1'), NOTHING_SAID)).toEqual([]);
    expect(compareTemplates(at('us-east-1', '1'), at(), NOTHING_SAID)).toEqual([]);
  });
});

test('the order is that of the ids, and the templates are left as they were', () => {
  const copy = structuredClone(TEMPLATE);
  const changes = compareTemplates(undefined, { template: TEMPLATE }, NOTHING_SAID);
  expect(changes.map(({ logicalId }) => logicalId)).toEqual(Object.keys(TEMPLATE.Resources).sort());
  expect(TEMPLATE).toEqual(copy);
});
