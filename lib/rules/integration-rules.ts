/**
 * What an integration says of itself, in whatever form it is judged: a definition, the properties of a construct, or what was found in an
 * account. Plain values, which may be CDK tokens.
 */
import type { Capability } from './confinement';
import type { Restrictions } from './restrictions';
import type { CertificateSubject, ExternalTrust } from './trust';
import type { KeySlot, Kind, Status } from './vocabulary';

/** What an integration of every kind says. */
export interface CommonRules extends Restrictions {
  readonly client: string;
  readonly vendor: string;
  readonly status: Status;
  /** In canonical form; the empty string is the whole bucket. */
  readonly prefix: string;
  readonly access: readonly Capability[];
}

/** What every kind says whose vendor gets sessions of a role. */
interface CommonRoleRules extends CommonRules {
  readonly roleName: string;
}

export interface AssumedRoleRules extends CommonRoleRules {
  readonly kind: 'assumed-role';
  /** None where nobody is trusted yet. */
  readonly principals: readonly string[];
  /** None where no external ID is asked for. */
  readonly externalIds: readonly string[];
  /** Instead of the two, where each principal has an external ID of its own. */
  readonly trusts?: readonly ExternalTrust[];
  /** Whether callers may send session tags. */
  readonly sessionTags?: boolean;
  /** Whether callers may set a source identity. */
  readonly sourceIdentity?: boolean;
  readonly roleSessionName?: string;
  readonly selfAssume: boolean;
}

export interface DirectTrustRules extends CommonRules {
  readonly kind: 'direct-trust';
  /** None where nobody is trusted yet. */
  readonly principals: readonly string[];
  /** Whether it has an access point of its own, and nothing in the bucket's policy. */
  readonly accessPoint: boolean;
}

export interface RolesAnywhereRules extends CommonRoleRules {
  readonly kind: 'roles-anywhere';
  /** The certificate authority as PEM, where a trust anchor is made of it. */
  readonly certificateAuthority?: string;
  /** As far as it is known. */
  readonly subject?: Partial<CertificateSubject>;
}

export interface WebIdentityRules extends CommonRoleRules {
  readonly kind: 'web-identity';
  /** An issuer's address or a provider's ARN; none where it is not known yet. */
  readonly provider?: string;
  readonly audiences: readonly string[];
  /** None where the session name is asked for instead. */
  readonly subjects: readonly string[];
  readonly roleSessionName?: string;
  /** Whether tokens may carry session tags. */
  readonly sessionTags?: boolean;
}

export interface AccessKeyRules extends CommonRules {
  readonly kind: 'access-key';
  /** The slots that hold a key. */
  readonly keys: readonly KeySlot[];
}

interface RulesByKind {
  readonly 'assumed-role': AssumedRoleRules;
  readonly 'direct-trust': DirectTrustRules;
  readonly 'roles-anywhere': RolesAnywhereRules;
  readonly 'web-identity': WebIdentityRules;
  readonly 'access-key': AccessKeyRules;
}

/** What an integration says. A kind that says nothing does not compile. */
export type IntegrationRules = { [K in Kind]: RulesByKind[K] }[Kind];

/** What an integration with a role says. */
export type RoleRules = AssumedRoleRules | RolesAnywhereRules | WebIdentityRules;
