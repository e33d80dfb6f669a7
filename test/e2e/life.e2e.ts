import { PutObjectCommand } from '@aws-sdk/client-s3';
import { runWith } from '../support/run';
import type { Deployed } from './deployer/deployer';
import { type NotJudged, notJudgedTable } from './deployer/not-judged';
import { type Inventory, inventory, objects } from './life/account';
import { Client } from './life/client';
import { abilities, credentialsOf, DENIED, promised, tried } from './life/vendor';
import { type Account, newAccount, newUser } from './servers/accounts';
import type { Key } from './servers/ceph';
import { assume, type Credentials, clientsOf } from './servers/clients';
import { seconds } from './servers/processes';

/**
 * The life of one client, deployed step by step. After each step: the bucket and every object are still there; what the
 * step is not about has the same ARNs, keys and secrets; there is no user, role, key or secret that nobody defined; and
 * each hand-off is what its vendor can use.
 */

const BUCKET = 'integrations-kohler';
const EXTERNAL_ID = 'MYACCOUNT_SFCRole=2_a123456/s0aBCDEfGHIJklmNoPq=';
let home: Account;
let kohler: Client;
/** Who takes the bucket up again in the end. */
let again: Client;
/** Vendor → its own key, in its own account. */
const vendors: Record<string, Key> = {};
const principals: Record<string, string> = {};
const notJudged: NotJudged[] = [];
/** What vendors have written so far. */
const written: Record<string, string> = {};
let before: Inventory = { roles: {}, users: {}, secrets: {}, buckets: {} };
let step = 0;
let stumbled = false;

beforeAll(async () => {
  const away = await newAccount();
  home = await newAccount();
  for (const name of ['reltio', 'warehouse', 'snowflake']) {
    vendors[name] = await newUser(away.id, name);
    principals[name] = `arn:aws:iam::${away.id}:user/${name}`;
  }
  kohler = new Client('kohler', home);
  again = new Client('kohler-again', home);
  kohler.write({ client: '', reltio: reltio(), warehouse: warehouse(), adobe: adobe() });
});

afterAll(() => {
  for (const client of [kohler, again]) client.remove();
  process.stderr.write(`\n${notJudgedTable(notJudged)}\n`);
});

const reltio = (more = '') =>
  `vendor: reltio\nprincipals: ["${principals.reltio}"]\nexternalId: 5ez83245-6b31\n${more}`;
const warehouse = (more = '') =>
  `kind: direct-trust\nprincipals: ["${principals.warehouse}"]\naccess: [list, read]\n${more}`;
const adobe = (more = '') => `kind: access-key # the last resort\nreason: It takes a key only\n${more}`;

/** A test that is not worth its time once one before it has failed. */
function stage(name: string, walk: () => Promise<void>): void {
  test(name, async () => {
    if (stumbled) throw new Error('a stage before this one failed');
    stumbled = true;
    const began = Date.now();
    await walk();
    process.stderr.write(`e2e: ${name}: ${seconds(began)}\n`);
    stumbled = false;
  });
}

stage('onboard: everything is made, once', async () => {
  expect(await deploy()).toEqual([
    `created AWS::S3::Bucket ${BUCKET}`,
    `created AWS::S3::BucketPolicy ${BUCKET}`,
    'created AWS::IAM::User kohler_adobe',
    'created AWS::IAM::AccessKey',
    'created AWS::SecretsManager::Secret',
    'created AWS::IAM::Role kohler_reltio',
  ]);
  await seed('reltio/', 'warehouse/', 'adobe/', 'neighbour/');
  await allIsWell(['reltio', 'warehouse', 'adobe']);
  expect(await deploy()).toEqual([]);
});

stage('add an integration that still waits for its vendor', async () => {
  kohler.write({ snowflake: 'vendor: snowflake\nstatus: pending\n' });
  expect(await deploy()).toEqual(['created AWS::IAM::Role kohler_snowflake']);
  await seed('snowflake/');
  await allIsWell(['snowflake']);
});

