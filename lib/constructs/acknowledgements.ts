import { type CfnResource, Stack, Validations } from 'aws-cdk-lib/core';
import { Capability, type Confinement } from '../rules/confinement';

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

/** Tells cdk-nag why a secret has no rotation schedule. */
export function acknowledgeRotation(resource: CfnResource): void {
  acknowledge(
    resource,
    'AwsSolutions-SMG4',
    'Rotated through two key slots, when the vendor has entered the new key: a schedule would end the old key before that and cut the vendor off. reviewBy says when it is due.',
  );
}

function acknowledge(resource: CfnResource, id: string, reason: string): void {
  Validations.of(resource).acknowledge({ id, reason });
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
