/**
 * What an integration is meant to be, whole: from it the constructs make its policies, and from it the confinement
 * checks make them again, to compare with what a template really holds.
 */
import { type Confinement, type Delegation, delegated, tlsOnly } from './confinement';
import { namesOf, sidPrefix } from './names';
import {
  assumeRolePolicy,
  type BucketKey,
  bucketPolicyStatements,
  identityPolicy,
  keyPolicyStatements,
} from './policies';
import { type PolicyDocument, policyDocument, type Statement } from './statement';
import {
  type CertificateTrust,
  certificateTrust,
  type RoleTrust,
  roleTrust,
  type TokenTrust,
  tokenTrust,
} from './trust';
import type { Status } from './vocabulary';

/** Whom an integration lets in, by what they show. */
export type TrustBasis =
  | ({ readonly by: 'role' } & Omit<RoleTrust, 'expires'>)
  | ({
      readonly by: 'certificate';
      /** The {@link fingerprint} of the trust anchor's certificates, where the anchor is made here. */
      readonly authority?: string;
    } & Omit<CertificateTrust, 'expires'>)
  | ({ readonly by: 'token' } & Omit<TokenTrust, 'expires'>)
  | { readonly by: 'bucket-policy'; readonly principals: readonly string[] }
  | {
      readonly by: 'access-point';
      readonly principals: readonly string[];
      /** The access point's name. */
      readonly name: string;
      /** To what the bucket's policy hands on. */
      readonly delegation: Delegation;
    }
  | { readonly by: 'access-key' };

/** What an integration is meant to be. */
export interface Intent {
  /** Its full name, for example `kohler_adobe`. */
  readonly integration: string;
  readonly status: Status;
  readonly confinement: Confinement;
  /** The bucket's KMS key, if it has one. */
  readonly key?: BucketKey;
  readonly partition: string;
  readonly trusts: TrustBasis;
  /** The name of its role or user; none where the bucket policy lets it in. */
  readonly principalName?: string;
}

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

/** Every policy of an integration, and nothing else. */
export function policiesOf(intent: Intent): Policies {
  const { integration, status, confinement, key, partition, trusts } = intent;
  if (trusts.by === 'bucket-policy' || trusts.by === 'access-point') {
    const direct = {
      status,
      principals: trusts.principals,
      partition,
      sidPrefix: sidPrefix(namesOf(integration).vendor),
    };
    const statements = bucketPolicyStatements(direct, confinement);
    const ofKey = key ? keyPolicyStatements(direct, confinement, key.viaService) : [];
    if (trusts.by === 'bucket-policy') return { bucket: statements, key: ofKey };
    return {
      accessPoint: policyDocument([tlsOnly(confinement.bucketArn, confinement.accessPointArn), ...statements]),
      bucket: statements.length > 0 ? [delegated(trusts.delegation)] : [],
      key: ofKey,
    };
  }
  const self = trusts.by === 'role' ? trusts.self : undefined;
  const access = identityPolicy(status, confinement, key, self?.roleArn);
  return { trust: trustOf(intent), access, bucket: [], key: [] };
}

function trustOf({ status, trusts, confinement: { expires } }: Intent): PolicyDocument | undefined {
  switch (trusts.by) {
    case 'role':
      return assumeRolePolicy(status, () => roleTrust({ ...trusts, expires }));
    case 'certificate':
      return assumeRolePolicy(status, () => certificateTrust({ ...trusts, expires }));
    case 'token':
      return assumeRolePolicy(status, () => tokenTrust({ ...trusts, expires }));
    default:
      return undefined;
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
