import { Refused, refusalOf } from '../../connection/refused';
import type { RoleRequest, Session, Vendor } from '../../connection/vendor';
import type { VendorOptions } from '../host/aws';
import { Failure } from '../host/failure';
import { sdkSession } from './sdk-session';

type S3 = typeof import('@aws-sdk/client-s3');
type Sts = typeof import('@aws-sdk/client-sts');

/** A vendor that acts through the AWS SDK, which is loaded only now. */
export async function sdkVendor({ region, bucket, profile }: VendorOptions): Promise<Vendor> {
  const { s3, sts } = await load();
  const settings = { ...LIMITS, region };

  // A client sets its clock by the first answer, and would hide that it is off: each request of STS has its own.
  const stsClient = (): InstanceType<Sts['STSClient']> => {
    const client = new sts.STSClient({ ...settings, profile });
    return { send: sender(client) } as typeof client;
  };
  const session = async (issued?: Issued): Promise<Session> => {
    const credentials = issued && {
      accessKeyId: issued.AccessKeyId ?? '',
      secretAccessKey: issued.SecretAccessKey ?? '',
      sessionToken: issued.SessionToken,
    };
    const client = new s3.S3Client({ ...settings, ...PLAIN, ...(credentials ? { credentials } : { profile }) });
    // Servers in AWS's place seldom have a name for each bucket.
    client.config.forcePathStyle =
      (await refusing(async () => client.config.serviceConfiguredEndpoint?.())) !== undefined;
    return sdkSession(s3, sender(client), bucket);
  };

  return {
    identity: async () => (await stsClient().send(new sts.GetCallerIdentityCommand({}))).Arn ?? '',
    own: () => session(),
    assume: async (request) => {
      const input = { ...roleInput(request), ExternalId: request.externalId };
      return session((await stsClient().send(new sts.AssumeRoleCommand(input))).Credentials);
    },
    assumeWithToken: async (request, WebIdentityToken) => {
      const input = { ...roleInput(request), WebIdentityToken };
      return session((await stsClient().send(new sts.AssumeRoleWithWebIdentityCommand(input))).Credentials);
    },
  };
}

/** Credentials as STS gives them out. */
interface Issued {
  readonly AccessKeyId: string | undefined;
  readonly SecretAccessKey: string | undefined;
  readonly SessionToken: string | undefined;
}

function roleInput({ roleArn, sessionName, seconds }: RoleRequest) {
  return { RoleArn: roleArn, RoleSessionName: sessionName, DurationSeconds: seconds };
}

/** One attempt a request: what goes wrong is to be seen, not mended. */
const LIMITS = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true },
} as const;

/** The longest that a request may take in all. */
const LONGEST = 30_000;

/** No more than a request needs, so that servers in AWS's place understand it. */
const PLAIN = { requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' } as const;

const PAUSES = [500, 1_500];

/** Sends requests of a client in time, again where the server is only busy, and throws {@link Refused} where they fail. */
function sender<C extends { send: (...given: never[]) => Promise<unknown> }>(client: C): C['send'] {
  const send = client.send.bind(client) as (command: unknown, options: object) => Promise<unknown>;
  const sent = async (command: unknown, pauses = PAUSES): Promise<unknown> => {
    try {
      return await send(command, { abortSignal: AbortSignal.timeout(LONGEST) });
    } catch (error) {
      const refusal = refusalOf(error);
      const [pause, ...rest] = pauses;
      if (pause === undefined || (refusal.status ?? 0) < 500) throw new Refused(refusal);
      await new Promise((resolve) => setTimeout(resolve, pause));
      return sent(command, rest);
    }
  };
  return ((command: unknown) => sent(command)) as unknown as C['send'];
}

/** Whatever goes wrong in the SDK before a request, such as a configuration file that it can't read, is a refusal too. */
async function refusing<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw new Refused(refusalOf(error));
  }
}

async function load(): Promise<{ s3: S3; sts: Sts }> {
  try {
    const [s3, sts] = await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/client-sts')]);
    return { s3, sts };
  } catch (cause) {
    throw new Failure(
      'missing-package',
      'this needs the AWS SDK',
      'npm install @aws-sdk/client-s3 @aws-sdk/client-sts',
      { cause },
    );
  }
}
