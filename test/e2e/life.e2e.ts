import { notJudgedTable } from './deployer/not-judged';
import { inventory, objects } from './life/account';
import { Client } from './life/client';
import { abilities, credentialsOf, DENIED, promised, tried } from './life/vendor';
import { Walk } from './life/walk';
import { seconds } from './servers/processes';

/**
 * The life of one client, deployed step by step. After each step: the bucket and every object are still there; what the
 * step is not about has the same ARNs, keys and secrets; there is no user, role, key or secret that nobody defined; and
 * each hand-off is what its vendor can use.
 */

const BUCKET = 'integrations-kohler';
const EXTERNAL_ID = 'MYACCOUNT_SFCRole=2_a123456/s0aBCDEfGHIJklmNoPq=';
let walk: Walk;
let kohler: Client;
/** Who takes the bucket up again in the end. */
let again: Client;
let stumbled = false;

beforeAll(async () => {
  walk = await Walk.of('kohler', ['reltio', 'warehouse', 'snowflake']);
  kohler = walk.client;
  again = new Client('kohler-again', walk.home);
  kohler.write({ client: '', reltio: reltio(), warehouse: warehouse(), adobe: adobe() });
});

afterAll(() => {
  for (const client of [kohler, again]) client.remove();
  process.stderr.write(`\n${notJudgedTable(walk.notJudged)}\n`);
});

const principal = (vendor: string) => `principals: ["${walk.vendors[vendor]?.arn}"]\n`;
const reltio = (more = '') => `vendor: reltio\n${principal('reltio')}externalId: 5ez83245-6b31\n${more}`;
const warehouse = (more = '') => `kind: direct-trust\n${principal('warehouse')}access: [list, read]\n${more}`;
const adobe = (more = '') => `kind: access-key # the last resort\nreason: It takes a key only\n${more}`;

/** A test that is not worth its time once one before it has failed. */
function stage(name: string, steps: () => Promise<void>): void {
  test(name, async () => {
    if (stumbled) throw new Error('a stage before this one failed');
    stumbled = true;
    const began = Date.now();
    await steps();
    process.stderr.write(`e2e: ${name}: ${seconds(began)}\n`);
    stumbled = false;
  });
}

stage('onboard: everything is made, once', async () => {
  expect(await walk.deploy()).toEqual([
    `created AWS::S3::Bucket ${BUCKET}`,
    `created AWS::S3::BucketPolicy ${BUCKET}`,
    'created AWS::IAM::User kohler_adobe',
    'created AWS::IAM::AccessKey',
    'created AWS::SecretsManager::Secret',
    'created AWS::IAM::Role kohler_reltio',
  ]);
  await walk.seed('reltio/', 'warehouse/', 'adobe/', 'neighbour/');
  await walk.allIsWell(['reltio', 'warehouse', 'adobe']);
  expect(await walk.deploy()).toEqual([]);
});

stage('add an integration that still waits for its vendor', async () => {
  kohler.write({ snowflake: 'vendor: snowflake\nstatus: pending\n' });
  expect(await walk.deploy()).toEqual(['created AWS::IAM::Role kohler_snowflake']);
  await walk.seed('snowflake/');
  await walk.allIsWell(['snowflake']);
});

stage('fill in the late handshake: the role is edited in place', async () => {
  kohler.write({
    snowflake: `vendor: snowflake\n${principal('snowflake')}externalId: ${EXTERNAL_ID}\n`,
  });
  expect(await walk.deploy()).toEqual(['updated AWS::IAM::Role kohler_snowflake']);
  await walk.allIsWell(['snowflake']);
  expect((await kohler.handoff('snowflake')).externalId).toBe(EXTERNAL_ID);
});

stage('change two prefixes: what is under the old ones stays, out of reach', async () => {
  const old = await walk.session('reltio');
  kohler.write({ reltio: reltio('prefix: records/2027\n'), adobe: adobe('prefix: feeds\n') });
  expect(await walk.deploy()).toEqual([
    'updated AWS::IAM::User kohler_adobe',
    'updated AWS::SecretsManager::Secret',
    'updated AWS::IAM::Role kohler_reltio',
  ]);
  await walk.seed('records/2027/', 'feeds/');
  await walk.allIsWell(['reltio', 'adobe'], { keepsKeys: ['adobe'] });
  expect(await walk.puts(old, 'reltio/late')).toBe(DENIED);
  expect(await walk.puts(old, 'records/2027/late')).toBe(true);
});

stage('suspend three kinds at once: even open sessions end', async () => {
  const open = await walk.session('reltio');
  const key = await walk.session('adobe');
  kohler.write({
    reltio: reltio('prefix: records/2027\nstatus: suspended\n'),
    adobe: adobe('prefix: feeds\nstatus: suspended\n'),
    warehouse: warehouse('status: suspended\n'),
  });
  expect(await walk.deploy()).toEqual([
    `updated AWS::S3::BucketPolicy ${BUCKET}`,
    'updated AWS::IAM::User kohler_adobe',
    'updated AWS::IAM::AccessKey',
    'updated AWS::IAM::Role kohler_reltio',
  ]);
  expect(await walk.puts(open, 'records/2027/suspended')).toBe(DENIED);
  // As an inactive key answers on AWS.
  expect(await walk.puts(key, 'feeds/suspended')).toBe('InvalidAccessKeyId');
  await walk.allIsWell(['reltio', 'adobe', 'warehouse'], { inactive: ['adobe'] });
});

