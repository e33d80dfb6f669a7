/**
 * What an integration is meant to be, whole: from it the constructs make its policies, and from it the confinement
 * checks make them again, to compare with what a template really holds.
 */
import { type Confinement, type Delegation, delegated, tlsOnly } from './confinement';
import { type InternalEntry, type InternalPlace, internalKeyStatements, internalStatements } from './internal';
import { namesOf, sidPrefix } from './names';
import {
  assumeRolePolicy,
  type BucketKey,
  bucketPolicyStatements,
  identityPolicy,
  keyPolicyStatements,
} from './policies';
import type { Provider } from './provider';
import { type PolicyDocument, policyDocument, type Statement } from './statement';
import {
  type CertificateSubject,
  certificateTrust,
  type RoleTrust,
  roleTrust,
  type TokenTrust,
  tokenTrust,
} from './trust';
import type { Status } from './vocabulary';

/** A role for outside principals; none of them where nobody is trusted yet. */
export type RoleBasis = { readonly by: 'role' } & Omit<RoleTrust, 'expires'>;

/** A role for certificates. Without a trust anchor or a common name, nobody can be trusted yet. */
export interface CertificateBasis {
  readonly by: 'certificate';
  readonly trustAnchorArn?: string;
  readonly subject: Partial<CertificateSubject>;
  /** The {@link fingerprint} of the trust anchor's certificates, where the anchor is made here. */
  readonly authority?: string;
}

/** A role for tokens. Without a provider, nobody can be trusted yet. */
export interface TokenBasis extends Omit<TokenTrust, 'expires' | 'provider'> {
  readonly by: 'token';
  readonly provider?: Provider;
  /** Its ARN in the role's account; what that begins with while there is no provider. */
  readonly providerArn: string;
}

/** Principals that a policy on the bucket or on an access point names; none where nobody is trusted yet. */
export type DirectBasis =
  | { readonly by: 'bucket-policy'; readonly principals: readonly string[] }
  | {
      readonly by: 'access-point';
      readonly principals: readonly string[];
      /** The access point's name. */
      readonly name: string;
      /** To what the bucket's policy hands on. */
      readonly delegation: Delegation;
    };

/** Whom an integration trusts, by what they show. */
export type TrustBasis =
  | RoleBasis
  | CertificateBasis
  | TokenBasis
  | DirectBasis
  /** Anyone who has a key of its user. */
  | { readonly by: 'access-key' };

/** What an integration of every kind is meant to be. */
interface CommonIntent {
  /** Its full name, for example `kohler_adobe`. */
  readonly integration: string;
  readonly status: Status;
  readonly confinement: Confinement;
  /** The bucket's KMS key, if it has one. */
  readonly key?: BucketKey;
  readonly partition: string;
}

/** Of an integration whose vendor gets sessions of a role. */
export interface RoleIntent extends CommonIntent {
  readonly trusts: RoleBasis | CertificateBasis | TokenBasis;
  /** The role's name. */
  readonly principalName: string;
}

/** Of an integration whose vendor gets the key of a user. */
export interface UserIntent extends CommonIntent {
  readonly trusts: Extract<TrustBasis, { readonly by: 'access-key' }>;
  /** The user's name. */
  readonly principalName: string;
}

/** Of an integration whose vendor acts as itself. */
export interface DirectIntent extends CommonIntent {
  readonly trusts: DirectBasis;
  readonly principalName?: undefined;
}

/** What an integration is meant to be. */
export type Intent = RoleIntent | UserIntent | DirectIntent;

/** The policies that an integration consists of. */
export interface Policies {
  /** Of its role. */
  readonly trust?: PolicyDocument;
  /** The inline policy of its role or user. */
  readonly access?: PolicyDocument;
  /** Of its access point. */
  readonly accessPoint?: PolicyDocument;
  /** In the bucket's policy; one that integrations share is there once. */
  readonly bucket: readonly Statement[];
  /** In the policy of the bucket's key. */
  readonly key: readonly Statement[];
}

