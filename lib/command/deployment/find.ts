import type { Client, Deployment, Integration } from '../../definitions/model/model';
import { ownCommand } from '../../text/commands';
import { meantOr } from '../../text/nearest';
import { Failure } from '../host/failure';

/**
 * The integration of that name.
 * @throws Failure where there is none, with the name that was meant
 */
export function find(deployment: Deployment, name: string, dir: string): { client: Client; integration: Integration } {
  const names: string[] = [];
  for (const client of deployment.clients) {
    for (const integration of client.integrations) {
      if (integration.name === name) return { client, integration };
      names.push(integration.name);
    }
  }
  throw new Failure(
    'unknown-integration',
    `there is no integration ${name}`,
    meantOr(name, names, `${ownCommand('list', dir)} shows them`),
  );
}

/** The client of that name. */
export function findClient({ clients }: Deployment, name: string, dir: string): Client {
  const found = clients.find((client) => client.name === name);
  if (found) return found;
  throw unknownClient(
    name,
    clients.map((client) => client.name),
    dir,
  );
}

export function unknownClient(name: string, names: readonly string[], dir: string): Failure {
  const fix = meantOr(name, names, `${ownCommand('list', dir)} shows them`);
  return new Failure('unknown-client', `there is no client ${name}`, fix);
}

/**
 * The integration of a name that could be a client's too.
 * @throws Failure where there is neither
 */
export function findNamed(deployment: Deployment, name: string, dir: string) {
  // No integration is called as a client is: its name has an underscore.
  if (!name.includes('_')) findClient(deployment, name, dir);
  return find(deployment, name, dir);
}
