import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const REMEDY = 'run scripts/get-stand-ins';

/** What the servers are run from. */
export interface StandIns {
  /** In which the servers are found, with what they need. */
  readonly env: NodeJS.ProcessEnv;
  /** Where Ceph's modules are. */
  readonly libraries: string;
}

/**
 * Finds what `scripts/get-stand-ins` fetched.
 * @throws with one line that says how to get what is missing
 */
export function standIns(): StandIns {
  const root = join(folder(), 'ceph');
  const libraries = ['usr/lib', 'lib'].map((lib) => join(root, lib, `${machine()}-linux-gnu`));
  if (!existsSync(join(root, 'usr/bin/radosgw'))) throw new Error(`Ceph radosgw is missing: ${REMEDY}`);
  const env: NodeJS.ProcessEnv = {
    ...motoAlone().env,
    PATH: paths(join(root, 'usr/bin'), process.env.PATH),
    LD_LIBRARY_PATH: paths(...libraries, ...libraries.map((each) => join(each, 'ceph'))),
  };
  return { env, libraries: libraries[0] ?? '' };
}

/**
 * Finds what `scripts/get-stand-ins moto` fetched, which is all that moto needs.
 * @throws likewise
 */
export function motoAlone(): Pick<StandIns, 'env'> {
  const env = { ...process.env, PYTHONPATH: paths(join(folder(), 'python'), process.env.PYTHONPATH) };
  if (!importable('moto.server', env)) throw new Error(`moto is missing: ${REMEDY} moto`);
  return { env };
}

function folder(): string {
  return resolve(__dirname, '../../..', process.env.STAND_INS || '.stand-ins');
}

function paths(...each: readonly (string | undefined)[]): string {
  return each.filter((path) => path).join(delimiter);
}

/** Whether python3 is there and knows a module, which is not run for it. */
function importable(module: string, env: NodeJS.ProcessEnv): boolean {
  const script = `import importlib.util, sys; sys.exit(importlib.util.find_spec('${module}') is None)`;
  return spawnSync('python3', ['-c', script], { env }).status === 0;
}

function machine(): string {
  return process.arch === 'arm64' ? 'aarch64' : 'x86_64';
}
