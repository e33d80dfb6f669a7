import type { Snapshot } from '../../lib/account/snapshot';
import { type Answers, type Request, refuse } from './fake-account';
import {
  ACCESS_POINT,
  ACCOUNT,
  KEY,
  KEY_ID,
  OWN_POLICY,
  REGION,
  read,
  SCOPE,
  SETUP,
  stack,
  WHOLE,
} from './whole-account';

describe('an account that has everything', () => {
  let made: Snapshot;
  let asked: readonly Request[];
  beforeAll(async () => {
    ({ made, asked } = await read(WHOLE));
  });

  test('is of the caller’s account, in the Regions of the scope and of its buckets', () => {
    expect(made).toMatchObject({ account: ACCOUNT, partition: 'aws', collectedAt: '2026-11-27T10:00:00Z' });
    expect(made.regions).toEqual(['eu-west-1', 'us-east-1']);
  });

  test('every page, in order', () => {
    expect(made.iam?.RoleDetailList?.map(({ RoleName }) => RoleName)).toEqual(['a', 'b']);
    expect([...(made.maxSessionDurations ?? [])]).toEqual([
      ['__proto__', 7200],
      ['a', 3600],
      ['b', 43200],
    ]);
    expect(made.bucketNames).toEqual(['y', 'z']);
    const [, z] = made.buckets ?? [];
    expect(z?.Inventories?.map(({ Id }) => Id)).toEqual(['1', '2']);
    const [key] = made.keys ?? [];
    expect(key?.Grants?.map(({ GrantId }) => GrantId)).toEqual(['1', '2']);
    expect(made.trustAnchors?.map(({ trustAnchorArn }) => trustAnchorArn.slice(-1))).toEqual(['1', '1', '2', '2']);
    expect(made.accessGrants).toHaveLength(4);
    expect(made.stacks?.map(({ StackName }) => StackName)).toEqual([
      'database',
      'integrations-kohler',
      'database',
      'integrations-kohler',
    ]);
  });

  test('documents are read', () => {
    expect(made.iam?.RoleDetailList?.[0]?.AssumeRolePolicyDocument).toEqual({ Statement: [] });
    expect(made.buckets?.[0]?.Policy).toEqual({ Statement: [] });
    expect(made.keys?.[0]?.Policy).toEqual({ Statement: [] });
    expect(made.rolesAnywhereProfiles?.[0]?.sessionPolicy).toEqual({ Statement: [] });
    expect(made.secrets?.[0]).toEqual({ Name: 'integrations/kohler/adobe/a', Arn: expect.any(String), Policy: null });
  });

  test('of AWS’s own policies, those that somebody has', () => {
    expect(made.iam?.Policies?.map(({ Arn }) => Arn)).toEqual([
      OWN_POLICY,
      'arn:aws:iam::aws:policy/Boundary',
      'arn:aws:iam::aws:policy/ReadOnlyAccess',
    ]);
  });

  test('keys, passwords and providers', () => {
    const LastUsedDate = '2026-11-27T10:00:00Z';
    expect(made.accessKeys).toEqual([
      {
        UserName: 'kohler_adobe',
        AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        Status: 'Active',
        CreateDate: LastUsedDate,
        LastUsedDate,
      },
    ]);
    expect(made.loginProfiles).toEqual(['jane']);
    expect(made.oidcProviders).toEqual([
      { Arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/x`, Url: 'x', ClientIDList: ['a', 'b'] },
    ]);
    expect(made.samlProviders).toEqual([{ Arn: `arn:aws:iam::${ACCOUNT}:saml-provider/sso` }]);
  });

  test('a bucket in its own Region, as the account’s, with its own access points', () => {
    const ofBuckets = asked.filter(
      ({ service, operation }) => service === 's3' && !/^(?:ListBuckets|GetBucketLocation)$/.test(operation),
    );
    expect(
      new Set(ofBuckets.map(({ region, input }) => `${input.Bucket} ${region} ${input.ExpectedBucketOwner}`)),
    ).toEqual(new Set([`z eu-west-1 ${ACCOUNT}`, `y us-east-1 ${ACCOUNT}`]));
    expect(made.buckets?.map(({ Name, Region, AccessPoints }) => [Name, Region, AccessPoints])).toEqual([
      [
        'y',
        'us-east-1',
        [
          expect.objectContaining({
            Name: 'of-us-east-1',
            Arn: `arn:aws:s3:us-east-1:${ACCOUNT}:accesspoint/of-us-east-1`,
          }),
        ],
      ],
      ['z', 'eu-west-1', [{ ...ACCESS_POINT, Policy: { Statement: [] } }]],
    ]);
  });

  test('a bucket without a setting says so, one that is off too', () => {
    expect(made.buckets?.[0]).toMatchObject({
      PublicAccessBlock: null,
      OwnershipControls: null,
      Lifecycle: null,
      Logging: null,
      Replication: null,
      Website: null,
      Cors: null,
      Versioning: {},
      Accelerate: {},
      Notifications: {},
    });
    expect(made.accountPublicAccessBlock).toBeNull();
  });

  test('keys of buckets, by alias or none, and of our stacks; each once', () => {
    expect(made.keys?.map(({ Arn }) => Arn)).toEqual([
      KEY,
      `arn:aws:kms:us-east-1:${ACCOUNT}:key/aaaa`,
      `arn:aws:kms:us-east-1:${ACCOUNT}:key/cccc`,
    ]);
    expect(made.keys?.[0]?.Aliases).toEqual([{ AliasName: 'alias/ours', TargetKeyId: KEY_ID }]);
  });

  test('nothing of other people’s: no foreign output, no foreign secret, no key for SSH', () => {
    const text = JSON.stringify(made);
    for (const foreign of ['the-very-secret', 'somebody-elses', 'ssh-rsa', 'of-others'])
      expect(text).not.toContain(foreign);
    expect(made.stacks?.[0]).toEqual(stack('database', REGION, {}));
    expect(made.stacks?.[1]).toMatchObject({
      Outputs: [{ OutputKey: 'Setup', OutputValue: SETUP }],
      Resources: [
        { LogicalResourceId: 'A', PhysicalResourceId: KEY_ID, ResourceType: 'AWS::KMS::Key' },
        { LogicalResourceId: 'B', ResourceType: 'AWS::S3::Bucket' },
      ],
    });
  });

  test('who logs in by a service of somebody’s own is not known, which is said', () => {
    expect(made.transferUsers?.[0]).toMatchObject({ ServerId: 's-1' });
    expect(made.transferAccesses?.[0]).toEqual({ ServerId: 's-2', ExternalId: 'S-1-1', HomeDirectory: '/z' });
    const notRead = [`transferUsers arn:aws:transfer:${REGION}:${ACCOUNT}:server/s-3`];
    expect(made.notRead.map(({ list, arn }) => `${list} ${arn}`)).toEqual([...notRead, ...notRead]);
  });
});

test('the same account is the same snapshot, in whatever order it answers', async () => {
  const [first, second] = await Promise.all([read(WHOLE), read(WHOLE)]);
  expect(JSON.stringify(second?.made)).toBe(JSON.stringify(first?.made));
  const turned: Answers = Object.fromEntries(
    Object.entries(WHOLE).map(([name, answer]) => [
      name,
      (input: Request['input'], region: string) =>
        reversed(typeof answer === 'function' ? answer(input, region) : answer),
    ]),
  );
  expect((await read(turned)).made).toEqual(first?.made);
});

function reversed(answer: object): object {
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, Array.isArray(value) ? [...value].reverse() : value]),
  );
}

describe('the scope', () => {
  test('of the buckets only those that are asked for, and their Regions', async () => {
    const { made, asked } = await read(WHOLE, {
      ...SCOPE,
      allBuckets: false,
      buckets: [{ name: 'z', region: REGION }],
    });
    expect(made.buckets?.map(({ Name }) => Name)).toEqual(['z']);
    expect([made.bucketNames, made.regions]).toEqual([['y', 'z'], [REGION]]);
    expect(asked.filter(({ region }) => region !== REGION)).toEqual([]);
  });

  test('keys by ARN; one of another account is noted, one that is not there is left out', async () => {
    const foreign = `arn:aws:kms:${REGION}:999988887777:key/${KEY_ID}`;
    const gone = `arn:aws:kms:us-west-2:${ACCOUNT}:key/gone`;
    const { made, asked } = await read(
      {
        'kms:GetKeyPolicy': ({ KeyId }, region) => (KeyId === gone ? refuse('NotFound')({}, region) : { Policy: '{}' }),
      },
      { ...SCOPE, keys: [KEY, foreign, gone] },
    );
    expect(made.keys?.map(({ Arn }) => Arn)).toEqual([KEY]);
    expect(made.notRead).toEqual([
      { list: 'keys', arn: foreign, why: 'it is in another account, and only that account can read it' },
    ]);
    expect(
      asked
        .filter(({ operation }) => operation === 'GetKeyPolicy')
        .map(({ region }) => region)
        .sort(),
    ).toEqual(['eu-west-1', 'us-west-2']);
  });

  test('without aliases a key that is named by one is not known', async () => {
    const { made } = await read({ ...WHOLE, 'kms:ListAliases': refuse('AccessDenied') });
    expect(made.notRead.map(({ list, arn }) => [list, arn])).toContainEqual([
      'keys',
      `arn:aws:kms:${REGION}:${ACCOUNT}:alias/ours`,
    ]);
  });
});
