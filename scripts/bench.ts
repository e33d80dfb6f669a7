/**
 * Measures this app, from source and packed, against one written by hand, against the CDK alone with the same templates,
 * and against writing them, and writes docs/performance.json, docs/performance.svg and the tables of docs/performance.md.
 *
 *     npm run bench -- [--sizes 10,100,1000,10000] [--rounds N] [--dry-run]
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from '../lib/definitions/load';
import { type LargeFolder, writeLargeFolder } from '../test/support/large-folder';
import { type Case, cdkAlone, floor, handWritten, packedApp, rounds, thisApp, type Usage } from './bench/cases';
import { plot } from './bench/plot';
import { type Figures, median, ONE_CLIENT, SIZES, tables } from './bench/tables';

const DOCS = join(__dirname, '../docs');
const TODAY = '2026-11-22';

function main(): void {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '10,100,1000,10000' },
      rounds: { type: 'string', default: '5' },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const count = Number(values.rounds);
  if (![...sizes, count].every((number) => Number.isInteger(number) && number > 0))
    throw new Error('--sizes and --rounds take numbers above 0');
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const packed = packedApp(scratch);
    const figures: Figures = {
      rounds: count,
      node: process.version,
      sizes: sizes.map((size) => ({ size, ...medians(sizeCases(size, scratch, packed), count, scratch) })),
      oneClient: medians(oneClientCases(scratch), count, scratch).cases,
    };
    const text = tables(figures);
    process.stdout.write(`${text}\n`);
    if (values['dry-run']) return;
    writeFileSync(join(DOCS, 'performance.json'), `${JSON.stringify(figures, null, 2)}\n`);
    writeFileSync(join(DOCS, 'performance.svg'), plot(figures));
    const file = join(DOCS, 'performance.md');
    writeFileSync(file, withTables(readFileSync(file, 'utf8'), text));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** A folder of so many integrations, at most a hundred for each client. */
function sizeCases(size: number, scratch: string, packed: string): Case[] {
  const dir = folder(scratch, { clients: Math.ceil(size / 100), integrations: size, most: 100 });
  const data = `${dir}.json`;
  writeFileSync(data, JSON.stringify(load(dir, { today: TODAY }).deployment));
  const templates = `${dir}.out`;
  const cache = `${dir}.validated`;
  // Fills the caches of what runs again, and makes the templates of the CDK alone and of what only writes them.
  process.stderr.write(`${size} integrations\n`);
  mkdirSync(templates);
  thisApp('', { integrations: dir }, cache).run(templates);
  // What passed is remembered with the versions of what judged it, which differ between the source and the package.
  const packedCache = `${dir}.packed-validated`;
  const packedOut = `${dir}.packed-out`;
  mkdirSync(packedOut);
  thisApp('', { integrations: dir }, packedCache, packed).run(packedOut);
  return [
    thisApp(SIZES.cold, { integrations: dir }),
    thisApp(SIZES.warm, { integrations: dir }, cache),
    thisApp(SIZES.packedCold, { integrations: dir }, undefined, packed),
    thisApp(SIZES.packedWarm, { integrations: dir }, packedCache, packed),
    handWritten(SIZES.hand, data),
    cdkAlone(SIZES.cdk, join(templates, 'cdk.out')),
    floor(SIZES.floor, join(templates, 'cdk.out')),
  ];
}

/** One client of five hundred, and the same client alone. */
function oneClientCases(scratch: string): Case[] {
  process.stderr.write('one client of 500\n');
  const dir = folder(scratch, { clients: 500, integrations: 5000 });
  const [client = ''] = readdirSync(dir).filter((name) => name.startsWith('kohler'));
  const alone = join(scratch, 'alone');
  mkdirSync(alone);
  writeFileSync(join(alone, 'settings.yaml'), readFileSync(join(dir, 'settings.yaml')));
  mkdirSync(join(alone, client));
  for (const file of readdirSync(join(dir, client))) {
    writeFileSync(join(alone, client, file), readFileSync(join(dir, client, file)));
  }
  return [
    thisApp(ONE_CLIENT.chosen, { integrations: dir, clients: client }),
    thisApp(ONE_CLIENT.alone, { integrations: alone, clients: client }),
  ];
}

function folder(scratch: string, of: LargeFolder): string {
  const dir = join(scratch, `${of.clients}-${of.integrations}`);
  mkdirSync(dir);
  writeLargeFolder(dir, of);
  return dir;
}

function medians(cases: readonly Case[], count: number, scratch: string): { cases: Record<string, Usage> } {
  const results = rounds(cases, count, scratch, (line) => process.stderr.write(`${line}\n`));
  const of = (usages: readonly Usage[], key: keyof Usage) => median(usages.map((usage) => usage[key]));
  return {
    cases: Object.fromEntries(
      [...results].map(([name, usages]) => [
        name,
        { cpu: of(usages, 'cpu'), wall: of(usages, 'wall'), memory: of(usages, 'memory') },
      ]),
    ),
  };
}

/** The page with these tables between its marks. */
function withTables(page: string, text: string): string {
  const [begin, end] = ['<!-- npm run bench -->', '<!-- end of npm run bench -->'];
  const [before, after] = [page.split(begin)[0], page.split(end)[1]];
  if (before === undefined || after === undefined) throw new Error(`docs/performance.md lacks ${begin} or ${end}`);
  return `${before}${begin}\n\n${text}\n\n${end}${after}`;
}

main();
