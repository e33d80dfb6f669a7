import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type Key, REGION } from './ceph';
import { endpoints } from './endpoints';

/** A key, or a session's. */
export interface Credentials extends Key {
  readonly sessionToken?: string;
}

/** How a client differs from an ordinary one. */
export interface ClientOptions {
  /** Send requests that count as sent over plain HTTP. */
  readonly plain?: boolean;
  readonly region?: string;
  /** The IP address that requests count as sent from. */
  readonly from?: string;
}

/** Clients of whoever holds these credentials, of the server that enforces policies. */
export function clientsOf(credentials: Credentials, { plain = false, region = REGION, from }: ClientOptions = {}) {
  const endpoint = plain ? endpoints().plainGateway : endpoints().gateway;
  // A copy: the SDK writes into what it gets.
  const common = { endpoint, region, credentials: { ...credentials }, maxAttempts: 2 };
  const clients = {
    s3: new S3Client({
      ...common,
      forcePathStyle: true,
      // The gateway is older than the checksums that clients add nowadays.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
    sts: new STSClient(common),
    iam: new IAMClient(common),
  };
  if (from !== undefined) for (const { middlewareStack } of Object.values(clients)) sendFrom(middlewareStack, from);
  return clients;
}

function sendFrom(
  stack: S3Client['middlewareStack'] | STSClient['middlewareStack'] | IAMClient['middlewareStack'],
  address: string,
): void {
  (stack as STSClient['middlewareStack']).add(
    (next) => (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      headers['x-forwarded-for'] = address;
      return next(args);
    },
    { step: 'build', name: 'sendFrom' },
  );
}

export type Clients = ReturnType<typeof clientsOf>;

/** What a session of a role is asked for with. */
export interface SessionRequest {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sessionName?: string;
  readonly seconds?: number;
}

/** Assumes a role on the server that enforces policies. */
export async function assume(as: Credentials, request: SessionRequest, options?: ClientOptions): Promise<Credentials> {
  return sessionOf(clientsOf(as, options).sts, request);
}

const ofMoto = new Map<string, Promise<Credentials>>();

/** Credentials of an account on moto, where any will do, but each account has its own. */
export function motoCredentials(account: string): Promise<Credentials> {
  const known = ofMoto.get(account);
  if (known) return known;
  const anybody = { accessKeyId: 'test', secretAccessKey: 'test' };
  const sts = new STSClient({ endpoint: endpoints().moto, region: REGION, credentials: anybody });
  const credentials = sessionOf(sts, { roleArn: `arn:aws:iam::${account}:role/deployer` });
  ofMoto.set(account, credentials);
  return credentials;
}

/** Clients of moto, which enforces nothing. */
export async function motoClients(account: string, region = REGION) {
  const common = { endpoint: endpoints().moto, region, credentials: { ...(await motoCredentials(account)) } };
  return {
    secrets: new SecretsManagerClient(common),
    kms: new KMSClient(common),
    cloudFormation: new CloudFormationClient(common),
  };
}

async function sessionOf(sts: STSClient, { roleArn, externalId, sessionName, seconds }: SessionRequest) {
  const { Credentials: session } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn,
      ExternalId: externalId,
      RoleSessionName: sessionName ?? 'session',
      DurationSeconds: seconds,
    }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = session ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
