import { randomInt } from 'node:crypto';
import { PutUserPolicyCommand } from '@aws-sdk/client-iam';
import type { Key } from './ceph';
import { clientsOf } from './clients';
import { newKey, userName, users } from './users';

/** An AWS account on the server that enforces policies (one of its tenants), of nobody but the test that made it. */
export interface Account {
  /** Twelve digits. */
  readonly id: string;
  /** Of whoever may make buckets, roles and policies there. */
  readonly admin: Key;
}

/** The user who administers an account. */
export const ADMIN = 'admin';

/** Makes an account with an administrator, `arn:aws:iam::<id>:user/admin`, and nothing else. */
export async function newAccount(): Promise<Account> {
  const id = `9${String(randomInt(1e11)).padStart(11, '0')}`;
  const admin = newKey();
  await users.create(id, ADMIN, { key: admin, caps: 'roles=*;user-policy=*' });
  // Or it could not read what others have put into its buckets: Ceph has no bucket-owner-enforced ownership.
  const everything = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  const policy = { Version: '2012-10-17', Statement: [everything] };
  await clientsOf(admin).iam.send(
    new PutUserPolicyCommand({
      UserName: userName(id, ADMIN),
      PolicyName: 'administrator',
      PolicyDocument: JSON.stringify(policy),
    }),
  );
  return { id, admin };
}

/** Makes a user of an account, who may do nothing there, with a key. */
export async function newUser(account: string, name: string): Promise<Key> {
  const key = newKey();
  await users.create(account, name, { key });
  return key;
}

/** A bucket as a user of another account has to call it: names are an account's own here. */
export function foreignBucket(account: string, bucket: string): string {
  return `${account}:${bucket}`;
}
