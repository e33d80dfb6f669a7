/**
 * A deployment that is cut after any of its runs of the CDK, and run again, ends as its commit says: with the real CDK CLI and
 * real git, against moto's CloudFormation. test/command/interrupted.test.ts tries every step, against a stand-in.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Cloud, WITHOUT_CHANGE_SETS } from './cli/cloud';
import { Deployment } from './cli/deployment';
import { REGION } from './servers/ceph';

jest.setTimeout(600_000);

const RECORD = 'refs/deployed/production';
const role = (name: string) => `kind: assumed-role
principals: [arn:aws:iam::111122223333:role/${name}]
externalId: 7f3c9a52-2f0e
`;
const SETTINGS = { 'settings.yaml': 'bucketPrefix: e2e-cut\n' };
const client = (name: string, vendor: string) => ({
  [`${name}/client.yaml`]: '',
  [`${name}/${vendor}.yaml`]: role(vendor),
});
/** The app is synthesized; the client that goes loses its integrations, then its stack; the others are deployed. */
const RUNS = ['cdk synth', 'cdk deploy', 'cdk destroy', 'cdk deploy'];
const CUTS = RUNS.map((_, at) => at + 1);

let cloud: Cloud;
let here: Deployment;
/** A folder before all others in PATH. */
let tools: string;
/** How many more runs of the CDK come to their end. */
let counter: string;

function git(...words: string[]): string {
  const who = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...words], { cwd: here.dir, encoding: 'utf8', stdio: 'pipe' }).trim();
}

function commit(files: Readonly<Record<string, string>>): string {
  here.define({ ...SETTINGS, ...files });
  git('add', '--all');
  git('commit', '--quiet', '--message', 'a merge');
  return git('rev-parse', 'HEAD');
}

/** Deploys; after so many runs of the CDK the process is killed, as far as anybody can tell afterwards. */
async function deploy(runs = -1) {
  writeFileSync(counter, String(runs));
  return here.command('deploy', '--record', RECORD, '--end-removed');
}

/** The roles that vendors have. */
async function roles(): Promise<string[]> {
  return (await cloud.arrived.names()).roles.filter((name) => !name.startsWith('cdk-'));
}

beforeAll(async () => {
  cloud = await Cloud.open();
  tools = mkdtempSync(join(tmpdir(), 'tools-'));
  counter = join(tools, 'left');
  const npx = execFileSync('sh', ['-c', 'command -v npx'], { encoding: 'utf8' }).trim();
  // Kills the command that runs it once as many runs as are left have come to their end.
  const script = `#!/bin/sh
"${npx}" "$@" || exit $?
left=$(($(cat "${counter}") - 1))
echo "$left" > "${counter}"
[ "$left" -ne 0 ] || kill -9 "$PPID"
`;
  writeFileSync(join(tools, 'npx'), script, { mode: 0o755 });
  const PATH = [tools, process.env.PATH].join(delimiter);
  here = new Deployment({ ...cloud.environment, ...WITHOUT_CHANGE_SETS, PATH });
  here.define({ ...SETTINGS, ...client('kohler', 'reltio') });
  git('init', '--quiet', '--initial-branch', 'main');
  writeFileSync(join(here.dir, '.gitignore'), '/*\n!/integrations\n!/cdk.json\n');
  const { exit, err } = await here.cdk('bootstrap', `aws://${cloud.account}/${REGION}`);
  expect([exit, exit === 0 ? '' : err]).toEqual([0, '']);
});

afterAll(async () => {
  here?.remove();
  if (tools) rmSync(tools, { recursive: true, force: true });
  await cloud?.close();
});

test('killed after each of its runs of the CDK, and run again, it ends as its commit says', async () => {
  const goes = (from: number) => CUTS.filter((cut) => cut >= from).map((cut) => client(`gone-${cut}`, 'tool'));
  const kohler = (vendor: string) => client('kohler', vendor);
  commit(Object.assign({}, kohler('reltio'), ...goes(1)));
  expect((await deploy()).exit).toBe(0);

  for (const cut of CUTS) {
    const before = git('rev-parse', RECORD);
    const last = commit(Object.assign({}, kohler(`reltio-${cut}`), ...goes(cut + 1)));
    const killed = await deploy(cut);
    const ran = [...killed.err.matchAll(/^npx (cdk \w+)/gm)].map(([, run]) => run);
    expect({ cut, ran, exit: killed.exit, record: git('rev-parse', RECORD) }).toEqual({
      ...{ cut, ran: RUNS.slice(0, cut), exit: -1, record: before },
    });
    const { exit, err } = await deploy();
    expect({ cut, exit, err: exit === 0 ? '' : err, record: git('rev-parse', RECORD) }).toEqual({
      ...{ cut, exit: 0, err: '', record: last },
    });
    const left = CUTS.filter((each) => each > cut).map((each) => `gone-${each}_tool`);
    expect({ cut, roles: await roles() }).toEqual({ cut, roles: [...left, `kohler_reltio-${cut}`] });
    const changed = await here.command('changed', '--record', RECORD);
    expect({ cut, changed: changed.out }).toEqual({ cut, changed: '' });
  }
  expect(JSON.parse((await here.command('list', '--left-behind', '--json')).out)).toEqual([]);
});
