import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differingClients } from '../deploy/account-stacks';
import { IDENTITY_PROVIDERS } from '../deploy/cdk';
import { type Because, isEmpty, type OrphanedStack, planWith } from '../deploy/plan';
import { stackName } from '../rules/stacks';
import { loadValid } from './deployment/load-valid';
import { type Planned, planSince, type SinceOptions } from './git/since';
import { Exit } from './host/failure';
import type { Host } from './host/host';
import { leftOver } from './rollout/left-over';
import { table } from './terminal/table';

/**
 * Says what is to be deployed: which clients' definitions, or the app itself, are not as they were. Where there are AWS
 * credentials, it also says which stacks of clients an account has that no definition has.
 */
export async function changed(options: SinceOptions & { readonly json: boolean }, host: Host): Promise<Exit> {
  const deployment = loadValid(options.dir, host);
  const temporary = mkdtempSync(join(tmpdir(), 'bucket-integrations-changed-'));
  try {
    const compared = await planSince(options, deployment, temporary, host);
    const { left, looked } = await leftOver(compared, deployment, host);
    const differing: ReadonlySet<string> =
      options.record === undefined ? new Set() : differingClients(looked.found, deployment);
    const plan = planWith({ ...compared.plan, left }, deployment, differing, 'account');
    const planned = { ...compared, plan };
    for (const why of looked.refusals)
      host.err(`note: not every account and region was searched for stacks that no definition has: ${why}\n`);
    if (options.json) host.out(`${JSON.stringify(documented(planned), null, 2)}\n`);
    else if (isEmpty(planned.plan)) host.err(`nothing to deploy${since(planned)}\n`);
    else host.out(table(['STACK', 'WHY'], rows(planned), host.width));
    return Exit.DONE;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** What `--json` gives of a plan. */
export function documented({ plan, base, app }: Planned) {
  const { clients, identityProviders, left, handoffs } = plan;
  return {
    base: base ?? null,
    app,
    clients: clients.map(({ client, stackIds, because }) => ({
      client,
      stack: stackName(client),
      stacks: stackIds.map((id) => stackName(id)),
      because,
    })),
    identityProviders,
    left: left.map(documentedStack),
    handoffs,
  };
}

export function documentedStack({ client, stack, account, region, because }: OrphanedStack) {
  return { client, stack, account, region, because };
}

/** ` since main (1a2b3c4)`. */
export function since({ base }: Planned): string {
  return base ? ` since ${base.ref} (${base.commit.slice(0, 7)})` : '';
}

function rows({ plan, app }: Planned): string[][] {
  const why: Readonly<Record<Because, string>> = {
    'no-base': 'nothing is known to be deployed',
    new: 'a new client',
    definitions: 'its definitions',
    all: 'all were asked for',
    between: 'its definitions, which changed and changed back',
    account: 'its stack, which differs from its definitions',
    app: `the app: ${app.slice(0, 3).join(', ')}${app.length > 3 ? ` and ${app.length - 3} more` : ''}`,
  };
  return [
    ...(plan.identityProviders ? [[stackName(IDENTITY_PROVIDERS), 'issuers and audiences of all clients']] : []),
    ...plan.clients.flatMap(({ stackIds, because }) => stackIds.map((id) => [stackName(id), why[because]])),
    ...plan.left.map((left) => [left.stack, orphanText(left)]),
  ];
}

function orphanText({ because, account, region }: OrphanedStack): string {
  if (because === 'removed') return 'will be deleted: its client is removed';
  if (because === 'emptied') return 'will be deleted: no integration is in it now';
  const why = because === 'moved' ? 'its client has moved' : 'no definition has it';
  const where = [account, region].map((place) => (place === undefined ? '' : ` in ${place}`)).join('');
  return `left behind${where}: ${why}`;
}
