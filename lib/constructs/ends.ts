import type { CfnResource } from 'aws-cdk-lib/core';

/**
 * Lets a resource end with its integration, whatever the app's removal policies say: kept behind, it would go on to
 * allow somebody, or stand in the way of adding the integration again under its name. An override of the template survives
 * `RemovalPolicies.of(app).retain()`, which a removal policy does not.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
 */
export function endsWithIntegration<T extends CfnResource>(resource: T): T {
  resource.addOverride('DeletionPolicy', 'Delete');
  resource.addOverride('UpdateReplacePolicy', 'Delete');
  return resource;
}
