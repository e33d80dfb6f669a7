import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as s3 from '@aws-sdk/client-s3';
import { CreateAccessPointCommand } from '@aws-sdk/client-s3-control';
import { PutResourcePolicyCommand } from '@aws-sdk/client-secrets-manager';
import { aws } from '../../lib/command/aws/aws';
import { load } from '../../lib/definitions/load';
import type { Finding, Verification } from '../../lib/verification/finding';
import { inFolder } from '../support/folder';
import { runWith } from '../support/run';
import type { GoBetween } from './servers/between';
import { motoCredentials } from './servers/clients';
import { endpoints } from './servers/endpoints';
import { CloudFormationOfServices } from './stacks/cloud-formation';
import { deployFolder } from './stacks/deploy-folder';
import { clientsIn, type Where } from './stacks/makers';

/** Definitions → templates → an account made from them by the services' own APIs → snapshot → verify; then messes, and their undo. */

// Where moto says that all access points are.
const REGION = 'us-east-1';
const PRINCIPAL = 'arn:aws:iam::444455556666:role/vendor/exporter';
const STRANGER = '999900001111';
const account = `7${String(randomInt(1e11)).padStart(11, '0')}`;
const BUCKET = `integrations-${account}`;
const DEFINITIONS = {
  'settings.yaml': `account: "${account}"\nregion: ${REGION}\nrolePath: /integrations/\n`,
  'kohler/client.yaml': `bucket: {name: ${BUCKET}, kmsKey: create, lifecycle: {expireOldVersionsAfterDays: 90}}\n`,
  'kohler/adobe.yaml': `kind: assumed-role\nprincipals: [${PRINCIPAL}]\nexternalId: 7f3c9a52-external\nmaxSessionDuration: 2h\n`,
  'kohler/boomi.yaml': 'kind: access-key\nreason: The connector takes an access key only\n',
  'kohler/sap.yaml':
    'kind: access-key\nreason: The connector takes an access key only\nkeys: [a, b]\nstatus: suspended\n',
  'kohler/etl.yaml': `kind: direct-trust\nprincipals: [${PRINCIPAL}]\n`,
  'kohler/warehouse.yaml': `kind: direct-trust\nprincipals: [${PRINCIPAL}]\naccessPoint: true\n`,
  'kohler/oidc.yaml':
    'kind: web-identity\nprovider: https://login.vendor.example/realms/feeds\naudiences: [feeds]\nsubjects: [feed-1]\n',
  'kohler/later.yaml': 'kind: assumed-role\nstatus: pending\n',
  'kohler/edge.yaml': 'kind: roles-anywhere\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: edge}\n',
  'kohler/ca.pem': readFileSync(join(__dirname, '../support/ca.pem'), 'utf8'),
};

const before = { ...process.env };
let cloudFormation: GoBetween;
let where: Where;
let dir: string;

beforeAll(async () => {
  const credentials = await motoCredentials(account);
  cloudFormation = await CloudFormationOfServices.start(endpoints().moto);
  where = { endpoint: cloudFormation.url, account, region: REGION, credentials };
  dir = mkdtempSync(join(tmpdir(), 'verify-'));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: cloudFormation.url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: REGION,
    AWS_PAGER: '',
  });
  await inFolder(DEFINITIONS, (folder) => deployFolder(load(folder).deployment, where));
});

afterAll(async () => {
  process.env = before;
  rmSync(dir, { recursive: true, force: true });
  await cloudFormation?.close();
});

/** The account as it is now, against definitions. */
async function verified(definitions: Readonly<Record<string, string>> = DEFINITIONS): Promise<Verification> {
  return inFolder(definitions, async (folder) => {
    const { out, err } = await runWith({ aws }, 'verify', '--dir', folder, '--json');
    if (out === '') throw new Error(err);
    return JSON.parse(out);
  });
}

test('what is deployed is what is defined', async () => {
  const { findings, verdict, notJudged } = await verified();
  expect(findings).toEqual([]);
  expect(notJudged.filter(({ counts }) => counts)).toEqual([]);
  expect(verdict).toBe('same');
});

const document = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const trust = (Principal: object) => document({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });
const stranger = { AWS: `arn:aws:iam::${STRANGER}:root` };

