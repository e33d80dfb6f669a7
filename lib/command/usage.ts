import { join } from 'node:path';
import { load } from '../definitions/load';
import type { Deployment } from '../definitions/model/model';
import { withNarrower } from '../definitions/yaml/narrow-edit';
import { patchOf } from '../text/patch';
import { counted, withThousands } from '../text/plural';
import { printable, quote } from '../text/quote';
import { Attribution } from '../usage/attribution';
import { logFiles, readLog } from '../usage/logs/read-logs';
import { SKIPPED, type SkippedKind } from '../usage/logs/record';
import { proposals } from '../usage/propose';
import { Tally } from '../usage/tally';
import type { Usage } from '../usage/usage';
import { HEADINGS, usageDetails, usageNotes, usageRow } from '../usage/usage-text';
import { refuseErrors } from './deployment/load-valid';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { readDefinition } from './host/read-file';
import { lookOf } from './terminal/looks';
import { progressLine } from './terminal/progress';
import { table } from './terminal/table';

export interface UsageOptions {
  readonly dir: string;
  readonly json: boolean;
  /** Files and folders of logs. */
  readonly logs: readonly string[];
  /** Print what could be narrower, as a patch. */
  readonly propose: boolean;
  /** These clients only. */
  readonly client: readonly string[];
}

/** Says who used what, from logs. */
export async function usage(options: UsageOptions, host: Host): Promise<Exit> {
  const { dir, json, client: clients } = options;
  if (options.logs.length === 0)
    throw new Failure('missing-answer', 'no logs are named', 'add --logs PATH…, files or folders', {
      exit: Exit.USAGE,
    });
  const loaded = load(dir, { today: host.today, ...(clients.length > 0 ? { clients } : {}) });
  refuseErrors(loaded.problems, dir, host);
  const { deployment } = loaded;
  const found = await readUsage(options, deployment, host);
  if (options.propose) return await propose(deployment, found, options, host);
  if (json) host.out(`${JSON.stringify(found, null, 2)}\n`);
  else {
    host.out(table(HEADINGS, found.integrations.map(usageRow), host.width, lookOf(host)));
    host.out(usageDetails(found));
    for (const note of usageNotes(found)) host.err(`${note}\n`);
  }
  return Exit.DONE;
}

/** Prints a patch with what the use suggests; `git apply` takes it, and nothing is changed. */
async function propose(deployment: Deployment, found: Usage, { dir, json }: UsageOptions, host: Host): Promise<Exit> {
  const above = await folderInRepository(dir, host);
  const made = proposals(deployment.clients, found, host.today).map(({ integration, narrower, why }) => {
    const { text } = readDefinition(join(dir, integration.file));
    const { client, vendor, name, file } = integration;
    const edited = withNarrower(text, narrower);
    const valid =
      edited !== undefined &&
      !load(dir, { clients: [client], today: host.today, added: { client, vendor, text: edited } }).failed;
    return {
      integration: name,
      file,
      why,
      ...narrower,
      patch: valid ? patchOf(`${above}${file}`, text, edited) : null,
    };
  });
  if (json) host.out(`${JSON.stringify(made, null, 2)}\n`);
  else host.out(made.map(({ patch }) => patch ?? '').join(''));
  for (const { integration, file, why, patch } of made) {
    const manually = patch === null ? `; ${file} cannot be edited without losing something: edit it manually` : '';
    host.err(`${integration}: ${why}${manually}\n`);
  }
  if (made.length === 0) host.err('nothing could be narrower, as far as these logs show\n');
  return Exit.DONE;
}

/** Where the definitions are in their repository, with a slash at the end; from here where there is none. */
async function folderInRepository(dir: string, host: Host): Promise<string> {
  const ran = await host.git(dir, ['rev-parse', '--show-prefix']);
  return ran.status === 0 ? ran.stdout.toString().trim() : `${dir.replace(/\/+$/, '')}/`;
}

/** Reads logs; what is no record is counted, and one of each kind is shown. */
async function readUsage(options: UsageOptions, deployment: Deployment, host: Host): Promise<Usage> {
  const tally = new Tally(new Attribution(deployment.clients));
  const kinds = new Map<SkippedKind, { count: number; file: string; text: string }>();
  const line = progressLine(host);
  let file = '';
  let read = 0;
  const sink = {
    record: (record: Parameters<Tally['record']>[0]) => tally.record(record),
    skipped: (kind: SkippedKind, text: string) => {
      tally.skip();
      const known = kinds.get(kind);
      if (known) known.count += 1;
      else kinds.set(kind, { count: 1, file, text });
    },
  };
  for (const each of filesOf(options.logs)) {
    file = each;
    await reading(each, () => readLog(each, sink));
    read += 1;
    line.show(`${counted(read, 'file')}, ${withThousands(tally.records)} records`);
  }
  line.end();
  for (const [kind, { count, file: where, text }] of kinds) {
    const example = text === '' ? '' : `, for example ${quote(text)}`;
    host.err(`skipped ${counted(count, 'time')}: ${SKIPPED[kind]}; first in ${printable(where)}${example}\n`);
  }
  if (tally.forgetful)
    host.err('more requests than are remembered: one that was logged twice far apart counts twice\n');
  return tally.result();
}

function filesOf(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => reading(path, () => [...logFiles([path])]));
}

function reading<T>(path: string, read: () => T): T {
  const refuse = (error: unknown): never => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined && !(error instanceof Error && error.message === 'it is not a file')) throw error;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? (error as Error).message})`;
    throw new Failure('cannot-read', `${path} ${why}`, 'name files or folders of server access logs or of CloudTrail', {
      cause: error,
    });
  };
  try {
    const result = read();
    return result instanceof Promise ? (result.catch(refuse) as T) : result;
  } catch (error) {
    return refuse(error);
  }
}
