import { type Capability, capabilitiesFor } from '../rules/confinement';
import type { Grantee } from './grantee';

/** What was asked for. */
export interface Asked {
  /** As IAM names it, for example `s3:PutObject`; none where it is not known. */
  readonly action?: string;
  /** Of a listing: the prefix that it names, empty for the root. */
  readonly prefix?: string;
}

/** Whether it is a session that was asked for: until there is one, the caller's own policies are the vendor's. */
export function opensSession({ action }: Asked): boolean {
  return action?.startsWith('sts:') ?? false;
}

/** What an integration must have for it; undefined where none may do it, or where it is not known what was asked for. */
export function capabilitiesAsked({ action, prefix }: Asked, grantee: Grantee): readonly Capability[] | undefined {
  if (action === undefined) return undefined;
  // In a bucket of its own, the root is where it may list anyway.
  return capabilitiesFor(action, prefix === grantee.prefix ? undefined : prefix);
}
