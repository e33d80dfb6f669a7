import { type InternalAccess, internalAccess } from '../definitions/model/internal-access';
import type { Client, Company, Deployment } from '../definitions/model/model';
import { risksIn } from '../definitions/risks';
import type { Problem } from '../definitions/yaml/problem';
import { RISKS } from '../rules/risk';
import type { Due } from './due';
import { type ClientUse, clientUse, type Headroom, headroomOf, measured } from './headroom';
import { type Observed, type Source, seenOf } from './observed';
import { type Row, rowOf } from './row';

/** A client in the report. */
export interface ClientRow extends ClientUse, Pick<Client, 'title' | 'account' | 'region' | 'file'> {
  readonly client: string;
  readonly bucket: string;
  /** Whether the bucket was there before, and is never changed. */
  readonly existing: boolean;
  /** Undefined of an existing bucket whose key no definition names: nobody looked. */
  readonly encryption?: 'SSE-S3' | 'SSE-KMS';
  readonly integrations: number;
  /** Integrations that let somebody in today. */
  readonly open: number;
  /** Integrations that let somebody in today with a long-lived access key. */
  readonly accessKeys: number;
}

/** Everything that is known of a deployment from its definitions, on a day. */
export interface Report {
  /** The day, as `YYYY-MM-DD`. */
  readonly today: string;
  /** Whose deployment it is. */
  readonly company?: Company;
  readonly source?: Source;
  /** With which accounts it was compared, if it was. */
  readonly account?: Omit<NonNullable<Observed['account']>, 'of'>;
  /** Of which days logs were read, if they were. */
  readonly usage?: Omit<NonNullable<Observed['usage']>, 'integrations'>;
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
 * @param observed what an account and its logs showed
 */
export function reportOf(
  deployment: Deployment,
  problems: readonly Problem[],
  today: string,
  observed: Observed = {},
): Report {
  const { clients, company } = deployment;
  const { source, account, usage } = observed;
  const risks = risksIn({ deployment, problems });
  const parts = clients.map((client) => {
    const rows = client.integrations.map((integration) => {
      const seen = seenOf(observed, client.name, integration.name, today);
      return rowOf(client, integration, today, risks.get(integration.name) ?? [], seen);
    });
    return { ...measured(client), rows };
  });
  const integrations = parts.flatMap(({ rows }) => rows);
  return {
    today,
    company,
    source,
    account: account && { accounts: account.accounts, collectedAt: account.collectedAt, others: account.others },
    usage: usage && { from: usage.from, to: usage.to, strangers: usage.strangers },
    clients: parts.map((part) => clientRow(part.client, part.rows, clientUse(part))),
    integrations,
    internal: clients.flatMap((client) => internalAccess(client).map(({ access }) => access)),
    // The rows are in order already, and sorting keeps it within a day.
    dates: integrations
      .flatMap(({ integration, owner, days }) => days.map((day) => ({ integration, owner, ...day })))
      .sort((a, b) => a.days - b.days),
    limits: headroomOf(parts),
    problems,
  };
}

function clientRow(client: Client, rows: readonly Row[], use: ClientUse): ClientRow {
  const { name, title, account, region, bucket, file } = client;
  return {
    ...{ client: name, title, account, region, bucket: bucket.name, existing: bucket.existing },
    encryption: bucket.kmsKey !== undefined ? 'SSE-KMS' : bucket.existing ? undefined : 'SSE-S3',
    integrations: rows.length,
    open: rows.filter(({ state }) => state === 'active').length,
    accessKeys: rows.filter(isOpenKey).length,
    ...use,
    file,
  };
}

/** Whether somebody holds a long-lived access key that works. */
export function isOpenKey({ kind, state }: Row): boolean {
  return kind === 'access-key' && state === 'active';
}

const RISK_CODES: readonly string[] = RISKS;

/** The warnings that nobody accepts, and that are no risks of integrations: those are shown as such. */
export function warningsOf(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ severity, code }) => severity === 'warning' && !RISK_CODES.includes(code));
}
