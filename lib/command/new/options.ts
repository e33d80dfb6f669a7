import type { ExternalTrust } from '../../rules/trust';
import type { KeySlot, Kind, Status } from '../../rules/vocabulary';

/** A warning that is meant, and why. */
export interface AcceptedCode {
  readonly code: string;
  readonly reason: string;
  /** The day from which it is a warning again, `YYYY-MM-DD`. */
  readonly until?: string;
}

/** The answers from which a definition is written; what is left out is asked, or has its default. */
export interface NewAnswers {
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
  /** Principals, each with an external ID of its own, if it has one. */
  readonly trust?: readonly ExternalTrust[];
  /** `false`: the vendor sends none. */
  readonly externalId?: readonly string[] | false;
  /** The vendor makes the external ID, and it is not known yet. */
  readonly externalIdLater?: boolean;
  readonly wholeAccount?: boolean;
  readonly roleName?: string;
  readonly sessionName?: string;
  /** `15m` to `12h`. */
  readonly sessionDuration?: string;
  readonly sessionTags?: boolean;
  readonly sourceIdentity?: boolean;
  readonly selfAssume?: boolean;
  readonly accessPoint?: boolean;
  /** A PEM file beside the definition. */
  readonly caFile?: string;
  /** The ARN of a trust anchor. */
  readonly trustAnchor?: string;
  readonly commonName?: string;
  readonly organization?: string;
  readonly organizationalUnit?: string;
  readonly acceptSessionName?: boolean;
  readonly issuer?: string;
  readonly audience?: readonly string[];
  readonly subject?: readonly string[];
  readonly keySlots?: readonly KeySlot[];
  readonly access?: readonly string[];
  readonly prefix?: string;
  readonly wholeBucket?: boolean;
  /** The name of a bucket of its own. */
  readonly bucket?: string;
  readonly bucketExisting?: boolean;
  /** `create`, or the ARN of a key. */
  readonly bucketKmsKey?: string;
  readonly bucketUnversioned?: boolean;
  readonly bucketEventBridge?: boolean;
  readonly abortUploadsAfter?: number;
  readonly expireObjectsAfter?: number;
  readonly expireOldVersionsAfter?: number;
  readonly reason?: string;
  readonly description?: string;
  readonly request?: string;
  readonly owner?: string;
  /** Whom to reach at the vendor. */
  readonly contact?: string;
  /** `YYYY-MM-DD`. */
  readonly reviewBy?: string;
  /** `YYYY-MM-DD`. */
  readonly expires?: string;
  readonly sourceIp?: readonly string[];
  readonly vpcEndpoint?: readonly string[];
  readonly sourceVpc?: readonly string[];
  readonly stackPart?: number;
  readonly status?: Status;
  /** Warnings that are meant. */
  readonly accept?: readonly AcceptedCode[];
}

/** What `new` is told. */
export interface NewOptions extends NewAnswers {
  readonly dir: string;
  readonly json: boolean;
  readonly profile?: string;
  /** Ask only what cannot be left out. */
  readonly yes?: boolean;
}
