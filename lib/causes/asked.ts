import { type Capability, capabilitiesFor } from '../rules/confinement';
import type { Grantee } from './grantee';

/** What was asked for, as far as it is known. */
export interface Asked {
  /** As IAM names it, for example `s3:PutObject`. */
  readonly action?: string;
  /** As the API names it, for example `HeadBucket`, where one action is needed for several. */
  readonly operation?: string;
  /** Of a listing: the prefix that it names, empty for the root. */
  readonly prefix?: string;
  /** The bucket, where it may be another than the integration's. */
  readonly bucket?: string;
  /** The object's key. */
  readonly key?: string;
  /** Whether the request names another encryption than the bucket's. */
  readonly foreignEncryption?: boolean;
  /** The canned ACL that was sent. */
  readonly acl?: string;
  /** Whether it came over plain HTTP. */
  readonly plainHttp?: boolean;
  /** From where it came, where that is not one of the integration's `sourceIps`, `vpcEndpoints` and `sourceVpcs`. */
  readonly wrongOrigin?: string;
}

/** Whether it is a session that was asked for: until there is one, the caller's own policies are the vendor's. */
export function opensSession({ action }: Asked): boolean {
  return action !== undefined && /^(?:sts|rolesanywhere):/.test(action);
}

/** What an integration must have for it; undefined where none may do it, or where it is not known what was asked for. */
export function capabilitiesAsked({ action, prefix }: Asked, grantee: Grantee): readonly Capability[] | undefined {
  if (action === undefined) return undefined;
  // In a bucket of its own, the root is where it may list anyway.
  return capabilitiesFor(action, prefix === grantee.prefix ? undefined : prefix);
}
