import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json';
import { FAMILIES } from '../sabotages/families';
import { writtenFindings } from '../sabotages/findings';
import { artifact, examples, type Peers, pages, ROOT, run, write } from './packed';

const { devDependencies: own, peerDependencies: peers } = manifest;
const NEWEST: Peers = { 'aws-cdk-lib': own['aws-cdk-lib'], constructs: own.constructs };
const LOWEST: Peers = { 'aws-cdk-lib': lowest(peers['aws-cdk-lib']), constructs: lowest(peers.constructs) };

function lowest(range: string): string {
  return range.replace(/^\^/, '');
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'consumer-'));
  folders.push(made);
  return made;
}

/** An app as `cdk init` makes it, with the package and its peers installed. */
function app(versions: Peers): string {
  const dir = folder();
  run(join(ROOT, 'node_modules/.bin/cdk'), ['init', 'app', '--language', 'typescript', '--generate-only'], dir);
  const made = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
  made.dependencies = { ...versions, [manifest.name]: `file:${artifact()}` };
  made.devDependencies = {
    typescript: own.typescript,
    '@types/node': own['@types/node'],
    '@types/jest': own['@types/jest'],
  };
  writeFileSync(join(dir, 'package.json'), JSON.stringify(made));
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], dir);
  return dir;
}

function compiled(dir: string): string {
  return run('npx', ['tsc', '--noEmit', '--strict', '--skipLibCheck', 'false', '-p', '.'], dir);
}