/** What somebody does to the account, and what it is found as. */
const MESSES: readonly (readonly [name: string, codes: readonly Finding['code'][], make: () => Promise<unknown>])[] = [
  [
    'a policy attached to a role',
    ['more-access'],
    async () => {
      const client = clientsIn(where).iam;
      const PolicyDocument = document({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
      const { Policy } = await client.send(new iam.CreatePolicyCommand({ PolicyName: 'all-of-s3', PolicyDocument }));
      await client.send(new iam.AttachRolePolicyCommand({ RoleName: 'kohler_adobe', PolicyArn: Policy?.Arn }));
    },
  ],
  [
    'a second inline policy',
    ['changed-access'],
    () => {
      const PolicyDocument = document({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
      const more = { UserName: 'kohler_boomi', PolicyName: 'more', PolicyDocument };
      return clientsIn(where).iam.send(new iam.PutUserPolicyCommand(more));
    },
  ],
  [
    'a wider trust',
    ['changed-trust'],
    () => {
      const PolicyDocument = trust({ AWS: 'arn:aws:iam::444455556666:root' });
      return clientsIn(where).iam.send(
        new iam.UpdateAssumeRolePolicyCommand({ RoleName: 'kohler_adobe', PolicyDocument }),
      );
    },
  ],
  [
    'a second key',
    ['unknown-key'],
    () => clientsIn(where).iam.send(new iam.CreateAccessKeyCommand({ UserName: 'kohler_boomi' })),
  ],
  [
    'a password',
    ['more-access'],
    () =>
      clientsIn(where).iam.send(
        new iam.CreateLoginProfileCommand({ UserName: 'kohler_boomi', Password: 'aB3$aB3$aB3$' }),
      ),
  ],
  [
    'a group',
    ['more-access'],
    async () => {
      const client = clientsIn(where).iam;
      await client.send(new iam.CreateGroupCommand({ GroupName: 'people' }));
      await client.send(new iam.AddUserToGroupCommand({ UserName: 'kohler_boomi', GroupName: 'people' }));
    },
  ],
  [
    "a stranger's role, by way of another",
    ['unknown-principal'],
    async () => {
      const client = clientsIn(where).iam;
      const first = { RoleName: 'first', AssumeRolePolicyDocument: trust(stranger) };
      await client.send(new iam.CreateRoleCommand(first));
      const AssumeRolePolicyDocument = trust({ AWS: `arn:aws:iam::${account}:role/first` });
      await client.send(new iam.CreateRoleCommand({ RoleName: 'second', AssumeRolePolicyDocument }));
      const PolicyDocument = document({ Effect: 'Allow', Action: 's3:Get*', Resource: `arn:aws:s3:::${BUCKET}/*` });
      await client.send(new iam.PutRolePolicyCommand({ RoleName: 'second', PolicyName: 'read', PolicyDocument }));
    },
  ],
  [
    'a statement of the bucket',
    ['unknown-statement'],
    async () => {
      const client = clientsIn(where).s3;
      const { Policy = '' } = await client.send(new s3.GetBucketPolicyCommand({ Bucket: BUCKET }));
      const { Statement } = JSON.parse(Policy);
      const more = {
        Effect: 'Allow',
        Principal: stranger,
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${BUCKET}/*`,
      };
      await client.send(new s3.PutBucketPolicyCommand({ Bucket: BUCKET, Policy: document(...Statement, more) }));
    },
  ],
  [
    'public access that is not blocked',
    ['bucket-guard'],
    () => clientsIn(where).s3.send(new s3.DeletePublicAccessBlockCommand({ Bucket: BUCKET })),
  ],
  [
    'versions that are suspended',
    ['bucket-guard'],
    () =>
      clientsIn(where).s3.send(
        new s3.PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: 'Suspended' } }),
      ),
  ],
  [
    'another access point',
    ['unknown-door'],
    () =>
      clientsIn(where).s3control.send(
        new CreateAccessPointCommand({ AccountId: account, Name: 'side-door', Bucket: BUCKET }),
      ),
  ],
  [
    'a grant of the key',
    ['unknown-statement'],
    async () => {
      const client = clientsIn(where).kms;
      const { Keys = [] } = await client.send(new kms.ListKeysCommand({}));
      const GranteePrincipal = `arn:aws:iam::${STRANGER}:role/reader`;
      for (const { KeyId } of Keys)
        await client.send(new kms.CreateGrantCommand({ KeyId, GranteePrincipal, Operations: ['Decrypt'] }));
    },
  ],
  [
    'a policy of a secret',
    ['unknown-statement'],
    () => {
      const statement = {
        Effect: 'Allow',
        Principal: stranger,
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
      };
      const more = { SecretId: 'integrations/kohler/boomi/a', ResourcePolicy: document(statement) };
      return clientsIn(where).secrets.send(new PutResourcePolicyCommand(more));
    },
  ],
];

test.each(MESSES)('is found, and taken back by the AWS CLI: %s', async (_, codes, make) => {
  await make();
  const { findings } = await verified();
  expect([...new Set(findings.map(({ code }) => code))].sort()).toEqual([...codes].sort());
  for (const undo of new Set(findings.map((each) => each.undo))) {
    expect(undo).toMatch(/^aws /);
    writeFileSync(join(dir, 'undo.sh'), `${undo}\n`);
    // Not at once: somebody in this process answers.
    await promisify(execFile)('sh', ['-e', join(dir, 'undo.sh')], {
      env: {
        ...process.env,
        // The first version of the CLI has a variable of its own for the Region.
        AWS_DEFAULT_REGION: REGION,
        // Of S3 Control the account stands before the host's name, and nobody knows a server in AWS's place by such a name.
        HTTP_PROXY: cloudFormation.url,
        NO_PROXY: '',
      },
    });
  }
  expect((await verified()).findings).toEqual([]);
});

test('an access key is rotated by deployments, and each step is as it is defined', async () => {
  const keyIds = async () => {
    const { AccessKeyMetadata = [] } = await clientsIn(where).iam.send(
      new iam.ListAccessKeysCommand({ UserName: 'kohler_boomi' }),
    );
    return AccessKeyMetadata.map(({ AccessKeyId }) => AccessKeyId);
  };
  const [first] = await keyIds();
  for (const [slots, count] of [
    ['[a, b]', 2],
    ['[b]', 1],
  ] as const) {
    const definitions = { ...DEFINITIONS, 'kohler/boomi.yaml': `${DEFINITIONS['kohler/boomi.yaml']}keys: ${slots}\n` };
    await inFolder(definitions, (folder) => deployFolder(load(folder).deployment, where));
    expect(await keyIds()).toHaveLength(count);
    expect((await verified(definitions)).verdict).toBe('same');
  }
  expect(await keyIds()).not.toContain(first);
});
