/**
 * Prints what each command costs on a large folder, as a ratio to reading and parsing its files once.
 *
 *     npm run command-cost -- [--clients N] [--integrations N] [--rounds N] [--lines N]
 *
 * Then what `usage` costs on server access logs, as a ratio to `gzip -dc | wc -l` on them: at most 4, in less than 500 MiB.
 * With --usage, that alone.
 *     npm run command-cost -- --usage --lines 10000000
 *
 * With --account, what it costs to verify a large account, as a ratio to parsing its snapshot once.
 *     npm run command-cost -- --account
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { parseDocument } from 'yaml';
import { aws } from '../lib/command/aws/aws';
import { git } from '../lib/command/git/git';
import { run } from '../lib/command/host/run';
import { cli } from '../lib/command/program/cli';
import { writeLargeFolder } from '../test/support/large-folder';
import { serverAccessLine } from '../test/usage/write-logs';
import { accountCost } from './verify-cost';

const COMMANDS: readonly (readonly string[])[] = [
  ['check'],
  ['list'],
  ['access'],
  ['report'],
  ['diff', '--base', 'HEAD'],
];
const TODAY = '2026-11-22';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      clients: { type: 'string', default: '500' },
      integrations: { type: 'string', default: '5000' },
      rounds: { type: 'string', default: '7' },
      lines: { type: 'string', default: '500000' },
      usage: { type: 'boolean', default: false },
      account: { type: 'boolean', default: false },
    },
  });
  if (values.account) {
    accountCost((line) => process.stdout.write(line));
    return;
  }
  const numbers = [values.clients, values.integrations, values.rounds, values.lines].map(Number);
  const [clients = 0, integrations = 0, rounds = 0, lines = 0] = numbers;
  if (!numbers.every((number) => Number.isInteger(number) && number > 0))
    throw new Error('--clients, --integrations, --rounds and --lines take a number above 0');
  const folder = mkdtempSync(join(tmpdir(), 'command-cost-'));
  try {
    if (!values.usage) await folderCost(folder, { clients, integrations, rounds });
    await usageCost(folder, lines);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The time of each command on a large folder. */
async function folderCost(
  folder: string,
  of: { clients: number; integrations: number; rounds: number },
): Promise<void> {
  const dir = join(folder, 'integrations');
  mkdirSync(dir);
  writeLargeFolder(dir, of);
  commit(folder);
  editSome(dir);
  const cases: readonly Case[] = [
    { name: 'reading the files', run: async () => void texts(dir) },
    { name: BASE, run: async () => void parsed(dir) },
    ...COMMANDS.map((argv) => ({ name: argv.join(' '), run: () => runs(argv, dir) })),
  ];
  print(await timed(cases, of.rounds), of);
}

/** The most lines of one file. */
const LINES_OF_A_FILE = 1_000_000;

/** The time and memory of `usage`, beside what only unpacks the same files and counts their lines. */
async function usageCost(folder: string, lines: number): Promise<void> {
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  let length = 0;
  for (let from = 0; from < lines; from += LINES_OF_A_FILE) {
    const to = Math.min(from + LINES_OF_A_FILE, lines);
    length += await writeLog(join(logs, `${String(from).padStart(10, '0')}.gz`), from, to);
  }
  const time = async (run: () => unknown) => {
    const start = performance.now();
    await run();
    return performance.now() - start;
  };
  const base = await time(() => execFileSync('sh', ['-c', 'gzip -dc "$1"/* | wc -l', 'sh', logs]));
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const dir = join(__dirname, '../test/explain/integrations');
  const used = await time(() => runs(['usage', '--logs', logs, '--json'], dir));
  clearInterval(watch);
  process.stdout.write(
    `\nusage of ${lines} lines, ${(length / 1e9).toFixed(2)} GB: ${used.toFixed(0)} ms, ${(used / base).toFixed(2)} times gzip -dc | wc -l (${base.toFixed(0)} ms), ${Math.round(most / 2 ** 20)} MiB\n`,
  );
}

