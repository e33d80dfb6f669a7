import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { readTarball } from '../../lib/command/init/tarball';
import manifest from '../../package.json';
import { GitFolder } from '../support/git-folder';
import { run } from '../support/run';
import { tarball } from '../support/tarball';

const ROOT = join(__dirname, '../..');
const GIT = 'git+https://git.example/ours.git';
const { name } = manifest;
const OURS = tarball({ 'dist/x.js': 'x'.repeat(2000), 'package.json': JSON.stringify({ name, version: '0.2.0' }) });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const packageOf = (dir: string) => JSON.parse(readFileSync(join(folder, dir, 'package.json'), 'utf8'));

test('lays out a repository whose definitions are valid', async () => {
  const dir = join(folder, 'ours');
  const { exit, out, err } = await run('init', dir, '--from', GIT);
  expect(exit).toBe(0);
  expect(err).toBe(`next: cd ${dir} && npm install && npx cdk synth\n`);
  const files = out.trim().split('\n');
  expect(files).toContain(join(dir, '.gitignore'));
  expect(files.every((file) => readFileSync(file, 'utf8') !== '')).toBe(true);
  expect(await run('check', '--strict', '--dir', join(dir, 'integrations'))).toMatchObject({ exit: 0 });
});

test('the settings that it shows as comments are valid too', async () => {
  const dir = join(folder, 'ours');
  await run('init', dir, '--from', GIT);
  const settings = join(dir, 'integrations/settings.yaml');
  const exporter = join(dir, 'integrations/example/exporter.yaml');
  const shown = readFileSync(settings, 'utf8').replaceAll(/^# (?=\w+: |internal:| {2}-)/gm, '');
  expect(shown).toMatch(/^internal:\n {2}- principals: /m);
  writeFileSync(settings, shown);
  const checked = () => run('check', '--strict', '--dir', join(dir, 'integrations'));
  expect((await checked()).err).toMatch(/error\[required-key\]: contact .*\n.*error\[required-key\]: owner /);
  writeFileSync(exporter, `${readFileSync(exporter, 'utf8')}owner: x\ncontact: x\n`);
  expect(await checked()).toMatchObject({ exit: 0, err: '' });
});

test('says how to go on, whatever the folder is called', async () => {
  const dir = join(folder, "our $(integrations)'");
  const { err } = await run('init', dir, '--from', GIT);
  const [, cd = ''] = /^next: (cd .*) && npm install/.exec(err) ?? [];
  expect(execFileSync('sh', ['-c', `${cd} && pwd`], { encoding: 'utf8' })).toBe(`${dir}\n`);
});

describe('where the package comes from', () => {
  test('is said, while nobody has the name in the registry', async () => {
    // Whoever publishes it says so there; then a version of the registry is what a repository depends on.
    expect(manifest.published).toBe(false);
    const ranges = [[], ['^0.1.0'], ['latest'], [''], [`npm:${name}`], [`npm:${name}@1`]];
    for (const from of ranges) {
      const { exit, err } = await run('init', join(folder, 'ours'), ...from.flatMap((each) => ['--from', each]));
      expect([exit, err]).toEqual([
        2,
        `error[missing-answer]: ${name} is not in the npm registry yet, where anybody may register that name; say where the package comes from, with --from TARBALL: npm pack in a checkout makes one\n`,
      ]);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([GIT, 'github:ours/fork#v1', 'ours/fork', 'https://ours.example/x.tgz', 'npm:@ours/integrations@1'])(
    'is %s, as npm takes it',
    async (from) => {
      expect(await run('init', join(folder, 'ours'), '--from', from)).toMatchObject({ exit: 0 });
      expect(packageOf('ours').dependencies).toMatchObject({
        [name]: from,
        'aws-cdk': manifest.devDependencies['aws-cdk'],
        // What the pipeline asks AWS with.
        '@aws-sdk/client-cloudformation': manifest.devDependencies['@aws-sdk/client-cloudformation'],
        '@aws-sdk/client-sts': manifest.devDependencies['@aws-sdk/client-sts'],
      });
    },
  );

  test('is a tarball in the repository, wherever it was', async () => {
    const packed = join(folder, 'Packed (1).tgz');
    writeFileSync(packed, OURS);
    for (const [at, from] of [packed, relative(process.cwd(), packed), `file:${packed}`].entries()) {
      const { exit, out } = await run('init', join(folder, `c${at}`), '--from', from);
      const file = `packages/${name}-0.2.0.tgz`;
      expect([exit, packageOf(`c${at}`).dependencies[name]]).toEqual([0, `file:${file}`]);
      expect(out.split('\n')).toContain(join(folder, `c${at}`, file));
      expect(readFileSync(join(folder, `c${at}`, file))).toEqual(OURS);
    }
  });

  test.each<[what: string, at: string, said: RegExp, content: Buffer | undefined]>([
    [
      'a file that is not there',
      'nowhere.tgz',
      /nowhere\.tgz does not exist; npm pack in a checkout makes one/,
      undefined,
    ],
    ['a link that leads nowhere', 'file:nowhere', /nowhere does not exist; npm pack/, undefined],
    ['a folder', '.', /is a folder, which no other clone has; npm pack in it makes a tarball: name that/, undefined],
    ['a text', 'x.tgz', /x\.tgz is not a tarball of a package; npm pack/, Buffer.from('hello')],
    ['nothing', 'x.tgz', /is not a tarball of a package/, Buffer.alloc(0)],
    ['an archive without a manifest', 'x.tgz', /is not a tarball of a package/, tarball({ 'README.md': 'x' })],
    ['a manifest that is no object', 'x.tgz', /is not a tarball of a package/, tarball({ 'package.json': 'null' })],
    ['what is cut off', 'x.tgz', /is not a tarball of a package/, OURS.subarray(0, 60)],
    [
      'another package',
      'x.tgz',
      /is the tarball of a package other than cdk-bucket-integrations/,
      tarball({ 'package.json': '{"name": "x", "version": "1.0.0"}' }),
    ],
    [
      'a version that is a path',
      'x.tgz',
      /is the tarball of a package other than/,
      tarball({ 'package.json': JSON.stringify({ name, version: '1.0.0/../../x' }) }),
    ],
  ])('is not %s', async (_, at, said, content) => {
    const path = `${at.startsWith('file:') ? 'file:' : ''}${join(folder, at.replace('file:', ''))}`;
    if (content) writeFileSync(path, content);
    const { exit, err } = await run('init', join(folder, 'ours'), '--from', path);
    expect([exit, err]).toEqual([1, expect.stringMatching(said)]);
    expect(readdirSync(folder)).not.toContain('ours');
  });

  test('is not a file without end', () => {
    expect(() => readTarball('/dev/zero', name)).toThrow(`it is longer than ${64 * 2 ** 20} bytes`);
  });
});

test('tells what it wrote as JSON', async () => {
  const dir = join(folder, 'ours');
  const { out } = await run('init', dir, '--from', GIT, '--json');
  expect(JSON.parse(out)).toEqual({ dir, files: expect.arrayContaining(['package.json', 'cdk.json', '.gitignore']) });
});

test('writes into a folder that is empty but for git, and into no other', async () => {
  mkdirSync(join(folder, 'new', '.git'), { recursive: true });
  expect(await run('init', join(folder, 'new'), '--from', GIT)).toMatchObject({ exit: 0 });
  mkdirSync(join(folder, 'old'));
  writeFileSync(join(folder, 'old', 'notes.txt'), 'mine');
  const { exit, err } = await run('init', join(folder, 'old'), '--from', GIT);
  expect([exit, err]).toEqual([
    1,
    `error[folder-not-empty]: ${join(folder, 'old')} is not empty (notes.txt); name a new folder\n`,
  ]);
  expect(readdirSync(join(folder, 'old'))).toEqual(['notes.txt']);
});

test('says why it cannot', async () => {
  writeFileSync(join(folder, 'file'), '');
  const { exit, err } = await run('init', join(folder, 'file'), '--from', GIT);
  expect(exit).toBe(1);
  expect(err).toMatch(/cannot be read: ENOTDIR/);
  // Some files have room in the longest path that there is, and others have not.
  let deep = folder;
  while (deep.length < 4050) deep = join(deep, 'x'.repeat(Math.min(200, 4069 - deep.length)));
  const half = await run('init', deep, '--from', GIT);
  expect([half.exit, half.err]).toEqual([1, expect.stringMatching(/cannot be written: ENAMETOOLONG.*; name a folder/)]);
  expect(readdirSync(folder)).toEqual(['file']);
});

describe('its .gitignore', () => {
  const IGNORE = readFileSync(join(ROOT, 'scaffold/dot-gitignore'), 'utf8');

  /** What is ignored of some paths. */
  function ignored(paths: readonly string[]): string[] {
    const repository = new GitFolder({});
    try {
      repository.write({ ...Object.fromEntries(paths.map((path) => [path, ''])), '.gitignore': IGNORE });
      const listed = repository.git('ls-files', '--others', '--ignored', '--exclude-standard', '-z');
      return listed.split('\0').filter((path) => path !== '');
    } finally {
      repository.remove();
    }
  }

  test('covers what the commands of every page write', async () => {
    const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`);
    const pages = [
      'README.md',
      'scaffold/README.md',
      ...docs.filter((file) => file.endsWith('.md') && !file.endsWith('api.md')),
    ];
    const written = pages.flatMap((page) => writtenBy(readFileSync(join(ROOT, page), 'utf8')));
    expect(written).toEqual(expect.arrayContaining(['outputs.json', 'access.json', 'report.html', 'cdk.out.before/x']));
    expect(ignored(written).sort()).toEqual([...new Set(written)].sort());
  });

  test('and nothing that belongs into the repository', async () => {
    const { out } = await run('init', join(folder, 'ours'), '--from', GIT);
    const files = out
      .trim()
      .split('\n')
      .map((file) => relative(join(folder, 'ours'), file));
    const others = [
      'package-lock.json',
      'cdk.context.json',
      `packages/${name}-0.1.0.tgz`,
      'integrations/kohler/ca.pem',
    ];
    expect(ignored([...files, ...others])).toEqual([]);
  });
});

/** The files that the commands of a page write, a folder by a file in it. */
function writtenBy(page: string): string[] {
  const fences = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text);
  return (
    fences
      .join('\n')
      .split('\n')
      // What discover writes belongs into the repository.
      .filter((line) => !line.includes(' discover '))
      .flatMap((line) => {
        const command = line.replace(/ # .*$/, '');
        const into = [...command.matchAll(/(?: >|--out|--outputs-file) ([\w./-]+)/g)].map(([, file = '']) => file);
        const folders = [...command.matchAll(/(?:--handoffs|--output) ([\w./-]+)/g)].map(
          ([, file = '']) => `${file}/x`,
        );
        return [...into, ...folders].filter(
          (file) => !file.startsWith('/') && !/^(?:text|json)\/x$|[A-Z]{3}/.test(file),
        );
      })
  );
}
