import { realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Loaded } from '../definitions/load';
import { readRegular } from '../files/bounded';
import { PAGE_FILES, type PageAssets, reportHtml } from '../report/html';
import type { Observed, Source } from '../report/observed';
import { type Report, reportOf } from '../report/report';
import { counted } from '../text/plural';
import { DeployedState } from './deployment/judged-account';
import { loadReadable } from './deployment/load-valid';
import { observedAccount } from './deployment/observed-account';
import { readUsageFile } from './deployment/usage-file';
import { Repository } from './git/repository';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { writeResult } from './host/write-result';

export interface ReportOptions {
  readonly dir: string;
  readonly json: boolean;
  /** These clients only. */
  readonly client?: readonly string[];
  /** The file that is written; `-` is standard output. */
  readonly out?: string;
  /** Files of snapshots, one of each account. */
  readonly snapshot?: readonly string[];
  /** A file of what `usage --json` printed. */
  readonly usage?: string;
}

/** Writes the whole deployment as one page, or its data. */
export async function report(options: ReportOptions, host: Host): Promise<Exit> {
  const { out = '-', json } = options;
  if (options.out === undefined && !json && host.width !== undefined) {
    throw new Failure(
      'page-on-terminal',
      'the page is for a browser',
      'add --out report.html, or --json for the data',
      {
        exit: Exit.USAGE,
      },
    );
  }
  const loaded = loadReadable(options, host);
  const made = reportOf(loaded.deployment, loaded.problems, host.today, await observed(options, loaded, host));
  const text = json ? reportJson(made) : reportHtml(made, documentAssets());
  if (out === '-') {
    host.out(text);
    return loaded.exit;
  }
  writeResult(out, text);
  if (json) {
    const counts = { clients: made.clients.length, integrations: made.integrations.length };
    host.out(`${JSON.stringify({ file: out, counts }, null, 2)}\n`);
  }
  const found = `${counted(made.clients.length, 'client')}, ${counted(made.integrations.length, 'integration')}`;
  host.err(`wrote ${out}: ${found}${json ? '' : '; open it in a browser'}\n`);
  return loaded.exit;
}

/** What is known beside the definitions. */
async function observed(
  { dir, snapshot, usage }: ReportOptions,
  { deployment }: Loaded,
  host: Host,
): Promise<Observed> {
  return {
    source: await sourceOf(dir, host),
    account: snapshot && observedAccount(deployment, new DeployedState(deployment, snapshot), host.today),
    usage: usage === undefined ? undefined : readUsageFile(usage),
  };
}

/** Of which folder and commit the definitions are; a report needs neither git nor a repository. */
async function sourceOf(dir: string, { git }: Host): Promise<Source> {
  const folder = realpathSync(dir);
  try {
    const repository = await Repository.at(folder, 'HEAD', git);
    const { status, stdout } = await git(folder, ['status', '--porcelain', '--', '.']);
    const changed = status !== 0 || stdout.length > 0;
    return { folder: repository.pathOf(folder) || '.', commit: repository.commit, changed };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { folder: basename(folder), changed: false };
  }
}

function reportJson(made: Report): string {
  return `${JSON.stringify(made, null, 2)}\n`;
}

// From here as from the bundle, which stands as deep.
const PAGE = join(__dirname, '../../lib/report/page');

/** The style and the script of the page. */
export function documentAssets(): PageAssets {
  const joined = (names: readonly string[]) =>
    names.map((name) => readRegular(join(PAGE, name), 2 ** 20).toString()).join('');
  return { style: joined(PAGE_FILES.style), script: joined(PAGE_FILES.script) };
}
