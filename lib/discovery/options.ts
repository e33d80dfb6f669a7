import type { Kind } from '../rules/vocabulary';

/** What the settings of a folder say already, or would say. */
export interface KnownSettings {
  /** Whether there is such a file. */
  readonly isThere: boolean;
  readonly account?: string;
  readonly region?: string;
  readonly bucketPrefix: string;
  readonly rolePath?: string;
  readonly permissionsBoundary?: string;
  readonly ownAccounts: readonly string[];
  readonly organization?: string;
}

/** What is known of vendors, for people to read: never a reason to trust. */
export interface VendorNames {
  /** Who an account is, where its owner made that public. */
  nameOf(account: string): string | undefined;
  /** The profile of the vendor that these are. */
  profileOf(vendor: {
    readonly name: string;
    readonly principals: readonly string[];
    readonly kind: Kind;
  }): string | undefined;
}

export interface DiscoverOptions {
  /** The buckets to look at; all that were looked into without it. */
  readonly buckets?: readonly string[];
  /** Bucket → client. */
  readonly clientOf: ReadonlyMap<string, string>;
  readonly settings: KnownSettings;
  readonly vendors: VendorNames;
}
