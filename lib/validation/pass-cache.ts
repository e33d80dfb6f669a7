import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRegular } from '../files/bounded';
import { writeWhole } from '../files/write-whole';

/** What a validation can be asked about a template: whether it has passed before, by the same rules. */
export interface PassCache {
  /** Whether anything at all has passed by these rules. */
  readonly any: boolean;
  has(key: string): boolean;
  add(key: string): void;
  /** Keeps what was added for the next run. */
  save(): void;
}

/** Of templates that no run names any more, this many are kept: a branch may bring them back. */
const KEPT = 20_000;

/** More than they are, and those of one run. What is longer, nobody here wrote. */
const MOST_BYTES = 16 * 2 ** 20;

/**
 * What has passed, in a file that can be removed at any time. Other versions of the rules, or other rules, give
 * other words in `rules` and so another file: a pass is never trusted across them.
 *
 * @param folder where the files are; undefined keeps nothing
 * @param rules everything that decides, but for what is validated: names and versions of the rules
 */
export function passCache(folder: string | undefined, rules: readonly string[]): PassCache {
  const file = folder === undefined ? undefined : join(folder, `${digest(...rules).slice(0, 32)}.txt`);
  const before = file === undefined ? [] : linesOf(file);
  const known = new Set(before);
  const now = new Set<string>();
  return {
    any: known.size > 0,
    has: (key) => {
      if (known.has(key)) now.add(key);
      return known.has(key);
    },
    add: (key) => void now.add(key),
    save: () => {
      if (file === undefined || folder === undefined) return;
      const lines = [...now, ...before.filter((key) => !now.has(key))].slice(0, Math.max(now.size, KEPT));
      if (lines.length === before.length && lines.every((key) => known.has(key))) return;
      write(folder, file, `${lines.join('\n')}\n`);
    },
  };
}

/** A digest of texts, in which it matters where one ends and the next begins. */
export function digest(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

function linesOf(file: string): string[] {
  try {
    return readRegular(file, MOST_BYTES).toString().split('\n').filter(isDigest);
  } catch {
    return [];
  }
}

/** Half a line, of a run that was killed, is nothing. */
function isDigest(line: string): boolean {
  return /^[0-9a-f]{64}$/.test(line);
}

/** Where the folder cannot be written to, nothing is kept. */
function write(folder: string, file: string, text: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeWhole(file, text);
  } catch {
    // The next run validates again.
  }
}
