/** What it costs to verify a large account, as a ratio to parsing its snapshot once. A process of its own shows its memory. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSnapshot } from '../lib/account/file-text';
import { load } from '../lib/definitions/load';
import { verify } from '../lib/verification/verify';
import { largeAccount } from '../test/support/large-account';
import { writeLargeFolder } from '../test/support/large-folder';

/** Of how many clients and integrations, and how many others there are. */
export interface Size {
  readonly clients: number;
  readonly integrations: number;
  readonly roles: number;
  readonly users: number;
  readonly buckets: number;
}

export const LARGE: Size = { clients: 1_000, integrations: 10_000, roles: 5_000, users: 1_000, buckets: 1_000 };

/** What one size takes. */
export interface Cost {
  readonly megabytes: number;
  readonly parse: number;
  readonly verify: number;
  readonly verdict: string;
  readonly findings: number;
  readonly insiders: number;
}

export function verifyCost({ clients, integrations, ...others }: Size): Cost {
  const folder = mkdtempSync(join(tmpdir(), 'verify-cost-'));
  try {
    const dir = join(folder, 'integrations');
    mkdirSync(dir);
    writeLargeFolder(dir, { clients, integrations });
    const { deployment } = load(dir);
    const bytes = Buffer.from(JSON.stringify(largeAccount(deployment, others)));
    const start = performance.now();
    const snapshot = parseSnapshot(bytes);
    const parsed = performance.now();
    const { verdict, findings, insiders } = verify(deployment, [snapshot], { strict: false });
    const end = performance.now();
    return {
      megabytes: bytes.length / 1e6,
      parse: parsed - start,
      verify: end - parsed,
      verdict,
      findings: findings.length,
      insiders: insiders.length,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Rows of a table: of a quarter, of half and of all, since what is linear doubles. */
export function accountCost(write: (line: string) => void): void {
  const line = (...cells: readonly string[]) =>
    write(`${cells.map((cell, at) => (at === 0 ? cell.padEnd(34) : cell.padStart(12))).join('')}\n`);
  line('verify', 'MB', 'parse ms', 'verify ms', 'ratio', 'verdict');
  for (const part of [4, 2, 1]) {
    const { clients, integrations, ...others } = LARGE;
    const size = {
      clients: clients / part,
      integrations: integrations / part,
      roles: others.roles / part,
      users: others.users / part,
      buckets: others.buckets / part,
    };
    const { megabytes, parse, verify: took, verdict } = verifyCost(size);
    line(
      `${size.clients} clients, ${size.integrations} integrations`,
      megabytes.toFixed(0),
      parse.toFixed(0),
      took.toFixed(0),
      (took / parse).toFixed(1),
      verdict,
    );
  }
  write(`at most ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB of memory\n`);
}
