import { collect, identify, type Scope } from '../../lib/account/readers/collect';
import type { Snapshot } from '../../lib/account/snapshot';
import { type Answers, fakeAccount, pages, type Request, refuse } from './fake-account';

export const ACCOUNT = '111122223333';
export const NOW = new Date('2026-11-27T10:00:00Z');
export const REGION = 'eu-west-1';
export const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
export const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/${KEY_ID}`;
export const SCOPE: Scope = { regions: [REGION], buckets: [], allBuckets: true, keys: [] };
export const SETUP = JSON.stringify({ integration: 'kohler_adobe', kind: 'access-key' });

const role = (name: string, more: object = {}) => ({
  RoleName: name,
  Arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
  AssumeRolePolicyDocument: '%7B%22Statement%22%3A%5B%5D%7D',
  ...more,
});
const user = (name: string) => ({ UserName: name, Arn: `arn:aws:iam::${ACCOUNT}:user/${name}` });
const managed = (arn: string) => ({ PolicyName: arn.replace(/.*\//, ''), Arn: arn, PolicyVersionList: [] });
export const OWN_POLICY = `arn:aws:iam::${ACCOUNT}:policy/own`;

/** An account with one of everything, each list in two pages. */
export const WHOLE: Answers = {
  'iam:GetAccountAuthorizationDetails': pages(
    'Marker',
    {
      RoleDetailList: [
        role('b', { AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] }),
      ],
    },
    {
      RoleDetailList: [
        role('a', { PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/Boundary' } }),
      ],
      UserDetailList: [user('kohler_adobe'), user('jane')],
      GroupDetailList: [{ GroupName: 'g', Arn: `arn:aws:iam::${ACCOUNT}:group/g` }],
      Policies: [
        managed('arn:aws:iam::aws:policy/ReadOnlyAccess'),
        managed('arn:aws:iam::aws:policy/Boundary'),
        managed('arn:aws:iam::aws:policy/UsedByNobody'),
        managed(OWN_POLICY),
      ],
    },
  ),
  'iam:ListRoles': pages(
    'Marker',
    { Roles: [{ RoleName: 'b', MaxSessionDuration: 43200 }] },
    {
      Roles: [
        { RoleName: 'a', MaxSessionDuration: 3600 },
        { RoleName: '__proto__', MaxSessionDuration: 7200 },
      ],
    },
  ),
  'iam:ListAccessKeys': ({ UserName }) =>
    UserName === 'jane'
      ? {}
      : { AccessKeyMetadata: [{ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Active', CreateDate: NOW }] },
  'iam:GetAccessKeyLastUsed': { AccessKeyLastUsed: { LastUsedDate: NOW, ServiceName: 's3', Region: REGION } },
  'iam:GetLoginProfile': (input, region) =>
    input.UserName === 'jane' ? { LoginProfile: {} } : refuse('NoSuchEntity')(input, region),
  'iam:ListOpenIDConnectProviders': { OpenIDConnectProviderList: [{ Arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/x` }] },
  'iam:GetOpenIDConnectProvider': { Url: 'x', ClientIDList: ['b', 'a'] },
  'iam:ListSAMLProviders': { SAMLProviderList: [{ Arn: `arn:aws:iam::${ACCOUNT}:saml-provider/sso` }] },
  's3:ListBuckets': pages(
    'ContinuationToken',
    { Buckets: [{ Name: 'z', BucketRegion: REGION }] },
    { Buckets: [{ Name: 'y' }] },
  ),
  's3:GetBucketPolicy': { Policy: '{"Statement":[]}' },
  's3:GetBucketEncryption': ({ Bucket }) => ({
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: {
            SSEAlgorithm: 'aws:kms',
            ...(Bucket === 'z' && { KMSMasterKeyID: 'alias/ours' }),
          },
        },
      ],
    },
  }),
  's3:ListBucketInventoryConfigurations': pages(
    'NextContinuationToken',
    { InventoryConfigurationList: [{ Id: '2' }] },
    { InventoryConfigurationList: [{ Id: '1' }] },
  ),
  's3control:ListAccessPoints': (input, region) =>
    pages(
      'NextToken',
      {
        AccessPointList: [
          {
            Name: `of-${region}`,
            Bucket: region === REGION ? 'z' : 'y',
            NetworkOrigin: 'VPC',
            VpcConfiguration: { VpcId: 'vpc-1' },
          },
        ],
      },
      {
        AccessPointList: [
          { Name: 'of-others', Bucket: 'z', BucketAccountId: '999988887777', NetworkOrigin: 'Internet' },
        ],
      },
    )(input, region),
  's3control:GetAccessPointPolicy': { Policy: '{"Statement":[]}' },
  's3control:ListAccessGrants': pages(
    'NextToken',
    { AccessGrantsList: [{ AccessGrantId: '2' }] },
    { AccessGrantsList: [{ AccessGrantId: '1' }] },
  ),
  's3control:ListAccessGrantsLocations': { AccessGrantsLocationsList: [{ AccessGrantsLocationId: 'default' }] },
  'kms:ListAliases': pages(
    'NextMarker',
    { Aliases: [{ AliasName: 'alias/aws/s3', TargetKeyId: 'aaaa' }] },
    { Aliases: [{ AliasName: 'alias/ours', TargetKeyId: KEY_ID }] },
  ),
  'kms:GetKeyPolicy': { Policy: '{"Statement":[]}' },
  'kms:ListGrants': pages(
    'NextMarker',
    { Grants: [{ GrantId: '2' }] },
    { Grants: [{ GrantId: '1', CreationDate: NOW }] },
  ),
  'secretsmanager:ListSecrets': pages(
    'NextToken',
    {
      SecretList: [
        { Name: 'integrations/kohler/adobe/a', ARN: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:a` },
      ],
    },
    { SecretList: [{ Name: 'somebody-elses', ARN: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:b` }] },
  ),
  'secretsmanager:GetResourcePolicy': {},
  'rolesanywhere:ListTrustAnchors': pages(
    'nextToken',
    { trustAnchors: [{ trustAnchorArn: `arn:aws:rolesanywhere:${REGION}:${ACCOUNT}:trust-anchor/2`, enabled: true }] },
    { trustAnchors: [{ trustAnchorArn: `arn:aws:rolesanywhere:${REGION}:${ACCOUNT}:trust-anchor/1` }] },
  ),
  'rolesanywhere:ListProfiles': {
    profiles: [
      { profileArn: `arn:aws:rolesanywhere:${REGION}:${ACCOUNT}:profile/1`, sessionPolicy: '{"Statement":[]}' },
    ],
  },
  'transfer:ListServers': pages(
    'NextToken',
    {
      Servers: [
        {
          ServerId: 's-1',
          Arn: `arn:aws:transfer:${REGION}:${ACCOUNT}:server/s-1`,
          IdentityProviderType: 'SERVICE_MANAGED',
        },
      ],
    },
    {
      Servers: [
        {
          ServerId: 's-2',
          Arn: `arn:aws:transfer:${REGION}:${ACCOUNT}:server/s-2`,
          IdentityProviderType: 'AWS_DIRECTORY_SERVICE',
        },
        {
          ServerId: 's-3',
          Arn: `arn:aws:transfer:${REGION}:${ACCOUNT}:server/s-3`,
          IdentityProviderType: 'AWS_LAMBDA',
        },
      ],
    },
  ),
  'transfer:ListUsers': { Users: [{ UserName: 'u', Arn: `arn:aws:transfer:${REGION}:${ACCOUNT}:user/s-1/u` }] },
  'transfer:DescribeUser': {
    ServerId: 's-1',
    User: { Arn: `arn:aws:transfer:${REGION}:${ACCOUNT}:user/s-1/u`, SshPublicKeys: [{ SshPublicKeyBody: 'ssh-rsa' }] },
  },
  'transfer:ListAccesses': { Accesses: [{ ExternalId: 'S-1-1' }] },
  'transfer:DescribeAccess': { ServerId: 's-2', Access: { ExternalId: 'S-1-1', HomeDirectory: '/z' } },
  'cloudformation:DescribeStacks': (input, region) =>
    pages(
      'NextToken',
      {
        Stacks: [
          stack('integrations-kohler', region, {
            Description: 'Bucket and integrations of kohler',
            Outputs: [{ OutputKey: 'Setup', OutputValue: SETUP }],
          }),
        ],
      },
      { Stacks: [stack('database', region, { Outputs: [{ OutputKey: 'Password', OutputValue: 'the-very-secret' }] })] },
    )(input, region),
  'cloudformation:ListStackResources': (input, region) =>
    pages(
      'NextToken',
      {
        StackResourceSummaries: [
          { LogicalResourceId: 'B', ResourceType: 'AWS::S3::Bucket', LastUpdatedTimestamp: NOW },
        ],
      },
      {
        StackResourceSummaries: [
          {
            LogicalResourceId: 'A',
            ResourceType: 'AWS::KMS::Key',
            PhysicalResourceId: region === REGION ? KEY_ID : 'cccc',
          },
        ],
      },
    )(input, region),
};

export function stack(name: string, region: string, more: object): object {
  const StackId = `arn:aws:cloudformation:${region}:${ACCOUNT}:stack/${name}/1`;
  return { StackName: name, StackId, StackStatus: 'CREATE_COMPLETE', ...more };
}

/** Reads an account of answers. */
export async function read(
  answers: Answers,
  scope: Scope = SCOPE,
): Promise<{ readonly made: Snapshot; readonly asked: readonly Request[] }> {
  const { ask, asked } = fakeAccount(answers);
  return { made: await collect(ask, await identify(ask, REGION), REGION, scope, NOW), asked };
}

/** As it is read, without its policy. */
export const ACCESS_POINT = {
  Name: 'of-eu-west-1',
  Arn: `arn:aws:s3:eu-west-1:${ACCOUNT}:accesspoint/of-eu-west-1`,
  NetworkOrigin: 'VPC',
  VpcId: 'vpc-1',
};
