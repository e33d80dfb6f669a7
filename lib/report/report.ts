import { type InternalAccess, internalAccess } from '../definitions/model/internal-access';
import type { Client, Company, Deployment } from '../definitions/model/model';
import { risksIn } from '../definitions/risks';
import type { Problem } from '../definitions/yaml/problem';
import { RISKS } from '../rules/risk';
import { type Due, dueDates } from './due';
import { type ClientUse, clientUse, type Headroom, headroomOf, measured } from './headroom';
import { type Row, rowOf } from './row';

/** A client in the report. */
export interface ClientRow extends ClientUse {
  readonly client: string;
  /** Its name for people. */
  readonly title?: string;
  readonly account?: string;
  readonly region?: string;
  readonly bucket: string;
  /** Whether the bucket was there before, and is never changed. */
  readonly existing: boolean;
  readonly encryption: 'SSE-S3' | 'SSE-KMS';
  readonly integrations: number;
  /** Integrations that let somebody in today. */
  readonly open: number;
  /** Integrations with a long-lived access key. */
  readonly accessKeys: number;
  readonly file: string;
}

/** Everything that is known of a deployment from its definitions, on a day. */
export interface Report {
  /** The day, as `YYYY-MM-DD`. */
  readonly today: string;
  /** Whose deployment it is. */
  readonly company?: Company;
  readonly clients: readonly ClientRow[];
  /** By name. */
  readonly integrations: readonly Row[];
  /** Who of our own company reaches the clients' buckets. */
  readonly internal: readonly InternalAccess[];
  /** The nearest first. */
  readonly dates: readonly Due[];
  readonly limits: readonly Headroom[];
  /** What `check` warns of. */
  readonly problems: readonly Problem[];
}

/**
 * The report on a valid deployment. The same definitions and day give the same report.
 *
 * @param problems what `check` finds: warnings, where the deployment is valid
 * @param today as `YYYY-MM-DD`
 */
export function reportOf(deployment: Deployment, problems: readonly Problem[], today: string): Report {
  const { clients, company } = deployment;
  const risks = risksIn({ deployment, problems });
  const parts = clients.map((client) => ({
    ...measured(client),
    rows: client.integrations.map((integration) =>
      rowOf(client, integration, today, risks.get(integration.name) ?? []),
    ),
  }));
  const integrations = parts.flatMap(({ rows }) => rows);
  return {
    today,
    company,
    clients: parts.map((part) => clientRow(part.client, part.rows, clientUse(part))),
    integrations,
    internal: clients.flatMap((client) => internalAccess(client).map(({ access }) => access)),
    dates: dueDates(integrations, today),
    limits: headroomOf(parts),
    problems,
  };
}

function clientRow(client: Client, rows: readonly Row[], use: ClientUse): ClientRow {
  const { name, title, account, region, bucket, file } = client;
  return {
    client: name,
    title,
    account,
    region,
    bucket: bucket.name,
    existing: bucket.existing,
    encryption: bucket.kmsKey === undefined ? 'SSE-S3' : 'SSE-KMS',
    integrations: rows.length,
    open: rows.filter(({ state }) => state === 'active').length,
    accessKeys: rows.filter(({ kind }) => kind === 'access-key').length,
    ...use,
    file,
  };
}

const RISK_CODES: readonly string[] = RISKS;

/** The warnings that nobody accepts, and that are no risks of integrations: those are shown as such. */
export function warningsOf(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ severity, code }) => severity === 'warning' && !RISK_CODES.includes(code));
}