/** Gives the length of what it wrote, before it was packed. */
async function writeLog(file: string, from: number, to: number): Promise<number> {
  const packed = createGzip();
  const done = pipeline(packed, createWriteStream(file));
  const who = ['arn:aws:sts::111122223333:assumed-role/kohler_adobe/s', 'arn:aws:iam::111122223333:user/kohler_boomi'];
  const operations = ['PutObject', 'GetObject', 'HeadObject', 'ListObjectsV2', 'UploadPart', 'DeleteObject'];
  let length = 0;
  for (let at = from; at < to; at++) {
    const operation = operations[at % 6] ?? 'GetObject';
    const denied = at % 50 === 0 ? { status: 403, errorCode: 'AccessDenied' } : {};
    const place = operation === 'ListObjectsV2' ? { prefix: 'adobe/' } : { key: `adobe/2026/11/${at}.parquet` };
    const line = serverAccessLine({
      ...{ at: new Date(Date.UTC(2026, 10, 1) + at * 100).toISOString().replace(/\.\d+Z/, 'Z'), operation },
      ...{ bucket: 'integrations-kohler', requester: `${who[at % 2]}${at % 2 === 0 ? at % 5000 : ''}` },
      ...{ id: at.toString(36).toUpperCase().padStart(16, 'X'), received: 1000, sent: 1000, ...denied, ...place },
    });
    length += line.length + 1;
    if (!packed.write(`${line}\n`)) await once(packed, 'drain');
  }
  packed.end();
  await done;
  return length;
}

function commit(folder: string): void {
  const run = (...argv: string[]) => execFileSync('git', argv, { cwd: folder, stdio: 'ignore' });
  run('init');
  run('add', '--all');
  run('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--message', 'x');
}

/** What a pull request comes to: a handful of integrations are removed since the commit. */
function editSome(dir: string): void {
  const clients = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name: client } of clients.slice(0, 5)) {
    const file = readdirSync(join(dir, client)).find((name) => name.endsWith('.yaml') && name !== 'client.yaml');
    if (file) rmSync(join(dir, client, file));
  }
}

const BASE = 'reading and parsing them as YAML';

interface Case {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** Milliseconds of each case: one round of all after the other, so that a slow moment hits all alike; the first warms up. */
async function timed(cases: readonly Case[], rounds: number): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, run } of cases) {
      const start = performance.now();
      await run();
      if (round > 0) times.get(name)?.push(performance.now() - start);
    }
  }
  return times;
}

function texts(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

function parsed(dir: string): unknown[] {
  // What is no YAML among the files (certificates) is read, and not parsed.
  return texts(dir).map((text) => (text.startsWith('-----BEGIN') ? text : parseDocument(text).toJS()));
}

async function runs(argv: readonly string[], dir: string): Promise<void> {
  let err = '';
  const exit = await cli([...argv, '--dir', dir], {
    out: () => {},
    err: (text) => {
      err += text;
    },
    today: TODAY,
    aws,
    git,
    run,
  });
  if (exit !== 0) throw new Error(`${argv.join(' ')} ended with ${exit}: ${err}`);
}

function print(
  times: ReadonlyMap<string, readonly number[]>,
  of: { clients: number; integrations: number; rounds: number },
) {
  const base = median(times.get(BASE) ?? []);
  const line = (name: string, ms: string, ratio: string) =>
    process.stdout.write(`${name.padEnd(34)}${ms.padStart(10)}${ratio.padStart(8)}\n`);
  process.stdout.write(`${of.clients} clients, ${of.integrations} integrations, median of ${of.rounds} rounds\n\n`);
  line('', 'ms', 'ratio');
  for (const [name, all] of times) line(name, median(all).toFixed(0), (median(all) / base).toFixed(2));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = sorted.length % 2 === 0 ? sorted.slice(half - 1) : [sorted[half], sorted[half]];
  return (low + high) / 2;
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
});
