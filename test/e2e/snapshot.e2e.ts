import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../lib/account/snapshot';
import { aws } from '../../lib/command/aws/aws';
import { readSnapshotFile } from '../../lib/command/deployment/snapshot-file';
import { type Run, runWith } from '../support/run';
import { REGION } from './servers/ceph';
import { endpoints } from './servers/endpoints';
import { ELSEWHERE, type MotoAccount, motoAccount } from './snapshot/account';

/** The command reads an account that moto's own APIs made, and everything that was made is in the file. */

const before = { ...process.env };
let account: MotoAccount;
let dir: string;
let run: Run;
let made: Snapshot;

const snapshot = (...argv: string[]) =>
  runWith({ aws }, 'snapshot', '--dir', join(dir, 'integrations'), '--out', join(dir, 'account.json'), ...argv);

beforeAll(async () => {
  account = await motoAccount();
  const { id, bucket, credentials } = account;
  dir = mkdtempSync(join(tmpdir(), 'snapshot-'));
  mkdirSync(join(dir, 'integrations/kohler'), { recursive: true });
  writeFileSync(join(dir, 'integrations/settings.yaml'), `account: "${id}"\nregion: ${REGION}\n`);
  writeFileSync(join(dir, 'integrations/kohler/client.yaml'), `bucket: {name: ${bucket}}\n`);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoints().moto,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: REGION,
  });
  run = await snapshot('--bucket', account.elsewhere);
  if (run.exit !== 0) throw new Error(run.err);
  made = readSnapshotFile(join(dir, 'account.json'));
});

afterAll(() => {
  process.env = before;
  rmSync(dir, { recursive: true, force: true });
});

/** A policy of one statement. */
const one = (statement: object) => ({ Version: '2012-10-17', Statement: [expect.objectContaining(statement)] });

test('writes the account into a file of its owner', () => {
  expect(run).toMatchObject({ exit: 0, out: '' });
  expect(run.err).toContain(
    `account ${account.id}, ${REGION} and ${ELSEWHERE}: 2 roles, 2 users, 1 group, 2 buckets, 1 key, 2 secrets, 2 stacks\n`,
  );
  expect(statSync(join(dir, 'account.json')).mode & 0o777).toBe(0o600);
  expect(made).toMatchObject({ account: account.id, partition: 'aws', regions: [REGION, ELSEWHERE] });
});

test('no secret is in it, nor what is somebody else’s', () => {
  expect(readFileSync(join(dir, 'account.json'), 'utf8')).not.toMatch(/the-very-(?:secret|public)|somebody-elses/);
});

test('roles, with path, boundary, trust, policies and session', () => {
  expect(made.iam?.RoleDetailList).toEqual([
    expect.objectContaining({ RoleName: 'plain', RolePolicyList: [], AttachedManagedPolicies: [] }),
    expect.objectContaining({
      RoleName: 'kohler_reltio',
      Arn: `arn:aws:iam::${account.id}:role/vendors/kohler_reltio`,
      PermissionsBoundary: expect.objectContaining({
        PermissionsBoundaryArn: `arn:aws:iam::${account.id}:policy/boundaries/versions`,
      }),
      AssumeRolePolicyDocument: one({ Condition: { StringEquals: { 'sts:ExternalId': 'a+b=/ä' } } }),
      RolePolicyList: [{ PolicyName: 'access', PolicyDocument: one({ Resource: 'arn:aws:s3:::x/50%25/*' }) }],
      AttachedManagedPolicies: [expect.objectContaining({ PolicyName: 'versions' })],
    }),
  ]);
  expect([...(made.maxSessionDurations ?? [])]).toEqual([
    ['kohler_reltio', 43_200],
    ['plain', 3_600],
  ]);
  expect(made.iam?.Policies?.map(({ PolicyVersionList }) => PolicyVersionList)).toEqual([
    [
      expect.objectContaining({ VersionId: 'v1', IsDefaultVersion: false, Document: one({ Action: 's3:GetObject' }) }),
      expect.objectContaining({ VersionId: 'v2', IsDefaultVersion: true, Document: one({ Action: 's3:PutObject' }) }),
    ],
  ]);
});

