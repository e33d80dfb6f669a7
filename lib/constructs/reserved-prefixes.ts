import { Token } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { overlaps } from '../rules/confinement';
import { throwFindings } from './findings';

// One bucket may stand behind several constructs of an app, so claims are kept for the whole of it.
const CLAIMS = new WeakMap<IConstruct, Map<unknown, Map<string, string>>>();

/** A bucket in which several integrations act. */
interface SharedBucket extends Construct {
  readonly bucket: IConstruct;
  readonly bucketName: string;
}

/**
 * Notes that an integration acts under a prefix of a bucket.
 * @throws where another one of the app has its name, or a prefix of that bucket that overlaps
 */
export function reservePrefix(bucket: SharedBucket, integration: string, prefix: string): void {
  const claims = claimsOn(bucket);
  for (const [other, taken] of claims) {
    if (other === integration) {
      const fix = 'give each integration of a client a vendorName of its own';
      throwFindings(bucket, [{ code: 'integration-twice', message: `there are two ${integration}`, fix }]);
    }
    if (overlaps(prefix, taken)) {
      const [mine, theirs] = [prefix || 'the whole bucket', taken || 'the whole bucket'];
      const message = `${integration} (${mine}) and ${other} (${theirs}) overlap in the bucket ${bucket.bucketName}`;
      const fix = 'give each integration a prefix that is not inside the other, or a bucket of its own';
      throwFindings(bucket, [{ code: 'overlapping-prefix', message, fix }]);
    }
  }
  claims.set(integration, prefix);
}

/** Integration → prefix, of everything in the app that acts in the same bucket. */
function claimsOn({ node, bucket, bucketName }: SharedBucket): Map<string, string> {
  const buckets = CLAIMS.get(node.root) ?? new Map<unknown, Map<string, string>>();
  CLAIMS.set(node.root, buckets);
  const key = Token.isUnresolved(bucketName) ? bucket : bucketName;
  const claims = buckets.get(key) ?? new Map<string, string>();
  buckets.set(key, claims);
  return claims;
}