stage('fill in the late handshake: the role is edited in place', async () => {
  kohler.write({
    snowflake: `vendor: snowflake\nprincipals: ["${principals.snowflake}"]\nexternalId: ${EXTERNAL_ID}\n`,
  });
  expect(await deploy()).toEqual(['updated AWS::IAM::Role kohler_snowflake']);
  await allIsWell(['snowflake']);
  expect((await kohler.handoff('snowflake')).externalId).toBe(EXTERNAL_ID);
});

stage('change two prefixes: what is under the old ones stays, out of reach', async () => {
  const [old] = await sessions('reltio');
  kohler.write({ reltio: reltio('prefix: records/2027\n'), adobe: adobe('prefix: feeds\n') });
  expect(await deploy()).toEqual([
    'updated AWS::IAM::User kohler_adobe',
    'updated AWS::SecretsManager::Secret',
    'updated AWS::IAM::Role kohler_reltio',
  ]);
  await seed('records/2027/', 'feeds/');
  await allIsWell(['reltio', 'adobe'], { keepsKeys: ['adobe'] });
  expect(await puts(old, 'reltio/late')).toBe(DENIED);
  expect(await puts(old, 'records/2027/late')).toBe(true);
  written['records/2027/late'] = 'late';
});

stage('suspend three kinds at once: even open sessions end', async () => {
  const [open] = await sessions('reltio');
  const [key] = await sessions('adobe');
  kohler.write({
    reltio: reltio('prefix: records/2027\nstatus: suspended\n'),
    adobe: adobe('prefix: feeds\nstatus: suspended\n'),
    warehouse: warehouse('status: suspended\n'),
  });
  expect(await deploy()).toEqual([
    `updated AWS::S3::BucketPolicy ${BUCKET}`,
    'updated AWS::IAM::User kohler_adobe',
    'updated AWS::IAM::AccessKey',
    'updated AWS::IAM::Role kohler_reltio',
  ]);
  expect(await puts(open, 'records/2027/suspended')).toBe(DENIED);
  // As an inactive key answers on AWS.
  expect(await puts(key, 'feeds/suspended')).toBe('InvalidAccessKeyId');
  await allIsWell(['reltio', 'adobe', 'warehouse'], { inactive: ['adobe'] });
});

stage('resume: the same key and the same ARNs', async () => {
  kohler.write({ reltio: reltio('prefix: records/2027\n'), adobe: adobe('prefix: feeds\n'), warehouse: warehouse() });
  expect((await deploy()).every((did) => did.startsWith('updated'))).toBe(true);
  await allIsWell(['reltio', 'adobe', 'warehouse'], { keepsKeys: ['adobe'] });
});

stage('rotate a key: never a moment without one that works', async () => {
  const [first] = await sessions('adobe');
  await rotate();
  expect(await deploy()).toEqual(['created AWS::IAM::AccessKey', 'created AWS::SecretsManager::Secret']);
  await allIsWell(['adobe']);
  const [stillFirst, second] = await sessions('adobe');
  expect(stillFirst?.accessKeyId).toBe(first?.accessKeyId);
  expect(await puts(first, 'feeds/first')).toBe(true);
  expect(await puts(second, 'feeds/second')).toBe(true);
  await rotate();
  expect(await deploy()).toEqual(['deleted AWS::SecretsManager::Secret', 'deleted AWS::IAM::AccessKey']);
  Object.assign(written, { 'feeds/first': 'late', 'feeds/second': 'late' });
  await allIsWell(['adobe']);
  expect((await sessions('adobe')).map(({ accessKeyId }) => accessKeyId)).toEqual([second?.accessKeyId]);
  expect(await puts(first, 'feeds/gone')).toBe('InvalidAccessKeyId');
});

stage('switch the KMS key on: nothing is replaced', async () => {
  kohler.write({ client: 'bucket: {kmsKey: create}\n' });
  const did = await deploy();
  expect(did.filter((line) => !line.startsWith('updated'))).toEqual(['created AWS::KMS::Key']);
  expect(did).toContain(`updated AWS::S3::Bucket ${BUCKET}`);
  await allIsWell(['reltio', 'adobe', 'warehouse', 'snowflake'], { keepsKeys: ['adobe'] });
  expect(notJudged.map(({ what }) => what)).toEqual(expect.arrayContaining(['AWS::KMS::Key', 'kms:Decrypt']));
});