test('users and groups, keys, passwords and providers', () => {
  expect(made.iam?.UserDetailList?.map(({ UserName, GroupList }) => [UserName, GroupList])).toEqual([
    ['jane', ['people']],
    ['kohler_adobe', []],
  ]);
  expect(made.iam?.GroupDetailList?.[0]?.GroupPolicyList[0]?.PolicyDocument).toEqual(one({ Action: 's3:GetObject' }));
  expect(made.accessKeys?.map(({ UserName, Status }) => [UserName, Status])).toEqual([
    ['kohler_adobe', 'Active'],
    ['kohler_adobe', 'Active'],
  ]);
  expect(made.loginProfiles).toEqual(['jane']);
  expect(made.oidcProviders).toMatchObject([
    {
      Arn: `arn:aws:iam::${account.id}:oidc-provider/login.globex.example/realms/orders`,
      ClientIDList: ['another', 'sts.amazonaws.com'],
    },
  ]);
  expect(made.samlProviders).toMatchObject([{ Arn: `arn:aws:iam::${account.id}:saml-provider/sso` }]);
});

test('a bucket with every setting, and one with none', () => {
  expect(made.bucketNames).toEqual([account.elsewhere, account.bucket].sort());
  const [elsewhere, bucket] = made.buckets ?? [];
  expect(bucket).toMatchObject({
    Name: account.bucket,
    Region: REGION,
    Policy: one({ Action: 's3:GetObject' }),
    PublicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
    Acl: { Grants: [{ Permission: 'FULL_CONTROL' }] },
    Encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { KMSMasterKeyID: account.keyArn } }] },
    Versioning: { Status: 'Enabled' },
    Lifecycle: { Rules: [{ ID: 'abort', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }] },
    Logging: null,
    Replication: null,
    Inventories: [{ Id: 'daily' }],
    Website: { IndexDocument: { Suffix: 'index.html' } },
    Cors: { CORSRules: [{ AllowedOrigins: ['*'] }] },
    Accelerate: { Status: 'Enabled' },
    AccessPoints: [{ Name: 'kohler-adobe', NetworkOrigin: 'Internet', Policy: one({ Action: 's3:GetObject' }) }],
  });
  expect(elsewhere).toMatchObject({
    Name: account.elsewhere,
    Region: ELSEWHERE,
    Policy: null,
    PublicAccessBlock: null,
    Encryption: null,
    Lifecycle: null,
    Website: null,
    Inventories: [],
    AccessPoints: [],
  });
});

test('the bucket’s key with its grant, and the secrets of integrations', () => {
  expect(made.keys).toMatchObject([
    {
      Arn: account.keyArn,
      Aliases: [{ AliasName: 'alias/kohler' }],
      Policy: one({ Action: 'kms:*' }),
      Grants: [{ GranteePrincipal: 'arn:aws:iam::999988887777:role/somebody' }],
    },
  ]);
  expect(made.secrets).toMatchObject([
    { Name: 'integrations/kohler/adobe/a', Policy: one({ Principal: '*' }) },
    { Name: 'integrations/kohler/adobe/b', Policy: null },
  ]);
});

test('the stacks: ours with outputs and resources, others by name', () => {
  expect(made.stacks).toMatchObject([
    { StackName: 'database' },
    {
      StackName: 'integrations-kohler',
      Description: 'Bucket and integrations of kohler',
      Outputs: [{ OutputKey: 'Output', OutputValue: expect.stringContaining('kohler_adobe') }],
      Resources: [
        { LogicalResourceId: 'Queue', ResourceType: 'AWS::SQS::Queue' },
        {
          LogicalResourceId: 'Topic',
          ResourceType: 'AWS::SNS::Topic',
          PhysicalResourceId: expect.stringContaining(':sns:'),
        },
      ],
    },
  ]);
  expect(made.stacks?.[0]).not.toHaveProperty('Outputs');
});

test('what moto does not have was not read, which is said; nothing else is', () => {
  const notRead = made.notRead.map(({ list, arn }) => `${list} ${arn?.replace(/server\/s-.*/, 'server/')}`);
  const ofBoth = (list: string, of: string) =>
    [REGION, ELSEWHERE].map((region) => `${list} arn:aws:s3:${region}:${account.id}:access-grants/default/${of}/*`);
  expect(notRead).toEqual([
    ...ofBoth('accessGrants', 'grant'),
    ...ofBoth('accessGrantsLocations', 'location'),
    `transferUsers arn:aws:transfer:${REGION}:${account.id}:server/`,
  ]);
  expect([made.accessGrants, made.transferUsers, made.trustAnchors]).toEqual([undefined, [], []]);
  expect(run.err).toContain('not read: 5 things\n');
});

test('the same account is the same file', async () => {
  const before = readFileSync(join(dir, 'account.json'), 'utf8');
  await snapshot('--bucket', account.elsewhere);
  const at = /"collectedAt": "[^"]*"/;
  expect(readFileSync(join(dir, 'account.json'), 'utf8').replace(at, '')).toBe(before.replace(at, ''));
});
