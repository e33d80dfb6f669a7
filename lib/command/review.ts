import { reviewMarkdown } from '../review/markdown';
import { dueItems } from '../review/review';
import { ownCommand } from '../text/commands';
import { nearest } from '../text/nearest';
import { counted } from '../text/plural';
import { quote } from '../text/quote';
import { loadJudged } from './deployment/load-valid';
import { readUsageFile } from './deployment/usage-file';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { lookOf } from './terminal/looks';
import { table } from './terminal/table';

export interface ReviewOptions {
  readonly dir: string;
  readonly json: boolean;
  readonly format: 'text' | 'markdown' | 'json';
  /** What this owner has to look at, and no other. */
  readonly owner?: string;
  /** A file of `usage --json`. */
  readonly usage?: string;
}

/** Lists what is due: what has ended or ends, is to be reviewed, is not used, or has no owner. */
export function review(options: ReviewOptions, host: Host): Exit {
  const loaded = loadJudged(options.dir, host);
  const usage = options.usage === undefined ? undefined : readUsageFile(options.usage);
  const { owner } = options;
  if (owner !== undefined) {
    const owners = loaded.deployment.clients.flatMap(({ integrations }) =>
      integrations.flatMap((one) => one.owner ?? []),
    );
    if (!owners.includes(owner)) throw noOwner(owner, owners, options.dir);
  }
  const items = dueItems(loaded, host.today, usage).filter((item) => owner === undefined || item.owner === owner);
  if (options.format === 'json') host.out(`${JSON.stringify({ today: host.today, due: items }, null, 2)}\n`);
  else if (options.format === 'markdown') host.out(reviewMarkdown(items, host.today));
  else if (items.length === 0) host.out('nothing is due\n');
  else {
    const rows = items.map((item) => [item.owner ?? '-', item.integration ?? item.file, item.message, item.fix]);
    host.out(table(['OWNER', 'INTEGRATION', 'DUE', 'TO DO'], rows, host.width, lookOf(host)));
  }
  host.err(`${counted(items.length, 'item')} due${owner === undefined ? '' : ` for ${owner}`}\n`);
  return Exit.DONE;
}

function noOwner(owner: string, owners: readonly string[], dir: string): Failure {
  const near = nearest(owner, owners);
  const fix =
    near === undefined ? `${ownCommand('list --json', dir)} shows the owners` : `did you mean ${quote(near)}?`;
  return new Failure('unknown-owner', `no integration has the owner ${quote(owner)}`, fix);
}
