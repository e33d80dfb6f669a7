import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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

/** Generates modules for languages, into the folder `modules`, as a guide says; building them would need more tools. */
function generate(languages: readonly string[], name: string, ...options: string[]): void {
  const words = ['--targets', ...languages, '--outdir', 'modules', join('node_modules', name)];
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
  for (const name of Object.keys(dependencyClosure)) generate(['python'], name, '--no-runtime-type-checking');
  generate(['python'], manifest.name);
  const [theirs, ours] = [join(folder, 'python.out'), join(folder, 'typescript.out')];
  const env = environment();
  // With its checks, as in an app of anybody's.
  run('python3', [join(__dirname, 'python/app.py'), theirs, CERTIFICATE], folder, { ...env, CDK_VALIDATION: '' });
  sameApp(ours, CERTIFICATE);
  for (const stack of ['Kohler', 'Exports']) {
    const [python, typescript] = [theirs, ours].map((dir) => readFileSync(join(dir, `${stack}.template.json`), 'utf8'));
    expect(python).toBe(typescript);
  }
  const kohler = JSON.parse(readFileSync(join(theirs, 'Kohler.template.json'), 'utf8'));
  const types = Object.values<{ Type: string }>(kohler.Resources).map(({ Type }) => Type);
  expect(types.filter((type) => type === 'AWS::IAM::Role')).toHaveLength(3);
  expect(types).toEqual(expect.arrayContaining(['AWS::RolesAnywhere::TrustAnchor', 'AWS::IAM::AccessKey']));
  expect(JSON.stringify(kohler)).toContain('"aws:PrincipalArn":"arn:aws:iam::444455556666:role/analytics"');

  // The same app, with everybody of another account let in by the CDK's own grant.
  const app = [join(__dirname, 'python/app.py'), join(folder, 'leak.out'), CERTIFICATE, 'leak'];
  expect(() => run('python3', app, folder, { ...env, CDK_VALIDATION: '' })).toThrow(
    /unknown-statement\[[0-9a-f]{12}\]/,
  );

  const [guide = ''] = fenced('docs/languages.md', 'python');
  write(folder, { 'guide.py': guide });
  run('python3', ['guide.py'], folder, { ...env, CDK_OUTDIR: join(folder, 'guide.out') });
  const made = readFileSync(join(folder, 'guide.out/Kohler.template.json'), 'utf8');
  expect(made).toContain('"RoleName": "kohler_reltio"');
});

/** The public classes and interfaces, by name. */
function publicTypes(): string[] {
  const { types } = JSON.parse(readFileSync(join(folder, `node_modules/${manifest.name}/.jsii`), 'utf8'));
  return Object.values<{ name: string }>(types).map(({ name }) => name);
}

describe('for other languages', () => {
  beforeAll(() => generate(['java', 'dotnet', 'go'], manifest.name));

  test.each([
    ['java', 'java/src/main/java/io/github/cdkbucketintegrations', '.java', 'class AssumedRoleIntegration '],
    ['dotnet', 'dotnet/CdkBucketIntegrations/CdkBucketIntegrations', '.cs', 'class AssumedRoleIntegration '],
    ['go', 'go/bucketintegrations', '.go', 'func NewAssumedRoleIntegration('],
  ])('every class is generated for %s', (_, sources, extension, text) => {
    const dir = join(folder, 'modules', sources);
    const names = publicTypes();
    expect(names).toEqual(
      expect.arrayContaining([
        ...['AccessKeyIntegration', 'AssumedRoleIntegration', 'DirectTrustIntegration', 'RolesAnywhereIntegration'],
        ...['WebIdentityIntegration', 'InternalAccess', 'ConfinementChecks', 'ClientBucket'],
      ]),
    );
    // .NET writes an interface of ours with an I in front of it.
    const made = new Set(readdirSync(dir).map((file) => file.replace(/^I(?=[A-Z].*\.cs$)/, '')));
    expect(names.filter((name) => !made.has(`${name}${extension}`))).toEqual([]);
    expect(readFileSync(join(dir, `AssumedRoleIntegration${extension}`), 'utf8')).toContain(text);
  });

  const java = spawnSync('javac', ['-version']).status === 0;
  (java ? test : test.skip)('what is generated for Java is Java', () => {
    const said = run('java', [join(__dirname, 'java/Parse.java'), join(folder, 'modules/java')], folder);
    const [, files = '', problems] = /^(\d+) files, (\d+) problems/.exec(said) ?? [];
    expect([Number(files) > publicTypes().length, problems]).toEqual([true, '0']);
  });
});
