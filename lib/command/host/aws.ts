import type { Ask } from '../../account/readers/ask';
import type { Vendor } from '../../connection/vendor';
import type { AccountStacks, Place } from '../../deploy/account-stacks';
import type { UserFacts } from '../../rotation/model';

/** What the command asks of AWS. */
export interface Aws {
  /** The values of a stack's outputs. */
  stackOutputs(stackName: string, region: string | undefined): Promise<string[]>;
  /**
   * The stacks at a place that are named as clients' are.
   * @param qualifier of the bootstrap stacks there
   */
  stacks(place: Place, qualifier: string): Promise<AccountStacks>;
  /** The value of a secret. */
  secretValue(name: string, region: string | undefined): Promise<string>;
  /** A user with its access keys; undefined where there is no such user. */
  user(name: string, region: string | undefined): Promise<UserFacts | undefined>;
  /** The id of the access key that a secret holds, and nothing else of it; undefined where there is no such secret. */
  heldKeyId(secretName: string, region: string | undefined): Promise<string | undefined>;
  /** A vendor, with the credentials that it is given. */
  vendor(options: VendorOptions): Promise<Vendor>;
  /** The account of the credentials that the SDK finds. */
  account(): Promise<AccountSource>;
}

/** How an account is asked. */
export interface AccountSource {
  readonly ask: Ask;
  /** Of the environment and the AWS configuration files. */
  readonly region?: string;
  /** When it is asked. */
  readonly asked: Date;
}

/** Where a vendor turns, and where its credentials come from. */
export interface VendorOptions {
  readonly region: string;
  readonly bucket: string;
  /** A profile of the AWS configuration files; the ordinary chain of credentials without it. */
  readonly profile?: string;
}
