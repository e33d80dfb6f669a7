import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json';
import { artifact, fenced, ROOT, run, write } from './packed';
import { sameApp } from './python/same-app';

/** What makes Python modules of jsii modules, and the kernel that their objects live in. */
const PACMAK = '1.140.0';
const KERNEL = '1.140.0';

const CERTIFICATE = join(ROOT, 'test/support/ca.pem');
const QUIET = {
  CDK_VALIDATION: 'false',
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1',
  PYTHONDONTWRITEBYTECODE: '1',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'python-'));
  const { 'aws-cdk-lib': cdk, constructs } = manifest.devDependencies;
  const dependencies = {
    [manifest.name]: `file:${artifact()}`,
    'aws-cdk-lib': cdk,
    constructs,
    'jsii-pacmak': PACMAK,
  };
  write(folder, { 'package.json': JSON.stringify({ private: true, dependencies }) });
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Generates a module for a language, into the folder `modules`, as a guide says; building it would need more tools. */
function generate(language: string, name: string, ...options: string[]): void {
  const words = ['--targets', language, '--outdir', 'modules', join('node_modules', name)];
  run('node_modules/.bin/jsii-pacmak', [...words, '--code-only', ...options], folder, QUIET);
}

/** Where Python finds modules: with a client of our own for the kernel where there is none of PyPI's. */
function environment(): NodeJS.ProcessEnv {
  const modules = join(folder, 'modules/python/src');
  if (spawnSync('python3', ['-c', 'import jsii']).status === 0) return { ...QUIET, PYTHONPATH: modules };
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', `@jsii/runtime@${KERNEL}`], folder));
  mkdirSync(join(folder, 'kernel'));
  run('tar', ['xzf', filename, '-C', 'kernel', '--strip-components', '1'], folder);
  return {
    ...QUIET,
    JSII_RUNTIME: join(folder, 'kernel/webpack/bin/jsii-runtime.js'),
    PYTHONPATH: [modules, join(__dirname, 'python/runtime')].join(':'),
  };
}

test('an app in Python makes the templates that the same app in TypeScript makes, byte for byte', () => {
  const { dependencyClosure } = JSON.parse(readFileSync(join(folder, `node_modules/${manifest.name}/.jsii`), 'utf8'));
  for (const name of Object.keys(dependencyClosure)) generate('python', name, '--no-runtime-type-checking');
  generate('python', manifest.name);
  const [theirs, ours] = [join(folder, 'python.out'), join(folder, 'typescript.out')];
  const env = environment();
  run('python3', [join(__dirname, 'python/app.py'), theirs, CERTIFICATE], folder, env);
  sameApp(ours, CERTIFICATE);
  for (const stack of ['Kohler', 'Exports']) {
    const [python, typescript] = [theirs, ours].map((dir) => readFileSync(join(dir, `${stack}.template.json`), 'utf8'));
    expect(python).toBe(typescript);
  }
  const kohler = JSON.parse(readFileSync(join(theirs, 'Kohler.template.json'), 'utf8'));
  const types = Object.values<{ Type: string }>(kohler.Resources).map(({ Type }) => Type);
  expect(types.filter((type) => type === 'AWS::IAM::Role')).toHaveLength(3);
  expect(types).toEqual(expect.arrayContaining(['AWS::RolesAnywhere::TrustAnchor', 'AWS::IAM::AccessKey']));

  const [guide = ''] = fenced('docs/guides/importing.md', 'python');
  write(folder, { 'guide.py': guide });
  run('python3', ['guide.py'], folder, { ...env, CDK_OUTDIR: join(folder, 'guide.out') });
  const made = readFileSync(join(folder, 'guide.out/Kohler.template.json'), 'utf8');
  expect(made).toContain('"RoleName": "kohler_reltio"');
});

test.each([
  [
    'java',
    'java/src/main/java/io/github/cdkbucketintegrations/AssumedRoleIntegration.java',
    'class AssumedRoleIntegration',
  ],
  [
    'dotnet',
    'dotnet/CdkBucketIntegrations/CdkBucketIntegrations/AssumedRoleIntegration.cs',
    'class AssumedRoleIntegration',
  ],
  ['go', 'go/bucketintegrations/AssumedRoleIntegration.go', 'func NewAssumedRoleIntegration('],
])('the constructs are generated for %s', (language, file, text) => {
  generate(language, manifest.name);
  expect(readFileSync(join(folder, 'modules', file), 'utf8')).toContain(text);
});
