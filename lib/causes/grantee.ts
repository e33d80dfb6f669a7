import type { Capability } from '../rules/confinement';
import type { IntegrationRules } from '../rules/integration-rules';
import type { Restrictions } from '../rules/restrictions';
import { type SetupPlace, setupInformation } from '../rules/setup-information';
import type { Kind, Status } from '../rules/vocabulary';

/** An integration, as far as causes differ by it. */
export interface Grantee {
  readonly integration: string;
  readonly kind: Kind;
  /** The bucket, or the alias of the integration's access point. */
  readonly bucket: string;
  readonly accessPointArn?: string;
  /** The empty string is the whole bucket. */
  readonly prefix: string;
  /** None where it is not known. */
  readonly region?: string;
  readonly roleArn?: string;
  readonly externalIds: readonly string[];
  readonly access: readonly Capability[];
  /** The day on which access ends, at 00:00 UTC. */
  readonly expires?: string;
  /** As defined; none where it is not known. */
  readonly status?: Status;
  /** Whether its bucket has a KMS key; none where it is not known. */
  readonly encrypted?: boolean;
  /** Where its requests must come from; none where that is anywhere, or not known. */
  readonly origins?: Pick<Restrictions, 'sourceIps' | 'vpcEndpoints' | 'sourceVpcs'>;
}

/** Its region, or what stands for one in a sentence. */
export function regionOf({ region }: Grantee): string {
  return region ?? 'REGION';
}

/** Its role, or what stands for one in a sentence. */
export function roleOf({ roleArn, integration }: Grantee): string {
  return roleArn ?? `the role of ${integration}`;
}

/**
 * An integration as it is defined.
 * @param encrypted whether its bucket has a KMS key
 */
export function granteeOf(rules: IntegrationRules, place: SetupPlace, encrypted: boolean): Grantee {
  const { integration, bucket, prefix, region, roleArn, accessPointArn } = setupInformation(rules, place);
  const { sourceIps, vpcEndpoints, sourceVpcs } = rules;
  return {
    ...{ integration, kind: rules.kind, bucket, prefix, region, roleArn, accessPointArn },
    externalIds: rules.kind === 'assumed-role' ? rules.externalIds : [],
    access: rules.access,
    expires: rules.expires,
    status: rules.status,
    encrypted,
    ...(restricts(rules) ? { origins: { sourceIps, vpcEndpoints, sourceVpcs } } : {}),
  };
}

function restricts({ sourceIps, vpcEndpoints, sourceVpcs }: Restrictions): boolean {
  return [sourceIps, vpcEndpoints, sourceVpcs].some((each) => each !== undefined && each.length > 0);
}
