import { randomBytes } from 'node:crypto';
import { type ReceivedHandoff, readHandoff } from '../connection/received-handoff';
import { headLine, lastLine, reportJson, stepLine } from '../connection/report';
import { tryConnection } from '../connection/try-connection';
import type { Capability } from '../rules/confinement';
import { notOfDefinitions } from './deployment/of-definitions';
import { Exit, Failure, failureOf } from './host/failure';
import type { Host } from './host/host';
import { readText } from './host/read-file';
import { prose } from './terminal/prose';

export interface TestConnectionOptions {
  readonly dir: string;
  readonly json: boolean;
  /** A profile of the AWS configuration files. */
  readonly profile?: string;
  /** A file with a token of an identity provider. */
  readonly tokenFile?: string;
  /** What is granted, where the hand-off does not say. */
  readonly access?: readonly Capability[];
  /** How long sessions are asked for, in seconds. */
  readonly duration: number;
  /** A key under the prefix, and one outside it, that are there. */
  readonly object?: string;
  readonly outside?: string;
  /** Use one's own credentials, whosever bucket it is. */
  readonly anyBucket: boolean;
}

/** Acts as the vendor with what it was handed, and says of each step at once how it went. */
export async function testConnection(file: string, options: TestConnectionOptions, host: Host): Promise<Exit> {
  const handed = handedIn(file, options.access);
  const token = tokenFor(handed, options.tokenFile);
  checkKeys(handed, options);
  refuseStrangers(file, handed, options);
  if (handed.accessAssumed)
    host.err(`note: ${file} does not say what is granted; list, read, write is assumed (change it with --access)\n`);
  if (handed.kind === 'roles-anywhere')
    host.err('note: the session is the one that aws_signing_helper opens, as credential_process of the profile\n');
  const { profile, json, duration: seconds, object, outside } = options;
  const vendor = await host.aws.vendor({ region: handed.region, bucket: handed.bucket, profile });
  if (!json) host.out(prose(headLine(handed), host.width, 2));
  const report = await tryConnection(handed, vendor, {
    ...{ token, seconds, object, outside, today: host.today },
    random: randomBytes(6).toString('hex'),
    tell: (step) => {
      if (!json) host.out(prose(stepLine(step), host.width, 2));
    },
  });
  host.out(json ? reportJson(report) : prose(lastLine(report), host.width, 2));
  return report.ok ? Exit.DONE : Exit.FOUND;
}

/** More than any hand-off or token has. */
const MOST_BYTES = 2 ** 20;

/**
 * The author of the file chose bucket and role: credentials that merely happen to be in the shell are used for them
 * only where a definition says the same.
 */
function refuseStrangers(file: string, handed: ReceivedHandoff, options: TestConnectionOptions): void {
  const { profile, tokenFile, anyBucket, dir } = options;
  if (profile !== undefined || tokenFile !== undefined || anyBucket) return;
  const why = notOfDefinitions(handed, dir);
  if (why === undefined) return;
  const how = "name the vendor's with --profile NAME, or say that these may be used with --any-bucket";
  throw new Failure('unknown-bucket', `${file} ${why}: the credentials of this shell are not used there`, how);
}

function handedIn(file: string, access: readonly Capability[] | undefined): ReceivedHandoff {
  const remedy = 'write it with bucket-integrations handoff NAME --format json > FILE';
  const handed = readHandoff(readText(file, { most: MOST_BYTES, remedy }), access);
  if ('problem' in handed) throw failureOf('bad-handoff', `${file} ${handed.problem}`);
  return handed;
}

function tokenFor({ kind, roleArn }: ReceivedHandoff, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  if (kind !== 'web-identity')
    throw new Failure('wrong-kind', `--token-file is for web-identity, not for ${kind}`, 'leave it out', {
      exit: Exit.USAGE,
    });
  if (roleArn === undefined)
    throw new Failure(
      'bad-handoff',
      'the hand-off names no role',
      'make it from what is deployed (handoff --outputs FILE)',
    );
  const token = readText(file, { most: MOST_BYTES, remedy: 'give the file that holds the token' }).trim();
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token))
    throw new Failure(
      'bad-token',
      `${file} does not hold a token`,
      'give the JSON Web Token itself: three parts with dots between them',
    );
  return token;
}

function checkKeys({ prefix }: ReceivedHandoff, { object, outside }: TestConnectionOptions): void {
  if (object !== undefined && !object.startsWith(prefix))
    throw new Failure('wrong-key', `--object ${object} is not under ${prefix}`, 'name one that is', {
      exit: Exit.USAGE,
    });
  if (outside?.startsWith(prefix))
    throw new Failure(
      'wrong-key',
      `--outside ${outside} is under ${prefix || 'the bucket, all of which is granted'}`,
      prefix ? 'name one that is not' : 'leave it out',
      {
        exit: Exit.USAGE,
      },
    );
}
