import { accessPointOf } from './access-points';
import { accessPointArn, iamArn } from './arns';
import type { IntegrationRules } from './integration-rules';
import { integrationName, secretName } from './names';

/**
 * What a vendor gets once its integration is deployed. Never a secret: of access keys, only the names
 * of the secrets that hold them.
 */
export interface SetupInformation {
  readonly integration: string;
  readonly kind: string;
  readonly status: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  /** Of an access point, which is used in the bucket's place. */
  readonly accessPointArn?: string;
  readonly accessPointAlias?: string;
  readonly roleArn?: string;
  readonly externalId?: string;
  readonly externalIds?: readonly string[];
  readonly profileArn?: string;
  readonly trustAnchorArn?: string;
  /** Slot → name of its secret. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** Setup information as far as it is known: all of it once it is deployed. */
export type KnownSetup = Partial<SetupInformation> &
  Pick<SetupInformation, 'integration' | 'kind' | 'status' | 'bucket' | 'prefix'>;

/** Where an integration is. Values may be CDK tokens; what is not known is absent. */
export interface SetupPlace {
  readonly bucketName: string;
  readonly partition: string;
  readonly account?: string;
  /** The bucket's. */
  readonly region?: string;
}

/** What is made with an integration, under names that AWS chooses. */
export type MadeByAws = Pick<SetupInformation, 'profileArn' | 'trustAnchorArn' | 'accessPointAlias'>;

/**
 * The setup information of an integration.
 *
 * @param made without it, nothing of that is known yet
 */
export function setupInformation(rules: IntegrationRules, place: SetupPlace, made: MadeByAws = {}): KnownSetup {
  const { client, vendor, kind, status, prefix } = rules;
  const { bucketName: bucket, region } = place;
  const common = { integration: integrationName(client, vendor), kind, status, bucket, prefix, region };
  switch (rules.kind) {
    case 'assumed-role':
      return { ...common, roleArn: roleArn(place, rules.roleName), ...externalIdFields(rules.externalIds) };
    case 'direct-trust':
      return { ...common, accessPointArn: pointArn(place, rules), accessPointAlias: made.accessPointAlias };
    case 'roles-anywhere': {
      const { profileArn, trustAnchorArn } = made;
      return { ...common, roleArn: roleArn(place, rules.roleName), profileArn, trustAnchorArn };
    }
    case 'web-identity':
      return { ...common, roleArn: roleArn(place, rules.roleName) };
    case 'access-key': {
      const secrets = [...rules.keys].sort().map((slot) => [slot, secretName(client, vendor, slot)]);
      return { ...common, secrets: Object.fromEntries(secrets) };
    }
    default:
      return rules satisfies never;
  }
}

function roleArn({ partition, account }: SetupPlace, name: string): string | undefined {
  return account === undefined ? undefined : iamArn({ partition, account }, 'role', name);
}

function pointArn({ partition, account, region }: SetupPlace, rules: IntegrationRules): string | undefined {
  const name = accessPointOf(rules);
  if (name === undefined || account === undefined || region === undefined) return undefined;
  return accessPointArn({ partition, account, region }, name);
}

/** One external ID stands alone, several as a list, none leaves no key. */
function externalIdFields(externalIds: readonly string[]): Pick<SetupInformation, 'externalId' | 'externalIds'> {
  const [first] = externalIds;
  if (first === undefined) return {};
  return externalIds.length === 1 ? { externalId: first } : { externalIds };
}
