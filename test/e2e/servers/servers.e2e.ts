import { CreateRoleCommand, PutRolePolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  GetBucketLocationCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CreateSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { type Account, foreignBucket, newAccount, newUser } from './accounts';
import type { Key } from './ceph';
import { assume, clientsOf, motoClients } from './clients';
import { userName, users } from './users';

/** What the deployer and every other suite here build on: that these servers really refuse. */

const BUCKET = 'kohler-bucket';
let home: Account;
let away: Account;
let vendor: Key;

beforeAll(async () => {
  [home, away] = await Promise.all([newAccount(), newAccount()]);
  vendor = await newUser(away.id, 'vendor');
  const { s3, iam } = clientsOf(home.admin);
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'kohler_vendor',
      AssumeRolePolicyDocument: policy({
        Principal: { AWS: `arn:aws:iam::${away.id}:user/vendor` },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:Referer': 'id=+2_a/b' } },
      }),
    }),
  );
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'kohler_vendor',
      PolicyName: 'access',
      PolicyDocument: policy(
        {
          Action: 's3:ListBucket',
          Resource: `arn:aws:s3:::${BUCKET}`,
          Condition: { StringLike: { 's3:prefix': 'in/*' } },
        },
        { Action: 's3:PutObject', Resource: `arn:aws:s3:::${BUCKET}/in/*` },
      ),
    }),
  );
});

const role = () => ({ roleArn: `arn:aws:iam::${home.id}:role/kohler_vendor`, externalId: 'id=+2_a/b' });

test('a role is assumed with its external ID, and with no other and without', async () => {
  await expect(assume(vendor, role())).resolves.toMatchObject({ sessionToken: expect.any(String) });
  await expect(assume(vendor, { ...role(), externalId: 'id=+2_a/c' })).rejects.toThrow(denied());
  await expect(assume(vendor, { ...role(), externalId: undefined })).rejects.toThrow(denied());
});

test('a role that is not there can no more be assumed than one that may not be', async () => {
  await expect(assume(vendor, { ...role(), roleArn: `arn:aws:iam::${home.id}:role/nobody` })).rejects.toThrow(denied());
});

test('a stranger of the vendor’s account cannot assume it', async () => {
  const stranger = await newUser(away.id, 'stranger');
  await expect(assume(stranger, role())).rejects.toThrow(denied());
});

test('a session acts under its prefix and nowhere else', async () => {
  const { s3 } = clientsOf(await assume(vendor, role()));
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'in/object', Body: 'hello' }));
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'in/' }));
  expect(Contents?.map(({ Key }) => Key)).toEqual(['in/object']);
  await expect(s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'out/object', Body: 'hello' }))).rejects.toThrow(
    denied(),
  );
  await expect(s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).rejects.toThrow(denied());
});

test('a bucket policy lets one user of another account in, over TLS only', async () => {
  const other = clientsOf(home.admin).s3;
  await other.send(new CreateBucketCommand({ Bucket: 'direct' }));
  const all = ['arn:aws:s3:::direct', 'arn:aws:s3:::direct/*'];
  const tlsOnly = { BoolIfExists: { 'aws:SecureTransport': 'false' } };
  await other.send(
    new PutBucketPolicyCommand({
      Bucket: 'direct',
      Policy: policy(
        { Principal: { AWS: `arn:aws:iam::${away.id}:user/vendor` }, Action: 's3:PutObject', Resource: all },
        { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: all, Condition: tlsOnly },
      ),
    }),
  );
  const put = () => new PutObjectCommand({ Bucket: foreignBucket(home.id, 'direct'), Key: 'object', Body: 'hello' });
  await clientsOf(vendor).s3.send(put());
  await expect(clientsOf(vendor, { plain: true }).s3.send(put())).rejects.toThrow(denied());
  await expect(clientsOf(await newUser(away.id, 'neighbour')).s3.send(put())).rejects.toThrow(denied());
});

test('a key that was removed no longer works, and its user goes without a trace', async () => {
  const key = await newUser(home.id, 'leaver');
  const location = () => clientsOf(key).s3.send(new GetBucketLocationCommand({ Bucket: BUCKET }));
  const { iam } = clientsOf(home.admin);
  const allow = policy({ Action: 's3:GetBucketLocation', Resource: `arn:aws:s3:::${BUCKET}` });
  const leaver = userName(home.id, 'leaver');
  await iam.send(new PutUserPolicyCommand({ UserName: leaver, PolicyName: 'access', PolicyDocument: allow }));
  await location();
  const forged = clientsOf({ ...key, secretAccessKey: 'forged' }).s3;
  await expect(forged.send(new GetBucketLocationCommand({ Bucket: BUCKET }))).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
  });
  await users.removeKey(home.id, 'leaver', key.accessKeyId);
  await expect(location()).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
  await expect(assume(key, role())).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  expect(await users.list(home.id)).toEqual(expect.arrayContaining(['admin', 'leaver']));
  await users.remove(home.id, 'leaver');
  expect(await users.list(home.id)).toEqual(['admin']);
});

test('the bucket says where it is, and a signature for elsewhere is refused', async () => {
  const location = new GetBucketLocationCommand({ Bucket: BUCKET });
  const { LocationConstraint } = await clientsOf(home.admin).s3.send(location);
  expect(LocationConstraint).toBe('eu-west-1');
  await expect(clientsOf(home.admin, { region: 'us-west-2' }).s3.send(location)).rejects.toMatchObject({
    name: 'AuthorizationHeaderMalformed',
  });
});

test('on moto each account has its own secrets', async () => {
  const [mine, theirs] = await Promise.all([motoClients(home.id), motoClients(away.id)]);
  await mine.secrets.send(new CreateSecretCommand({ Name: 'integrations/kohler/adobe/a', SecretString: '{}' }));
  const get = new GetSecretValueCommand({ SecretId: 'integrations/kohler/adobe/a' });
  expect((await mine.secrets.send(get)).ARN).toContain(`:${home.id}:`);
  await expect(theirs.secrets.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.map((each) => ({ Effect: 'Allow', ...each })) });
}

function denied() {
  return expect.objectContaining({ name: 'AccessDenied', $metadata: expect.objectContaining({ httpStatusCode: 403 }) });
}
