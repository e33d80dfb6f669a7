import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import { whoIs } from '../definitions/model/who';
import { accessPointOf } from '../rules/access-points';
import { validUntil } from '../rules/certificate';
import { Status } from '../rules/vocabulary';

/** What an integration's status comes to on a day: its definition's, or `expired`. */
export type State = 'active' | 'pending' | 'suspended' | 'expired';

export const STATES: readonly State[] = ['active', 'pending', 'suspended', 'expired'];

/** One integration in the report. Holds no secret, nor what vendors use like one: external IDs and session names. */
export interface Row {
  readonly integration: string;
  readonly client: string;
  /** The vendor of the catalogue where it has a profile, else the file's name. */
  readonly vendor: string;
  readonly kind: Integration['kind'];
  readonly state: State;
  readonly can: readonly string[];
  readonly bucket: string;
  /** Empty for the whole bucket. */
  readonly prefix: string;
  /** The name of the access point through which alone it acts. */
  readonly accessPoint?: string;
  /** Whether it has the bucket for itself. */
  readonly dedicated: boolean;
  readonly who: readonly string[];
  /** Whether one of its external IDs must be sent. */
  readonly externalId: boolean;
  readonly from: readonly string[];
  /** The day on which access ends, at 00:00 UTC. */
  readonly expires?: string;
  /** The day on which its access key is due for review. */
  readonly reviewBy?: string;
  /** The last day of the certificate authority. */
  readonly authorityEnds?: string;
  readonly description?: string;
  readonly request?: string;
  readonly owner?: string;
  readonly reason?: string;
  readonly file: string;
}

/** @param today as `YYYY-MM-DD` */
export function rowOf(client: Client, integration: Integration, today: string): Row {
  const { name, vendor, profile, kind, prefix, access, expires, description, request, owner, reason, file } =
    integration;
  const authority = integration.kind === 'roles-anywhere' ? integration.certificateAuthority : undefined;
  return {
    integration: name,
    client: client.name,
    vendor: profile ?? vendor,
    kind,
    state: stateOf(integration, today),
    can: access,
    bucket: bucketOf(client, integration).name,
    prefix,
    accessPoint: accessPointOf(integration),
    dedicated: integration.dedicatedBucket !== undefined,
    who: shown(integration),
    externalId: integration.kind === 'assumed-role' && integration.externalIds.length > 0,
    from: [...integration.sourceIps, ...integration.vpcEndpoints],
    expires,
    reviewBy: integration.kind === 'access-key' ? integration.reviewBy : undefined,
    authorityEnds: authority === undefined ? undefined : validUntil(authority),
    description,
    request,
    owner,
    reason,
    file,
  };
}

function stateOf({ status, expires }: Integration, today: string): State {
  if (status !== Status.ACTIVE) return status;
  return expires !== undefined && expires <= today ? 'expired' : 'active';
}

/** Some vendors use the session name as the shared secret of their customers. */
function shown(integration: Integration): readonly string[] {
  if (integration.kind !== 'web-identity' || integration.roleSessionName === undefined) return whoIs(integration);
  return whoIs({ ...integration, roleSessionName: '(not shown)' });
}
