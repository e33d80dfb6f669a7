import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import { whoIsToShow } from '../definitions/model/who';
import type { JudgedRisk } from '../definitions/risks';
import { accessPointOf } from '../rules/access-points';
import { iamArn } from '../rules/arns';
import { validUntil } from '../rules/certificate';
import { partitionOf } from '../rules/names';
import type { Gravity } from '../rules/risk';
import { Status } from '../rules/vocabulary';
import { type Dated, type Day, daysOf } from './due';
import type { Seen } from './observed';

/** What an integration's status comes to on a day: its definition's, or `expired`. */
export type State = 'active' | 'pending' | 'suspended' | 'expired';

export const STATES: readonly State[] = ['active', 'pending', 'suspended', 'expired'];

/** What a row has as the definition says it. */
type Defined = 'kind' | 'prefix' | 'description' | 'request' | 'owner' | 'contact' | 'reason' | 'file';

/** One integration in the report. Holds no secret, nor what vendors use like one: external IDs and session names. */
export interface Row extends Seen, Dated, Pick<Integration, Defined> {
  readonly integration: string;
  readonly client: string;
  /** The client's name for people. */
  readonly clientTitle?: string;
  /** The vendor of the catalogue where it has a profile, else the file's name. */
  readonly vendor: string;
  readonly state: State;
  readonly can: readonly string[];
  readonly bucket: string;
  /** The name of the access point through which alone it acts. */
  readonly accessPoint?: string;
  /** Whether it has the bucket for itself. */
  readonly dedicated: boolean;
  readonly who: readonly string[];
  /** Of its role or user, where it has one and the account is known. */
  readonly arn?: string;
  /** Whether one of its external IDs must be sent. */
  readonly externalId: boolean;
  readonly from: readonly string[];
  /** Its dates, the nearest first. */
  readonly days: readonly Day[];
  /** Of its gravest risk that nobody accepts. */
  readonly gravity?: Gravity;
  /** What somebody should look at, the gravest first; nothing while nobody can use it. */
  readonly risks: readonly JudgedRisk[];
}

/** @param today as `YYYY-MM-DD` */
export function rowOf(
  client: Client,
  integration: Integration,
  today: string,
  found: readonly JudgedRisk[],
  seen: Seen = {},
): Row {
  const { name, vendor, profile, kind, prefix, access, expires, reviewBy } = integration;
  const { description, request, owner, contact, reason, file } = integration;
  const authority = integration.kind === 'roles-anywhere' ? integration.certificateAuthority : undefined;
  const dates = { expires, reviewBy, authorityEnds: authority === undefined ? undefined : validUntil(authority) };
  const state = stateOf(integration, today);
  const risks = state === 'active' ? found : [];
  return {
    ...{ integration: name, client: client.name, clientTitle: client.title, vendor: profile ?? vendor, kind, state },
    ...{ can: access, bucket: bucketOf(client, integration).name, prefix, accessPoint: accessPointOf(integration) },
    dedicated: integration.dedicatedBucket !== undefined,
    who: whoIsToShow(integration),
    arn: arnOf(client, integration),
    externalId: integration.kind === 'assumed-role' && integration.externalIds.length > 0,
    from: [...integration.sourceIps, ...integration.vpcEndpoints, ...integration.sourceVpcs],
    ...dates,
    days: daysOf(dates, today),
    ...{ description, request, owner, contact, reason },
    gravity: risks.find(({ accepted }) => accepted === null)?.gravity,
    risks,
    ...seen,
    file,
  };
}

function stateOf({ status, expires }: Integration, today: string): State {
  if (status !== Status.ACTIVE) return status;
  return expires !== undefined && expires <= today ? 'expired' : 'active';
}

function arnOf(client: Client, integration: Integration): string | undefined {
  const { account, region, rolePath } = client;
  const [partition, principal] = [partitionOf(region), principalOf(integration)];
  if (account === undefined || partition === undefined || principal === undefined) return undefined;
  return iamArn({ partition, account, rolePath }, principal.type, principal.name);
}

/** The role or user that an integration acts as; none where its own principals act as themselves. */
export function principalOf(integration: Integration): { type: 'role' | 'user'; name: string } | undefined {
  if (integration.kind === 'direct-trust') return undefined;
  return 'roleName' in integration
    ? { type: 'role', name: integration.roleName }
    : { type: 'user', name: integration.name };
}
