/**
 * The S3 access points of a client's direct trusts, one each. Names have two hyphens where a client's name ends, which
 * no name has inside, so that one pattern means all access points of a client and of no other.
 */
import { createHash } from 'node:crypto';
import type { IntegrationRules } from './integration-rules';
import { integrationName } from './names';

const MOST = 50;
const BETWEEN = '--';

/**
 * The name of an integration's access point, for example `kohler--warehouse`; the vendor's part is cut and told by a
 * hash where that would be too long, or ends as S3 lets none end.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html
 */
export function accessPointName(client: string, vendor: string): string {
  const plain = `${client}${BETWEEN}${vendor}`;
  if (plain.length <= MOST && !/(?:-s3alias|--op-s3)$/.test(plain)) return plain;
  const hash = createHash('sha256').update(integrationName(client, vendor)).digest('hex').slice(0, 10);
  const room = MOST - client.length - 2 * BETWEEN.length - hash.length;
  return `${client}${BETWEEN}${vendor.slice(0, room).replace(/-$/, '')}${BETWEEN}${hash}`;
}

/** The name of the access point through which alone an integration acts; undefined where it has none. */
export function accessPointOf(rules: IntegrationRules): string | undefined {
  const has = rules.kind === 'direct-trust' && rules.accessPoint;
  return has ? accessPointName(rules.client, rules.vendor) : undefined;
}

/** What all access points of a client are called, as IAM's pattern. */
export function accessPointNames(client: string): string {
  return `${client}${BETWEEN}*`;
}
