import { type Place, providersPlaces, undefinedStacks, unneededProviders } from '../deploy/account-stacks';
import { deleteStackCommand } from '../deploy/cdk';
import { all } from '../text/list';
import { loadValid } from './deployment/load-valid';
import { Exit, failureOf } from './host/failure';
import type { Host } from './host/host';
import { lookAt } from './rollout/look';
import { lookOf } from './terminal/looks';
import { sayNext } from './terminal/say';
import { table } from './terminal/table';

export interface LeftBehindOptions {
  readonly dir: string;
  readonly json: boolean;
  /** Regions in which to look as well, in every account that a definition names. */
  readonly region?: readonly string[];
}

/**
 * Shows the stacks of clients that accounts have and no definition has: they allow their vendors what they always did.
 * @throws Failure where AWS cannot be asked
 */
export async function listLeftBehind({ dir, json, region = [] }: LeftBehindOptions, host: Host): Promise<Exit> {
  const deployment = loadValid(dir, host);
  if (!deployment) return Exit.FOUND;
  const places: Place[] = [{}, { region: deployment.region }, ...deployment.clients];
  const others = places.flatMap(({ account }) => region.map((each) => ({ account, region: each })));
  const perhaps = providersPlaces(places, deployment);
  const { found, refusals, noAws } = await lookAt([...places, ...others], perhaps, host);
  if (noAws !== undefined) throw failureOf('aws-refused', `it is not known which stacks exist: ${noAws}`);
  const clients = undefinedStacks(found, deployment).map(({ stackId: _, because: __, ...stack }) => stack);
  const providers = unneededProviders(found, deployment);
  const left = [...clients, ...providers.map((stack) => ({ client: null, ...stack, integrations: [] }))];
  if (json) host.out(`${JSON.stringify(left, null, 2)}\n`);
  else if (left.length > 0) {
    const rows = left.map(({ stack, account, region: where, status, integrations }) => [
      ...[stack, account, where, status],
      integrations.join(' ') || '-',
    ]);
    host.out(table(['STACK', 'ACCOUNT', 'REGION', 'STATUS', 'INTEGRATIONS'], rows, host.width, lookOf(host)));
    const [first] = left;
    if (first) sayNext(`${deleteStackCommand(first)} ends the first, and keeps its bucket if it has one`, host);
  }
  const seen = [...new Set(found.map(({ at }) => `${at.account} in ${at.region}`))];
  if (seen.length > 0)
    host.err(`looked at ${all(seen)}${left.length === 0 ? ': no stack is left behind there' : ''}\n`);
  for (const why of refusals) host.err(`${why}\n`);
  return refusals.length === 0 ? Exit.DONE : Exit.FOUND;
}
