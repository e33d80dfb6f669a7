import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import { whoIs } from '../definitions/model/who';
import { type JudgedRisk, riskMark, risksIn, riskText } from '../definitions/risks';
import { accessPointOf } from '../rules/access-points';
import { untilExpiry } from '../rules/restrictions';
import type { ExternalTrust } from '../rules/trust';
import { Status } from '../rules/vocabulary';
import { ownCommand } from '../text/commands';
import { printable } from '../text/quote';
import { findNamed } from './deployment/find';
import { type Deployed, DeployedState } from './deployment/judged-account';
import { loadReadable } from './deployment/load-valid';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { type InternalRow, internalRows } from './internal-access';
import { lookOf } from './terminal/looks';
import { prose } from './terminal/prose';
import { sayList, sayNext, summaryOf } from './terminal/say';
import { table } from './terminal/table';

/** One integration's access, as `access --json` gives it. */
export interface Access {
  readonly integration: string;
  readonly client: string;
  readonly kind: string;
  readonly status: string;
  /** Whether anybody is let in today. */
  readonly open: boolean;
  /** The principals, or the user whose access keys are handed over. */
  readonly who: readonly string[];
  /** One of them must be sent. */
  readonly externalIds: readonly string[];
  /** Where each principal has an external ID of its own; null elsewhere. */
  readonly trusts: readonly ExternalTrust[] | null;
  /** Whether a session may carry tags, and a source identity. */
  readonly sessionTags: boolean;
  readonly sourceIdentity: boolean;
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
  /** The day by which somebody asks again whether it is needed. */
  readonly reviewBy: string | null;
  /** Whom to reach at the vendor. */
  readonly contact: string | null;
  /** What somebody should look at, the gravest first. */
  readonly risks: readonly JudgedRisk[];
  /** Whether it is so in the account, where a snapshot was given. */
  readonly deployed?: Deployed;
}

export interface AccessOptions {
  readonly dir: string;
  readonly json: boolean;
  /** These clients only. */
  readonly client?: readonly string[];
  /** Snapshots of the accounts: whether each integration is there as it is defined. */
  readonly snapshot?: readonly string[];
}

/**
 * Says who can do what, where and until when: integrations, and who of our own company.
 *
 * @param name an integration, or a client, of which the policies that our own company needs are said too
 */
export async function access(name: string | undefined, options: AccessOptions, host: Host): Promise<Exit> {
  if (name !== undefined && options.client?.length)
    throw new Failure('options-conflict', 'NAME and --client contradict each other', 'give one of them', {
      exit: Exit.USAGE,
    });
  const loaded = loadReadable({ ...options, name }, host);
  const { deployment } = loaded;
  const risks = risksIn(loaded);
  const { snapshot = [] } = options;
  const state = snapshot.length > 0 ? new DeployedState(deployment, snapshot) : undefined;
  const of = (client: Client, integration: Integration): Access => ({
    ...accessOf(client, integration, risks.get(integration.name) ?? [], host.today),
    ...(state && { deployed: state.of(client.name, integration.name) }),
  });
  const rowsOf = (client: Client): (Access | InternalRow)[] => [
    ...internalRows(client),
    ...client.integrations.map((integration) => of(client, integration)),
  ];
  const named = name === undefined ? undefined : deployment.clients.find((client) => client.name === name);
  const found = name === undefined || named ? undefined : findNamed(deployment, name, options.dir);
  const one = found && of(found.client, found.integration);
  const rows = one ? [one] : (named ? [named] : deployment.clients).flatMap(rowsOf);
  if (options.json) {
    host.out(`${JSON.stringify(one ?? rows, null, 2)}\n`);
    return loaded.exit;
  }
  const headings = ['INTEGRATION', 'MAY', 'WHERE', 'UNTIL', 'RISK', 'WHO', ...(state ? ['DEPLOYED'] : [])];
  const deployed = ({ client, integration }: Access | InternalRow) =>
    integration === null ? '-' : state?.wordsFor(client, integration);
  const shown = rows.map((row) => [...cells(row), ...(state ? [deployed(row) ?? '-'] : [])]);
  const listed = table(headings, shown, host.width, lookOf(host));
  if (one) {
    const said = details(one).map((line) => `${prose(printable(line), host.width, 2)}\n`);
    host.out(`${listed}${said.join('')}`);
    return loaded.exit;
  }
  // Policies are for copying.
  const more = (named ? internalRows(named).flatMap(policyLines) : []).map((line) => `${printable(line)}\n`);
  await sayList(`${listed}${more.join('')}`, rows.length, summaryOf(deployment), host);
  if (name === undefined && rows.some((row) => row.integration === null))
    sayNext(`${ownCommand('access CLIENT', options.dir)} prints the policies that your own company needs`, host);
  return loaded.exit;
}

