import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type ReceivedHandoff, readHandoff } from '../connection/received-handoff';
import { headLine, lastLine, reportJson, stepLine } from '../connection/report';
import { tryConnection } from '../connection/try-connection';
import type { Capability } from '../rules/confinement';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';

export interface TestConnectionOptions {
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
}

/** Acts as the vendor with what it was handed, and says of each step at once how it went. */
export async function testConnection(file: string, options: TestConnectionOptions, host: Host): Promise<Exit> {
  const handed = handedIn(file, options.access);
  const token = tokenFor(handed, options.tokenFile);
  checkKeys(handed, options);
  if (handed.accessAssumed)
    host.err(`note: ${file} does not say what is granted; list, read, write is assumed (--access says otherwise)\n`);
  if (handed.kind === 'roles-anywhere')
    host.err('note: the session is the one that aws_signing_helper opens, as credential_process of the profile\n');
  const { profile, json, duration: seconds, object, outside } = options;
  const vendor = await host.aws.vendor({ region: handed.region, bucket: handed.bucket, profile });
  if (!json) host.out(headLine(handed));
  const report = await tryConnection(handed, vendor, {
    ...{ token, seconds, object, outside, today: host.today },
    random: randomBytes(6).toString('hex'),
    tell: (step) => {
      if (!json) host.out(stepLine(step));
    },
  });
  host.out(json ? reportJson(report) : lastLine(report));
  return report.ok ? Exit.DONE : Exit.FOUND;
}

function handedIn(file: string, access: readonly Capability[] | undefined): ReceivedHandoff {
  const handed = readHandoff(read(file, 'write it with bucket-integrations handoff NAME --format json > FILE'), access);
  if ('problem' in handed) throw new Failure('bad-handoff', `${file} ${handed.problem}`);
  return handed;
}

function tokenFor({ kind, roleArn }: ReceivedHandoff, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  if (kind !== 'web-identity')
    throw new Failure('wrong-kind', `--token-file is for web-identity, not for ${kind}`, { exit: Exit.USAGE });
  if (roleArn === undefined)
    throw new Failure(
      'bad-handoff',
      'the hand-off names no role; make it from what is deployed (handoff --outputs FILE)',
    );
  const token = read(file, 'give the file that holds the token').trim();
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token))
    throw new Failure('bad-token', `${file} does not hold a token: three parts with dots between them`);
  return token;
}

function checkKeys({ prefix }: ReceivedHandoff, { object, outside }: TestConnectionOptions): void {
  if (object !== undefined && !object.startsWith(prefix))
    throw new Failure('wrong-key', `--object ${object} is not under ${prefix}`, { exit: Exit.USAGE });
  if (outside?.startsWith(prefix))
    throw new Failure('wrong-key', `--outside ${outside} is under ${prefix || 'the bucket, all of which is granted'}`, {
      exit: Exit.USAGE,
    });
}

function read(file: string, remedy: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Failure(
      'cannot-read',
      `${file} ${code === 'ENOENT' ? 'is not there' : `cannot be read (${message})`}; ${remedy}`,
      { cause: error },
    );
  }
}
