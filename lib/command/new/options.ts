import type { ExternalTrust } from '../../rules/trust';
import type { Kind } from '../../rules/vocabulary';

/** A warning that is meant, and why. */
export interface AcceptedCode {
  readonly code: string;
  readonly reason: string;
}

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
  /** Whom to reach at the vendor. */
  readonly contact?: string;
  /** `YYYY-MM-DD`. */
  readonly reviewBy?: string;
  readonly roleName?: string;
  /** Principals, each with an external ID of its own, if it has one. */
  readonly trust?: readonly ExternalTrust[];
  readonly sessionTags?: boolean;
  readonly sourceIdentity?: boolean;
  readonly sourceIp?: readonly string[];
  readonly vpcEndpoint?: readonly string[];
  readonly sourceVpc?: readonly string[];
  /** Warnings that are meant. */
  readonly accept?: readonly AcceptedCode[];
  /** `YYYY-MM-DD`. */
  readonly expires?: string;
}