/** The policies of an integration with a user. */
export type UserPolicies = Policies & Required<Pick<Policies, 'access'>>;

/** The policies of an integration with a role. */
export type RolePolicies = Policies & Required<Pick<Policies, 'trust' | 'access'>>;

/** Every policy of an integration, and nothing else. */
export function policiesOf(intent: RoleIntent): RolePolicies;
export function policiesOf(intent: UserIntent): UserPolicies;
export function policiesOf(intent: Intent): Policies;
export function policiesOf(intent: Intent): Policies {
  const { integration, status, key, partition, trusts } = intent;
  const confinement = { ...intent.confinement, keyArn: key?.arn };
  switch (trusts.by) {
    case 'role':
    case 'certificate':
    case 'token': {
      const self = trusts.by === 'role' ? trusts.self : undefined;
      const access = identityPolicy(status, confinement, key, self?.roleArn);
      return {
        trust: assumeRolePolicy(status, () => trustOf(trusts, confinement.expires)),
        access,
        bucket: [],
        key: [],
      };
    }
    case 'access-key':
      return { access: identityPolicy(status, confinement, key), bucket: [], key: [] };
    case 'bucket-policy':
    case 'access-point': {
      const { principals } = trusts;
      const direct = { status, principals, partition, sidPrefix: sidPrefix(namesOf(integration).vendor) };
      const statements = bucketPolicyStatements(direct, confinement);
      const ofKey = key ? keyPolicyStatements(direct, confinement, key.viaService) : [];
      if (trusts.by === 'bucket-policy') return { bucket: statements, key: ofKey };
      return {
        accessPoint: policyDocument([tlsOnly(confinement.bucketArn, confinement.accessPointArn), ...statements]),
        bucket: statements.length > 0 ? [delegated(trusts.delegation)] : [],
        key: ofKey,
      };
    }
    default:
      return trusts satisfies never;
  }
}

/** The trust of a role; undefined while it is not known whom to trust. */
function trustOf(trusts: RoleIntent['trusts'], expires: string | undefined): PolicyDocument | undefined {
  switch (trusts.by) {
    case 'role':
      return roleTrust({ ...trusts, expires });
    case 'certificate': {
      const { trustAnchorArn, subject } = trusts;
      const { commonName } = subject;
      if (trustAnchorArn === undefined || commonName === undefined) return undefined;
      return certificateTrust({ trustAnchorArn, subject: { ...subject, commonName }, expires });
    }
    case 'token': {
      const { provider } = trusts;
      return provider && tokenTrust({ ...trusts, provider, expires });
    }
    default:
      return trusts satisfies never;
  }
}

/** The key of a template's metadata under which an integration's intent stands. */
export const INTENT_KEY = 'BucketIntegrations::';

/** What a client's bucket is meant to be. */
export interface BucketIntent {
  readonly bucketName: string;
  readonly bucketArn: string;
  /** The ARN by reference, as the bucket's own policy names it. */
  readonly reference: string;
  readonly keyArn?: string;
  /** Whether it is made here, and so guarded by its own settings. */
  readonly created: boolean;
}

/** The key of a template's metadata under which a bucket's intent stands. */
export const BUCKET_INTENT_KEY = 'BucketIntegrationsBucket::';

/** What somebody of our own company is meant to have in a bucket. */
export interface InternalIntent {
  readonly entry: InternalEntry;
  readonly place: InternalPlace;
  /** What the ids of its statements begin with, for example `Internal1`. */
  readonly sid: string;
  /** The bucket's KMS key, where its policy says so too. */
  readonly key?: BucketKey;
}

/** The key of a template's metadata under which an internal intent stands. */
export const INTERNAL_INTENT_KEY = 'BucketIntegrationsInternal::';

/** Every statement of an internal intent, and no other. */
export function internalPolicies({ entry, place, sid, key }: InternalIntent): Pick<Policies, 'bucket' | 'key'> {
  return {
    bucket: internalStatements(entry, place, sid),
    key: key ? internalKeyStatements(entry, place, key.viaService, sid) : [],
  };
}
