import { type ArnPlace, bucketArn } from '../../rules/arns';
import { UNKNOWN } from '../../rules/limits';
import type { Placement } from '../../rules/meant';
import { partitionOf } from '../../rules/names';
import { bucketOf, type Client, type Integration } from './model';

/** Where the constructs will put an integration, with the longest values for what only AWS knows. */
export function placementOf(client: Client, integration: Integration): Placement {
  const place = arnPlaceOf(client);
  const { partition, account, region } = place;
  const bucket = bucketOf(client, integration);
  const arn = bucket.kmsKey === 'create' ? `arn:${partition}:kms:${UNKNOWN}:${account}:key/${UUID}` : bucket.kmsKey;
  return {
    ...place,
    bucket: {
      arn: bucketArn(partition, bucket.name),
      isGuarded: !bucket.existing,
      key: arn === undefined ? undefined : { arn, viaService: `s3.${region}.${UNKNOWN}` },
    },
    trustAnchorArn: hasTrustAnchor(integration)
      ? `arn:${partition}:rolesanywhere:${UNKNOWN}:${account}:trust-anchor/${UUID}`
      : undefined,
  };
}

const UUID = '?'.repeat(36);

function hasTrustAnchor(integration: Integration): boolean {
  if (integration.kind !== 'roles-anywhere') return false;
  return (integration.certificateAuthority ?? integration.trustAnchorArn) !== undefined;
}

/** Where a client's resources will be, as far as it is known. */
export function arnPlaceOf({ account = UNKNOWN, region }: Client): ArnPlace {
  return { partition: partitionOf(region) ?? UNKNOWN, account, region: region ?? UNKNOWN };
}