stage('remove two integrations: all that they had goes, and no object', async () => {
  const [key] = await sessions('adobe');
  const handoff = await kohler.handoff('warehouse');
  const warehouseCould = () => abilities(handoff, vendors.warehouse ?? missing(), home, 'removed');
  expect((await warehouseCould()).read).toBe(true);
  kohler.write({ adobe: undefined, warehouse: undefined });
  const did = await deploy();
  expect(did.filter((line) => line.startsWith('deleted'))).toEqual([
    'deleted AWS::SecretsManager::Secret',
    'deleted AWS::IAM::AccessKey',
    'deleted AWS::IAM::User kohler_adobe',
  ]);
  await allIsWell(['adobe', 'warehouse']);
  expect(await puts(key, 'feeds/removed')).toBe('InvalidAccessKeyId');
  expect(new Set(Object.values(await warehouseCould()))).toEqual(new Set([DENIED]));
});

stage('add one again under its name', async () => {
  kohler.write({ adobe: adobe('prefix: feeds\n') });
  await deploy();
  await allIsWell(['adobe']);
});

stage('remove the client: bucket and objects stay, and nobody of it', async () => {
  await destroyed();
  expect(await inventory(home)).toEqual({ roles: {}, users: {}, secrets: {}, buckets: { [BUCKET]: undefined } });
  expect(await objects(home, BUCKET)).toEqual(written);
  expect(await tried(sessions('reltio'))).toBe(DENIED);
});

stage('take the bucket up again under another client', async () => {
  again.write({ client: `bucket: {name: ${BUCKET}, existing: true}\n`, reltio: reltio('prefix: records/2027\n') });
  const { operations } = await again.deploy();
  expect(operations.map(({ did, physicalId }) => `${did} ${physicalId}`)).toEqual(['created kohler-again_reltio']);
  const handoff = await again.handoff('reltio');
  const [session] = await credentialsOf(handoff, vendors.reltio ?? missing(), home);
  expect(await abilities(handoff, session ?? missing(), home, 'again')).toEqual(promised(handoff));
  expect(await objects(home, BUCKET)).toEqual({ ...written, 'records/2027/again': 'again' });
});

/** Deploys what is defined now, and tells what was done: ids that a server makes up are left out. */
async function deploy(): Promise<string[]> {
  step += 1;
  return told(await kohler.deploy());
}

async function destroyed(): Promise<void> {
  expect(told(await kohler.stack.destroy()).filter((line) => line.startsWith('retained'))).toEqual([
    `retained AWS::S3::Bucket ${BUCKET}`,
    expect.stringMatching(/^retained AWS::KMS::Key/),
  ]);
}

function told(deployed: Deployed): string[] {
  notJudged.push(...deployed.notJudged);
  const named = ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::IAM::Role', 'AWS::IAM::User'];
  return deployed.operations.map(({ did, type, physicalId }) =>
    named.includes(type) ? `${did} ${type} ${physicalId}` : `${did} ${type}`,
  );
}

interface Exceptions {
  /** Of those that changed, whose keys are the same nevertheless. */
  readonly keepsKeys?: readonly string[];
  /** Whose keys are not to be found while they are inactive. */
  readonly inactive?: readonly string[];
}

/** What holds after every step; `changed` are the integrations that the step was about. */
async function allIsWell(
  changed: readonly string[],
  { keepsKeys = [], inactive = [] }: Exceptions = {},
): Promise<void> {
  const now = await inventory(home);
  await handoffsHold();
  expect(await objects(home, BUCKET)).toEqual(written);
  expect(Object.keys(now.buckets)).toEqual([BUCKET]);
  untouched(now, changed, keepsKeys);
  nobodyElse(now, inactive);
  before = now;
}

/** Roles, users and secrets of all others are what they were, ids and values included. */
function untouched(now: Inventory, changed: readonly string[], keepsKeys: readonly string[]): void {
  const others = (all: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !changed.some((vendor) => name.includes(vendor))));
  for (const part of ['roles', 'users', 'secrets'] as const) expect(others(now[part])).toEqual(others(before[part]));
  for (const vendor of keepsKeys) {
    const id = `integrations/kohler/${vendor}/`;
    const keyIds = ({ secrets }: Inventory) =>
      Object.entries(secrets)
        .filter(([name]) => name.startsWith(id))
        .map(([, { keyId }]) => keyId);
    expect(keyIds(now)).toEqual(keyIds(before));
  }
  // A role is the same one, whatever was changed about it.
  for (const [name, role] of Object.entries(before.roles)) {
    if (now.roles[name]) expect(now.roles[name]).toMatchObject({ id: (role as { id: string }).id });
  }
}

