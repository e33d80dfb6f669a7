/**
 * The policies of one integration, whole: confinement and trust put together, and the one place where
 * a status takes effect.
 */
import { type Confinement, denyEverything, keyStatements, s3Statements } from './confinement';
import { type PolicyDocument, policyDocument, type Statement } from './statement';
import { assumeSelf, nobodyTrusted, statementsFor } from './trust';
import { Status } from './vocabulary';

/** The bucket's KMS key, as policies name it. */
export interface BucketKey {
  readonly arn: string;
  /** S3 in the bucket's region, for example `s3.eu-west-1.amazonaws.com`. */
  readonly viaService: string;
}

/** The inline policy of an integration's role or user. */
export function identityPolicy(
  status: Status,
  confinement: Confinement,
  key: BucketKey | undefined,
  selfRoleArn?: string,
): PolicyDocument {
  if (status !== Status.ACTIVE) return policyDocument([denyEverything()]);
  return policyDocument([
    ...s3Statements(confinement),
    ...(key ? keyStatements(confinement, key.arn, key.viaService) : []),
    ...(selfRoleArn === undefined ? [] : [assumeSelf(selfRoleArn)]),
  ]);
}

/**
 * The trust policy of an integration's role.
 * @param trusted asked only of an active integration; undefined while it is not known whom to trust
 */
export function assumeRolePolicy(status: Status, trusted: () => PolicyDocument | undefined): PolicyDocument {
  return (status === Status.ACTIVE ? trusted() : undefined) ?? nobodyTrusted();
}

/** Whom a bucket or key policy lets in directly. */
export interface DirectGrant {
  readonly status: Status;
  readonly principals: readonly string[];
  readonly partition: string;
  readonly sidPrefix: string;
}

/** What an integration adds to the bucket's policy. */
export function bucketPolicyStatements(trust: DirectGrant, confinement: Confinement): Statement[] {
  if (trust.status !== Status.ACTIVE) return [];
  return statementsFor(trust.principals, trust.partition, trust.sidPrefix, s3Statements(confinement));
}

/** What an integration adds to the policy of the bucket's key, in which `*` is the key itself. */
export function keyPolicyStatements(trust: DirectGrant, confinement: Confinement, viaService: string): Statement[] {
  if (trust.status !== Status.ACTIVE) return [];
  return statementsFor(trust.principals, trust.partition, trust.sidPrefix, keyStatements(confinement, '*', viaService));
}
