import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { type Account, foreignBucket } from '../servers/accounts';
import type { Key } from '../servers/ceph';
import { assume, type Credentials, clientsOf, motoClients } from '../servers/clients';
import type { Handoff } from './client';

/** What somebody could do, by name: whether it worked, or the error's code. */
export type Abilities = Readonly<Record<string, true | string>>;

/** The credentials that a hand-off leads its vendor to, one for each slot where it has access keys. */
export async function credentialsOf(handoff: Handoff, vendor: Key, home: Account): Promise<Credentials[]> {
  const { kind, roleArn, externalId, secrets = {} } = handoff;
  if (kind === 'access-key') return Promise.all(Object.values(secrets).map((name) => keyIn(name, handoff, home)));
  if (kind === 'direct-trust') return [vendor];
  return [await assume(vendor, { roleArn: roleArn ?? '', externalId })];
}

/** The key in a secret, which says the same as the hand-off. */
async function keyIn(SecretId: string, { bucket, prefix, region }: Handoff, home: Account): Promise<Key> {
  const { secrets } = await motoClients(home.id);
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const { accessKeyId, secretAccessKey, ...place } = JSON.parse(SecretString);
  expect(place).toEqual({ bucket, prefix, region });
  return { accessKeyId, secretAccessKey };
}

/**
 * Tries everything once: under the prefix, beside it and at the root.
 * @param mark names the object that is written and stays
 */
export async function abilities(handoff: Handoff, as: Credentials, home: Account, mark: string): Promise<Abilities> {
  const { s3 } = clientsOf(as, { region: handoff.region });
  const { prefix } = handoff;
  const Bucket = handoff.kind === 'direct-trust' ? foreignBucket(home.id, handoff.bucket) : handoff.bucket;
  const put = (Key: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body: mark }));
  const attempts = {
    list: s3.send(new ListObjectsV2Command({ Bucket, Prefix: prefix })),
    write: put(`${prefix}${mark}`),
    read: read(s3, Bucket, `${prefix}seed`),
    delete: s3.send(new DeleteObjectCommand({ Bucket, Key: `${prefix}never-there` })),
    'list the root': s3.send(new ListObjectsV2Command({ Bucket })),
    'list beside': s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'neighbour/' })),
    'write beside': put(`neighbour/${mark}`),
    'write a longer name': put(`${prefix.slice(0, -1)}2/${mark}`),
    'read beside': read(s3, Bucket, 'neighbour/seed'),
  };
  const results = Object.entries(attempts).map(async ([name, attempt]) => [name, await tried(attempt)] as const);
  return Object.fromEntries(await Promise.all(results));
}

/** What a hand-off promises. */
export function promised({ status, access }: Handoff): Abilities {
  const may = (capability: string) => (status === 'active' && access.includes(capability) ? true : DENIED);
  return {
    list: may('list'),
    write: may('write'),
    read: may('read'),
    delete: may('delete'),
    'list the root': DENIED,
    'list beside': DENIED,
    'write beside': DENIED,
    'write a longer name': DENIED,
    'read beside': DENIED,
  };
}

export const DENIED = 'AccessDenied';

/** True, or the code of the error. */
export async function tried(attempt: Promise<unknown>): Promise<true | string> {
  try {
    await attempt;
    return true;
  } catch (error) {
    return (error as Error).name;
  }
}

async function read(s3: S3Client, Bucket: string, Key: string): Promise<string | undefined> {
  return (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
}
