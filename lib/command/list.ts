import { internalAccess } from '../definitions/model/internal-access';
import { bucketOf, partsOf } from '../definitions/model/model';
import { riskMark, risksIn } from '../definitions/risks';
import { accessPointOf } from '../rules/access-points';
import { stackName } from '../rules/stacks';
import { ownCommand } from '../text/commands';
import { counted } from '../text/plural';
import { DeployedState } from './deployment/judged-account';
import { loadReadable } from './deployment/load-valid';
import type { Exit } from './host/failure';
import type { Host } from './host/host';
import { lookOf } from './terminal/looks';
import { sayList, sayNext, summaryOf } from './terminal/say';
import { table } from './terminal/table';

export interface ListOptions {
  readonly dir: string;
  readonly json: boolean;
  /** These clients only. */
  readonly client?: readonly string[];
  /** Snapshots of the accounts: whether each integration is there as it is defined. */
  readonly snapshot?: readonly string[];
}

/** Shows the clients: who of our own company reaches their buckets, and their integrations. */
export async function list(options: ListOptions, host: Host): Promise<Exit> {
  const loaded = loadReadable(options, host);
  const { deployment } = loaded;
  const risks = risksIn(loaded);
  const { snapshot = [] } = options;
  const state = snapshot.length > 0 ? new DeployedState(deployment, snapshot) : undefined;
  const clients = deployment.clients.map((client) => ({
    client: client.name,
    title: client.title,
    account: client.account,
    region: client.region,
    bucket: client.bucket.name,
    internal: internalAccess(client).map(({ access: { client: _, ...access } }) => access),
    integrations: client.integrations.map((integration) => ({
      integration: integration.name,
      kind: integration.kind,
      status: integration.status,
      bucket: bucketOf(client, integration).name,
      prefix: integration.prefix,
      accessPoint: accessPointOf(integration),
      description: integration.description,
      request: integration.request,
      owner: integration.owner,
      contact: integration.contact,
      reviewBy: integration.reviewBy,
      risks: (risks.get(integration.name) ?? []).map(({ code, gravity, accepted }) => ({ code, gravity, accepted })),
      stack: stackName(client.name, integration.stackPart),
      ...(state && { deployed: state.of(client.name, integration.name) }),
      file: integration.file,
    })),
  }));
  if (options.json) {
    host.out(`${JSON.stringify(clients, null, 2)}\n`);
    return loaded.exit;
  }
  // Where no client has parts, its name says the stack.
  const parted = deployment.clients.some((client) => partsOf(client).length > 1);
  const headings = ['INTEGRATION', 'KIND', 'STATUS', 'RISK', 'PREFIX'];
  const further = [...(parted ? ['STACK'] : []), ...(state ? ['DEPLOYED'] : [])];
  const rows = clients.flatMap(({ client, bucket, internal, integrations }) => {
    const ours = internal.map((one) => {
      const status = one.grant ? 'granted' : 'meant';
      return [
        `${client} (internal)`,
        'internal',
        status,
        '-',
        `s3://${one.bucket}/${one.prefix}`,
        ...further.map(() => '-'),
      ];
    });
    const theirs = integrations.map(({ integration, kind, status, stack, ...one }) => [
      ...[integration, kind, status, riskMark(one.risks), `s3://${one.bucket}/${one.prefix}`],
      ...(parted ? [stack] : []),
      ...(state ? [state.wordsFor(client, integration)] : []),
    ]);
    const rows = [...ours, ...theirs];
    return rows.length > 0
      ? rows
      : [
          [
            client,
            '-',
            '-',
            '-',
            `s3://${bucket}/`,
            ...further.map((name) => (name === 'STACK' ? stackName(client) : '-')),
          ],
        ];
  });
  const listed = table([...headings, ...further], rows, host.width, lookOf(host));
  await sayList(listed, rows.length, summaryOf(deployment), host);
  if (state) sayOthers(state, options.dir, host);
  sayNext(
    rows.length === 0
      ? `${ownCommand('new', options.dir)} writes the first integration`
      : `${ownCommand('access NAME', options.dir)} says who may do what`,
    host,
  );
  return loaded.exit;
}

/** What is no one integration's: a client's bucket, or somebody who reaches it. */
function sayOthers({ otherClients }: DeployedState, dir: string, host: Host): void {
  if (otherClients.length === 0) return;
  host.err(`more differs at ${counted(otherClients.length, 'client')}: ${ownCommand('verify', dir)} says what\n`);
}
