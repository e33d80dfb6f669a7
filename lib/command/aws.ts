import { Failure } from './host';

/** The two things that the command reads from AWS. */
export interface Aws {
  /** The values of a stack's outputs. */
  stackOutputs(stackName: string, region: string | undefined): Promise<string[]>;
  /** The value of a secret. */
  secretValue(name: string, region: string | undefined): Promise<string>;
}

/** AWS through its SDK, with the ordinary chain of credentials. The SDK is loaded only when it is asked. */
export const aws: Aws = {
  async stackOutputs(stackName, region) {
    const { CloudFormationClient, DescribeStacksCommand } = await sdk(() => import('@aws-sdk/client-cloudformation'));
    const client = new CloudFormationClient({ region });
    const { Stacks = [] } = await answer(() => client.send(new DescribeStacksCommand({ StackName: stackName })));
    return (Stacks[0]?.Outputs ?? []).flatMap(({ OutputValue }) => OutputValue ?? []);
  },
  async secretValue(name, region) {
    const { SecretsManagerClient, GetSecretValueCommand } = await sdk(() => import('@aws-sdk/client-secrets-manager'));
    const client = new SecretsManagerClient({ region });
    const { SecretString } = await answer(() => client.send(new GetSecretValueCommand({ SecretId: name })));
    if (SecretString === undefined) throw new Failure(`the secret ${name} holds no text`);
    return SecretString;
  },
};

/** Loads a client of the SDK, which is not installed unless somebody wants it. */
async function sdk<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    throw new Failure(
      'this needs the AWS SDK: npm install @aws-sdk/client-cloudformation @aws-sdk/client-secrets-manager',
    );
  }
}

async function answer<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { name, message } = error as Error;
    throw new Failure(`AWS says ${name}: ${message}`);
  }
}