/** There is no role, user, key or secret but those of the definitions. */
function nobodyElse(now: Inventory, inactive: readonly string[]): void {
  const defined = kohler.integrations();
  const names = (...kinds: string[]) =>
    defined
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ name }) => name)
      .sort();
  expect(Object.keys(now.roles)).toEqual(names('assumed-role'));
  expect(Object.keys(now.users)).toEqual(names('access-key'));
  const slots = defined.flatMap((each) =>
    each.kind === 'access-key' ? each.keys.map((slot) => `integrations/kohler/${each.vendor}/${slot}`) : [],
  );
  expect(Object.keys(now.secrets)).toEqual(slots.sort());
  for (const [name, { keys }] of Object.entries(now.users)) {
    const vendor = name.replace('kohler_', '');
    const held = Object.entries(now.secrets)
      .filter(([secret]) => secret.includes(`/${vendor}/`))
      .map(([, { keyId }]) => keyId);
    expect(keys).toEqual(inactive.includes(vendor) ? [] : held.sort());
  }
}

/** Each vendor can do with its hand-off what that says, and nothing else. */
async function handoffsHold(): Promise<void> {
  for (const { vendor } of kohler.integrations()) {
    const handoff = await kohler.handoff(vendor);
    if (handoff.status !== 'active') {
      if (handoff.kind === 'assumed-role') expect(await tried(sessions(vendor))).toBe(DENIED);
      continue;
    }
    const all = await sessions(vendor);
    for (const [at, session] of all.entries()) {
      const mark = `step-${step}-${at}`;
      expect({ vendor, ...(await abilities(handoff, session, home, mark)) }).toEqual({ vendor, ...promised(handoff) });
      if (handoff.access.includes('write')) written[`${handoff.prefix}${mark}`] = mark;
    }
    if (handoff.externalId !== undefined) {
      const { roleArn = '' } = handoff;
      expect(await tried(assume(vendors[vendor] ?? missing(), { roleArn }))).toBe(DENIED);
    }
  }
}

/** The credentials that a vendor gets with its hand-off. */
async function sessions(vendor: string): Promise<Credentials[]> {
  return credentialsOf(await kohler.handoff(vendor), vendors[vendor] ?? { accessKeyId: '', secretAccessKey: '' }, home);
}

async function puts(as: Credentials | undefined, Key: string): Promise<true | string> {
  return tried(clientsOf(as ?? missing()).s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'late' })));
}

/** Somebody of the client's own puts an object there for the vendor to read. */
async function seed(...prefixes: readonly string[]): Promise<void> {
  const { s3 } = clientsOf(home.admin);
  for (const prefix of prefixes) {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: `${prefix}seed`, Body: 'seed' }));
    written[`${prefix}seed`] = 'seed';
  }
}

/** `bucket-integrations rotate kohler_adobe`, told of the keys that there are: the older one not used for two days. */
async function rotate(): Promise<void> {
  const { secrets, users } = await inventory(home);
  const held = (slot: string) => secrets[`integrations/kohler/adobe/${slot}`]?.keyId;
  const keys = (users.kohler_adobe?.keys ?? []).map((id) => {
    const days = id === held('a') ? 2 : 0;
    const at = new Date(Date.now() - days * 86_400_000);
    return { id, active: true, made: at, used: { at } };
  });
  const aws = {
    user: () => Promise.resolve({ account: home.id, asked: new Date(), keys }),
    heldKeyId: (secret: string) => Promise.resolve(secrets[secret]?.keyId),
  };
  const { exit, err } = await runWith({ aws }, 'rotate', 'kohler_adobe', '--dir', kohler.dir);
  expect({ exit, errors: err.includes('error[') }).toEqual({ exit: 0, errors: false });
}

function missing(): never {
  throw new Error('there are no credentials');
}
