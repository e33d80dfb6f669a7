/**
 * The account of a large folder of definitions, deployed, with strangers and everyday roles in it. It is made by the rules
 * and not by a synth, which would take minutes: how long something takes depends on no difference between the two.
 */
import { toSnapshot } from '../../lib/account/snapshot';
import type { Deployment } from '../../lib/definitions/model/model';
import { bucketOf } from '../../lib/definitions/model/model';
import { bareCertificates } from '../../lib/rules/certificate';
import { secretName } from '../../lib/rules/names';
import { stackDescription, stackName } from '../../lib/rules/stacks';
import { AccountIndex } from '../../lib/verification/account-index';
import { expectedOf } from '../../lib/verification/expected';
import { sitedClients } from '../../lib/verification/sited';
import { addBucket, addKey, emptyAccount, encoded, HOME, type Raw } from './deployed-account';

/** How many others there are in the account. */
export interface Others {
  readonly roles: number;
  readonly users: number;
  readonly buckets: number;
}

export function largeAccount(deployment: Deployment, { roles, users, buckets }: Others): Raw {
  const account = emptyAccount();
  account.regions = ['eu-west-1', 'us-east-1'];
  addThings(account, deployment);
  // What the policies say depends on which keys and anchors there are.
  const at = new AccountIndex(toSnapshot(structuredClone(account)));
  const expected = expectedOf(sitedClients(deployment.clients, [at]).sited);
  for (const { bucket, statements } of expected.buckets) {
    const found = account.buckets.find(({ Name }: Raw) => Name === bucket.name);
    found.Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements.map(({ statement }) => statement) });
  }
  for (const { keyArn, keyStatements } of expected.buckets) {
    const key = account.keys.find(({ Arn }: Raw) => Arn === keyArn);
    if (!key) continue;
    const policy = JSON.parse(key.Policy);
    policy.Statement = [policy.Statement, ...keyStatements.map(({ statement }) => statement)];
    key.Policy = JSON.stringify(policy);
  }
  for (const { integration, arn, policies } of expected.integrations) addPrincipal(account, integration, arn, policies);
  for (let at = 0; at < roles; at += 1) addRole(account, at);
  for (let at = 0; at < users; at += 1) addUser(account, at);
  for (let at = 0; at < buckets; at += 1) account.bucketNames.push(`other-${at}`);
  account.iam.Policies = MANAGED.map((Arn) => ({
    Arn,
    DefaultVersionId: 'v1',
    PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: encoded(documentOf(Arn)) }],
  }));
  return account;
}

const CREATED = '2026-11-01T08:00:00Z';
const MANAGED = ['AdministratorAccess', 'AmazonSQSFullAccess', 'AmazonEC2ReadOnlyAccess'].map(
  (name) => `arn:aws:iam::aws:policy/${name}`,
);

function documentOf(arn: string): object {
  const Action = arn.endsWith('AdministratorAccess')
    ? '*'
    : arn.includes('SQS')
      ? 'sqs:*'
      : ['ec2:Describe*', 'elasticloadbalancing:Describe*'];
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
}

function addThings(account: Raw, { clients }: Deployment): void {
  for (const client of clients) {
    const region = client.region ?? HOME.region;
    account.stacks.push({
      StackName: stackName(client.name),
      StackId: `arn:aws:cloudformation:${region}:${HOME.account}:stack/${stackName(client.name)}/1`,
      StackStatus: 'CREATE_COMPLETE',
      Description: stackDescription(client.name),
      Outputs: [],
      Resources: [],
    });
    for (const bucket of new Set([client.bucket, ...client.integrations.map((each) => bucketOf(client, each))])) {
      const made = addBucket(account, bucket.name, region);
      const key = `arn:aws:kms:${region}:${HOME.account}:key/11111111-2222-4333-8444-${String(account.keys.length).padStart(12, '0')}`;
      if (bucket.kmsKey === 'create') addKey(account, key);
      const rule =
        bucket.kmsKey === 'create' ? { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } : { SSEAlgorithm: 'AES256' };
      made.Encryption = { Rules: [{ ApplyServerSideEncryptionByDefault: rule }] };
      made.Versioning = { Status: 'Enabled' };
      const days = bucket.expireOldVersionsAfterDays;
      made.Lifecycle = {
        Rules: [
          {
            ID: 'expiry',
            Status: 'Enabled',
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: bucket.abortUploadsAfterDays },
            ...(days !== undefined && { NoncurrentVersionExpiration: { NoncurrentDays: days } }),
          },
        ],
      };
    }
    for (const integration of client.integrations) {
      if (integration.kind === 'web-identity' && account.oidcProviders.length === 0) {
        const bare = integration.provider?.replace('https://', '') ?? '';
        account.oidcProviders.push({
          Arn: `arn:aws:iam::${HOME.account}:oidc-provider/${bare}`,
          ClientIDList: integration.audiences,
        });
      }
      if (integration.kind !== 'roles-anywhere' || integration.certificateAuthority === undefined) continue;
      const id = `22222222-2222-4333-8444-${String(account.trustAnchors.length).padStart(12, '0')}`;
      account.trustAnchors.push({
        trustAnchorArn: `arn:aws:rolesanywhere:${region}:${HOME.account}:trust-anchor/${id}`,
        name: integration.name,
        enabled: integration.status === 'active',
        source: {
          sourceType: 'CERTIFICATE_BUNDLE',
          sourceData: { x509CertificateData: bareCertificates(integration.certificateAuthority) },
        },
      });
      account.rolesAnywhereProfiles.push({
        profileArn: `arn:aws:rolesanywhere:${region}:${HOME.account}:profile/${id}`,
        name: integration.name,
        enabled: integration.status === 'active',
        roleArns: [`arn:aws:iam::${HOME.account}:role/${integration.roleName}`],
        durationSeconds: integration.maxSessionSeconds,
        acceptRoleSessionName: integration.acceptRoleSessionName,
      });
    }
  }
}

