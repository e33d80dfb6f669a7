/**
 * Cases as data files: a header, then the files of a folder of definitions.
 *
 *     # one sentence: what is special here
 *     expect kohler/adobe.yaml:3:7 error[unknown-key]
 *     -- kohler/adobe.yaml --
 *     kind: access-key
 *
 * Header lines: `expect PLACE SEVERITY[CODE]` (bad cases: all of them), `says PLACE TEXT` (what a message there
 * or its fix has in it), `value PATH JSON` (good cases), `today DATE`, `clients NAME...` (read these only),
 * `no-client-file` (else every client folder without a client.yaml gets an empty one), `mkdir PATH`,
 * `symlink PATH TARGET`, `bytes PATH HEX`, `size PATH N` (N bytes of #), `crlf PATH` and `bom PATH` (of a section).
 *
 * Anywhere, `{x*40}` is forty x. A section `-- kohler/v{1..201}.yaml --` is 201 files, with `{n}` in its
 * content for the number; a line `@repeat 40 TEXT` is forty lines of TEXT, with `{n}` in it. A section
 * `-- ../vendors/example.yaml --` is a vendor profile, which stands beside the folder.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Loaded, load } from '../../lib/definitions/load';
import type { Problem } from '../../lib/definitions/yaml/problem';
import { linesWithoutRisks, withoutRisks } from '../support/risks';

export interface Case {
  /** The name of the case's file, without `.txt`. */
  readonly name: string;
  readonly expected: readonly string[];
  readonly says: readonly { readonly place: string; readonly text: string }[];
  readonly values: readonly { readonly path: string; readonly value: unknown }[];
  readonly today: string;
  readonly clients?: readonly string[];
  readonly noClientFile: boolean;
  readonly entries: readonly Entry[];
}

type Entry =
  | { readonly type: 'file'; readonly path: string; readonly content: Buffer }
  | { readonly type: 'folder'; readonly path: string }
  | { readonly type: 'link'; readonly path: string; readonly target: string };

const TODAY = '2026-11-22';

/** Every case of a folder beside this file. */
export function readCases(folder: string): Case[] {
  const dir = join(__dirname, folder);
  return readdirSync(dir)
    .sort()
    .map((file) => parseCase(file.replace(/\.txt$/, ''), readFileSync(join(dir, file), 'utf8')));
}

function parseCase(name: string, text: string): Case {
  const lines = text.replace(/\n$/, '').split('\n');
  const start = lines.findIndex((line) => SECTION.test(line));
  const header = (start < 0 ? lines : lines.slice(0, start)).map(repeatCharacters);
  const all = (word: string) => header.filter((line) => line.startsWith(`${word} `)).map((line) => rest(line));
  const strange = header.find((line) => !KNOWN.test(line));
  if (strange !== undefined) throw new Error(`${name}: what is the header line ${JSON.stringify(strange)}?`);
  const marked = { crlf: new Set(all('crlf')), bom: new Set(all('bom')) };
  const files = (start < 0 ? [] : sections(lines.slice(start))).map(({ path, content }): Entry => {
    const ended = marked.crlf.delete(path) ? content.replaceAll('\n', '\r\n') : content;
    return { type: 'file', path, content: Buffer.from(marked.bom.delete(path) ? `\uFEFF${ended}` : ended) };
  });
  if (marked.crlf.size + marked.bom.size > 0) throw new Error(`${name}: crlf or bom of a file that is not there`);
  const clients = all('clients')[0]?.split(' ');
  return {
    name,
    expected: all('expect'),
    says: all('says').map((line) => {
      const [place, text] = halves(line);
      return { place, text };
    }),
    values: all('value').map((line) => {
      const [path, value] = halves(line);
      return { path, value: JSON.parse(value) };
    }),
    today: all('today')[0] ?? TODAY,
    ...(clients && { clients }),
    noClientFile: header.includes('no-client-file'),
    entries: [
      ...all('mkdir').map((path): Entry => ({ type: 'folder', path })),
      ...files,
      ...all('bytes').map((line): Entry => {
        const [path, hex] = halves(line);
        return { type: 'file', path, content: Buffer.from(hex, 'hex') };
      }),
      ...all('size').map((line): Entry => {
        const [path, size] = halves(line);
        return { type: 'file', path, content: Buffer.alloc(Number(size), '#') };
      }),
      ...all('symlink').map((line): Entry => {
        const [path, target] = halves(line);
        return { type: 'link', path, target };
      }),
    ],
  };
}

