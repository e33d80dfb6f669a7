import { type Ask, Refusal } from '../../account/readers/ask';
import type { ReaderService } from '../../rules/account-reader';
import type { AccountSource } from '../host/aws';
import { Failure } from '../host/failure';

/** Of each service the name of its client, and how its package is loaded: only when it is asked. */
const PACKAGES: Readonly<Record<ReaderService, readonly [client: string, name: string, load: () => Promise<object>]>> =
  {
    sts: ['STSClient', 'client-sts', () => import('@aws-sdk/client-sts')],
    iam: ['IAMClient', 'client-iam', () => import('@aws-sdk/client-iam')],
    s3: ['S3Client', 'client-s3', () => import('@aws-sdk/client-s3')],
    s3control: ['S3ControlClient', 'client-s3-control', () => import('@aws-sdk/client-s3-control')],
    kms: ['KMSClient', 'client-kms', () => import('@aws-sdk/client-kms')],
    secretsmanager: ['SecretsManagerClient', 'client-secrets-manager', () => import('@aws-sdk/client-secrets-manager')],
    rolesanywhere: ['RolesAnywhereClient', 'client-rolesanywhere', () => import('@aws-sdk/client-rolesanywhere')],
    transfer: ['TransferClient', 'client-transfer', () => import('@aws-sdk/client-transfer')],
    cloudformation: ['CloudFormationClient', 'client-cloudformation', () => import('@aws-sdk/client-cloudformation')],
  };

/** As much of a client as is used here. */
interface Client {
  readonly config: {
    readonly credentials?: unknown;
    forcePathStyle?: boolean;
    region(): Promise<string>;
    serviceConfiguredEndpoint?(): Promise<object | undefined>;
  };
  readonly middlewareStack: { add(middleware: unknown, options: object): void };
  send(command: object): Promise<object>;
}

type Constructor<T> = new (input: object) => T;
type Package = Readonly<Record<string, unknown>>;

/** Patient: a service that has too much to do is asked again, ever more seldom. */
const SETTINGS = {
  maxAttempts: 10,
  retryMode: 'adaptive',
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
  // A bucket whose Region is not known is followed there.
  followRegionRedirects: true,
} as const;

/**
 * An account through the AWS SDK, with the ordinary chain of credentials.
 * @throws Failure where a package of the SDK is not there
 */
export async function sdkAccount(): Promise<AccountSource> {
  const packages = await load();
  const clientClass = (service: ReaderService) => packages[service][PACKAGES[service][0]] as Constructor<Client>;
  const first = new (clientClass('sts'))(SETTINGS);
  const clients = new Map<string, Promise<Client>>();
  const make = async (service: ReaderService, region: string) => {
    // The credentials are fetched once for all.
    const settings = { ...SETTINGS, region, credentials: first.config.credentials };
    const client = new (clientClass(service))(settings);
    if (await client.config.serviceConfiguredEndpoint?.()) speakPlainly(client, service);
    return client;
  };
  const clientOf = (service: ReaderService, region: string) => {
    const key = `${service} ${region}`;
    const made = clients.get(key) ?? make(service, region);
    clients.set(key, made);
    return made;
  };
  const send = async (service: ReaderService, region: string, operation: string, input: object): Promise<object> => {
    const Command = packages[service][`${operation}Command`] as Constructor<object>;
    try {
      const client = await clientOf(service, region);
      const { $metadata: _, ...answer } = (await client.send(new Command(input))) as { readonly $metadata?: object };
      return answer;
    } catch (error) {
      throw refusalOf(error);
    }
  };
  return { ask: send as Ask, region: await first.config.region().catch(() => undefined), asked: new Date() };
}

/** Servers in AWS's place seldom have a name for each bucket and account. */
function speakPlainly(client: Client, service: ReaderService): void {
  client.config.forcePathStyle = true;
  if (service !== 's3control') return;
  const withoutAccount = (next: (args: unknown) => unknown) => (args: { request: { hostname: string } }) => {
    args.request.hostname = args.request.hostname.replace(/^\d{12}\./, '');
    return next(args);
  };
  // Before the host is written into a header, and signed.
  client.middlewareStack.add(withoutAccount, { step: 'build', priority: 'high', name: 'withoutAccount' });
}

async function load(): Promise<Readonly<Record<ReaderService, Package>>> {
  const missing: string[] = [];
  const loaded = Object.entries(PACKAGES).map(async ([service, [, name, load]]) => {
    try {
      return [service, await load()] as const;
    } catch {
      missing.push(`@aws-sdk/${name}`);
      return [service, {}] as const;
    }
  });
  const packages = Object.fromEntries(await Promise.all(loaded)) as Readonly<Record<ReaderService, Package>>;
  if (missing.length === 0) return packages;
  throw new Failure('missing-package', 'this needs the AWS SDK', `npm install ${missing.sort().join(' ')}`);
}

/** Some services add a word to their codes that others leave out. */
function refusalOf(error: unknown): Refusal {
  const { name, message, code } = error as NodeJS.ErrnoException;
  // Of a connection that was tried at several addresses there is a code only.
  const why = (message || code || 'no message').replace(/\s+/g, ' ');
  return new Refusal(
    (name === 'Error' || name === 'AggregateError' ? (code ?? name) : name).replace(/Exception$/, ''),
    why,
  );
}
