/** Accounts with one way in, or a few, as data: what public guides and modules make, and what people made manually. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { toSnapshot } from '../../lib/account/snapshot';
import { KnownVendors } from '../../lib/definitions/profiles/known-vendors';
import { Profiles } from '../../lib/definitions/profiles/profiles';
import { type Discovery, discover } from '../../lib/discovery/discover';
import type { KnownSettings } from '../../lib/discovery/options';
import { addBucket, emptyAccount, type Raw } from '../support/deployed-account';
import { addRole, addUser, allow, document, trust } from '../verification/messes/edits';

/** One case of `ways.yaml`. */
export interface Case {
  readonly name: string;
  /** Where the policies are from; made for the test without it. */
  readonly source?: string;
  readonly roles?: Readonly<Record<string, { readonly trust: string | object; readonly policy?: string | object[] }>>;
  readonly users?: Readonly<
    Record<string, { readonly policy?: string | object[]; readonly keys?: object[]; readonly password?: boolean }>
  >;
  readonly bucketPolicy?: readonly object[];
  /** Members of the bucket. */
  readonly bucket?: object;
  /** Members of the account. */
  readonly account?: object;
  /** Whether another vendor has a prefix in the bucket. */
  readonly neighbour?: boolean;
  /** What is found, in lines. */
  readonly expect: Readonly<Record<string, readonly string[]>>;
}

export const BUCKET = 'kohler-data';
export const CASES: readonly Case[] = parse(readFileSync(join(__dirname, 'ways.yaml'), 'utf8'));

const PLACES: Readonly<Record<string, string>> = {
  BUCKET,
  PREFIX: 'feeds',
  HOST_ACCOUNT: '111122223333',
  ROLE_NAME: 'databricks',
  KMS_KEY_ARN: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
};

function filled<T>(value: T): T {
  const text = JSON.stringify(value).replace(
    /\{\{([A-Z_]+)\}\}/g,
    (_, name: string) => PLACES[name] ?? `the-${name.toLowerCase().replaceAll('_', '-')}`,
  );
  return JSON.parse(text);
}

/** A published policy by its name, or statements. */
function policy(given: string | object): Raw {
  if (typeof given !== 'string') return document(...[given].flat());
  const folder = given.includes('-trust') ? join(__dirname, 'published') : join(__dirname, '../data/published');
  return JSON.parse(readFileSync(join(folder, `${given}.json`), 'utf8'));
}

/** The account of a case. */
export function accountOf(one: Case): Raw {
  const account = emptyAccount();
  addBucket(account, BUCKET);
  for (const [name, { trust: trusted, policy: held = [] }] of Object.entries(one.roles ?? {}))
    addRole(account, name, filled(policy(trusted)), filled(policy(held)));
  for (const [name, { policy: held = [], keys = [], password }] of Object.entries(one.users ?? {})) {
    addUser(account, name, filled(policy(held)));
    for (const key of keys) account.accessKeys.push({ UserName: name, Status: 'Active', ...key });
    if (password) account.loginProfiles.push(name);
  }
  if (one.neighbour) {
    const place = `arn:aws:s3:::${BUCKET}/next/*`;
    addRole(
      account,
      'kohler-data_next',
      trust({ AWS: 'arn:aws:iam::888800001111:role/next' }),
      document(allow('s3:GetObject', place)),
    );
  }
  const [bucket] = account.buckets;
  if (one.bucketPolicy) bucket.Policy = JSON.stringify(document(...filled([...one.bucketPolicy])));
  Object.assign(bucket, one.bucket);
  Object.assign(account, one.account);
  return account;
}

export const NO_SETTINGS: KnownSettings = { isThere: false, bucketPrefix: 'integrations', ownAccounts: [] };
const VENDORS = new KnownVendors(new Profiles());

export function discovered(account: Raw, settings: KnownSettings = NO_SETTINGS): Discovery {
  return discover(toSnapshot(structuredClone(account)), { clientOf: new Map(), settings, vendors: VENDORS });
}

/** What was found, in lines. */
export function summary({ definitions, leaks, inexpressible }: Discovery): Readonly<Record<string, readonly string[]>> {
  const own = definitions.filter(({ found }) => found.vendor !== 'next');
  const about = (of: (one: (typeof own)[number]) => readonly string[]) => own.flatMap(of);
  const all = {
    found: own.map(({ found, draft, profile }) => {
      const { vendor, kind, prefix, access, principals } = found;
      const { status = 'active' } = draft;
      const like = profile === undefined ? '' : `, profile ${profile}`;
      return `${vendor}: ${kind}, ${status}, ${prefix || 'the whole bucket'}, ${access.join(' ')}, ${principals.join(' ')}${like}`;
    }),
    excess: about(({ found }) => found.excess),
    lost: about(({ found }) => found.lost),
    more: about(({ found }) => found.more),
    notes: about(({ notes }) => notes),
    leaks: leaks.map(({ principal, what }) => `${principal} ${what}`),
    inexpressible: inexpressible.map(({ resource, why }) => `${resource}: ${why}`),
  };
  return Object.fromEntries(Object.entries(all).filter(([, lines]) => lines.length > 0));
}
