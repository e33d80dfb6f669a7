/**
 * Prints what one folder for many accounts costs: `check`, `verify` with a snapshot of each account, and the report.
 *
 *     npm run accounts-cost -- [--accounts 30] [--clients 1000] [--integrations 10000]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from '../lib/definitions/load';
import { HOME } from '../test/support/deployed-account';
import { largeAccount } from '../test/support/large-account';
import { accountOf, writeLargeFolder } from '../test/support/large-folder';
import { run } from '../test/support/run';

const TODAY = '2026-11-22';
const OTHERS = { roles: 200, users: 40, buckets: 40 };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      accounts: { type: 'string', default: '30' },
      clients: { type: 'string', default: '1000' },
      integrations: { type: 'string', default: '10000' },
    },
  });
  const [accounts = 0, clients = 0, integrations = 0] = [values.accounts, values.clients, values.integrations].map(
    Number,
  );
  if (![accounts, clients, integrations].every((number) => Number.isInteger(number) && number > 0))
    throw new Error('--accounts, --clients and --integrations take numbers above 0');
  const folder = mkdtempSync(join(tmpdir(), 'accounts-cost-'));
  try {
    const dir = join(folder, 'integrations');
    mkdirSync(dir);
    writeLargeFolder(dir, { clients, integrations, accounts });
    const files = snapshots(dir, accounts, folder);
    process.stdout.write(`${accounts} accounts, ${clients} clients, ${integrations} integrations\n`);
    const all = files.flatMap((file) => ['--snapshot', file]);
    await timed('check', ['check', '--dir', dir]);
    await timed('verify, all accounts', ['verify', '--dir', dir, '--allow-not-judged', '--json', ...all]);
    await timed('verify, a shard of eight', [
      'verify',
      '--dir',
      dir,
      '--allow-not-judged',
      '--json',
      '--shard',
      '2/8',
      ...all,
    ]);
    await timed('report, all accounts', ['report', '--dir', dir, '--out', join(folder, 'report.html'), ...all]);
    process.stdout.write(`at most ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB of memory\n`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A snapshot of each account, with its clients deployed and others beside them. */
function snapshots(dir: string, accounts: number, folder: string): string[] {
  const { deployment } = load(dir, { today: TODAY });
  return Array.from({ length: accounts }, (_, at) => {
    const account = accountOf(at);
    const own = deployment.clients.filter((client) => client.account === account);
    const here = { ...deployment, clients: own.map((client) => ({ ...client, account: HOME.account })) };
    const file = join(folder, `${account}.json`);
    // A large account is made for one account number.
    writeFileSync(file, JSON.stringify(largeAccount(here, OTHERS)).replaceAll(HOME.account, account));
    return file;
  });
}

async function timed(what: string, argv: readonly string[]): Promise<void> {
  const start = performance.now();
  const { exit, out, err } = await run(...argv);
  if (exit !== 0) throw new Error(`${argv[0]} ended with ${exit}: ${err.slice(0, 2000)}`);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const verdict =
    argv[0] === 'verify' ? `: ${JSON.parse(out).verdict}, ${JSON.parse(out).findings.length} findings` : '';
  process.stdout.write(`${what.padEnd(28)}${seconds.padStart(8)} s${verdict}\n`);
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
