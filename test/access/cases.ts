import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { WorldFile } from './world-file';

/** A request that the simulator decides: it says that the case is right about AWS. */
export interface Ask {
  /** The ARN, account or service that asks; `anonymous` for nobody. */
  readonly who: string;
  readonly action: string;
  readonly on: string;
  /** The policy that is on it: of the bucket, key or secret, or the trust of a role. */
  readonly policy?: string;
  /** Whose own policies are asked; none is needed of who is not ours. */
  readonly holder?: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly allowed: boolean;
}

export interface Case extends WorldFile {
  readonly name: string;
  readonly source: string;
  /** What outsiders reach; none where nothing is to be found. */
  readonly paths: readonly string[];
  readonly insiders?: readonly string[];
  readonly asks?: readonly Ask[];
}

const FOLDER = join(__dirname, 'cases');

/** Every case, by its file; a case that says no source has the one of its file. */
export const CASES: readonly Case[] = readdirSync(FOLDER)
  .sort()
  .flatMap((file) => {
    const { source, cases } = parse(readFileSync(join(FOLDER, file), 'utf8')) as { source: string; cases: Case[] };
    return cases.map((each) => ({
      ...each,
      source: each.source ?? source,
      name: `${file.replace('.yaml', '')}: ${each.name}`,
    }));
  });
