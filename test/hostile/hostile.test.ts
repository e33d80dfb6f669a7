import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Run } from '../support/run';
import { shareOf } from '../support/share';
import { CORPUS, type Hostile } from './corpus';
import { ENTRIES, type Entry, FILES } from './entries';

jest.setTimeout(120_000);

/** All that stands in a folder, with its bytes. */
function treeOf(dir: string): Map<string, string> {
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => lstatSync(join(dir, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(dir, name), 'latin1')]));
}

function layOut(): string {
  const dir = mkdtempSync(join(tmpdir(), 'hostile-'));
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  return dir;
}

const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;
/** What of the corpus would be markup in a page, and in Markdown. */
const ALIVE: readonly (readonly [document: RegExp, markup: RegExp])[] = [
  [/^<!doctype html>/, /<script>alert|<img src=x/],
  [/^# .*: kohler_tool\n/, /(?<!\\)<(?:script>alert|img src=x)|!\[\]\(https:|^# heading$|^# out$/m],
];
const LONGEST = 20_000;

/** What is wrong with what a run came to. */
function faultsOf({ exit, out, err }: Run, { place }: Entry, changed: boolean): string[] {
  return [
    ...([0, 1, 2].includes(exit) ? [] : [`ends with ${exit}`]),
    ...(UNPRINTABLE.test(out + err) ? [`prints ${JSON.stringify(UNPRINTABLE.exec(out + err)?.[0])}`] : []),
    ...(/^\s+at .*:\d+:\d+|\b(?:Type|Range|Reference)Error\b/m.test(out + err) ? ['prints a stack trace'] : []),
    // A page has a script of its own, which may say so.
    ...(/\bundefined\b|\[object Object\]/.test(err + (/^<!doctype/.test(out) ? '' : out))
      ? [`says ${(err || out).slice(0, 200)}`]
      : []),
    ...ALIVE.filter(([document, markup]) => document.test(out) && markup.test(out)).map(() => 'its markup lives'),
    ...(err.length > LONGEST ? [`says ${err.length} characters`] : []),
    ...(exit === 0 ? [] : refusalFaults(out, err, place)),
    ...(changed && exit !== 0 ? ['changed something, and failed'] : []),
  ];
}

/** A refusal says where, and what to do. */
function refusalFaults(out: string, err: string, place: RegExp): string[] {
  const said = err + out;
  return [
    ...(said.trim() === '' ? ['says nothing'] : []),
    ...(place.test(said) ? [] : [`does not say where: ${said.slice(0, 300)}`]),
    ...(/[;:] \S|--help|cause: |did you mean/.test(said) ? [] : [`has no remedy: ${said.slice(0, 300)}`]),
  ];
}

async function faultsIn(entry: Entry, hostile: Hostile): Promise<string[]> {
  const dir = layOut();
  try {
    entry.put?.(hostile, dir);
    const faults: string[] = [];
    for (const run of entry.runs(hostile, dir)) {
      const before = treeOf(dir);
      const ran = await run().catch((error: Error) => error);
      if (ran instanceof Error) faults.push(`throws ${String(ran.stack).slice(0, 600)}`);
      else faults.push(...faultsOf(ran, entry, !isSame(before, treeOf(dir))));
    }
    return faults.map((fault) => `${hostile.name}: ${fault}`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function isTaken({ takes }: Entry, { text }: Hostile): boolean {
  return takes === undefined || (takes === 'texts') === (text !== undefined);
}

function isSame(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): boolean {
  return before.size === after.size && [...before].every(([file, text]) => after.get(file) === text);
}

test.each(ENTRIES.map((entry, place) => [entry.name, entry, place] as const))('%s', async (_, entry, place) => {
  const faults: string[] = [];
  const taken = CORPUS.filter((each) => isTaken(entry, each));
  for (const hostile of shareOf(taken, place)) faults.push(...(await faultsIn(entry, hostile)));
  expect(faults).toEqual([]);
});

test('nothing of it acts on every object', () => {
  expect(({} as Readonly<Record<string, unknown>>).polluted).toBeUndefined();
});
