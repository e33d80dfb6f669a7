import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json';
import { GitFolder } from '../support/git-folder';
import { artifact, ROOT, run } from './packed';

const EXAMPLE = 'example_exporter';
const QUIET = ['--no-audit', '--no-fund', '--ignore-scripts'];

/** A repository as `init` lays it out, with the packed package in it. */
let repository: GitFolder;
let dir: string;
let scratch: string;
const ours = (...words: string[]) => run('npx', ['--no', '--', 'bucket-integrations', ...words], dir);

/** All that a command says that ends with another status than 0. */
function refused(...words: string[]): string {
  try {
    ours(...words);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`${words.join(' ')} ended well`);
}

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'next-'));
  repository = new GitFolder({});
  dir = repository.path;
  run(join(ROOT, 'bin/bucket-integrations'), ['init', dir, '--from', artifact()], ROOT);
  run('npm', ['install', ...QUIET], dir);
  repository.commit({});
});
afterAll(() => {
  repository?.remove();
  rmSync(scratch, { recursive: true });
});

test('a repository of init installs and synthesizes at once', () => {
  // Validated, as it is for whoever types it.
  run('npx', ['cdk', 'synth', '--quiet'], dir, { CDK_VALIDATION: '' });
  expect(readdirSync(join(dir, 'cdk.out'))).toContain('example.template.json');
  expect(ours('handoff', EXAMPLE)).toContain('exporter/');
  expect(repository.git('status', '--porcelain')).toBe('');
});

test('a clone elsewhere installs the same, with nothing but what is committed', () => {
  const tarball = `packages/${manifest.name}-${manifest.version}.tgz`;
  const { packages } = JSON.parse(readFileSync(join(dir, 'package-lock.json'), 'utf8'));
  expect(packages[`node_modules/${manifest.name}`]).toMatchObject({
    resolved: `file:${tarball}`,
    integrity: expect.stringMatching(/^sha512-/),
  });
  const clone = join(scratch, 'elsewhere', 'clone');
  run('git', ['clone', '--quiet', dir, clone], scratch);
  run('npm', ['ci', ...QUIET, '--cache', join(scratch, 'cache')], clone);
  expect(run('npx', ['--no', '--', 'bucket-integrations', '--version'], clone)).toBe(`${manifest.version}\n`);
});

test('it has the app of the role with which its workflow deploys', () => {
  const [, command = ''] =
    /(npx cdk deploy .*deploy-role.js.*)/.exec(readFileSync(join(dir, 'README.md'), 'utf8')) ?? [];
  expect(command).toContain('--app "node bin/deploy-role.js"');
  const words = ['synth', '--app', 'node bin/deploy-role.js', '--output', 'cdk.out.role'];
  const context = ['repository=octo-org/integrations', 'repositoryOwnerId=123456', 'repositoryId=456789'];
  const given = [...context, 'targets=aws://111122223333/eu-west-1'].flatMap((each) => ['-c', each]);
  run('npx', ['--no', '--', 'cdk', ...words, '--quiet', ...given], dir);
  const { Resources } = JSON.parse(readFileSync(join(dir, 'cdk.out.role/DeployRole.template.json'), 'utf8'));
  const trusts = JSON.stringify(Object.values(Resources));
  expect(trusts).toContain('repo:octo-org');
  expect(() => run('npx', ['--no', '--', 'cdk', ...words, '--quiet'], dir)).toThrow('no repository is named');
  expect(repository.git('status', '--porcelain')).toBe('');
});

test('its workflows run what its package has', () => {
  const workflows = join(dir, '.github/workflows');
  expect(readdirSync(workflows).sort()).toEqual([
    'dates.yml',
    'main.yml',
    'pull-request.yml',
    'verify-accounts.yml',
    'verify.yml',
  ]);
  const text = readdirSync(workflows)
    .map((file) => readFileSync(join(workflows, file), 'utf8'))
    .join('');
  const help = ours('--help');
  const commands = [...text.matchAll(/npx bucket-integrations ([a-z-]+)/g)].map(([, command = '']) => command);
  expect(commands).toEqual(expect.arrayContaining(['check', 'diff', 'changed', 'deploy']));
  for (const command of commands) expect(help).toMatch(new RegExp(`^ +${command}\\b`, 'm'));
  const { scripts } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
  const needed = [...text.matchAll(/npm run ([a-z:-]+)(?! --if-present)$/gm)].map(([, name = '']) => name);
  expect(needed.filter((name) => !(name in scripts))).toEqual([]);
  expect(text).not.toMatch(/npm (?:test|t)\b/);
});

/** The package as its next version may be: whoever may write may also set ACLs. */
function nextVersion(): string {
  const next = join(scratch, 'next');
  cpSync(join(dir, 'node_modules', manifest.name), next, { recursive: true });
  for (const file of ['dist/bin/app.js', 'dist/bin/bucket-integrations.js']) {
    const text = readFileSync(join(next, file), 'utf8');
    // In lists: it is the value and the name of other things too.
    const changed = text.replace(/(?<!: )"s3:AbortMultipartUpload"(?!:)/g, '$&, "s3:PutObjectAcl"');
    expect(changed).not.toBe(text);
    writeFileSync(join(next, file), changed);
  }
  const bumped = JSON.parse(readFileSync(join(next, 'package.json'), 'utf8'));
  writeFileSync(join(next, 'package.json'), JSON.stringify({ ...bumped, version: '0.2.0' }));
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', join(dir, 'packages')], next),
  );
  return `packages/${filename}`;
}

test('an upgrade shows the access that it changes', () => {
  run('npm', ['install', ...QUIET, `file:${nextVersion()}`], dir);
  expect(JSON.parse(readFileSync(join(dir, `node_modules/${manifest.name}/package.json`), 'utf8')).version).toBe(
    '0.2.0',
  );
  const told = refused('diff', '--base', 'HEAD', '--install', '--fail-on', 'widening');
  expect(told).toMatch(
    new RegExp(`^\\+ ${EXAMPLE} AWS::IAM::\\w+ .*: allows s3:PutObjectAcl on .*/exporter/\\*$`, 'm'),
  );
  expect(told).toMatch(/^1 grows since /m);
  // And only that: what both versions make alike is not told.
  expect(told.match(/^[+~-] /gm)).toHaveLength(1);
  expect(told).toContain(`access grows: ${EXAMPLE} `);
});

test('diff says what it needs where that is not installed', () => {
  rmSync(join(dir, 'node_modules/@aws-cdk/cloudformation-diff'), { recursive: true });
  expect(refused('diff', '--base-assembly', 'cdk.out')).toContain(
    'this needs @aws-cdk/cloudformation-diff; npm install @aws-cdk/cloudformation-diff@',
  );
});
