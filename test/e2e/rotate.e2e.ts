import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { aws } from '../../lib/command/aws/aws';
import type { UserFacts } from '../../lib/rotation/model';
import { type Run, runWith } from '../support/run';
import { synthesizeFolder } from '../support/synth';
import { type Deployed, DeployedStack, type DeployOptions, Interrupted } from './deployer/deployer';
import { Poller, works } from './rotate/poller';
import { type Account, newAccount } from './servers/accounts';
import { type Key, REGION } from './servers/ceph';
import { motoClients, motoCredentials } from './servers/clients';
import { endpoints } from './servers/endpoints';
import { users } from './servers/users';

/**
 * An access key through its two slots and back, while the vendor never stops using the bucket. What is deployed is what
 * the definition on disk says, which only `rotate` edits; the vendor gets each key from the secret that its hand-off names.
 */

const TEXT = 'kind: access-key # the last resort\nreason: It takes a key only\n';
const SETUP = { integration: 'kohler_adobe', bucket: 'integrations-kohler', prefix: 'adobe/' };
let dir: string;
let home: Account;
let stack: DeployedStack;
let vendor: Poller;
/** The key that the vendor has. */
let current: Key;
/** The outputs of the last deployment that came to its end. */
let outputs: readonly string[] = [];
/** The keys that there have been. */
const keys: Record<'first' | 'second' | 'third', Key> = { first: noKey(), second: noKey(), third: noKey() };
const before = { ...process.env };

/** No server here knows when a key was made and used, nor lets a day go by: this is what IAM would tell. */
let now = Date.parse('2026-11-22T12:00:00Z');
const made = new Map<string, Date>();
const used = new Map<string, Date>();

function noKey(): Key {
  return { accessKeyId: '', secretAccessKey: '' };
}

beforeAll(async () => {
  home = await newAccount();
  stack = new DeployedStack('integrations-kohler', home);
  dir = mkdtempSync(join(tmpdir(), 'integrations-'));
  mkdirSync(join(dir, 'kohler'));
  writeFileSync(join(dir, 'settings.yaml'), `account: "${home.id}"\nregion: ${REGION}\n`);
  writeFileSync(join(dir, 'kohler/client.yaml'), '');
  writeFileSync(join(dir, 'kohler/adobe.yaml'), TEXT);
  const { accessKeyId, secretAccessKey, sessionToken } = await motoCredentials(home.id);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints().moto,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  });
});

afterAll(async () => {
  process.env = before;
  rmSync(dir, { recursive: true, force: true });
  await vendor?.stop();
  process.stderr.write(`\nThe vendor did ${vendor?.rounds} rounds.\n`);
});

/** Whatever the step, the vendor went on during it and goes on after it. */
afterEach(() => vendor?.goesOn());

async function deploy(options?: DeployOptions): Promise<Deployed> {
  const { kohler } = synthesizeFolder(dir);
  if (!kohler) throw new Error('there is no stack');
  const deployed = await stack.deploy(kohler, options);
  outputs = Object.values(deployed.outputs);
  for (const id of await keyIds()) if (!made.has(id)) made.set(id, new Date(now));
  return deployed;
}

/** What a deployment did, with the slot in which it did it. */
function did({ operations }: Deployed): string[] {
  return operations.map(
    (operation) => `${operation.did} ${operation.type} ${/(?:Key|Secret)([AB])/.exec(operation.logicalId)?.[1]}`,
  );
}

async function keyIds(): Promise<string[]> {
  const user = await users.find(home.id, 'kohler_adobe');
  return (user?.keys ?? []).map(({ accessKeyId }) => accessKeyId).sort();
}

const asIam = {
  async user(name: string): Promise<UserFacts | undefined> {
    if ((await users.find(home.id, name)) === undefined) return undefined;
    const facts = (await keyIds()).map((id) => {
      const at = used.get(id);
      return { id, active: true, made: made.get(id) ?? new Date(now), used: at && { at, service: 's3' } };
    });
    return { account: home.id, asked: new Date(now), keys: facts };
  },
  heldKeyId: aws.heldKeyId,
};

function rotate(...argv: string[]): Promise<Run> {
  return runWith({ aws: asIam }, 'rotate', 'kohler_adobe', '--dir', dir, ...argv);
}

/** The codes for which it waits. */
async function waits(): Promise<string[]> {
  const text = definition();
  const { exit, err } = await rotate();
  expect([exit, definition()]).toEqual([1, text]);
  return [...err.matchAll(/error\[([a-z-]+)\]/g)].map(([, code]) => code ?? '');
}

function definition(): string {
  return readFileSync(join(dir, 'kohler/adobe.yaml'), 'utf8');
}

/** The key in the secret that is ours to send, by what is deployed. */
async function handedOver(): Promise<{ secret: string; key: Key }> {
  const stackOutputs = () => Promise.resolve([...outputs]);
  const { exit, out } = await runWith(
    { aws: { stackOutputs } },
    'handoff',
    'kohler_adobe',
    '--dir',
    dir,
    '--from-stack',
    '--internal',
  );
  expect(exit).toBe(0);
  const [, secret = ''] = /secret `(\S+)` of AWS/.exec(out) ?? [];
  const { secrets } = await motoClients(home.id);
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: secret }));
  const { accessKeyId, secretAccessKey } = JSON.parse(SecretString ?? '');
  return { secret, key: { accessKeyId, secretAccessKey } };
}