describe.each([
  ['newest', NEWEST],
  ['lowest', LOWEST],
])('with the %s peers, an app of cdk init', (_, versions) => {
  let dir: string;
  beforeAll(() => {
    dir = app(versions);
  });

  test('has those and nothing else of ours', () => {
    const installed = readdirSync(join(dir, 'node_modules'));
    expect(installed).toContain(manifest.name);
    expect(installed).toEqual(expect.not.arrayContaining(['yaml', 'zod', 'commander', 'cdk-nag']));
    const version = JSON.parse(readFileSync(join(dir, 'node_modules/aws-cdk-lib/package.json'), 'utf8')).version;
    expect(version).toBe(versions['aws-cdk-lib']);
  });

  test('type-checks every example of the README and the documentation, as strictly as it likes', () => {
    const texts = pages().flatMap((page) =>
      examples(page).map((text, at) => [`examples/${page}-${at}.ts`, text] as const),
    );
    expect(texts.map(([file]) => file)).toEqual(
      expect.arrayContaining(['examples/docs/guides/importing.md-0.ts', 'examples/docs/guides/importing.md-3.ts']),
    );
    write(dir, Object.fromEntries(texts));
    expect(() => compiled(dir)).not.toThrow();
  });

  test('does not type-check an example with something wrong in it', () => {
    const [text = ''] = examples('docs/guides/importing.md');
    write(dir, { 'examples/wrong.ts': text.replace("vendorName: 'reltio'", 'vendorName: 7') });
    expect(() => compiled(dir)).toThrow(/examples\/wrong\.ts.*Type 'number' is not assignable to type 'string'/);
    rmSync(join(dir, 'examples/wrong.ts'));
  });

  test('synthesizes the example', () => {
    const [text = ''] = examples('docs/guides/importing.md');
    write(dir, { 'bin/example.ts': `${text}\n(stack.node.root as App).synth();\n` });
    run('npx', ['tsc', '-p', '.', '--noEmit', 'false', '--outDir', 'built', '--rootDir', '.'], dir);
    run('node', ['built/bin/example.js'], dir, { CDK_OUTDIR: join(dir, 'cdk.out'), CDK_VALIDATION: 'false' });
    const template = JSON.parse(readFileSync(join(dir, 'cdk.out/Kohler.template.json'), 'utf8'));
    const role = Object.values<{ Type: string; Properties: Record<string, unknown> }>(template.Resources).find(
      ({ Type }) => Type === 'AWS::IAM::Role',
    );
    expect(role?.Properties.RoleName).toBe('kohler_reltio');
    expect(JSON.stringify(role)).toContain('"sts:ExternalId":"5ez83245');
  });

  test('stops at the same leaks as the suite does, under the same ids, and lets the same twins go through', () => {
    const written = writtenFindings();
    const cases = FAMILIES.flatMap(({ says, leaks, twins = {} }) => [
      ...Object.entries(leaks).map(([spelling, patch]) => ({
        spelling,
        patch,
        found: written[says]?.[spelling] ?? [],
      })),
      ...Object.entries(twins).map(([spelling, patch]) => ({ spelling, patch, found: [] })),
    ]);
    const program = readFileSync(join(__dirname, 'families-app.js'), 'utf8');
    write(dir, {
      'families/app.js': program,
      'families/patches.json': JSON.stringify(cases.map(({ patch }) => patch)),
    });
    const all = run('node', ['families/app.js', 'families/patches.json'], dir, { CDK_VALIDATION: 'false' });
    const answers = (JSON.parse(all) as string[][]).map((ids, at) => [cases[at]?.spelling, [...new Set(ids)].sort()]);
    const expected = cases.map(({ spelling, found }) => [
      spelling,
      [...new Set(found.map((line) => line.split(' ')[0]))].sort(),
    ]);
    // In the suite, the account of the stack is not in the notes of its metadata.
    const same = ([spelling]: readonly unknown[]) => spelling !== 'metadata of the template';
    expect(answers.filter(same)).toEqual(expected.filter(same));
    expect(answers).toHaveLength(expected.length);
  });

  test('loads the CDK and the constructs, and nothing of the command', () => {
    const list = `require('${manifest.name}'); console.log(JSON.stringify(Object.keys(require.cache)))`;
    const loaded: string[] = JSON.parse(run('node', ['-e', list], dir));
    const modules = join(dir, 'node_modules/');
    const foreign = loaded.filter(
      (file) =>
        !['aws-cdk-lib/', 'constructs/', `${manifest.name}/dist/lib/`].some((name) => file.startsWith(modules + name)),
    );
    expect(foreign).toEqual([]);
    expect(loaded.filter((file) => file.includes(`${manifest.name}/dist/lib/`)).length).toBeGreaterThan(10);
  });

  test('has five entry points, each with what it says, and no way to what is behind them', () => {
    const name = manifest.name;
    const resolved = (entry: string) => run('node', ['-p', `require.resolve('${entry}')`], dir).trim();
    expect(Object.keys(manifest.exports)).toEqual(['.', './app', './deploy-role', './package.json', './.jsii']);
    expect(resolved(name)).toBe(join(dir, `node_modules/${name}/dist/lib/index.js`));
    expect(resolved(`${name}/app`)).toBe(join(dir, `node_modules/${name}/dist/bin/app.js`));
    expect(resolved(`${name}/deploy-role`)).toBe(join(dir, `node_modules/${name}/dist/bin/deploy-role.js`));
    expect(run('node', ['-p', `require('${name}/package.json').version`], dir).trim()).toBe(manifest.version);
    expect(JSON.parse(readFileSync(resolved(`${name}/.jsii`), 'utf8')).version).toBe(manifest.version);
    for (const behind of ['dist/bin/bucket-integrations.js', 'dist/lib/rules/confinement']) {
      expect(() => resolved(`${name}/${behind}`)).toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
    }
  });

  test('has the command, which needs nothing else', () => {
    write(dir, { 'integrations/kohler/client.yaml': '', 'integrations/kohler/adobe.yaml': 'kind: access-key\n' });
    expect(() => run('npx', ['--no', 'bucket-integrations', 'check'], dir)).toThrow('error[missing-key]: reason');
    write(dir, { 'integrations/kohler/adobe.yaml': 'kind: access-key\nreason: x\n' });
    expect(JSON.parse(run('npx', ['--no', 'bucket-integrations', 'check', '--json'], dir))).toEqual([
      expect.objectContaining({ code: 'long-lived-key', severity: 'warning' }),
    ]);
    expect(run('npx', ['--no', 'bucket-integrations', 'vendors'], dir)).toContain('reltio');
    expect(run('npx', ['--no', 'bucket-integrations', 'report'], dir)).toContain('class IntegrationTable');
  });
});
