/** What is known of an account, and what is made of it. */
import type { Snapshot } from '../account/snapshot';
import type { AccountPolicies } from './account-policies';
import type { Candidate } from './candidate';
import type { Site } from './grants';
import type { Leak } from './leak';
import type { Setups } from './setups';
import type { Unsaid } from './trust-read';

/** What a way in came to. */
export interface Read {
  readonly candidate?: Candidate;
  readonly leaks: readonly Leak[];
  readonly unsaid: readonly Unsaid[];
}

/** What is known of the account. */
export interface AccountFacts {
  readonly snapshot: Snapshot;
  readonly policies: AccountPolicies;
  readonly setups: Setups;
  readonly isOurs: (account: string) => boolean;
}

export function siteOf({ partition }: Snapshot, bucket: string): Site {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return { name: bucket, arn, objects: `${arn}/` };
}

export function described(type: string, name: string, created: string | undefined): string {
  return `${type} ${name}${created === undefined ? '' : `, made ${created.slice(0, 10)}`}`;
}

export function used(last: string | undefined): string {
  return last === undefined ? '' : `, last used ${last.slice(0, 10)}`;
}
