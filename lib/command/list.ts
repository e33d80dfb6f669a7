import { bucketOf, partsOf } from '../definitions/model/model';
import { accessPointOf } from '../rules/access-points';
import { stackName } from '../rules/stacks';
import { loadValid } from './deployment/load-valid';
import { Exit } from './host/failure';
import type { Host } from './host/host';
import { lookOf } from './terminal/looks';
import { sayNext } from './terminal/say';
import { table } from './terminal/table';

/** Shows the clients and their integrations. */
export function list(options: { readonly dir: string; readonly json: boolean }, host: Host): Exit {
  const deployment = loadValid(options.dir, host);
  const clients = deployment.clients.map((client) => ({
    client: client.name,
    account: client.account,
    region: client.region,
    bucket: client.bucket.name,
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
      stack: stackName(client.name, integration.stackPart),
      file: integration.file,
    })),
  }));
  if (options.json) {
    host.out(`${JSON.stringify(clients, null, 2)}\n`);
    return Exit.DONE;
  }
  // Where no client has parts, its name says the stack.
  const parted = deployment.clients.some((client) => partsOf(client).length > 1);
  const headings = ['INTEGRATION', 'KIND', 'STATUS', 'PREFIX', ...(parted ? ['STACK'] : [])];
  const rows = clients.flatMap(({ client, bucket, integrations }) =>
    integrations.length === 0
      ? [[client, '-', '-', `s3://${bucket}/`, stackName(client)]]
      : integrations.map((one) => [
          one.integration,
          one.kind,
          one.status,
          `s3://${one.bucket}/${one.prefix}`,
          one.stack,
        ]),
  );
  const shown = rows.map((row) => row.slice(0, headings.length));
  host.out(table(headings, shown, host.width, lookOf(host)));
  sayNext(
    rows.length === 0
      ? 'npx bucket-integrations new CLIENT VENDOR writes the first integration'
      : 'npx bucket-integrations access NAME says who may do what',
    host,
  );
  return Exit.DONE;
}
