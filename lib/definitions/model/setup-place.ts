import { partitionOf } from '../../rules/names';
import type { SetupPlace } from '../../rules/setup-information';
import { bucketOf, type Client, type Integration } from './model';

/** Where an integration is, as far as its definition says. */
export function setupPlaceOf(client: Client, integration: Integration): SetupPlace {
  const { account, region, rolePath } = client;
  const { name, kmsKey } = bucketOf(client, integration);
  return {
    ...{ bucketName: name, account, region, rolePath },
    partition: partitionOf(region) ?? 'aws',
    kmsKeyArn: kmsKey === 'create' ? undefined : kmsKey,
  };
}
