import type { Kind } from '../../rules/vocabulary';

/** What `new` may be told instead of asking. */
export interface NewOptions {
  readonly dir: string;
  readonly json: boolean;
  readonly profile?: string;
  readonly kind?: Kind;
  /** The name of a way of the vendor's profile. */
  readonly way?: string;
  /** The vendor's site. */
  readonly site?: string;
  readonly inAws?: boolean;
  readonly assumesRoles?: boolean;
  readonly certificate?: boolean;
  readonly token?: boolean;
  readonly principal?: readonly string[];
  readonly externalId?: string;
  readonly access?: readonly string[];
  readonly prefix?: string;
  readonly bucket?: string;
  readonly reason?: string;
  readonly description?: string;
  readonly request?: string;
  readonly owner?: string;
  /** `YYYY-MM-DD`. */
  readonly expires?: string;
}
