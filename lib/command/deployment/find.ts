import type { Client, Deployment, Integration } from '../../definitions/model/model';
import { nearest } from '../../text/nearest';
import { Failure } from '../host/failure';

/** The integration of that name. */
export function find(deployment: Deployment, name: string): { client: Client; integration: Integration } {
  const names: string[] = [];
  for (const client of deployment.clients) {
    for (const integration of client.integrations) {
      if (integration.name === name) return { client, integration };
      names.push(integration.name);
    }
  }
  const near = nearest(name, names);
  throw new Failure(
    'unknown-integration',
    `there is no integration ${name}; ${near ? `did you mean ${near}?` : 'bucket-integrations list shows them'}`,
  );
}
