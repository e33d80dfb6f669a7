/** ARNs that are known before anything is deployed. Their parts may be CDK tokens or placeholders. */

/** Where a resource is, as its ARN says. */
export interface ArnPlace {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/**
 * The ARN of a role, user or identity provider.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export function iamArn(
  { partition, account, rolePath = '/' }: Pick<ArnPlace, 'partition' | 'account'> & { readonly rolePath?: string },
  resource: 'role' | 'user' | 'oidc-provider',
  name: string,
): string {
  const path = resource === 'oidc-provider' ? '/' : rolePath;
  return `arn:${partition}:iam::${account}:${resource}${path}${name}`;
}

/**
 * The ARN of an access point, or of all whose names a pattern means.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html
 */
export function accessPointArn({ partition, account, region }: ArnPlace, name: string): string {
  return `arn:${partition}:s3:${region}:${account}:accesspoint/${name}`;
}

/** The ARN of a bucket. */
export function bucketArn(partition: string, name: string): string {
  return `arn:${partition}:s3:::${name}`;
}
