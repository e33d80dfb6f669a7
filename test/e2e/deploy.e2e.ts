/**
 * What the workflow of main runs, by hand: `deploy` with the real CDK CLI and real git, against moto's CloudFormation. Only what
 * changed is deployed, what failed is not lost, and a removed client's stack goes.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cloud, WITHOUT_CHANGE_SETS } from './cli/cloud';
import { Deployment } from './cli/deployment';
import type { Ended } from './cli/ended';
import { REGION } from './servers/ceph';

jest.setTimeout(300_000);

const RECORD = 'refs/deployed/production';
const role = (name: string) => `kind: assumed-role
principals: [arn:aws:iam::111122223333:role/${name}]
externalId: 7f3c9a52-2f0e
`;
/** Bucket names are everybody's, and moto's too. */
const SETTINGS = { 'settings.yaml': 'bucketPrefix: e2e-deploy\n' };
const FIRST = {
  'acme/client.yaml': '',
  'acme/tool.yaml': role('tool'),
  'kohler/client.yaml': '',
  'kohler/reltio.yaml': role('reltio'),
};

let cloud: Cloud;
let here: Deployment;

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

const deploy = () => here.command('deploy', '--record', RECORD, '--end-removed', '--handoffs', 'handoffs');

/** Ends well, and says on which stacks something was done. */
async function touched(run: () => Promise<Ended>): Promise<string[]> {
  const { result, calls } = await cloud.recorder.during(run);
  expect([result.exit, result.exit === 0 ? '' : result.err]).toEqual([0, '']);
  const acts = calls.filter(({ action }) => /^(?:Create|Update|Delete)Stack$/.test(action));
  return acts.map(({ action, stack }) => `${action} ${stack}`).sort();
}

beforeAll(async () => {
  cloud = await Cloud.open();
  here = new Deployment({ ...cloud.environment, ...WITHOUT_CHANGE_SETS });
  here.define({ ...SETTINGS, ...FIRST });
  git('init', '--quiet', '--initial-branch', 'main');
  writeFileSync(join(here.dir, '.gitignore'), '/*\n!/integrations\n!/cdk.json\n');
  const { exit, err } = await here.cdk('bootstrap', `aws://${cloud.account}/${REGION}`);
  expect([exit, exit === 0 ? '' : err]).toEqual([0, '']);
});

afterAll(async () => {
  here?.remove();
  await cloud?.close();
});

test('the first time everything is deployed, and every vendor gets its hand-off', async () => {
  const first = commit(FIRST);
  expect(await touched(deploy)).toEqual(['CreateStack integrations-acme', 'CreateStack integrations-kohler']);
  expect(git('rev-parse', RECORD)).toBe(first);
  expect(readdirSync(join(here.dir, 'handoffs')).sort()).toEqual([
    'acme_tool.html',
    'acme_tool.json',
    'kohler_reltio.html',
    'kohler_reltio.json',
  ]);
  const handoff = JSON.parse(readFileSync(join(here.dir, 'handoffs/kohler_reltio.json'), 'utf8'));
  expect(handoff).toMatchObject({ integration: 'kohler_reltio', deployed: true, prefix: 'reltio/' });
});

test('then nothing is, and AWS is only asked which stacks there are', async () => {
  const { result, calls } = await cloud.recorder.during(deploy);
  expect([result.exit, result.err]).toEqual([0, expect.stringContaining('nothing to deploy')]);
  expect(calls.map(({ action }) => action)).toEqual(['GetCallerIdentity', 'DescribeStacks']);
});

test('a client that changes is deployed alone', async () => {
  const second = commit({ ...FIRST, 'kohler/adobe.yaml': role('adobe') });
  expect(await touched(deploy)).toEqual(['UpdateStack integrations-kohler']);
  expect(git('rev-parse', RECORD)).toBe(second);
});

test('a client that is removed loses its stack', async () => {
  const { 'acme/client.yaml': _, 'acme/tool.yaml': __, ...kohler } = { ...FIRST, 'kohler/adobe.yaml': role('adobe') };
  const before = git('rev-parse', RECORD);
  const last = commit(kohler);
  const kept = await here.command('deploy', '--record', RECORD);
  expect([kept.exit, git('rev-parse', RECORD)]).toEqual([1, before]);
  expect(kept.err).toContain(
    'does not move while integrations-acme exists: end it (--end-removed), and run this again',
  );
  expect((await cloud.arrived.names()).roles).toContain('acme_tool');
  // Without its integrations first, and then not at all.
  expect(await touched(deploy)).toEqual(['DeleteStack integrations-acme', 'UpdateStack integrations-acme']);
  expect((await cloud.arrived.names()).roles).not.toContain('acme_tool');
  expect(git('rev-parse', RECORD)).toBe(last);
  const { result } = await cloud.recorder.during(() => here.command('changed', '--record', RECORD));
  expect(result.out).toBe('');
});

test('a stack that no definition has is found, and not touched', async () => {
  const stray = new Deployment({ ...cloud.environment, ...WITHOUT_CHANGE_SETS });
  try {
    stray.define({ ...SETTINGS, 'initech/client.yaml': '', 'initech/tool.yaml': role('tool') });
    expect((await stray.deploy('initech')).exit).toBe(0);
  } finally {
    stray.remove();
  }
  const { out } = await here.command('list', '--left-behind', '--json');
  expect(JSON.parse(out)).toEqual([
    {
      ...{ client: 'initech', stack: 'integrations-initech', account: cloud.account, region: REGION },
      ...{ status: 'CREATE_COMPLETE', integrations: ['initech_tool'] },
    },
  ]);
  expect((await here.command('changed', '--record', RECORD)).out).toContain('no definition has it');
  const { result, calls } = await cloud.recorder.during(deploy);
  expect([result.exit, result.err]).toEqual([0, expect.stringContaining('no definition has initech')]);
  expect(calls.filter(({ action }) => action === 'DeleteStack')).toEqual([]);
});

test('what failed is deployed by the next run, with what was merged since', async () => {
  const before = git('rev-parse', RECORD);
  // In a region that was never bootstrapped.
  const globex = { 'globex/client.yaml': 'region: us-east-2\n', 'globex/tool.yaml': role('tool') };
  const kohler = { 'kohler/client.yaml': '', 'kohler/reltio.yaml': role('reltio') };
  commit({ ...kohler, ...globex });
  const failed = await deploy();
  expect(failed.exit).toBe(1);
  expect(failed.err).toContain('the next run does what is left to do');
  expect(git('rev-parse', RECORD)).toBe(before);
  const mended = commit({ ...kohler, ...globex, 'globex/client.yaml': '' });
  expect(await touched(deploy)).toContain('CreateStack integrations-globex');
  expect(git('rev-parse', RECORD)).toBe(mended);
});
