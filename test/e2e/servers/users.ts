import { createHmac, randomBytes } from 'node:crypto';
import type { Key } from './ceph';
import { endpoints } from './endpoints';

/** A user of the gateway, as the operator sees it. */
export interface User {
  readonly keys: readonly Key[];
}

/** A key that nobody has yet. */
export function newKey(): Key {
  return {
    accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(20).toString('hex'),
  };
}

/**
 * The gateway's users, which it has no IAM calls for. A user is of an account, with a name that is unique there, and may
 * do nothing until a policy says so.
 *
 * @see https://docs.ceph.com/en/pacific/radosgw/adminops/
 */
export const users = {
  /** @param caps what it may do to the account's roles and users, for example `roles=*;user-policy=*` */
  async create(account: string, name: string, { key, caps }: { key?: Key; caps?: string } = {}): Promise<void> {
    await operate('PUT', 'user', {
      uid: userName(account, name),
      'display-name': name,
      'generate-key': 'false',
      // Of its own it makes no buckets; whoever administers the account does.
      'max-buckets': caps === undefined ? '-1' : '1000',
      ...(caps !== undefined && { 'user-caps': caps }),
      ...(key && { 'access-key': key.accessKeyId, 'secret-key': key.secretAccessKey }),
    });
  },

  /** Nothing where there is none of this name. */
  async find(account: string, name: string): Promise<User | undefined> {
    const found = await operate('GET', 'user', { uid: userName(account, name) }, { expected: [404] });
    if (found === undefined) return undefined;
    const keys = (found as { keys: { access_key: string; secret_key: string }[] }).keys;
    return { keys: keys.map((key) => ({ accessKeyId: key.access_key, secretAccessKey: key.secret_key })) };
  },

  /** The names of an account's users. */
  async list(account: string): Promise<string[]> {
    const all = (await operate('GET', 'metadata/user', {})) as string[];
    return all.filter((id) => id.startsWith(`${account}$`)).map((id) => id.slice(account.length + 1));
  },

  async remove(account: string, name: string): Promise<void> {
    await operate('DELETE', 'user', { uid: userName(account, name) }, { expected: [404] });
  },

  async addKey(account: string, name: string, key: Key): Promise<void> {
    await editKeys(account, name, (keys) => [
      ...keys,
      { user: userName(account, name), access_key: key.accessKeyId, secret_key: key.secretAccessKey },
    ]);
  },

  /** Nothing where the user or its key is gone already. */
  async removeKey(account: string, name: string, accessKeyId: string): Promise<void> {
    await editKeys(account, name, (keys) => keys.filter(({ access_key }) => access_key !== accessKeyId));
  },
};

/** A key as the gateway writes it. */
interface StoredKey {
  readonly user?: string;
  readonly access_key: string;
  readonly secret_key: string;
}

/** Changes a user's keys as they are stored: by the calls that add and remove them, Ceph 16 loses the user's policies. */
async function editKeys(account: string, name: string, edit: (keys: StoredKey[]) => StoredKey[]): Promise<void> {
  const parameters = { key: userName(account, name) };
  const stored = await operate('GET', 'metadata/user', parameters, { expected: [404] });
  if (stored === undefined) return;
  const { data, ...rest } = stored as { data: { keys: StoredKey[] } };
  const edited = { ...rest, data: { ...data, keys: edit(data.keys) } };
  await operate('PUT', 'metadata/user', parameters, { body: JSON.stringify(edited) });
}

/** A user's name as the gateway's IAM calls want it. */
export function userName(account: string, name: string): string {
  return `${account}$${name}`;
}

interface Request {
  readonly expected?: readonly number[];
  readonly body?: string;
}

/** A request to the operator's interface, signed as S3 was at first, which is all that it needs. */
async function operate(
  method: string,
  resource: string,
  parameters: Readonly<Record<string, string>>,
  { expected = [], body }: Request = {},
): Promise<unknown> {
  const { gateway, operator } = endpoints();
  const path = `/admin/${resource}`;
  const date = new Date().toUTCString();
  const type = body === undefined ? '' : 'application/json';
  const signed = createHmac('sha1', operator.secretAccessKey).update(`${method}\n\n${type}\n${date}\n${path}`);
  const answer = await fetch(`${gateway}${path}?${new URLSearchParams({ format: 'json', ...parameters })}`, {
    method,
    headers: {
      date,
      authorization: `AWS ${operator.accessKeyId}:${signed.digest('base64')}`,
      ...(type && { 'content-type': type }),
    },
    body,
  });
  const text = await answer.text();
  if (expected.includes(answer.status)) return undefined;
  // The request holds keys and is not shown.
  if (!answer.ok)
    throw new Error(`${method} ${resource} of ${parameters.uid ?? parameters.key}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
