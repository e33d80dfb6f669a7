/**
 * Makes a release, all but the upload: builds and packs the package, and writes beside it what goes with it.
 *
 *     npm run release -- --dry-run [--out DIR] [--languages build]
 *
 * - the package, as `npm pack` makes it;
 * - the bill of materials of what it ships, as CycloneDX and SPDX;
 * - the constructs for Python, Java, .NET and Go: their sources, or with `--languages build` what their registries take;
 * - notes: the version's section of CHANGELOG.md, and what changes in the access of the examples since the last release;
 * - SHA256SUMS of all of these.
 *
 * What must not be published yet is refused. With --dry-run it is named, and everything is made all the same. Only
 * .github/workflows/release.yml uploads: its jobs take these files as they are.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import manifest from '../package.json';
import { lastRelease } from '../test/package/api-diff';
import { objections, sectionOf } from '../test/release/objections';
import { cycloneDx, type Part, spdx } from '../test/release/sbom';

const ROOT = join(__dirname, '..');
const { name, version } = manifest;

/** What makes modules of the constructs for other languages. */
export const PACMAK = 'jsii-pacmak@1.140.0';
const LANGUAGES = ['python', 'java', 'dotnet', 'go'] as const;

interface Options {
  readonly out: string;
  readonly dryRun: boolean;
  readonly languages: 'sources' | 'build';
}

/** @throws where a program fails, or where the release is refused */
function release({ out, dryRun, languages }: Options): void {
  const against = objections({
    version,
    published: manifest.published,
    repository: manifest.repository.url,
    changelog: read('CHANGELOG.md'),
    upgrading: read('docs/upgrading.md'),
    owners: read('.github/CODEOWNERS'),
    releasing: read('docs/releasing.md'),
    tags: git('tag', '--points-at', 'HEAD').split('\n'),
    dirty: git('status', '--porcelain') !== '',
  });
  for (const objection of against) say(`${dryRun ? 'would refuse' : 'refused'}: ${objection}`);
  if (against.length > 0 && !dryRun) throw new Error(`${version} is not released`);
  mkdirSync(out, { recursive: true });
  if (readdirSync(out).length > 0) throw new Error(`${out} is not empty; name a new folder with --out`);

  const unpacked = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', out]));
    run('tar', ['xzf', join(out, filename), '-C', unpacked]);
    materials(out, join(out, filename), join(unpacked, 'package'));
    modules(out, unpacked, languages);
    writeFileSync(join(out, 'release-notes.md'), notes());
  } finally {
    rmSync(unpacked, { recursive: true });
  }
  const files = readdirSync(out).sort();
  writeFileSync(join(out, 'SHA256SUMS'), files.map((file) => `${digest(join(out, file))}  ${file}\n`).join(''));
  for (const file of [...files, 'SHA256SUMS']) say(join(out, file));
  say(dryRun ? `nothing is uploaded; sha256sum --check SHA256SUMS in ${out} checks the files` : 'ready to upload');
}

/** The bills of materials, of what is in a package as it is packed. */
function materials(out: string, tarball: string, folder: string): void {
  const packed = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const licences = readFileSync(join(folder, 'dist/bin/LICENSES.txt'), 'utf8');
  const bundled = [...licences.matchAll(/(?:^|\n---\n\n)(\S+) (\d+\.\d+\.\d+\S*)\n\n/g)];
  const tested: Readonly<Record<string, string>> = manifest.devDependencies;
  const shipped = {
    name,
    bundled: bundled.map(([, part = '', of = '']): Part => ({ name: part, version: of })),
    peers: Object.keys(packed.peerDependencies).map((part): Part => ({ name: part, version: tested[part] ?? '' })),
    created: new Date(git('log', '-1', '--format=%cI')).toISOString(),
    digest: digest(tarball),
  };
  if (shipped.bundled.length === 0) throw new Error('LICENSES.txt names no package');
  const bom = (format: string) => run('npm', ['sbom', '--sbom-format', format]);
  writeFileSync(join(out, `${name}-${version}.cdx.json`), cycloneDx(bom('cyclonedx'), shipped));
  writeFileSync(join(out, `${name}-${version}.spdx.json`), spdx(bom('spdx'), shipped));
}

/** The constructs for other languages, a file each: where jsii-pacmak cannot build, that is said by it, and nothing is left. */
function modules(out: string, unpacked: string, languages: Options['languages']): void {
  const [folder, made] = [join(unpacked, 'package'), join(unpacked, 'modules')];
  // Its own dependencies, which are the user's.
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const code = languages === 'sources' ? ['--code-only'] : [];
  const words = ['--yes', PACMAK, '--targets', ...LANGUAGES, '--outdir', made, ...code, folder];
  run('npx', words, { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' });
  for (const language of LANGUAGES) {
    const file = `${name}-${version}-${language}${languages === 'sources' ? '-sources' : ''}.tgz`;
    const same = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=1985-10-26T08:15:00Z'];
    run('tar', ['czf', join(out, file), ...same, '-C', made, language], { GZIP: '-n' });
  }
}

/** What a reader of the release wants to know: what changes, and for whom in access. */
function notes(): string {
  const before = lastRelease(ROOT);
  const words = ['diff', '--base', before ?? '', '--install', '--format', 'markdown'];
  const access =
    before === undefined
      ? 'This is the first release: there is nothing to compare the examples with.'
      : run(join(ROOT, 'bin/bucket-integrations'), words);
  return `${sectionOf(read('CHANGELOG.md'), version) ?? ''}

## What it changes in the access of the examples

${access.trim()}

## Check it

\`sha256sum --check SHA256SUMS\` checks the files, \`npm audit signatures\` where the npm package comes from.
docs/upgrading.md says how to upgrade.
`;
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function git(...args: string[]): string {
  return run('git', args).trim();
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? `${stdout}${stderr}`}`);
  return stdout;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

if (require.main === module) {
  try {
    const { values } = parseArgs({
      options: {
        out: { type: 'string', default: 'release' },
        'dry-run': { type: 'boolean', default: false },
        languages: { type: 'string', default: 'sources' },
      },
    });
    if (values.languages !== 'sources' && values.languages !== 'build')
      throw new Error(`--languages is ${values.languages}; write sources or build`);
    release({ out: resolve(values.out), dryRun: values['dry-run'], languages: values.languages });
  } catch (error) {
    say((error as Error).message);
    process.exitCode = 1;
  }
}
