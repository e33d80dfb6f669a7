import { CreateRoleCommand, PutRolePolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, GetObjectCommand, PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { run } from '../support/run';
import { type Inventory, inventory, objects } from './life/account';
import { Client } from './life/client';
import { abilities, credentialsOf, DENIED, promised, tried } from './life/vendor';
import { type Account, foreignBucket, newAccount, newUser } from './servers/accounts';
import type { Key } from './servers/ceph';
import { assume, type Credentials, clientsOf } from './servers/clients';
import { userName } from './servers/users';

/**
 * Adopting what exists, as docs/guides/adopting.md says, on servers that enforce policies: a bucket, a role and a user that
 * somebody made by hand, and let in too many. CloudFormation itself is played by the deployer for tests.
 */

const BUCKET = 'acme-data';
const ROLE = 'reltio-exporter';
const SEEDS = ['reltio/seed', 'other/seed', 'neighbour/seed'];

let home: Account;
let away: Account;
let vendor: Key;
let partner: Key;
/** The key that the user had before. */
let oldKey: Key;
let acme: Client;

const arn = (name: string) => `arn:aws:iam::${away.id}:user/${name}`;
const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const WHOLE_BUCKET = [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`];
const EVERYTHING = policyOf({ Effect: 'Allow', Action: 's3:*', Resource: WHOLE_BUCKET });

beforeEach(async () => {
  [home, away] = [await newAccount(), await newAccount()];
  [vendor, partner] = [await newUser(away.id, 'vendor'), await newUser(away.id, 'partner')];
  acme = new Client('acme', home);
  await byHand();
});
afterEach(() => acme.remove());

/** What was there before anybody knew of this project. */
async function byHand(): Promise<void> {
  const { s3, iam } = clientsOf(home.admin);
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  for (const Key of SEEDS) await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'seed' }));
  const theirs = {
    Effect: 'Allow',
    Principal: { AWS: arn('partner') },
    Action: 's3:GetObject',
    Resource: WHOLE_BUCKET,
  };
  await s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy: policyOf(theirs) }));
  const trust = { Effect: 'Allow', Principal: { AWS: [arn('vendor'), arn('partner')] }, Action: 'sts:AssumeRole' };
  await iam.send(new CreateRoleCommand({ RoleName: ROLE, AssumeRolePolicyDocument: policyOf(trust) }));
  await iam.send(new PutRolePolicyCommand({ RoleName: ROLE, PolicyName: 'by-hand', PolicyDocument: EVERYTHING }));
  oldKey = await newUser(home.id, 'acme_other');
  const user = { UserName: userName(home.id, 'acme_other'), PolicyName: 'by-hand', PolicyDocument: EVERYTHING };
  await iam.send(new PutUserPolicyCommand(user));
}

const roleArn = () => `arn:aws:iam::${home.id}:role/${ROLE}`;
const idOf = ({ roles }: Inventory, name: string) => (roles[name] as { id: string }).id;
const reads = (as: Credentials, Key: string, Bucket = BUCKET) =>
  tried(clientsOf(as).s3.send(new GetObjectCommand({ Bucket, Key })));

describe('what is taken over', () => {
  const NAMES = [BUCKET, ROLE, 'acme_other', '--bucket-policy'];
  beforeEach(() => {
    acme.write({
      client: `bucket: {name: ${BUCKET}}\n`,
      reltio: `kind: assumed-role\nroleName: ${ROLE}\nprincipals: ["${arn('vendor')}"]\nexternalId: 5ez83245-6b31\n`,
      other: 'kind: access-key\nreason: It takes a key only\n',
    });
  });

  test('is not changed by the import; where that is undone the bucket stays, and a user with a key', async () => {
    const before = await inventory(home);
    await acme.adopt(...NAMES);
    expect(await inventory(home)).toEqual(before);
    // Whatever it lets in until the deployment.
    expect(await reads(await assume(vendor, { roleArn: roleArn() }), 'neighbour/seed')).toBe(true);
    expect(await reads(partner, 'neighbour/seed', foreignBucket(home.id, BUCKET))).toBe(true);
    // Role and user end with their integration: IAM deletes no user with a key, and CloudFormation stops there.
    await expect(acme.stack.destroy()).rejects.toThrow('still has a key');
    const { roles: _, ...left } = await inventory(home);
    const { roles: __, ...there } = before;
    expect(left).toEqual(there);
  });

  test('stays as it was with a deployment that does not ask what is there', async () => {
    await acme.adopt(...NAMES);
    const { operations } = await acme.deploy();
    expect(operations.map(({ did, type }) => `${did} ${type}`)).toEqual([
      'created AWS::IAM::AccessKey',
      'created AWS::SecretsManager::Secret',
    ]);
    expect(await reads(await assume(vendor, { roleArn: roleArn() }), 'neighbour/seed')).toBe(true);
  });

  test('is confined by the deployment that reverts drift, and loses nothing', async () => {
    const before = await inventory(home);
    const open = await assume(vendor, { roleArn: roleArn() });
    await acme.adopt(...NAMES);
    await acme.deploy({ revertDrift: true });

    const now = await inventory(home);
    expect(await objects(home, BUCKET)).toEqual(Object.fromEntries(SEEDS.map((key) => [key, 'seed'])));
    expect(Object.keys(now.roles)).toEqual([ROLE]);
    expect(idOf(now, ROLE)).toBe(idOf(before, ROLE));
    expect(now.users.acme_other?.keys).toContain(oldKey.accessKeyId);
    expect(now.users.acme_other?.keys).toHaveLength(2);

    // Each can do what its hand-off says, with what it has from now on, and nothing else.
    const handoffs = { reltio: await acme.handoff('reltio'), other: await acme.handoff('other') };
    expect(handoffs.reltio.roleArn).toBe(roleArn());
    for (const [name, handoff] of Object.entries(handoffs)) {
      const [session] = await credentialsOf(handoff, vendor, home);
      const could = await abilities(handoff, session as Credentials, home, `by-${name}`);
      expect({ name, ...could }).toEqual({ name, ...promised(handoff) });
    }
    // So it is with what they had before.
    expect(await abilities(handoffs.reltio, open, home, 'session')).toEqual(promised(handoffs.reltio));
    expect(await abilities(handoffs.other, oldKey, home, 'old-key')).toEqual(promised(handoffs.other));
    // Whoever has no integration is out.
    const { externalId } = handoffs.reltio;
    expect(await tried(assume(vendor, { roleArn: roleArn() }))).toBe(DENIED);
    expect(await tried(assume(partner, { roleArn: roleArn(), externalId }))).toBe(DENIED);
    expect(await reads(partner, 'neighbour/seed', foreignBucket(home.id, BUCKET))).toBe(DENIED);
  });

  test('must be there, and whole', async () => {
    acme.write({ client: `bucket: {name: ${BUCKET}, kmsKey: create}\n` });
    await expect(acme.adopt(BUCKET)).rejects.toThrow(/unresolved resource dependencies: BucketKey/);
    acme.write({ client: 'bucket: {name: acme-nowhere}\n' });
    await expect(acme.adopt('acme-nowhere')).rejects.toThrow(/there is no AWS::S3::Bucket .*acme-nowhere.* to import/);
  });
});

describe('a bucket that is used as it is', () => {
  beforeEach(() => {
    acme.write({
      client: `bucket: {name: ${BUCKET}, existing: true}\n`,
      reltio: `kind: assumed-role\nprincipals: ["${arn('vendor')}"]\nexternalId: 5ez83245-6b31\n`,
      tool: 'kind: access-key\nreason: It takes a key only\nprefix: other/\n',
    });
  });

  test('lets the vendors in and is never changed, until the last of them is gone', async () => {
    const before = await inventory(home);
    const { operations } = await acme.deploy();
    expect(operations.filter(({ type }) => type.startsWith('AWS::S3::'))).toEqual([]);
    for (const name of ['reltio', 'tool']) {
      const handoff = await acme.handoff(name);
      expect(handoff.bucket).toBe(BUCKET);
      const [session] = await credentialsOf(handoff, vendor, home);
      const could = await abilities(handoff, session as Credentials, home, `by-${name}`);
      expect({ name, ...could }).toEqual({ name, ...promised(handoff) });
    }
    expect((await inventory(home)).buckets).toEqual(before.buckets);
    const there = await objects(home, BUCKET);
    expect(Object.keys(there)).toEqual(expect.arrayContaining(SEEDS));
    await acme.stack.destroy();
    expect(await inventory(home)).toEqual(before);
    expect(await objects(home, BUCKET)).toEqual(there);
  });

  test('cannot have direct trust, which its policy would have to give', async () => {
    acme.write({ loader: `kind: direct-trust\nprincipals: ["${arn('vendor')}"]\n` });
    const { exit, err } = await run('check', '--dir', acme.dir);
    expect(exit).toBe(1);
    expect(err).toMatch(/acme\/loader\.yaml:\d+:\d+: error\[/);
  });
});
