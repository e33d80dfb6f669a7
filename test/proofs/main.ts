/**
 * Proves confinement at random: generates whole folders of definitions, synthesizes them and asks a policy simulator
 * whether every integration gets what it was given, and nothing else.
 *
 *     npm run prove -- [--runs DECISIONS] [--seed SEED] [--path PATH]
 */
import '../support/environment';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { prove } from './prove';

const INTEGER = /^-?\d+$/;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '20000' }, seed: { type: 'string' }, path: { type: 'string' } },
  });
  const { runs, path, seed = String(randomInt(2 ** 31)) } = values;
  if (!INTEGER.test(runs) || Number(runs) < 1 || !INTEGER.test(seed))
    throw new Error('--runs and --seed take a number');
  if (path !== undefined && values.seed === undefined) throw new Error('--path needs the --seed that it belongs to');
  process.stdout.write(`seed ${seed}\n`);
  const start = performance.now();
  const proof = await prove({ seed: Number(seed), decisions: Number(runs), path });
  const seconds = (performance.now() - start) / 1000;
  const { decisions, allowed, folders, integrations, internals, failure } = proof;
  process.stdout.write(
    `${decisions} decisions (${allowed} allowed, ${decisions - allowed} denied) on ${integrations} integrations and ${internals} of ours in ${folders} folders, ${Math.round(decisions / seconds)} a second\n`,
  );
  if (!failure) {
    process.stdout.write('every answer is the one that the contract gives\n');
    return 0;
  }
  process.stderr.write(`${failure.message}\nreplay: npm run prove -- --seed ${failure.seed} --path ${failure.path}\n`);
  return 1;
}

main().then(
  (exit) => {
    process.exitCode = exit;
  },
  (error) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 2;
  },
);
