import { join } from 'node:path';
import { load } from '../definitions/load';
import type { Deployment } from '../definitions/model/model';
import { withNarrower } from '../definitions/yaml/narrow-edit';
import { ownCommand } from '../text/commands';
import { patchOf } from '../text/patch';
import { counted, withThousands } from '../text/plural';
import { printable, quote } from '../text/quote';
import { Attribution } from '../usage/attribution';
import { fetchCommands } from '../usage/fetch';
import { instantOf, placeFilterOf, type RecordFilter } from '../usage/filter';
import { logFiles, readLog } from '../usage/logs/read-logs';
import { SKIPPED, type SkippedKind } from '../usage/logs/record';
import { type Match, Matches } from '../usage/matches';
import { proposals } from '../usage/propose';
import { Tally } from '../usage/tally';
import type { Usage } from '../usage/usage';
import { HEADINGS, MATCH_HEADINGS, matchRow, usageDetails, usageNotes, usageRow } from '../usage/usage-text';
import { find } from './deployment/find';
import { readSnapshots } from './deployment/judged-account';
import { refuseErrors } from './deployment/load-valid';
import { type LastUse, type LastUses, lastUses } from './deployment/observed-account';
import { Exit, Failure } from './host/failure';
import type { Host } from './host/host';
import { readDefinition } from './host/read-file';
import { lookOf } from './terminal/looks';
import { progressLine } from './terminal/progress';
import { prose } from './terminal/prose';
import { table } from './terminal/table';

export interface UsageOptions {
  readonly dir: string;
  readonly json: boolean;
  /** Files and folders of logs. */
  readonly logs: readonly string[];
  /** Print what could be narrower, as a patch. */
  readonly propose: boolean;
  /** Print the commands that get logs. */
  readonly fetch: boolean;
  /** From and to when; days or times, UTC, the last one included where it is a day. */
  readonly since?: string;
  readonly until?: string;
  /** Of this object, or of what is under this folder, alone: who did what. */
  readonly key?: string;
  /** Of this integration alone: who did what. */
  readonly integration?: string;
  /** Files of snapshots: when AWS last saw roles and keys used. */
  readonly snapshot: readonly string[];
  /** These clients only. */
  readonly client: readonly string[];
}

/** Says who used what, from logs. */
export async function usage(options: UsageOptions, host: Host): Promise<Exit> {
  const { dir, client: clients, logs, snapshot } = options;
  refuseTogether(options);
  const filter = filterOf(options);
  if (logs.length === 0 && snapshot.length === 0 && !options.fetch) {
    const fix = `add --logs PATH…, files or folders; ${ownCommand('usage --fetch', dir)} prints the commands that get them`;
    throw new Failure('missing-answer', 'no logs are named', fix, { exit: Exit.USAGE });
  }
  const loaded = load(dir, { today: host.today, ...(clients.length > 0 ? { clients } : {}) });
  refuseErrors(loaded.problems, dir, host);
  const { deployment } = loaded;
  if (options.integration !== undefined) find(deployment, options.integration, dir);
  if (options.fetch) return fetch(deployment, options, host);
  const lastUse = snapshot.length > 0 ? lastUses(deployment, readSnapshots(snapshot), host.today) : undefined;
  const { usage: all, matches } = await readUsage(options, filter, deployment, host);
  const found = only(all, options);
  if (options.propose) return await propose(deployment, found, lastUse, options, host);
  const shown = { usage: found, matches: matches?.result(), lastUse };
  if (options.json) host.out(`${JSON.stringify(usageJson(shown), null, 2)}\n`);
  else print(shown, options, host);
  return Exit.DONE;
}

/** What was found, to be shown. */
interface Shown {
  readonly usage: Usage;
  /** Who did what, where one place or one integration was asked for. */
  readonly matches?: readonly Match[];
  readonly lastUse?: LastUses;
}

/** The documented document; what an option asks for besides is a member besides. */
function usageJson({ usage: found, matches, lastUse }: Shown): object {
  const integrations = found.integrations.map((each) => {
    const account = lastUse?.get(each.integration);
    return lastUse ? { ...each, account: account ?? null } : each;
  });
  return { ...found, integrations, ...(matches ? { matches } : {}) };
}