const KNOWN =
  /^(?:#.*|(?:expect .+:\d+:\d+ (?:error|warning|accepted)\[[a-z0-9-]+\])|(?:says|value|today|clients|mkdir|symlink|bytes|size|crlf|bom) .+|no-client-file)$/;
const SECTION = /^-- (.+) --$/;

function sections(lines: readonly string[]): { path: string; content: string }[] {
  const found: { path: string; lines: string[] }[] = [];
  for (const line of lines) {
    const [, path] = SECTION.exec(line) ?? [];
    if (path === undefined) found.at(-1)?.lines.push(...repeatLines(line));
    else found.push({ path: repeatCharacters(path), lines: [] });
  }
  return found.flatMap(({ path, lines: content }) => {
    const text = content.map((line) => `${repeatCharacters(line)}\n`).join('');
    const [range, first, last] = /\{(\d+)\.\.(\d+)\}/.exec(path) ?? [];
    if (range === undefined) return [{ path, content: text }];
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, at) => {
      const number = String(Number(first) + at);
      return { path: path.replace(range, number), content: text.replaceAll('{n}', number) };
    });
  });
}

function repeatLines(line: string): string[] {
  const [, count, text = ''] = /^@repeat (\d+) (.*)$/.exec(line) ?? [];
  if (count === undefined) return [line];
  return Array.from({ length: Number(count) }, (_, at) => text.replaceAll('{n}', String(at + 1)));
}

function repeatCharacters(line: string): string {
  return line.replace(/\{(.)\*(\d+)\}/gu, (_, character: string, count: string) => character.repeat(Number(count)));
}

function rest(line: string): string {
  return line.slice(line.indexOf(' ') + 1);
}

/** A path, and what follows it. */
function halves(line: string): [string, string] {
  return [line.slice(0, line.indexOf(' ')), rest(line)];
}

/**
 * The problems that a case is about: risks are warnings of what is as it was asked for, and stand beside others in most
 * cases, so that only a case that expects one is compared by them.
 */
export function problemsOf({ expected }: Case, { problems }: Loaded): readonly Problem[] {
  const isAboutRisk = linesWithoutRisks(expected).length < expected.length;
  return isAboutRisk ? problems : withoutRisks(problems);
}

/** Lays a case out in a folder of its own, loads that, and removes it. */
export function loadCase({ entries, noClientFile, today, clients }: Case): Loaded {
  const root = mkdtempSync(join(tmpdir(), 'definitions-'));
  const dir = join(root, 'integrations');
  mkdirSync(dir);
  try {
    for (const entry of [...entries, ...(noClientFile ? [] : emptyClientFiles(entries))]) {
      const path = join(dir, entry.path);
      mkdirSync(entry.type === 'folder' ? path : dirname(path), { recursive: true });
      if (entry.type === 'file') writeFileSync(path, entry.content);
      else if (entry.type === 'link') symlinkSync(entry.target, path);
    }
    return load(dir, { today, clients });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function emptyClientFiles(entries: readonly Entry[]): Entry[] {
  const clients = new Set(
    entries.filter(({ path }) => /^[^/]+(?<!\.\.)\//.test(path)).map(({ path }) => path.split('/')[0]),
  );
  return [...clients]
    .map((client) => `${client}/client.yaml`)
    .filter((path) => !entries.some((entry) => entry.path === path))
    .map((path) => ({ type: 'file', path, content: Buffer.alloc(0) }));
}
