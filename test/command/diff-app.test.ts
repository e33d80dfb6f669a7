import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { synthesizedStacks } from '../../lib/app/templates';
import { contextOfApp } from '../../lib/command/deployment/app-context';
import type { Run } from '../../lib/command/host/run';
import { load } from '../../lib/definitions/load';
import { name, version } from '../../package.json';
import { inFolder } from '../support/folder';
import { TestRepository } from '../support/repository';
import { run, runWith } from '../support/run';

const ADOBE = 'kind: access-key\nreason: It takes a key only\n';
const FILES = {
  'package.json': '{"dependencies":{"cdk-bucket-integrations":"1.0.0"}}',
  'package-lock.json': '{}',
  'cdk.json': '{}',
  'integrations/kohler/client.yaml': '',
  'integrations/kohler/adobe.yaml': ADOBE,
};
const UPGRADED = { 'package-lock.json': '{"lockfileVersion":3}' };

let of: TestRepository;
beforeEach(() => {
  of = new TestRepository();
  of.commit(FILES);
});
afterEach(() => of.dispose());

/** npm and the CDK, as far as they are asked: the version that the ref has lets a vendor do less. */
class Programs {
  readonly calls: string[] = [];
  readonly folders: string[] = [];
  fails?: string;
  installs?: string;

  readonly run: Run = async (program, args, folder = '') => {
    this.calls.push([program, ...args].join(' ').replace(/--output \S+/, '--output DIR'));
    this.folders.push(folder);
    if (program === this.fails) return 1;
    if (program === 'npm' && this.installs !== undefined) {
      mkdirSync(join(folder, 'node_modules', name), { recursive: true });
      writeFileSync(
        join(folder, 'node_modules', name, 'package.json'),
        JSON.stringify({ name, version: this.installs }),
      );
    }
    if (program === 'npx') {
      const outdir = args[args.indexOf('--output') + 1] ?? '';
      const { deployment } = load(join(folder, 'integrations'));
      const clients = new Set(deployment.clients.map(({ name }) => name));
      synthesizedStacks(deployment, { clients, providers: true, environment: {}, context: contextOfApp(), outdir });
      const template = join(outdir, 'kohler.template.json');
      writeFileSync(template, readFileSync(template, 'utf8').replaceAll('"s3:GetObjectAttributes",', ''));
    }
    this.seen = existsSync(join(folder, 'link'));
    return 0;
  };
  seen = false;
}

const words = (...more: string[]) => ['diff', '--dir', of.path('integrations'), '--base', 'main', ...more];

test('where the app is another, that is said', async () => {
  of.write({ ...UPGRADED, 'cdk.json': '{"context":{}}' });
  const { exit, out, err } = await run(...words());
  expect([exit, out]).toEqual([0, expect.stringMatching(/^no change in who can do what since main/)]);
  expect(err).toBe(
    'the app differs from main (cdk.json and 1 more), and this comparison leaves that out: add --install to include it\n',
  );
});

test('with --install it is what the ref made, by its own packages, that is compared', async () => {
  symlinkSync('package.json', of.path('link'));
  of.commit();
  of.write(UPGRADED);
  const programs = new Programs();
  const { exit, out, err } = await runWith({ program: programs.run }, ...words('--install', '--fail-on', 'widening'));
  expect(out).toMatch(
    /^\+ kohler_adobe AWS::IAM::User kohler_adobe, .*: allows s3:GetObjectAttributes on .*kohler\/adobe\/\*$/m,
  );
  expect(out).toMatch(/^1 grows since main \([0-9a-f]{7}\)$/m);
  expect([exit, err]).toEqual([1, expect.stringMatching(/^access grows: kohler_adobe /)]);
  expect(programs.calls).toEqual([
    'npm ci --ignore-scripts --no-audit --no-fund',
    'npx --no -- cdk synth --quiet --output DIR --context integrations=integrations',
  ]);
  // A folder of its own, where no link leads out, and nothing is left of it.
  const [folder = '', ...others] = programs.folders;
  expect(others).toEqual([folder]);
  expect(relative(of.folder, folder)).toMatch(/^\.\./);
  expect([programs.seen, existsSync(folder)]).toEqual([false, false]);
});

test.each([
  ['0.0.9', `note: ${name} was 0.0.9 and is ${version}: node_modules/${name}/docs/upgrading.md says what to do\n`],
  [version, ''],
  ['1.0.0\u001b[2J', ''],
])('an upgrade from %j is said, with where to read what it needs', async (installs, said) => {
  of.write(UPGRADED);
  const programs = Object.assign(new Programs(), { installs });
  const { exit, err } = await runWith({ program: programs.run }, ...words('--install'));
  expect([exit, err]).toEqual([0, said]);
});

test('with --install nothing is installed where only definitions are otherwise', async () => {
  of.write({ 'integrations/kohler/adobe.yaml': `${ADOBE}access: [list]\n` });
  expect(await run(...words('--install'))).toMatchObject({ exit: 0, err: '' });
});

test('with --install nothing is installed where there were no definitions', async () => {
  const empty = new TestRepository();
  try {
    empty.commit({ 'package.json': '{}' });
    empty.write(FILES);
    const { exit, out } = await run('diff', '--dir', empty.path('integrations'), '--base', 'main', '--install');
    expect([exit, out]).toEqual([0, expect.stringContaining('kohler is a new client')]);
  } finally {
    empty.dispose();
  }
});

test.each([
  ['npm', /^error\[app-not-installed\]: npm cannot install the app of [0-9a-f]{7}; compare with its earlier templates/],
  ['npx', /^error\[app-not-synthesized\]: the CDK cannot synthesize the app of [0-9a-f]{7}; compare with/],
])('a failure of %s is one line', async (fails, line) => {
  of.write(UPGRADED);
  const programs = new Programs();
  programs.fails = fails;
  const { exit, out, err } = await runWith({ program: programs.run }, ...words('--install'));
  expect([exit, out, err]).toEqual([1, '', expect.stringMatching(line)]);
});

test('what has no package-lock.json cannot be installed as it was', async () => {
  of.remove('package-lock.json');
  of.commit();
  of.write(UPGRADED);
  const { exit, err } = await run(...words('--install'));
  expect([exit, err]).toEqual([
    1,
    expect.stringMatching(/^error\[no-app\]: there was no package-lock\.json at [0-9a-f]{7}, so it is not known/),
  ]);
  of.remove('package.json');
  expect((await run(...words('--install'))).err).toMatch(
    /^error\[no-app\]: there is no package\.json beside or above /,
  );
});

test('--install without a ref is wrong usage', async () => {
  const { exit, err } = await run('diff', '--base-assembly', 'cdk.out', '--install');
  expect([exit, err]).toEqual([2, expect.stringMatching(/leave --install out, or name --base REF instead/)]);
});

test("the context is that of the folder's cdk.json, where it has one", () => {
  const flags = (text?: string) => inFolder(text === undefined ? {} : { 'cdk.json': text }, contextIn);
  expect(flags('{"context":{"@aws-cdk/core:flag":true}}')).toEqual({ '@aws-cdk/core:flag': true });
  expect(flags('{}')).toEqual({});
  expect(flags()).toMatchObject({ '@aws-cdk/aws-iam:minimizePolicies': true });
  expect(() => flags('{')).toThrow(/^cdk\.json:1:2 is not JSON; /);
});

function contextIn(dir: string): ReturnType<typeof contextOfApp> {
  const home = process.cwd();
  process.chdir(dir);
  try {
    return contextOfApp();
  } finally {
    process.chdir(home);
  }
}
