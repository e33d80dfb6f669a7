import { LARGE, verifyCost } from '../test/support/verify-cost';

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
