import { type CfnResource, Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { Capability, type Confinement } from '../rules/confinement';
import type { PolicyDocument } from '../rules/statement';

/** cdk-nag's packs that have the same rules under names of their own. */
const PACKS = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

/**
 * Tells cdk-nag why the one wildcard in an integration's policy is meant, finding by finding, so that
 * any other wildcard on the same role or user is still reported.
 */
export function acknowledgeConfined(resource: CfnResource, confinement: Confinement): void {
  const objects = shown(resource, `${confinement.bucketArn}/${confinement.prefix}*`);
  acknowledge(
    resource,
    // The CDK reads ids with brackets in pairs, which a prefix need not have; then every wildcard there is meant.
    inPairs(objects) ? `AwsSolutions-IAM5[Resource::${objects}]` : 'AwsSolutions-IAM5',
    `This is the confinement itself: every object under ${confinement.prefix || 'the root of a dedicated bucket'}, which no other integration may share, and no other object.`,
  );
  if (confinement.access.includes(Capability.LIST_BUCKETS)) {
    acknowledge(
      resource,
      'AwsSolutions-IAM5[Resource::*]',
      's3:ListAllMyBuckets has no resource. The definition asks for list-buckets because the vendor refuses to connect without it; it shows bucket names and nothing in them.',
    );
  }
}

/** Whether every bracket is closed by one of its kind. */
function inPairs(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '(') open += 1;
    if (character === ')') open -= 1;
    if (open < 0) return false;
  }
  return open === 0;
}

/** Tells cdk-nag why an integration's role or user has its policy inline. */
export function acknowledgeInline(resource: CfnResource): void {
  acknowledgeInPacks(
    resource,
    ['IAMNoInlinePolicy'],
    'The policy is this integration and nothing else: inline it lives and ends with its role or user, and can be attached to no other.',
  );
}

/** Tells cdk-nag why a reader of snapshots reads everywhere: it cannot know beforehand who reaches a bucket. */
export function acknowledgeReader(role: CfnResource, policy: PolicyDocument): void {
  for (const { Resource } of policy.Statement) {
    acknowledge(
      role,
      `AwsSolutions-IAM5[Resource::${shown(role, String(Resource))}]`,
      'Who else reaches a bucket is found only where everybody is looked at. Each action is named and lists or reads who may do what; none reads an object or the value of a secret.',
    );
  }
}

/** Tells cdk-nag why a vendor's user is in no group. */
export function acknowledgeNoGroup(user: CfnResource): void {
  acknowledgeInPacks(
    user,
    ['IAMUserGroupMembership', 'IAMUserNoPolicies'],
    'The user is one vendor with a prefix of its own: it has nothing that another user could share through a group.',
  );
}

/** Tells cdk-nag why a secret has no rotation schedule, and no key of its own. */
export function acknowledgeSecret(secret: CfnResource): void {
  const rotated =
    'Rotated through two key slots, when the vendor has entered the new key: a schedule would end the old key before that and cut the vendor off. reviewBy says when it is due.';
  acknowledge(secret, 'AwsSolutions-SMG4', rotated);
  // The pack of PCI DSS has no such rule.
  acknowledgeInPacks(secret, ['SecretsManagerRotationEnabled'], rotated, ['HIPAA.Security', 'NIST.800.53.R5']);
  acknowledgeInPacks(
    secret,
    ['SecretsManagerUsingKMSKey'],
    "Encrypted with the account's own key aws/secretsmanager, which nobody outside the account can use; no vendor reads the secret itself.",
  );
}

/** Tells cdk-nag what about a created bucket is for its owner to decide. */
export function acknowledgeBucket(
  bucket: IConstruct,
  { encrypted, versioned }: { readonly encrypted: boolean; readonly versioned: boolean },
): void {
  acknowledgeInPacks(
    bucket,
    ['S3BucketReplicationEnabled'],
    'Where copies of the objects may lie is for their owner to decide; the bucket itself is retained.',
  );
  if (!encrypted) {
    acknowledgeInPacks(
      bucket,
      ['S3DefaultEncryptionKMS'],
      'Objects are encrypted with keys of S3 (SSE-S3). kmsKey gives the bucket a KMS key where one is asked for.',
    );
  }
  if (!versioned) {
    acknowledgeInPacks(
      bucket,
      ['S3BucketVersioningEnabled'],
      'Switched off by the owner of the bucket: versioned is false.',
    );
  }
}

/** Tells cdk-nag why a created bucket has no server access logs, where nobody named a bucket for them. */
export function acknowledgeNoAccessLogs(bucket: IConstruct): void {
  const reason =
    'No log bucket is named in settings.yaml (accessLogs). Server access logs are best effort; who reads and writes objects is recorded by CloudTrail data events where the account keeps them.';
  acknowledge(bucket, 'AwsSolutions-S1', reason);
  acknowledgeInPacks(bucket, ['S3BucketLoggingEnabled'], reason);
}

function acknowledgeInPacks(construct: IConstruct, rules: readonly string[], reason: string, packs = PACKS): void {
  for (const pack of packs) for (const rule of rules) acknowledge(construct, `${pack}-${rule}`, reason);
}

function acknowledge(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}

/** A text with tokens as cdk-nag shows it: `arn:<AWS::Partition>:s3:::…`. */
function shown(resource: CfnResource, text: string): string {
  const resolved = Stack.of(resource).resolve(text);
  const parts: unknown[] = resolved?.['Fn::Join']?.[1] ?? [resolved];
  return parts
    .map((part) =>
      typeof part === 'string'
        ? part
        : `<${Object.values(part as Record<string, unknown>)
            .flat()
            .join('.')}>`,
    )
    .join('');
}
