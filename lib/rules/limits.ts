import type { FindingCode } from './codes';
import type { Finding } from './finding';
import type { PolicyDocument } from './statement';

/** A quota of AWS that a definition can run into. */
export interface Limit {
  readonly code: FindingCode;
  readonly what: string;
  readonly most: number;
  readonly fix: string;
}

/**
 * Characters of policy documents, white space left out.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 */
export const POLICY_LIMITS = {
  trust: {
    code: 'trust-policy-too-long',
    what: 'the trust policy',
    most: 2048,
    fix: 'name fewer principals and external IDs here, and serve the others by a second integration',
  },
  role: {
    code: 'role-policy-too-long',
    what: "the role's inline policies",
    most: 10_240,
    fix: 'name fewer sourceIps and vpcEndpoints, or wider ranges, or a shorter prefix',
  },
  user: {
    code: 'user-policy-too-long',
    what: "the user's inline policies",
    most: 2048,
    fix: 'name fewer sourceIps, vpcEndpoints and capabilities, a shorter prefix, or use a kind with a role (10,240 characters)',
  },
  bucket: {
    code: 'bucket-policy-too-long',
    what: "the bucket's policy",
    most: 20_480,
    fix: 'give direct-trust integrations accessPoint: true (a policy each; the vendor then uses the access point alias), or turn them into assumed-role ones (a role each, nothing in the bucket policy); in internal entries name accounts or the organization instead of many roles',
  },
  accessPoint: {
    code: 'access-point-policy-too-long',
    what: "the access point's policy",
    most: 20_480,
    fix: 'name fewer principals, sourceIps and vpcEndpoints here, and serve the others by a second integration',
  },
  key: {
    code: 'key-policy-too-long',
    what: "the KMS key's policy",
    most: 32_768,
    fix: 'turn direct-trust integrations into assumed-role ones (a role each, nothing in the key policy)',
  },
} as const satisfies Record<string, Limit>;

const MORE_STACKS =
  'give newer integrations stackPart: 2, or the next number, and never those that are deployed already: bucket-integrations split CLIENT writes it';

/**
 * What one stack can hold.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const STACK_LIMITS = {
  resources: {
    code: 'too-many-resources',
    what: 'resources in one stack',
    most: 500,
    fix: MORE_STACKS,
  },
  outputs: {
    code: 'too-many-outputs',
    what: 'outputs (one for each integration) in one stack',
    most: 200,
    fix: MORE_STACKS,
  },
} as const satisfies Record<string, Limit>;

/**
 * What one account can hold in one region, unless AWS raises it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const STACKS_LIMIT: Limit = {
  code: 'too-many-stacks',
  what: 'stacks in one account and region',
  most: 2000,
  fix: 'ask AWS for more (Service Quotas, CloudFormation, stack count), or give some clients another account or region',
};

/**
 * What one account can hold in one region.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html
 */
export const ACCESS_POINTS_LIMIT: Limit = {
  code: 'too-many-access-points',
  what: 'access points in one account and region',
  most: 10_000,
  fix: 'ask AWS for more (Service Quotas, S3, access points), or give some clients another account or region',
};

/**
 * The bytes of a template, as the CDK uploads it. AWS says 1 MB.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const TEMPLATE_LIMIT: Limit = {
  code: 'template-too-long',
  what: "the stack's template",
  most: 1_000_000,
  fix: 'give some newer integrations stackPart with a number that no other has yet, and never those that are deployed already',
};

/** A finding where the policies' characters, summed, exceed the limit. */
export function checkPolicySize(limit: Limit, ...documents: readonly PolicyDocument[]): Finding[] {
  return checkSize(
    limit,
    documents.reduce((sum, document) => sum + policySize(document), 0),
  );
}

/** A finding where a policy of that many characters exceeds the limit. */
export function checkSize(limit: Limit, size: number): Finding[] {
  return size <= limit.most
    ? []
    : [
        {
          code: limit.code,
          message: `${limit.what} would be ${size} characters long; AWS takes ${limit.most}`,
          fix: limit.fix,
        },
      ];
}

/**
 * A finding where there are more than AWS takes.
 * @param where they are, for the message
 */
export function checkCount(limit: Limit, count: number, where = ''): Finding[] {
  if (count <= limit.most) return [];
  const counted = `${count} ${limit.what}${where === '' ? '' : ` (${where})`}`;
  return [{ code: limit.code, message: `${counted}; AWS takes ${limit.most}`, fix: limit.fix }];
}

/** Stands for what AWS fills in, and is as long as the longest of those used here: a region, a partition, an account. */
export const UNKNOWN = '?'.repeat('ap-southeast-99'.length);

/** Characters without white space, as AWS counts; an unresolved CDK token counts as the longest value it can have. */
export function policySize(document: PolicyDocument): number {
  return JSON.stringify(document).replace(/\$\{Token\[[^\]]*\]\}/g, UNKNOWN).length;
}
