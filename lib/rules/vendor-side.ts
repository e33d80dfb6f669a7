import { accessPointOf } from './access-points';
import { type ArnPlace, accessPointArn, bucketArn } from './arns';
import { keyStatements, s3Statements } from './confinement';
import type { IntegrationRules } from './integration-rules';
import { urlSuffixOf } from './place';
import { oneOrMany, type PolicyDocument, policyDocument } from './statement';
import { ACTS_AS_ITSELF, type Kind } from './vocabulary';

/** Where an integration is, as a vendor's own policy names it. What is not known may be a placeholder. */
export interface VendorPlace extends ArnPlace {
  readonly bucketName: string;
  /** Of its role, if it has one. */
  readonly roleArn: string;
  /** Of the bucket's key, if it has one. */
  readonly kmsKeyArn?: string;
}

/** Whether the vendor's own account has a part in it: across accounts its policies must allow as well. */
export const HAS_VENDOR_SIDE: Readonly<Record<Kind, boolean>> = {
  ...ACTS_AS_ITSELF,
  'assumed-role': true,
};

/**
 * The identity policy that the vendor's own role or user needs in its account, beside what is granted here; undefined for
 * kinds in which no account of the vendor has a part. It has no restrictions: those are judged on this side, and may change
 * there alone.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function vendorPolicy(rules: IntegrationRules, place: VendorPlace): PolicyDocument | undefined {
  switch (rules.kind) {
    case 'assumed-role': {
      const actions = [
        'sts:AssumeRole',
        ...(rules.sessionTags ? ['sts:TagSession'] : []),
        ...(rules.sourceIdentity ? ['sts:SetSourceIdentity'] : []),
      ];
      const assume = { Sid: 'Assume', Effect: 'Allow', Action: oneOrMany(actions), Resource: place.roleArn } as const;
      return policyDocument([assume]);
    }
    case 'direct-trust': {
      const { partition, region, kmsKeyArn, bucketName } = place;
      const point = accessPointOf(rules);
      const confinement = {
        bucketArn: bucketArn(partition, bucketName),
        accessPointArn: point === undefined ? undefined : accessPointArn(place, point),
        prefix: rules.prefix,
        access: rules.access,
        bucketIsGuarded: true,
      };
      const viaService = `s3.${region}.${urlSuffixOf(partition)}`;
      return policyDocument([
        ...s3Statements(confinement).filter(({ Effect }) => Effect === 'Allow'),
        ...(kmsKeyArn === undefined ? [] : keyStatements(confinement, kmsKeyArn, viaService)),
      ]);
    }
    case 'roles-anywhere':
    case 'web-identity':
    case 'access-key':
      return undefined;
    default:
      return rules satisfies never;
  }
}