/** The vendor takes the key that is handed over, and has used it when this returns. */
async function changesOver(): Promise<Key> {
  const { key } = await handedOver();
  current = key;
  await vendor.goesOn();
  expect(used.has(key.accessKeyId)).toBe(true);
  return key;
}

const DENIED = /InvalidAccessKeyId|AccessDenied|Forbidden/;

test('the first key is handed over, and the vendor begins', async () => {
  await deploy();
  const { secret, key } = await handedOver();
  expect(secret).toBe('integrations/kohler/adobe/a');
  expect(await keyIds()).toEqual([key.accessKeyId]);
  current = keys.first = key;
  vendor = new Poller(
    SETUP,
    () => current,
    (id) => used.set(id, new Date(now)),
  );
});

describe('from a to b', () => {
  test('rotate adds slot b to the definition, and goes no further before it is deployed', async () => {
    expect(await rotate()).toMatchObject({ exit: 0, err: '' });
    expect(definition()).toBe(`${TEXT}keys: [a, b]\n`);
    expect(await waits()).toEqual(['slot-not-deployed']);
    expect((await handedOver()).secret).toBe('integrations/kohler/adobe/a');
  });

  test('a deployment that is killed half-way leaves the vendor at work, and is mended by the next', async () => {
    await expect(deploy({ stopAfter: 1 })).rejects.toThrow(Interrupted);
    expect(await waits()).toEqual(['slot-not-deployed']);
    expect((await handedOver()).secret).toBe('integrations/kohler/adobe/a');
    await vendor.goesOn();
    expect(did(await deploy())).toEqual(['created AWS::SecretsManager::Secret B']);
    expect(await keyIds()).toHaveLength(2);
    expect(await keyIds()).toContain(keys.first.accessKeyId);
  });

  test('the hand-off names the new secret; the old key is kept while the vendor uses it', async () => {
    const { secret, key } = await handedOver();
    expect(secret).toBe('integrations/kohler/adobe/b');
    expect(key.accessKeyId).not.toBe(keys.first.accessKeyId);
    expect(await waits()).toEqual(['new-key-unused', 'old-key-used']);
  });

  test('the vendor changes over; the old key is kept for a day', async () => {
    keys.second = await changesOver();
    expect(await waits()).toEqual(['old-key-used']);
    await works(keys.first, SETUP);
  });

  test('a day later rotate takes slot a out of the definition; the old key works until that is deployed', async () => {
    now += 25 * 3_600_000;
    await vendor.goesOn();
    expect(await rotate()).toMatchObject({ exit: 0, err: '' });
    expect(definition()).toBe(`${TEXT}keys: [b]\n`);
    expect(await waits()).toEqual(['slot-still-deployed']);
    await works(keys.first, SETUP);
  });

  test('with the deployment, killed half-way or not, the old key is gone and nothing else', async () => {
    await expect(deploy({ stopAfter: 1 })).rejects.toThrow(Interrupted);
    expect(await waits()).toEqual(['stray-key']);
    await vendor.goesOn();
    expect(did(await deploy())).toEqual(['deleted AWS::IAM::AccessKey A']);
    await expect(works(keys.first, SETUP)).rejects.toMatchObject({ name: expect.stringMatching(DENIED) });
    expect(await keyIds()).toEqual([keys.second.accessKeyId]);
    expect(await aws.heldKeyId('integrations/kohler/adobe/a', REGION)).toBeUndefined();
    const { secret, key } = await handedOver();
    expect([secret, key.accessKeyId]).toEqual(['integrations/kohler/adobe/b', keys.second.accessKeyId]);
  });
});

describe('and back to a', () => {
  test('the hand-off names slot a as soon as it is deployed, and not before', async () => {
    expect(await rotate()).toMatchObject({ exit: 0, err: '' });
    expect(definition()).toBe(`${TEXT}keys: [b, a]\n`);
    expect((await handedOver()).secret).toBe('integrations/kohler/adobe/b');
    expect(did(await deploy())).toEqual(['created AWS::IAM::AccessKey A', 'created AWS::SecretsManager::Secret A']);
    expect((await handedOver()).secret).toBe('integrations/kohler/adobe/a');
  });

  test('the vendor changes over, and a day later the second key is retired', async () => {
    keys.third = await changesOver();
    expect(new Set(Object.values(keys).map(({ accessKeyId }) => accessKeyId)).size).toBe(3);
    now += 25 * 3_600_000;
    await vendor.goesOn();
    expect(await rotate()).toMatchObject({ exit: 0, err: '' });
    expect(definition()).toBe(`${TEXT}keys: [a]\n`);
    await works(keys.second, SETUP);
    await deploy();
    await expect(works(keys.second, SETUP)).rejects.toMatchObject({ name: expect.stringMatching(DENIED) });
    expect(await keyIds()).toEqual([keys.third.accessKeyId]);
  });
});

test('at no moment was the vendor without a working key', async () => {
  await vendor.stop();
  expect(vendor.failures).toEqual([]);
  expect(vendor.rounds).toBeGreaterThan(30);
  expect([...used.keys()].sort()).toEqual(
    Object.values(keys)
      .map(({ accessKeyId }) => accessKeyId)
      .sort(),
  );
});

test('and the poller would have noticed', async () => {
  const failing = new Poller(
    SETUP,
    () => keys.first,
    () => undefined,
  );
  await expect(failing.goesOn()).rejects.toThrow(keys.first.accessKeyId);
  await failing.stop();
});
