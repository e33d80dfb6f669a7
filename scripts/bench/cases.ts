import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
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

/** How `cdk synth` starts this app, by cdk.json. */
const BY_CDK_JSON = cdkJson.app.split(' ').slice(1);

/**
 * This app.
 *
 * @param context beside that of cdk.json
 * @param cache the folder in which it finds what passed before; without one it finds nothing
 * @param file the packed app; without it, the one that cdk.json starts
 */
export function thisApp(name: string, context: Readonly<Record<string, string>>, cache?: string, file?: string): Case {
  const argv = file === undefined ? BY_CDK_JSON : [...BY_CDK_JSON.filter((word) => /^--\w+-/.test(word)), file];
  return {
    name,
    run: (outdir) => measured(argv, outdir, { ...context, validationCache: cache ?? join(outdir, 'validated') }),
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

/** A script of scripts/bench that does something with the templates of a folder. */
function ofTemplates(script: string): (name: string, templates: string) => Case {
  const file = join(ROOT, 'scripts/bench', script);
  return (name, templates) => ({ name, run: (outdir) => measured([file], outdir, {}, { BENCH_DATA: templates }) });
}

/** A CDK app with the resources of these templates and no construct of ours, validated by the CDK's rules. */
export const cdkAlone = ofTemplates('cdk-alone.js');

/** Writing these templates, and nothing else. */
export const floor = ofTemplates('floor.js');

/**
 * This app as it is packed for those who install it, in a folder with the packages of this repository.
 *
 * @throws Error if it cannot be packed
 */
export function packedApp(scratch: string): string {
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28 } as const;
  const packed = spawnSync('npm', ['pack', '--silent', '--pack-destination', scratch], options);
  const tarball = packed.stdout.trim().split('\n').at(-1) ?? '';
  const modules = join(scratch, 'node_modules');
  mkdirSync(modules);
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  const unpacked = spawnSync('tar', ['-xzf', join(scratch, tarball), '-C', modules], options);
  if (packed.status !== 0 || unpacked.status !== 0) throw new Error(`npm pack: ${packed.stderr}${unpacked.stderr}`);
  return join(modules, 'package/dist/bin/app.js');
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
