import {
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import { GetBucketPolicyCommand, GetObjectCommand, ListBucketsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { unless } from '../deployer/resource-type';
import { type Account, ADMIN } from '../servers/accounts';
import { clientsOf, motoClients } from '../servers/clients';
import { userName, users } from '../servers/users';

/** What there is in an account, as its servers tell it, whoever made it. */
export interface Inventory {
  /** Name → unique id, trust, policies. */
  readonly roles: Readonly<Record<string, object>>;
  /** Name → ids of keys, policies. */
  readonly users: Readonly<Record<string, { readonly keys: readonly string[]; readonly policies: object }>>;
  /** Name → ARN, version, and the id of the key in it. */
  readonly secrets: Readonly<Record<string, { readonly keyId: string; readonly version: string }>>;
  /** Name → policy. */
  readonly buckets: Readonly<Record<string, unknown>>;
}

/** What Ceph says where a list is empty. */
const NONE = ['NoSuchEntityException'];

export async function inventory(account: Account): Promise<Inventory> {
  const { iam, s3 } = clientsOf(account.admin);
  const moto = await motoClients(account.id);
  const { Roles = [] } = (await unless(NONE, iam.send(new ListRolesCommand({})))) ?? {};
  const names = (await users.list(account.id)).filter((name) => name !== ADMIN);
  const { SecretList = [] } = await moto.secrets.send(new ListSecretsCommand({}));
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return {
    roles: await byName(
      Roles.map(({ RoleName }) => RoleName),
      async (RoleName) => {
        const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
        const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
        const policies = await byName(PolicyNames ?? [], async (PolicyName) => {
          const { PolicyDocument } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
          return document(PolicyDocument);
        });
        return { id: Role?.RoleId, trust: document(Role?.AssumeRolePolicyDocument), policies };
      },
    ),
    users: await byName(names, async (name) => {
      const UserName = userName(account.id, name);
      const { PolicyNames } = (await unless(NONE, iam.send(new ListUserPoliciesCommand({ UserName })))) ?? {};
      const policies = await byName(PolicyNames ?? [], async (PolicyName) => {
        const { PolicyDocument } = await iam.send(new GetUserPolicyCommand({ UserName, PolicyName }));
        return document(PolicyDocument);
      });
      const keys = (await users.find(account.id, name))?.keys ?? [];
      return { keys: keys.map(({ accessKeyId }) => accessKeyId).sort(), policies };
    }),
    secrets: await byName(
      SecretList.map(({ Name }) => Name),
      async (SecretId) => {
        const { SecretString = '', VersionId = '' } = await moto.secrets.send(new GetSecretValueCommand({ SecretId }));
        return { keyId: JSON.parse(SecretString).accessKeyId as string, version: VersionId };
      },
    ),
    buckets: await byName(
      Buckets.map(({ Name }) => Name),
      async (Bucket) => {
        const policy = await unless(['NoSuchBucketPolicy'], s3.send(new GetBucketPolicyCommand({ Bucket })));
        return policy && document(policy.Policy);
      },
    ),
  };
}

/** Every object of a bucket: key → content. */
export async function objects(account: Account, Bucket: string): Promise<Record<string, string>> {
  const { s3 } = clientsOf(account.admin);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  return byName(
    Contents.map(({ Key }) => Key),
    async (Key) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString()) ?? '';
    },
  );
}

async function byName<T>(
  names: readonly (string | undefined)[],
  look: (name: string) => Promise<T>,
): Promise<Record<string, T>> {
  const sorted = names.map((each) => each ?? '').sort();
  return Object.fromEntries(await Promise.all(sorted.map(async (name) => [name, await look(name)] as const)));
}

/** IAM answers policies in URL encoding, S3 as they are. */
function document(text = '{}'): object {
  return JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text);
}