function print({ usage: found, matches, lastUse }: Shown, { logs, key }: UsageOptions, host: Host): void {
  const rows = found.integrations
    .filter(({ requests }) => key === undefined || requests > 0)
    .map((each) => [...usageRow(each), ...(lastUse ? [lastUseText(lastUse.get(each.integration))] : [])]);
  const headings = [...HEADINGS, ...(lastUse ? ['ROLE OR KEY LAST USED'] : [])];
  if (rows.length > 0) host.out(table(headings, rows, host.width, lookOf(host)));
  if (matches !== undefined && matches.length > 0)
    host.out(`${rows.length > 0 ? '\n' : ''}${table(MATCH_HEADINGS, matches.map(matchRow), host.width, lookOf(host))}`);
  if (matches?.length === 0) host.err('no request of these logs was there: server access logs are best effort\n');
  host.out(prose(usageDetails(found), host.width, 2));
  if (logs.length > 0) for (const note of usageNotes(found)) host.err(`${note}\n`);
}

/** AWS's own record of a role, or of the keys of a user. */
function lastUseText(use: LastUse | undefined): string {
  if (use === undefined || use.lastUsed === undefined) return 'not known';
  return use.lastUsed === null ? 'never' : use.lastUsed;
}

/** What has no meaning together. */
function refuseTogether({ propose: narrow, key, integration, snapshot, logs }: UsageOptions): void {
  const wrong = (message: string, fix: string) => new Failure('options-conflict', message, fix, { exit: Exit.USAGE });
  if (narrow && key !== undefined) throw wrong('--propose needs all requests', 'leave --key out');
  if (logs.length === 0 && snapshot.length > 0 && (narrow || key !== undefined || integration !== undefined))
    throw wrong('a snapshot only says when a role or key was last used', 'add --logs PATH…, files or folders');
}

/** What is of one integration, or of one place. */
function only(found: Usage, { integration, key }: UsageOptions): Usage {
  if (integration === undefined) return found;
  const integrations = found.integrations.filter((each) => each.integration === integration);
  return { ...found, integrations, strangers: key === undefined ? [] : found.strangers };
}

/** Prints the commands that get the logs, and runs none. */
function fetch(deployment: Deployment, { dir, since, until, json }: UsageOptions, host: Host): Exit {
  const days = since === undefined ? undefined : ([since.slice(0, 10), (until ?? host.today).slice(0, 10)] as const);
  const commands = fetchCommands(deployment.clients, days);
  if (json) host.out(`${JSON.stringify(commands, null, 2)}\n`);
  else host.out(commands.map(({ gets, command }) => `# ${printable(gets)}\n${printable(command)}\n`).join('\n'));
  host.err(`nothing was run; then: ${ownCommand('usage --logs access-logs/ cloudtrail/', dir)}\n`);
  return Exit.DONE;
}

/** Prints a patch with what the use suggests; `git apply` takes it, and nothing is changed. */
async function propose(
  deployment: Deployment,
  found: Usage,
  lastUse: LastUses | undefined,
  { dir, json }: UsageOptions,
  host: Host,
): Promise<Exit> {
  const above = await folderInRepository(dir, host);
  const lastUsed = (name: string) => lastUse?.get(name)?.lastUsed ?? undefined;
  const made = proposals(deployment.clients, found, host.today, lastUsed).map(({ integration, narrower, why }) => {
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
async function readUsage(
  options: UsageOptions,
  filter: RecordFilter,
  deployment: Deployment,
  host: Host,
): Promise<{ usage: Usage; matches?: Matches }> {
  const { key, integration } = options;
  const matches = key === undefined && integration === undefined ? undefined : new Matches(integration);
  const tally = new Tally(new Attribution(deployment.clients), filter, matches);
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
  return { usage: tally.result(), ...(matches ? { matches } : {}) };
}

function filterOf({ since, until, key }: UsageOptions): RecordFilter {
  const wrong = (option: string, got: string, fix: string) =>
    new Failure('wrong-usage', `${option} is ${quote(got)}`, fix, { exit: Exit.USAGE });
  const instant = (option: string, text: string | undefined, end: boolean) => {
    if (text === undefined) return undefined;
    const at = instantOf(text, end);
    if (Number.isNaN(at)) throw wrong(option, text, 'write a day or a time in UTC: 2026-11-27 or 2026-11-27T10:00Z');
    return at;
  };
  const place = key === undefined ? undefined : placeFilterOf(key);
  if (key !== undefined && place === undefined)
    throw wrong('--key', key, 'write a key, a folder with its slash, or s3://BUCKET/KEY');
  return { since: instant('--since', since, false), until: instant('--until', until, true), place };
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
