import { Refusal } from '../../lib/account/readers/ask';
import { collect } from '../../lib/account/readers/collect';
import { pooled } from '../../lib/account/readers/pool';
import { fakeAccount, refuse } from './fake-account';
import { ACCESS_POINT, ACCOUNT, NOW, REGION, read, SCOPE, WHOLE } from './whole-account';

describe('what may not be read', () => {
  /** What each operation's refusal leaves out of the snapshot of the whole account. */
  const LISTS: Readonly<Record<string, readonly string[]>> = {
    'iam:GetAccountAuthorizationDetails': ['iam', 'accessKeys', 'loginProfiles'],
    'iam:ListRoles': ['maxSessionDurations'],
    'iam:ListOpenIDConnectProviders': ['oidcProviders'],
    'iam:ListSAMLProviders': ['samlProviders'],
    's3:ListBuckets': ['bucketNames'],
    's3control:GetPublicAccessBlock': ['accountPublicAccessBlock'],
    's3control:ListAccessGrants': ['accessGrants'],
    's3control:ListAccessGrantsLocations': ['accessGrantsLocations'],
    'secretsmanager:ListSecrets': ['secrets'],
    'rolesanywhere:ListTrustAnchors': ['trustAnchors'],
    'rolesanywhere:ListProfiles': ['rolesAnywhereProfiles'],
    'transfer:ListServers': ['transferUsers', 'transferAccesses'],
    'cloudformation:DescribeStacks': ['stacks'],
  };
  test.each(Object.entries(LISTS))('without %s these lists are absent, and no others', async (operation, lists) => {
    const [whole, { made }] = await Promise.all([
      read(WHOLE),
      read({ ...WHOLE, [operation]: refuse('AccessDenied', 'no, no') }),
    ]);
    const absent = Object.keys(whole.made).filter(
      (list) => !Object.hasOwn(made, list) || made[list as 'iam'] === undefined,
    );
    expect(absent.sort()).toEqual([...lists].sort());
    for (const list of lists) {
      expect(made.notRead.filter((each) => each.list === list)).not.toEqual([]);
    }
    expect(made.notRead.some(({ why }) => why === 'AccessDenied: no, no')).toBe(true);
  });

  /** What each operation's refusal leaves out of a thing. */
  const MEMBERS: readonly (readonly [operation: string, list: string])[] = [
    ['s3:GetBucketPolicy', 'buckets.Policy'],
    ['s3:GetPublicAccessBlock', 'buckets.PublicAccessBlock'],
    ['s3:GetBucketOwnershipControls', 'buckets.OwnershipControls'],
    ['s3:GetBucketAcl', 'buckets.Acl'],
    ['s3:GetBucketEncryption', 'buckets.Encryption'],
    ['s3:GetBucketVersioning', 'buckets.Versioning'],
    ['s3:GetBucketLifecycleConfiguration', 'buckets.Lifecycle'],
    ['s3:GetBucketLogging', 'buckets.Logging'],
    ['s3:GetBucketReplication', 'buckets.Replication'],
    ['s3:ListBucketInventoryConfigurations', 'buckets.Inventories'],
    ['s3:GetBucketWebsite', 'buckets.Website'],
    ['s3:GetBucketNotificationConfiguration', 'buckets.Notifications'],
    ['s3:GetBucketCors', 'buckets.Cors'],
    ['s3:GetBucketAccelerateConfiguration', 'buckets.Accelerate'],
    ['s3control:ListAccessPoints', 'buckets.AccessPoints'],
    ['kms:GetKeyPolicy', 'keys.Policy'],
    ['kms:ListGrants', 'keys.Grants'],
    ['secretsmanager:GetResourcePolicy', 'secrets.Policy'],
    ['cloudformation:ListStackResources', 'stacks.Resources'],
  ];
  test.each(MEMBERS)('without %s, %s are absent where they would be, never null or empty', async (operation, name) => {
    const { made } = await read({ ...WHOLE, [operation]: refuse('AccessDenied') });
    const [list = '', member = ''] = name.split('.');
    const things = made[list as 'buckets'] ?? [];
    expect(things.length).toBeGreaterThan(0);
    for (const thing of things) expect(thing[member as 'Policy']).toBeUndefined();
    const noted = made.notRead.filter((each) => each.list === name);
    expect(noted.length).toBeGreaterThan(0);
    for (const each of noted) expect(each.arn).toMatch(/^arn:aws:/);
  });

  test.each<[string, string, string]>([
    ['iam:ListAccessKeys', 'accessKeys', 'user/jane'],
    ['iam:GetLoginProfile', 'loginProfiles', 'user/jane'],
    ['iam:GetAccessKeyLastUsed', 'accessKeys.LastUsedDate', 'user/kohler_adobe'],
    ['iam:GetOpenIDConnectProvider', 'oidcProviders', 'oidc-provider/x'],
  ])('without %s it is noted of whom %s is not known', async (operation, list, of) => {
    const { made } = await read({ ...WHOLE, [operation]: refuse('AccessDenied') });
    expect(made.notRead).toContainEqual({ list, arn: `arn:aws:iam::${ACCOUNT}:${of}`, why: 'AccessDenied: said so' });
  });

  test('access points without their policies are there', async () => {
    const { made } = await read({ ...WHOLE, 's3control:GetAccessPointPolicy': refuse('AccessDenied') });
    expect(made.buckets?.[1]?.AccessPoints).toEqual([ACCESS_POINT]);
    expect(made.notRead.map(({ list, arn }) => [list, arn])).toContainEqual([
      'buckets.AccessPoints.Policy',
      ACCESS_POINT.Arn,
    ]);
  });

  test('an access point without a policy has none', async () => {
    const { made } = await read({ ...WHOLE, 's3control:GetAccessPointPolicy': refuse('NoSuchAccessPointPolicy') });
    expect(made.buckets?.[1]?.AccessPoints).toEqual([{ ...ACCESS_POINT, Policy: null }]);
  });

  test('a Region that is refused is noted, and the others are read', async () => {
    const { made } = await read({
      ...WHOLE,
      'cloudformation:DescribeStacks': (input, region) => {
        if (region === 'us-east-1') return refuse('UnrecognizedClient', 'not enabled')(input, region);
        return (WHOLE['cloudformation:DescribeStacks'] as (input: object, region: string) => object)(input, region);
      },
    });
    expect(made.stacks).toHaveLength(2);
    expect(made.notRead).toContainEqual({
      list: 'stacks',
      arn: `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/*`,
      why: 'UnrecognizedClient: not enabled',
    });
  });

  test('where buckets may not be listed, those of the definitions are sought where they should be', async () => {
    const scope = {
      ...SCOPE,
      buckets: [
        { name: 'z', region: REGION },
        { name: 'gone', region: REGION },
      ],
    };
    const { made } = await read(
      {
        ...WHOLE,
        's3:ListBuckets': refuse('AccessDenied'),
        's3:GetBucketPolicy': (input, region) => (input.Bucket === 'gone' ? refuse('NoSuchBucket')(input, region) : {}),
      },
      scope,
    );
    expect(made.bucketNames).toBeUndefined();
    expect(made.buckets?.map(({ Name }) => Name)).toEqual(['z']);
    expect(made.notRead.filter(({ arn }) => arn?.endsWith(':gone'))).toEqual([]);
  });

  test.each(['ExpiredToken', 'CredentialsProviderError'])(
    '%s ends the reading, and nothing more is asked',
    async (code) => {
      const { ask, asked } = fakeAccount({ ...WHOLE, 'iam:ListRoles': refuse(code) });
      const reading = collect(pooled(ask), { account: ACCOUNT, partition: 'aws' }, REGION, SCOPE, NOW);
      await expect(reading).rejects.toEqual(new Refusal(code, 'said so'));
      const before = asked.length;
      await new Promise((resolve) => setImmediate(resolve));
      expect(asked.length).toBe(before);
    },
  );

  test('a mistake of ours is none of AWS’s', async () => {
    const broken = read({
      'iam:ListRoles': () => {
        throw new TypeError('x is not a function');
      },
    });
    await expect(broken).rejects.toThrow(TypeError);
  });

  test('pages that never end do', async () => {
    const { made } = await read({ 'iam:ListRoles': { Roles: [], IsTruncated: true, Marker: 'again' } });
    expect(made.notRead).toEqual([
      { list: 'maxSessionDurations', arn: null, why: 'SamePageAgain: the pages of a list never end' },
    ]);
  });
});
