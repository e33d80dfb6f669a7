import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import { risksAmong } from '../definitions/model/risks';
import { whoIs } from '../definitions/model/who';
import { accessPointOf } from '../rules/access-points';
import { untilExpiry } from '../rules/restrictions';
import type { Risk } from '../rules/risk';
import { Status } from '../rules/vocabulary';
import { find } from './deployment/find';
import { loadValid } from './deployment/load-valid';
import { Exit } from './host/failure';
import type { Host } from './host/host';
import { type InternalRow, internalRows } from './internal-access';
import { lookOf } from './terminal/looks';
import { table } from './terminal/table';

/** One integration's access, as `access --json` gives it. */
export interface Access {
  readonly integration: string;
  readonly kind: string;
  readonly status: string;
  /** Whether anybody is let in today. */
  readonly open: boolean;
  /** The principals, or the user whose access keys are handed over. */
  readonly who: readonly string[];
  /** One of them must be sent. */
  readonly externalIds: readonly string[];
  readonly can: readonly string[];
  readonly bucket: string;
  readonly prefix: string;
  /** The name of the access point through which alone it acts; none where it has none. */
  readonly accessPoint?: string;
  /** The instant at which access ends, UTC; null where it does not end by itself. */
  readonly until: string | null;
  readonly sourceIps: readonly string[];
  readonly vpcEndpoints: readonly string[];
  readonly sourceVpcs: readonly string[];
  /** What somebody should look at, the gravest first. */
  readonly risks: readonly { readonly code: string; readonly gravity: string }[];
}

/** Says who can do what, where and until when: integrations, and of all also who of our own company. */
export function access(
  name: string | undefined,
  options: { readonly dir: string; readonly json: boolean },
  host: Host,
): Exit {
  const deployment = loadValid(options.dir, host);
  const risks = risksAmong(deployment.clients.flatMap(({ integrations }) => integrations));
  const of = (client: Client, integration: Integration) =>
    accessOf(client, integration, risks.get(integration.name) ?? [], host.today);
  const rowsOf = (client: Client): (Access | InternalRow)[] => [
    ...internalRows(client),
    ...client.integrations.map((integration) => of(client, integration)),
  ];
  const named = (one: string) => {
    const { client, integration } = find(deployment, one);
    return of(client, integration);
  };
  const rows = name === undefined ? deployment.clients.flatMap(rowsOf) : [named(name)];
  if (options.json) host.out(`${JSON.stringify(name === undefined ? rows : rows[0], null, 2)}\n`);
  else host.out(table(['INTEGRATION', 'MAY', 'WHERE', 'UNTIL', 'WHO'], rows.map(cells), host.width, lookOf(host)));
  return Exit.DONE;
}

function accessOf(client: Client, integration: Integration, risks: readonly Risk[], today: string): Access {
  const { name, kind, status, access: can, prefix, expires } = integration;
  const expired = expires !== undefined && expires <= today;
  return {
    integration: name,
    kind,
    status,
    open: status === Status.ACTIVE && !expired,
    who: whoIs(integration),
    externalIds: integration.kind === 'assumed-role' ? integration.externalIds : [],
    can,
    bucket: bucketOf(client, integration).name,
    prefix,
    accessPoint: accessPointOf(integration),
    until: (untilExpiry(integration)?.DateLessThan?.['aws:CurrentTime'] as string | undefined) ?? null,
    sourceIps: integration.sourceIps,
    vpcEndpoints: integration.vpcEndpoints,
    sourceVpcs: integration.sourceVpcs,
    risks: risks.map(({ code, gravity }) => ({ code, gravity })),
  };
}

function cells(one: Access | InternalRow): string[] {
  return one.integration === null ? internalCells(one) : integrationCells(one);
}

function internalCells({ client, can, bucket, prefix, who, grant }: InternalRow): string[] {
  const how = grant ? '' : ', by its own policy alone';
  return [`${client} (internal)`, can.join(' '), `s3://${bucket}/${prefix}`, 'no end', `${who.join(', ')}${how}`];
}

function integrationCells(one: Access): string[] {
  const { status, open, externalIds, sourceIps, vpcEndpoints, sourceVpcs } = one;
  const may = open ? one.can.join(' ') : `nothing (${status === Status.ACTIVE ? 'expired' : status})`;
  const origins = [...sourceIps, ...vpcEndpoints, ...sourceVpcs];
  const who = [
    one.who.join(', ') || 'nobody yet',
    ...(one.kind === 'access-key' ? ['by access key'] : []),
    ...(externalIds.length > 0 ? [`with external ID ${externalIds.join(' or ')}`] : []),
    ...(origins.length > 0 ? [`from ${origins.join(' or ')}`] : []),
    ...(one.accessPoint === undefined ? [] : [`through the access point ${one.accessPoint}`]),
  ];
  return [
    one.integration,
    may,
    `s3://${one.bucket}/${one.prefix}`,
    one.until?.slice(0, 10) ?? 'no end',
    who.join(', '),
  ];
}
