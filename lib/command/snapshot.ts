import { existsSync } from 'node:fs';
import { Refusal } from '../account/readers/ask';
import { collect, identify } from '../account/readers/collect';
import { pooled } from '../account/readers/pool';
import { NotASnapshot, type Snapshot } from '../account/snapshot';
import type { Deployment } from '../definitions/model/model';
import { readerPolicy } from '../rules/account-reader';
import { partitionOf } from '../rules/names';
import { REMOVE_AT_MOST } from '../rules/stacks';
import { all } from '../text/list';
import { counted, withThousands } from '../text/plural';
import { printable, quote } from '../text/quote';
import { loadValid } from './deployment/load-valid';
import { checkSnapshotPlace, writeSnapshotFile } from './deployment/snapshot-file';
import { clientsOf, snapshotScope } from './deployment/snapshot-scope';
import type { AccountSource } from './host/aws';
import { Exit, Failure, failureOf, fixOfRefusal } from './host/failure';
import type { Host } from './host/host';
import { progressLine } from './terminal/progress';

export interface SnapshotOptions {
  readonly dir: string;
  readonly json: boolean;
  /** The file that is written. */
  readonly out?: string;
  /** Buckets beside those of the definitions. */
  readonly bucket: readonly string[];
  readonly allBuckets: boolean;
  /** Regions beside those of the definitions. */
  readonly region: readonly string[];
  /** Print the policy that the reader needs, and read nothing. */
  readonly policy: boolean;
}

/** Reads an account into a file, as far as the credentials may. */
export async function snapshot(options: SnapshotOptions, host: Host): Promise<Exit> {
  const { out } = options;
  if (options.policy) {
    host.out(`${JSON.stringify(readerPolicy(partitionOf(options.region[0]) ?? 'aws'), null, 2)}\n`);
    return Exit.DONE;
  }
  if (out === undefined)
    throw new Failure('missing-answer', 'no file is named', 'name the one to write: --out account.json', {
      exit: Exit.USAGE,
    });
  checkSnapshotPlace(out);
  const deployment = definitions(options, host);
  if (!deployment) return Exit.FOUND;
  const made = await takeSnapshot(options, deployment, host);
  writeSnapshotFile(out, made);
  if (options.json) host.out(`${JSON.stringify(summary(out, made), null, 2)}\n`);
  else say(out, made, host);
  const gone = options.bucket.filter((name) => made.bucketNames?.includes(name) === false);
  for (const name of gone) host.err(`account ${made.account} has no bucket ${quote(name)}: correct --bucket\n`);
  return gone.length === 0 ? Exit.DONE : Exit.FOUND;
}

/** None where there is no folder, and buckets are named instead: there are none before there are integrations. */
function definitions({ dir, bucket, allBuckets }: SnapshotOptions, host: Host): Deployment | undefined {
  if ((bucket.length > 0 || allBuckets) && !existsSync(dir)) {
    host.err(`there are no definitions in ${dir}: only the buckets that you name are read\n`);
    return { tags: {}, removeAtMost: REMOVE_AT_MOST.byDefault, clients: [] };
  }
  return loadValid(dir, host);
}

/** What is read of an account. */
export type Extent = Pick<SnapshotOptions, 'bucket' | 'allBuckets' | 'region'>;

/**
 * Reads the account of the credentials, as far as they may.
 * @throws Failure where AWS refuses them, or no client is of their account
 */
export async function takeSnapshot(extent: Extent, deployment: Deployment, host: Host): Promise<Snapshot> {
  return answered(read(extent, deployment, host));
}