function addPrincipal(account: Raw, integration: Raw, arn: string | undefined, policies: Raw): void {
  if (arn === undefined) return;
  const inline = [{ PolicyName: 'access', PolicyDocument: encoded(policies.access) }];
  const name = arn.split('/').at(-1) ?? '';
  if (integration.kind !== 'access-key') {
    const AssumeRolePolicyDocument = encoded(policies.trust);
    account.iam.RoleDetailList.push({
      RoleName: name,
      Arn: arn,
      CreateDate: CREATED,
      AssumeRolePolicyDocument,
      RolePolicyList: inline,
    });
    return;
  }
  account.iam.UserDetailList.push({ UserName: name, Arn: arn, CreateDate: CREATED, UserPolicyList: inline });
  for (const slot of integration.keys) {
    const AccessKeyId = `AKIA${String(account.accessKeys.length).padStart(16, '0')}`;
    const Status = integration.status === 'active' ? 'Active' : 'Inactive';
    account.accessKeys.push({ UserName: name, AccessKeyId, Status, CreateDate: CREATED });
    const Name = secretName(integration.client, integration.vendor, slot);
    for (const region of account.regions)
      account.secrets.push({
        Name,
        Arn: `arn:aws:secretsmanager:${region}:${account.account}:secret:${Name}-a1b2c3`,
        Policy: null,
      });
  }
}

/** Everyday ones: of services, of our own people, of vendors that reach nothing here. */
function addRole(account: Raw, at: number): void {
  const principals = [
    { Service: 'lambda.amazonaws.com' },
    { AWS: `arn:aws:iam::${account.account}:root` },
    { AWS: `arn:aws:iam::4444${String(at % 90).padStart(2, '0')}556666:root` },
    { Service: ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com'] },
  ];
  const statement = {
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Query', 's3:GetObject'],
    Resource: [`arn:aws:dynamodb:eu-west-1:${account.account}:table/t-${at}`, `arn:aws:s3:::other-${at}/*`],
  };
  const trust = { Effect: 'Allow', Principal: principals[at % 4], Action: 'sts:AssumeRole' };
  account.iam.RoleDetailList.push({
    RoleName: `other-${at}`,
    Arn: `arn:aws:iam::${account.account}:role/other-${at}`,
    AssumeRolePolicyDocument: encoded({ Version: '2012-10-17', Statement: trust }),
    RolePolicyList: [{ PolicyName: 'p', PolicyDocument: encoded({ Version: '2012-10-17', Statement: [statement] }) }],
    // Administrators are our own.
    AttachedManagedPolicies: [{ PolicyArn: at % 40 === 1 ? MANAGED[0] : MANAGED[1 + (at % 2)] }],
  });
}

function addUser(account: Raw, at: number): void {
  const UserName = `other-${at}`;
  account.iam.UserDetailList.push({
    UserName,
    Arn: `arn:aws:iam::${account.account}:user/${UserName}`,
    AttachedManagedPolicies: [{ PolicyArn: MANAGED[1] }],
  });
  if (at % 2 === 0)
    account.accessKeys.push({ UserName, AccessKeyId: `AKIB${String(at).padStart(16, '0')}`, Status: 'Active' });
}
