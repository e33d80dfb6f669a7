import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import cdkJson from '../../cdk.json';

const ROOT = join(__dirname, '../..');

/** What a process used. */
export interface Usage {
  /** Seconds of all its threads, the system's included. */
  readonly cpu: number;
  /** Seconds from its start to its end. */
  readonly wall: number;
  /** MiB, at the most. */
  readonly memory: number;
}

/** Something whose cost is measured, each time in a process of its own. */
export interface Case {
  readonly name: string;
  /** Runs it; whatever it writes goes into this folder, which is new. */
  readonly run: (outdir: string) => Usage;
}

/**
 * This app, as `cdk synth` starts it by cdk.json.
 *
 * @param context beside that of cdk.json
 * @param cache the folder in which it finds what passed before; without one it finds nothing
 */
export function thisApp(name: string, context: Readonly<Record<string, string>>, cache?: string): Case {
  return {
    name,
    run: (outdir) => {
      const validationCache = cache ?? join(outdir, 'validated');
      return measured(cdkJson.app.split(' ').slice(1), outdir, { ...context, validationCache });
    },
  };
}

/** The app that a user would write by hand, with the clients of a JSON file. */
export function handWritten(name: string, data: string): Case {
  const script = join(ROOT, 'scripts/bench/hand-written.ts');
  return {
    name,
    run: (outdir) => measured(['--require', 'ts-node/register', script], outdir, {}, { BENCH_DATA: data }),
  };
}

/** Writing the templates of a folder, and nothing else. */
export function floor(name: string, templates: string): Case {
  const script = join(ROOT, 'scripts/bench/floor.js');
  return { name, run: (outdir) => measured([script], outdir, {}, { BENCH_DATA: templates }) };
}

function measured(
  argv: readonly string[],
  outdir: string,
  context: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): Usage {
  const usage = join(outdir, 'usage.json');
  const { status, signal, stderr } = spawnSync(
    process.execPath,
    ['--max-old-space-size=4096', '--require', join(ROOT, 'scripts/bench/usage.js'), ...argv],
    {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      env: {
        ...process.env,
        ...environment,
        BENCH_USAGE: usage,
        CDK_OUTDIR: join(outdir, 'cdk.out'),
        CDK_CONTEXT_JSON: JSON.stringify({ ...cdkJson.context, ...context }),
      },
    },
  );
  if (status !== 0) throw new Error(`${argv.at(-1)} ended with ${status ?? signal}:\n${stderr.slice(-4000)}`);
  return JSON.parse(readFileSync(usage, 'utf8'));
}

/** Runs all cases in turn, so many times, so that a slow moment of the machine hits all alike. */
export function rounds(
  cases: readonly Case[],
  count: number,
  scratch: string,
  say: (line: string) => void,
): Map<string, Usage[]> {
  const results = new Map<string, Usage[]>(cases.map(({ name }) => [name, []]));
  mkdirSync(scratch, { recursive: true });
  for (let round = 1; round <= count; round += 1) {
    for (const { name, run } of cases) {
      const outdir = mkdtempSync(join(scratch, 'out-'));
      try {
        const usage = run(outdir);
        results.get(name)?.push(usage);
        say(
          `  ${round}/${count} ${name}: ${usage.cpu.toFixed(1)} s CPU, ${usage.wall.toFixed(1)} s, ${usage.memory.toFixed(0)} MiB`,
        );
      } finally {
        rmSync(outdir, { recursive: true });
      }
    }
  }
  return results;
}
