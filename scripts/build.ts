/**
 * Builds what the package ships:
 *
 * - `dist/lib` and `.jsii`: the constructs, compiled by jsii, so that every language of the CDK can have them;
 * - `dist/bin`: the command and the app, each in one file with what they need to read definitions, so that the package
 *   has no dependencies of its own and whoever imports the constructs loads nothing of the command's.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { jsiiOf } from '../test/package/jsii';

const ROOT = join(__dirname, '..');
const CONSTRUCTS = ['access', 'checks', 'constructs', 'files', 'proof', 'rules', 'templates', 'text'];

/** Not in the bundles: the CDK, which the user's app brings, and what is loaded only by those who have it. */
const EXTERNAL = ['aws-cdk-lib', 'cdk-nag', 'constructs', '@aws-cdk/*', '@aws-sdk/*'];

/**
 * Compiles the constructs with jsii, into a folder of the caller's. jsii refuses a package with dependencies that are no
 * jsii modules, optional ones too, so it sees the constructs alone.
 *
 * @throws where jsii finds fault with the constructs
 */
export function compileConstructs(folder: string): void {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { bin, exports, scripts, overrides, ...shared } = manifest;
  const own = {
    ...shared,
    jsii: jsiiOf(manifest),
    peerDependencies: cdkOnly(manifest.peerDependencies),
    devDependencies: cdkOnly(manifest.devDependencies),
    files: ['.jsii', 'dist/lib'],
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(own, null, 2));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const part of ['index.ts', ...CONSTRUCTS]) {
    cpSync(join(ROOT, 'lib', part), join(folder, 'lib', part), { recursive: true });
  }
  for (const file of ['README.md', 'LICENSE']) cpSync(join(ROOT, file), join(folder, file));
  const jsii = join(ROOT, 'node_modules/.bin/jsii');
  const { status, stdout, stderr } = spawnSync(jsii, ['--silence-warnings=reserved-word'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' },
  });
  if (status !== 0) throw new Error(`jsii:\n${stdout}${stderr}`);
}

function cdkOnly(versions: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return { 'aws-cdk-lib': versions['aws-cdk-lib'], constructs: versions.constructs };
}

function build(): void {
  const dist = join(ROOT, 'dist');
  rmSync(dist, { recursive: true, force: true });
  const folder = mkdtempSync(join(tmpdir(), 'constructs-'));
  try {
    compileConstructs(folder);
    cpSync(join(folder, 'dist/lib'), join(dist, 'lib'), { recursive: true });
    cpSync(join(folder, '.jsii'), join(ROOT, '.jsii'));
  } finally {
    rmSync(folder, { recursive: true });
  }
  const inputs = ['bucket-integrations', 'app', 'deploy-role'].flatMap((name) => {
    const { metafile } = buildSync({
      entryPoints: [join(ROOT, `bin/${name}.ts`)],
      outfile: join(dist, `bin/${name}.js`),
      bundle: true,
      platform: 'node',
      target: 'node20',
      external: EXTERNAL,
      legalComments: 'none',
      absWorkingDir: ROOT,
      metafile: true,
    });
    return Object.keys(metafile.inputs);
  });
  // Threads start from files of their own, beside the app.
  for (const file of ['supervisor.js', 'validator.js', 'warm-up.template.json'])
    cpSync(join(ROOT, 'lib/validation', file), join(dist, 'bin', file));
  writeFileSync(join(dist, 'bin/LICENSES.txt'), licences(inputs));
}

/** The licences of the packages whose files these are, each under its name and version. */
function licences(inputs: readonly string[]): string {
  const folders = inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const file = readdirSync(join(ROOT, folder)).find((each) => /^licen[cs]e/i.test(each));
      if (file === undefined) throw new Error(`${name} has no licence file`);
      const { version } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
      return `${name} ${version}\n\n${readFileSync(join(ROOT, folder, file), 'utf8')}`;
    })
    .join('\n\n---\n\n');
}

if (require.main === module) build();
