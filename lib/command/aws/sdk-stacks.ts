import type { AccountStacks, DeployedStack, Place } from '../../deploy/account-stacks';
import { partitionOf } from '../../rules/names';
import { CHECK_ACCESS, Failure, LOG_IN, NoAws } from '../host/failure';

type CloudFormation = typeof import('@aws-sdk/client-cloudformation');
type Sts = typeof import('@aws-sdk/client-sts');

/** Credentials of a role. */
interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Nobody waits for an account that does not answer. */
const LIMITS = { maxAttempts: 2, requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000 } } as const;

/** Those of `cdk bootstrap` that may describe stacks, the one that may do least first. */
const BOOTSTRAP_ROLES = ['lookup', 'deploy'];

/** What the CDK takes where nobody says. */
const DEFAULT_REGION = 'us-east-1';

/**
 * The stacks of clients at a place, through the AWS SDK, which is loaded only now: with the credentials that there are, or by a
 * role of `cdk bootstrap`, as the CDK itself would.
 *
 * @param qualifier of the bootstrap stacks
 * @throws {@link NoAws} where there is no SDK, or there are no credentials
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export async function sdkStacks(place: Place, qualifier: string): Promise<AccountStacks> {
  const { cloudFormation, sts } = await load();
  const region = place.region ?? (await defaultRegion(cloudFormation));
  const stsClient = new sts.STSClient({ ...LIMITS, region });
  const caller = await credentialed(() => stsClient.send(new sts.GetCallerIdentityCommand({})));
  const account = place.account ?? caller.Account ?? '';
  const read = async (credentials?: RoleCredentials) => {
    const client = new cloudFormation.CloudFormationClient({ ...LIMITS, region, credentials });
    return { account, region, stacks: await stacksOf(cloudFormation, client) };
  };
  const refusals: string[] = [];
  if (account === caller.Account) {
    try {
      return await read();
    } catch (error) {
      if (!/AccessDenied|Unauthorized/.test((error as Error).name)) throw failure(error);
      refusals.push(line(error));
    }
  }
  for (const role of BOOTSTRAP_ROLES) {
    const RoleArn = `arn:${partitionOf(region) ?? 'aws'}:iam::${account}:role/cdk-${qualifier}-${role}-role-${account}-${region}`;
    try {
      const request = new sts.AssumeRoleCommand({
        RoleArn,
        RoleSessionName: 'bucket-integrations',
        DurationSeconds: 900,
      });
      const { Credentials: issued } = await stsClient.send(request);
      return await read({
        accessKeyId: issued?.AccessKeyId ?? '',
        secretAccessKey: issued?.SecretAccessKey ?? '',
        sessionToken: issued?.SessionToken,
      });
    } catch (error) {
      refusals.push(line(error));
    }
  }
  throw new Failure(
    'aws-refused',
    `the stacks of account ${account} in ${region} cannot be read: ${refusals[0]}`,
    CHECK_ACCESS,
  );
}

async function stacksOf(
  { paginateDescribeStacks }: CloudFormation,
  client: InstanceType<CloudFormation['CloudFormationClient']>,
): Promise<DeployedStack[]> {
  const stacks: DeployedStack[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
    for (const { StackName: name = '', Description: description, StackStatus: status = '', Outputs = [] } of Stacks) {
      if (!name.startsWith('integrations-')) continue;
      stacks.push({ name, description, status, outputs: Outputs.flatMap(({ OutputValue }) => OutputValue ?? []) });
    }
  }
  return stacks;
}

/** The Region of the environment or the profile. The SDK knows but one of the two variables that AWS's tools know. */
async function defaultRegion({ CloudFormationClient }: CloudFormation): Promise<string> {
  if (process.env.AWS_REGION === undefined && process.env.AWS_DEFAULT_REGION) return process.env.AWS_DEFAULT_REGION;
  try {
    return await new CloudFormationClient({}).config.region();
  } catch {
    return DEFAULT_REGION;
  }
}

async function credentialed<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { name } = error as Error;
    throw /CredentialsProvider|TokenProvider/.test(name)
      ? new NoAws('aws-refused', 'there are no AWS credentials', LOG_IN)
      : failure(error);
  }
}

function failure(error: unknown): Failure {
  return new Failure('aws-refused', `AWS says ${line(error)}`, CHECK_ACCESS);
}

function line(error: unknown): string {
  const { name, message, code } = error as NodeJS.ErrnoException;
  return `${name}: ${message || code}`.replace(/\s+/g, ' ').slice(0, 500);
}

async function load(): Promise<{ cloudFormation: CloudFormation; sts: Sts }> {
  // Of its next version, in the midst of what was asked.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  try {
    const [cloudFormation, sts] = await Promise.all([
      import('@aws-sdk/client-cloudformation'),
      import('@aws-sdk/client-sts'),
    ]);
    return { cloudFormation, sts };
  } catch {
    throw new NoAws(
      'missing-package',
      'this needs the AWS SDK',
      'npm install @aws-sdk/client-cloudformation @aws-sdk/client-sts',
    );
  }
}