async function read(options: Extent, deployment: Deployment, host: Host): Promise<Snapshot> {
  const source = await host.aws.account();
  const region = homeOf(options, source, deployment);
  const identity = await identify(source.ask, region);
  const { account } = identity;
  const clients = clientsOf(deployment, account);
  const { bucket: buckets, allBuckets } = options;
  if (clients.length === 0 && buckets.length === 0 && !allBuckets) throw noClient(account, deployment);
  const others = deployment.clients.length - clients.length;
  if (others > 0) host.err(`${counted(others, 'client')} of other accounts: each account has a snapshot of its own\n`);
  const usual = source.region ?? region;
  const scope = snapshotScope(clients, { account, region: usual, regions: options.region, buckets, allBuckets });
  const line = progressLine(host);
  const ask = pooled(source.ask, ({ answered, left }) =>
    line.show(`account ${account}: ${counted(answered, 'answer')}, ${withThousands(left)} to go`),
  );
  try {
    return await collect(ask, identity, region, scope, source.asked);
  } finally {
    line.end();
  }
}

/** The Region in which is asked what is of no Region: it must be of the partition of the credentials. */
function homeOf({ region }: Extent, source: AccountSource, { clients }: Deployment): string {
  const home = region[0] ?? source.region ?? clients.find((client) => client.region !== undefined)?.region;
  if (home !== undefined) return home;
  throw new Failure('missing-answer', 'no Region is known', 'add --region eu-west-1, or set AWS_REGION', {
    exit: Exit.USAGE,
  });
}

function noClient(account: string, { clients }: Deployment): Failure {
  const accounts = [...new Set(clients.flatMap((client) => client.account ?? []))].sort();
  const whose = accounts.length === 0 ? 'there are no clients' : `clients are of ${all(accounts.slice(0, 5))}`;
  const fix = 'use credentials of a client’s account, or name buckets with --bucket or --all-buckets';
  return new Failure(
    'unknown-client',
    `these credentials are of account ${account}, which has no client (${whose})`,
    fix,
  );
}

/** What AWS refuses as a whole, or answers in a form of its own, is told in one line. */
async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refusal)
      throw new Failure(
        'aws-refused',
        printable(`AWS says ${error.code}: ${error.message}`),
        fixOfRefusal(error.code),
        {
          cause: error,
        },
      );
    if (error instanceof NotASnapshot)
      throw failureOf('aws-refused', `AWS's answer differs from its documentation: ${error.message}`);
    throw error;
  }
}

function summary(file: string, { account, partition, regions, collectedAt, notRead, ...made }: Snapshot) {
  const counts = Object.fromEntries(countsOf(made).map(([name, many]) => [`${name}s`, many]));
  return { file, account, partition, regions, collectedAt, counts, notRead };
}

/** How many there are of each; a list that was not read is left out. */
function countsOf(made: Partial<Snapshot>): [thing: string, count: number][] {
  const { iam, buckets, keys, secrets, stacks } = made;
  const lists = {
    role: iam?.RoleDetailList,
    user: iam?.UserDetailList,
    group: iam?.GroupDetailList,
    bucket: buckets,
    key: keys,
    secret: secrets,
    stack: stacks,
  };
  return Object.entries(lists).flatMap(([name, list]) => (list ? [[name, list.length]] : []));
}

/** Reasons that are shown; the file has all of them. */
const MOST_REASONS = 10;

function say(file: string, made: Snapshot, host: Host): void {
  const counts = countsOf(made).map(([name, many]) => counted(many, name));
  host.err(`wrote ${file}: account ${made.account}, ${all(made.regions)}: ${counts.join(', ')}\n`);
  const { notRead } = made;
  if (notRead.length === 0) return;
  const reasons = new Map<string, number>();
  for (const { list, why } of notRead) {
    const reason = `${list}: ${why.length > 200 ? `${why.slice(0, 200)}…` : why}`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  host.err(`not read: ${counted(notRead.length, 'thing')}\n`);
  for (const [reason, times] of [...reasons].slice(0, MOST_REASONS))
    host.err(`  ${printable(reason)}${times > 1 ? ` (${withThousands(times)} times)` : ''}\n`);
  if (reasons.size > MOST_REASONS)
    host.err(`  and ${counted(reasons.size - MOST_REASONS, 'reason')} more, in the file\n`);
  host.err('npx bucket-integrations snapshot --policy prints the policy that the reader needs\n');
}
