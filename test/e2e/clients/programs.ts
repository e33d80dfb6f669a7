import { spawn, spawnSync } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';

/** What a command came to. */
export interface Ran {
  readonly exit: number;
  /** What it printed, on both outputs. */
  readonly said: string;
}

/** Where `scripts/get-stand-ins` puts programs. */
export const STAND_INS = resolve(__dirname, '../../..', process.env.STAND_INS || '.stand-ins');

/** The environment in which vendors' programs are found: those of this machine, else what `scripts/get-stand-ins` fetched. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  PATH: paths(process.env.PATH, join(STAND_INS, 'clients/usr/bin'), join(STAND_INS, 'python/bin')),
  NODE_PATH: join(STAND_INS, 'node/node_modules'),
  PYTHONPATH: paths(
    process.env.PYTHONPATH,
    join(STAND_INS, 'python'),
    join(STAND_INS, 'clients/usr/lib/python3/dist-packages'),
  ),
};

/** @throws where a program is missing, in one line that says how to get it */
export function versionOf(command: string): string {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { env: { ...process.env, ...PROGRAMS } });
  if (status !== 0) throw new Error(`${command.split(' ')[0]} is missing: run scripts/get-stand-ins`);
  return `${stdout}${stderr}`.trim();
}

/** Runs a line of a shell. */
export function run(line: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  return new Promise((done, failed) => {
    const child = spawn('bash', ['-c', line], { cwd, env: { ...PROGRAMS, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        said += text;
      });
    }
    child.once('error', failed);
    child.once('close', (exit) => done({ exit: exit ?? -1, said }));
  });
}

function paths(...each: readonly (string | undefined)[]): string {
  return each.filter((path) => path).join(delimiter);
}
