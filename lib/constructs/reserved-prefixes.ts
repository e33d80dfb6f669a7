import { Stack, Stage, Token } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { overlaps } from '../rules/confinement';
import { throwFindings } from './findings';

/** A prefix of a bucket, and who acts under it. */
interface Claim {
  readonly integration: string;
  readonly prefix: string;
  readonly bucket: SharedBucket;
}

// One bucket may stand behind several constructs of an app, so claims are kept for the whole of it.
const CLAIMS = new WeakMap<IConstruct, Map<unknown, Claim[]>>();

/** A bucket in which several integrations act. */
interface SharedBucket extends Construct {
  readonly bucket: IConstruct;
  readonly bucketName: string;
  readonly isCreated: boolean;
}

/**
 * Notes that an integration acts under a prefix of a bucket.
 * @throws where another one of the same place has its name, or a prefix of that bucket that overlaps
 */
export function reservePrefix(bucket: SharedBucket, integration: string, prefix: string): void {
  const claims = claimsOn(bucket);
  for (const other of claims) {
    const isElsewhere = placeOf(other.bucket) !== placeOf(bucket);
    // A client in two accounts or Stages is the same client twice; a bucket that each makes is each's own.
    if (isElsewhere && (other.integration === integration || (other.bucket.isCreated && bucket.isCreated))) continue;
    if (other.integration === integration) {
      const fix = 'give each integration of a client a vendorName of its own';
      throwFindings(bucket, [{ code: 'integration-twice', message: `there are two ${integration}`, fix }]);
    }
    if (overlaps(prefix, other.prefix)) {
      const [mine, theirs] = [prefix || 'the whole bucket', other.prefix || 'the whole bucket'];
      const message = `${integration} (${mine}) and ${other.integration} (${theirs}) overlap in the bucket ${bucket.bucketName}`;
      const fix = 'give each integration a prefix that is not inside the other, or a bucket of its own';
      throwFindings(bucket, [{ code: 'overlapping-prefix', message, fix }]);
    }
  }
  claims.push({ integration, prefix, bucket });
}

/** Where a bucket is deployed, as one text. */
function placeOf(bucket: SharedBucket): string {
  const { account, region } = Stack.of(bucket);
  return JSON.stringify([Stage.of(bucket)?.node.path, account, region]);
}

/** Everything in the app that acts in the same bucket. */
function claimsOn({ node, bucket, bucketName }: SharedBucket): Claim[] {
  const buckets = CLAIMS.get(node.root) ?? new Map<unknown, Claim[]>();
  CLAIMS.set(node.root, buckets);
  const key = Token.isUnresolved(bucketName) ? bucket : bucketName;
  const claims = buckets.get(key) ?? [];
  buckets.set(key, claims);
  return claims;
}
