import type { Aws } from '../host/aws';
import { Failure, fixOfRefusal } from '../host/failure';
import { sdkAccount } from './sdk-account';
import { sdkStacks } from './sdk-stacks';
import { sdkVendor } from './sdk-vendor';

/** AWS through its SDK, with the ordinary chain of credentials. The SDK is loaded only when it is asked. */
export const aws: Aws = {
  async stackOutputs(stackName, region) {
    const { CloudFormationClient, DescribeStacksCommand } = await sdk(
      'client-cloudformation',
      () => import('@aws-sdk/client-cloudformation'),
    );
    const client = new CloudFormationClient({ region });
    const { Stacks = [] } = await answer(() => client.send(new DescribeStacksCommand({ StackName: stackName })));
    return (Stacks[0]?.Outputs ?? []).flatMap(({ OutputValue }) => OutputValue ?? []);
  },
  stacks: sdkStacks,
  secretValue: (name, region) => answer(() => secretText(name, region)),
  async user(name, region) {
    const { IAMClient, GetUserCommand, ListAccessKeysCommand, GetAccessKeyLastUsedCommand } = await sdk(
      'client-iam',
      () => import('@aws-sdk/client-iam'),
    );
    const client = new IAMClient({ region });
    return unless('NoSuchEntityException', async () => {
      const [{ User }, { AccessKeyMetadata = [] }] = await Promise.all([
        client.send(new GetUserCommand({ UserName: name })),
        client.send(new ListAccessKeysCommand({ UserName: name })),
      ]);
      const keys = AccessKeyMetadata.map(async ({ AccessKeyId: id = '', Status, CreateDate }) => {
        const { AccessKeyLastUsed: last } = await client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: id }));
        const at = last?.LastUsedDate;
        const used = at && { at, service: known(last.ServiceName), region: known(last.Region) };
        return { id, active: Status === 'Active', made: CreateDate ?? new Date(0), used };
      });
      return { account: User?.Arn?.split(':')[4] ?? '', asked: new Date(), keys: await Promise.all(keys) };
    });
  },
  async heldKeyId(secretName, region) {
    const text = await unless('ResourceNotFoundException', () => secretText(secretName, region));
    return text === undefined ? undefined : keyIdIn(text, secretName);
  },
  vendor: sdkVendor,
  account: sdkAccount,
};

async function secretText(name: string, region: string | undefined): Promise<string> {
  const { SecretsManagerClient, GetSecretValueCommand } = await sdk(
    'client-secrets-manager',
    () => import('@aws-sdk/client-secrets-manager'),
  );
  const client = new SecretsManagerClient({ region });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
  if (SecretString === undefined) throw new Failure('bad-secret', `the secret ${name} holds no text`, RESTORE);
  return SecretString;
}

const RESTORE = 'restore what the deployment wrote into it';

/** The value itself is never part of a message. */
function keyIdIn(secret: string, name: string): string {
  try {
    const { accessKeyId } = JSON.parse(secret);
    if (typeof accessKeyId === 'string' && /^\w{16,128}$/.test(accessKeyId)) return accessKeyId;
  } catch {
    // Said below, as what is no key.
  }
  throw new Failure('bad-secret', `the secret ${name} does not hold what it should: it was changed manually`, RESTORE);
}

/** IAM's word for what it does not know. */
function known(value: string | undefined): string | undefined {
  return value === 'N/A' ? undefined : value;
}

/** Loads a client of the SDK, which is not installed unless somebody wants it. */
async function sdk<T>(client: string, load: () => Promise<T>): Promise<T> {
  // It says nothing about what was asked.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  try {
    return await load();
  } catch (cause) {
    throw new Failure('missing-package', 'this needs the AWS SDK', `npm install @aws-sdk/${client}`, { cause });
  }
}

/** An answer, or undefined where AWS says that there is no such thing. */
async function unless<T>(absent: string, ask: () => Promise<T>): Promise<T | undefined> {
  return answer(async () => {
    try {
      return await ask();
    } catch (error) {
      if ((error as Error).name === absent) return undefined;
      throw error;
    }
  });
}

async function answer<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { name, message, code } = error as NodeJS.ErrnoException;
    // Of a connection that was tried at several addresses there is a code only.
    const said = `AWS says ${name}: ${message || code}`.replace(/\s+/g, ' ');
    throw new Failure('aws-refused', said, fixOfRefusal(name), { cause: error });
  }
}