/** What a principal of ours needs itself. */
function policyLines({ who, bucket, prefix, policy, needed }: InternalRow): string[] {
  const { bucketPolicy, keyPolicy } = needed;
  const shown = (what: string, json: unknown) => ['', what, ...JSON.stringify(json, null, 2).split('\n')];
  const whose = who.join(', ');
  return [
    ...shown(`${whose} ${who.length > 1 ? 'need' : 'needs'} this policy for s3://${bucket}/${prefix}:`, policy),
    ...(bucketPolicy.length > 0
      ? shown(`and the policy of the bucket ${bucket} needs these statements:`, bucketPolicy)
      : []),
    ...(keyPolicy.length > 0 ? shown('and the policy of its KMS key needs these statements:', keyPolicy) : []),
  ];
}

function accessOf(client: Client, integration: Integration, risks: readonly JudgedRisk[], today: string): Access {
  const { name, kind, status, access: can, prefix, expires, reviewBy = null, contact = null } = integration;
  const expired = expires !== undefined && expires <= today;
  return {
    integration: name,
    client: client.name,
    kind,
    status,
    open: status === Status.ACTIVE && !expired,
    who: whoIs(integration),
    externalIds: integration.kind === 'assumed-role' ? integration.externalIds : [],
    trusts: (integration.kind === 'assumed-role' && integration.trusts) || null,
    sessionTags: 'sessionTags' in integration && integration.sessionTags,
    sourceIdentity: 'sourceIdentity' in integration && integration.sourceIdentity,
    can,
    bucket: bucketOf(client, integration).name,
    prefix,
    accessPoint: accessPointOf(integration),
    until: (untilExpiry(integration)?.DateLessThan?.['aws:CurrentTime'] as string | undefined) ?? null,
    sourceIps: integration.sourceIps,
    vpcEndpoints: integration.vpcEndpoints,
    sourceVpcs: integration.sourceVpcs,
    reviewBy,
    contact,
    risks,
  };
}

function cells(one: Access | InternalRow): string[] {
  return one.integration === null ? internalCells(one) : integrationCells(one);
}

function internalCells({ client, can, bucket, prefix, who, grant }: InternalRow): string[] {
  const how = grant ? '' : ', by its own policy alone';
  return [`${client} (internal)`, can.join(' '), `s3://${bucket}/${prefix}`, 'no end', '-', `${who.join(', ')}${how}`];
}

function integrationCells(one: Access): string[] {
  const { status, open, externalIds, trusts, sourceIps, vpcEndpoints, sourceVpcs } = one;
  const may = open ? one.can.join(' ') : `nothing (${status === Status.ACTIVE ? 'expired' : status})`;
  const origins = [...sourceIps, ...vpcEndpoints, ...sourceVpcs];
  const who = [
    (trusts?.map(trustText) ?? one.who).join(', ') || 'nobody yet',
    ...(one.kind === 'access-key' ? ['by access key'] : []),
    ...(externalIds.length > 0 && !trusts ? [`with external ID ${externalIds.join(' or ')}`] : []),
    ...(origins.length > 0 ? [`from ${origins.join(' or ')}`] : []),
    ...(one.accessPoint === undefined ? [] : [`through the access point ${one.accessPoint}`]),
  ];
  return [
    one.integration,
    may,
    `s3://${one.bucket}/${one.prefix}`,
    one.until?.slice(0, 10) ?? 'no end',
    riskMark(one.risks),
    who.join(', '),
  ];
}

function trustText({ principal, externalId }: ExternalTrust): string {
  return externalId === undefined ? principal : `${principal} with external ID ${externalId}`;
}

/** What there is no column for, a line each. */
function details({ contact, reviewBy, sessionTags, sourceIdentity, risks, deployed }: Access): string[] {
  const said = [
    contact && `contact: ${contact}`,
    reviewBy && `review by: ${reviewBy}`,
    sessionTags && 'may send session tags',
    sourceIdentity && 'may set a source identity',
    ...risks.map((risk) => `${riskText(risk)}${risk.accepted ? '' : `; ${risk.fix}`}`),
    ...(deployed?.findings ?? []).map(({ code, message }) => `deployed: ${code}: ${message}`),
  ].filter((line) => typeof line === 'string');
  return said.length === 0 ? [] : ['', ...said];
}
