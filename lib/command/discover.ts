import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Snapshot } from '../account/snapshot';
import { KnownVendors } from '../definitions/profiles/known-vendors';
import { Profiles } from '../definitions/profiles/profiles';
import { type Discovery, discover } from '../discovery/discover';
import { all } from '../text/list';
import { nearest } from '../text/nearest';
import { counted } from '../text/plural';
import { quote } from '../text/quote';
import { readSnapshotFile } from './deployment/snapshot-file';
import { type Judged, judged } from './discovered/judged';
import { knownSettings } from './discovered/known-settings';
import { nextSteps } from './discovered/next-steps';
import { sayDiscovery } from './discovered/say-discovery';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';

export interface DiscoverCommandOptions {
  readonly json: boolean;
  readonly snapshot?: string;
  /** The folder that is written. */
  readonly out?: string;
  readonly bucket: readonly string[];
  /** Bucket → client. */
  readonly clientOf: ReadonlyMap<string, string>;
}

/** Writes definitions of those who reach an account's buckets from outside, and says what cannot be one. */
export function discoverCommand(options: DiscoverCommandOptions, host: Host): Exit {
  const { out, json, snapshot: file } = options;
  if (file === undefined || out === undefined) {
    const fix = 'name both: discover --snapshot account.json --out integrations';
    throw new Failure('wrong-usage', `no ${file === undefined ? 'snapshot' : 'folder to write into'} is named`, fix, {
      exit: Exit.USAGE,
    });
  }
  const snapshot = readSnapshotFile(file);
  checkBuckets(snapshot, file, options);
  const profiles = new Profiles(out);
  const { bucket, clientOf } = options;
  const found = discover(snapshot, {
    ...(bucket.length > 0 && { buckets: bucket }),
    clientOf,
    settings: knownSettings(out, host),
    vendors: new KnownVendors(profiles),
  });
  const result = judged(found, out, host);
  write(out, result.files);
  const next = nextSteps(result, out);
  if (json) host.out(`${JSON.stringify(documented(result, next), null, 2)}\n`);
  else sayDiscovery(result, next, out, host);
  sayNotRead(found, host);
  return Exit.DONE;
}

function documented({ definitions, leaks, inexpressible }: Judged, next: readonly string[]) {
  return { found: definitions.map(({ found }) => found), leaks, inexpressible, next };
}

/** @throws Failure where a bucket is named that the snapshot does not hold */
function checkBuckets({ buckets = [] }: Snapshot, file: string, { bucket, clientOf }: DiscoverCommandOptions): void {
  const names = buckets.map(({ Name }) => Name);
  const unknown = [...bucket, ...clientOf.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const near = nearest(unknown, names);
    const fix =
      near === undefined ? 'take the snapshot again with --bucket NAME or --all-buckets' : `did you mean ${near}?`;
    throw new Failure('no-snapshot-bucket', `${file} does not hold the bucket ${quote(unknown)}`, fix);
  }
  if (names.length === 0) {
    const fix = 'take the snapshot again with --bucket NAME or --all-buckets';
    throw new Failure('no-snapshot-bucket', `${file} holds no bucket`, fix);
  }
}

/**
 * Writes files where none are, all or none.
 * @throws Failure where one of them is there already, or cannot be written
 */
function write(dir: string, files: ReadonlyMap<string, string>): void {
  const there = [...files.keys()].filter((file) => existsSync(join(dir, file)));
  if (there.length > 0) {
    const which = all(there.slice(0, 5).map((file) => join(dir, file)));
    const more = there.length > 5 ? ` and ${counted(there.length - 5, 'other')}` : '';
    throw new Failure(
      'file-exists',
      `nothing was written: ${which}${more} ${there.length === 1 ? 'exists' : 'exist'} already`,
      'name another folder with --out, other clients with --client-of BUCKET=NAME, or fewer buckets with --bucket',
    );
  }
  const written: string[] = [];
  try {
    for (const [file, text] of files) {
      const path = join(dir, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text, { flag: 'wx' });
      written.push(path);
    }
  } catch (error) {
    for (const path of written) rmSync(path, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    const message = `${dir} cannot be written (${code}), and nothing was`;
    throw new Failure('cannot-write', message, 'name a folder with --out', { cause: error });
  }
}

const MOST_GAPS = 5;

/** What was not read may hide somebody. */
function sayNotRead({ notRead }: Discovery, host: Host): void {
  if (notRead.length === 0) return;
  for (const each of notRead.slice(0, MOST_GAPS)) host.err(`not read: ${each}\n`);
  const more = notRead.length > MOST_GAPS ? ` (${counted(notRead.length, 'gap')} in all)` : '';
  host.err(`what was not read may hide somebody${more}: read it too before you rely on this\n`);
}