stage('resume: the same key and the same ARNs', async () => {
  kohler.write({ reltio: reltio('prefix: records/2027\n'), adobe: adobe('prefix: feeds\n'), warehouse: warehouse() });
  expect((await walk.deploy()).every((did) => did.startsWith('updated'))).toBe(true);
  await walk.allIsWell(['reltio', 'adobe', 'warehouse'], { keepsKeys: ['adobe'] });
});

stage('rotate a key: never a moment without one that works', async () => {
  const first = await walk.session('adobe');
  await walk.rotate('adobe');
  expect(await walk.deploy()).toEqual(['created AWS::IAM::AccessKey', 'created AWS::SecretsManager::Secret']);
  await walk.allIsWell(['adobe']);
  const [stillFirst, second] = await walk.sessions('adobe');
  expect(stillFirst?.accessKeyId).toBe(first?.accessKeyId);
  expect(await walk.puts(first, 'feeds/first')).toBe(true);
  expect(await walk.puts(second, 'feeds/second')).toBe(true);
  await walk.rotate('adobe');
  expect(await walk.deploy()).toEqual(['deleted AWS::SecretsManager::Secret', 'deleted AWS::IAM::AccessKey']);
  await walk.allIsWell(['adobe']);
  expect((await walk.sessions('adobe')).map(({ accessKeyId }) => accessKeyId)).toEqual([second?.accessKeyId]);
  expect(await walk.puts(first, 'feeds/gone')).toBe('InvalidAccessKeyId');
});

stage('switch the KMS key on: nothing is replaced', async () => {
  kohler.write({ client: 'bucket: {kmsKey: create}\n' });
  const did = await walk.deploy();
  expect(did.filter((line) => !line.startsWith('updated'))).toEqual(['created AWS::KMS::Key']);
  expect(did).toContain(`updated AWS::S3::Bucket ${BUCKET}`);
  await walk.allIsWell(['reltio', 'adobe', 'warehouse', 'snowflake'], { keepsKeys: ['adobe'] });
  expect(walk.notJudged.map(({ what }) => what)).toEqual(expect.arrayContaining(['AWS::KMS::Key', 'kms:Decrypt']));
});

stage('remove two integrations: all that they had goes, and no object', async () => {
  const key = await walk.session('adobe');
  const handoff = await kohler.handoff('warehouse');
  const warehouseCould = () => abilities(handoff, walk.keyOf('warehouse'), walk.home, 'removed');
  expect((await warehouseCould()).read).toBe(true);
  kohler.write({ adobe: undefined, warehouse: undefined });
  const did = await walk.deploy();
  expect(did.filter((line) => line.startsWith('deleted'))).toEqual([
    'deleted AWS::SecretsManager::Secret',
    'deleted AWS::IAM::AccessKey',
    'deleted AWS::IAM::User kohler_adobe',
  ]);
  await walk.allIsWell(['adobe', 'warehouse']);
  expect(await walk.puts(key, 'feeds/removed')).toBe('InvalidAccessKeyId');
  expect(new Set(Object.values(await warehouseCould()))).toEqual(new Set([DENIED]));
});

stage('add one again under its name', async () => {
  kohler.write({ adobe: adobe('prefix: feeds\n') });
  await walk.deploy();
  await walk.allIsWell(['adobe']);
});

stage('remove the client: bucket, objects and the refusal of plain HTTP stay, and nobody of it', async () => {
  expect((await walk.destroy()).filter((line) => line.startsWith('retained'))).toEqual([
    `retained AWS::S3::BucketPolicy ${BUCKET}`,
    `retained AWS::S3::Bucket ${BUCKET}`,
    'retained AWS::KMS::Key',
  ]);
  const { buckets, ...others } = await inventory(walk.home);
  expect(others).toEqual({ roles: {}, users: {}, secrets: {} });
  // It still refuses plain HTTP, and that is all that is in its policy.
  expect(buckets[BUCKET]).toMatchObject({ Statement: [{ Sid: 'TlsOnly', Effect: 'Deny' }] });
  expect(await objects(walk.home, BUCKET)).toEqual(walk.written);
  expect(await tried(walk.sessions('reltio'))).toBe(DENIED);
});

stage('take the bucket up again under another client', async () => {
  again.write({ client: `bucket: {name: ${BUCKET}, existing: true}\n`, reltio: reltio('prefix: records/2027\n') });
  const { operations } = await again.deploy();
  expect(operations.map(({ did, physicalId }) => `${did} ${physicalId}`)).toEqual(['created kohler-again_reltio']);
  const handoff = await again.handoff('reltio');
  for (const session of await credentialsOf(handoff, walk.keyOf('reltio'), walk.home)) {
    expect(await abilities(handoff, session, walk.home, 'again')).toEqual(promised(handoff));
  }
  expect(await objects(walk.home, BUCKET)).toEqual({ ...walk.written, 'records/2027/again': 'again' });
});
