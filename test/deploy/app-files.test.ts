// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sources of somebody's app
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ownCdk from '../../cdk.json';
import { sorted } from '../../lib/deploy/app-files';
import { appReads } from '../../lib/deploy/app-reads';

type Files = Readonly<Record<string, string>>;

const NODE = 'node --max-semi-space-size=64 --single-threaded-gc';
const cdk = (app: string, more: object = {}) => JSON.stringify({ app, ...more });
const PACKAGE = JSON.stringify({
  dependencies: {
    'aws-cdk-lib': '^2.276.0',
    'cdk-bucket-integrations': '^0.1.0',
    constructs: '^10.0.0',
    yaml: '^2.9.0',
  },
  devDependencies: { 'ts-node': '10.9.2', tsx: '4.0.0' },
});

/** What the app of a repository reads. */
function reads(files: Files, { folder = '.', ignored = [] as string[], linked = [] as string[] } = {}) {
  const tree = new Set(Object.keys(files).filter((file) => !ignored.includes(file)));
  return appReads(folder, { files: tree, read: (path) => files[path], isLinked: (_, name) => linked.includes(name) });
}

/** Which of these count as app, where each of them differs. */
function appOf(files: Files, tracked: readonly string[], untracked: readonly string[] = [], options = {}): string[] {
  return [...sorted({ tracked, untracked }, ['integrations', 'vendors'], reads(files, options)).app];
}

/** What commands of this project wrote where the docs show it, and what people leave lying about. */
const WRITTEN = [
  'access.json',
  'report.html',
  'snapshot.json',
  'handoffs/kohler_adobe.json',
  'reltio.json',
  'notes.txt',
  'a.ts',
];

describe('a repository that init laid out', () => {
  const files = {
    'cdk.json': cdk(`${NODE} -e "require('cdk-bucket-integrations/app')"`, { context: ownCdk.context }),
    'package.json': PACKAGE,
    'package-lock.json': '{}',
  };

  test('has an app of a few files, and none of what a command writes is of it, committed or not', () => {
    expect(appOf(files, WRITTEN, WRITTEN)).toEqual([]);
    const configuration = ['cdk.json', 'package.json', 'package-lock.json', 'cdk.context.json', '.npmrc'];
    expect(appOf(files, configuration)).toEqual([...configuration].sort());
    expect(appOf(files, [], ['cdk.context.json'])).toEqual(['cdk.context.json']);
    expect(appOf(files, ['sub/package.json', '.github/workflows/main.yml', 'docs/x.json', 'README.md'])).toEqual([]);
  });

  test('has a package that is packed beside it, and not one that is a folder', () => {
    const from = (version: string) => ({
      ...files,
      'package.json': JSON.stringify({ dependencies: { 'cdk-bucket-integrations': version } }),
    });
    expect(appOf(from('file:cdk-bucket-integrations-0.1.0.tgz'), WRITTEN)).toEqual([]);
    for (const version of ['file:../package', 'link:../package', 'workspace:*'])
      expect(appOf(from(version), ['package/lib/a.ts'])).toEqual(['package/lib/a.ts']);
  });
});

describe('an app in TypeScript', () => {
  const files = {
    'cdk.json': cdk('npx ts-node --prefer-ts-exts bin/app.ts'),
    'package.json': PACKAGE,
    'tsconfig.json': '{}',
    'bin/app.ts': "import { App } from 'aws-cdk-lib';\nimport '../lib/main';\n",
    'lib/main.ts':
      "export * from './more.js';\nimport type { X } from './types';\nconst lazy = () => import('./lazy');\n",
    'lib/more.ts': "import x = require('../config.json');\nimport { y } from './folder';\n",
    'lib/types.ts': '',
    'lib/lazy.mts': '',
    'lib/folder/index.ts': "import {\n  z,\n  type Z,\n} from\n  '../../src/z';\n",
    'src/z.tsx': 'require("./z-data")',
    'src/z-data.js': '',
    'config.json': '{}',
    'lib/unused.ts': "import './main';",
    'scripts/tool.ts': "import '../lib/main';",
    'test/a.test.ts': '',
  };
  const OF_IT = [
    'bin/app.ts',
    'config.json',
    'lib/folder/index.ts',
    'lib/lazy.mts',
    'lib/main.ts',
    'lib/more.ts',
    'lib/types.ts',
    'package.json',
    'src/z-data.js',
    'src/z.tsx',
    'tsconfig.json',
    'cdk.json',
  ].sort();

  test('is what can be reached from its entry, in every form of import', () => {
    expect(appOf(files, Object.keys(files))).toEqual(OF_IT);
    expect(appOf(files, [], [...Object.keys(files), ...WRITTEN])).toEqual(OF_IT);
  });

  test('is the same in a folder of the repository, with what stands above it', () => {
    const inside = Object.fromEntries(Object.entries(files).map(([file, text]) => [`infra/${file}`, text]));
    const repository = { ...inside, 'package-lock.json': '', 'tsconfig.base.json': '', 'other/tsconfig.json': '' };
    const expected = [...OF_IT.map((file) => `infra/${file}`), 'package-lock.json', 'tsconfig.base.json'];
    expect(appOf(repository, Object.keys(repository), [], { folder: 'infra' })).toEqual(expected.sort());
  });

  test.each([
    ['its name', "readFileSync('access.json')", ['access.json']],
    ['its name in a path', "readFileSync(join(__dirname, '../data/reltio.json'))", ['reltio.json']],
    ['its name without quotes', 'const help = `see access.json`', ['access.json']],
    ['its folder', "Code.fromAsset('handoffs')", ['handoffs/kohler_adobe.json']],
    ['the beginning of its path', "join('handoffs', name)", ['handoffs/kohler_adobe.json']],
    ['its ending', 'read(`${name}.txt`)', ['notes.txt']],
    ['its ending by a plus', "read(name + '.txt')", ['notes.txt']],
    ['a pattern', "glob('*.txt')", ['notes.txt']],
    ['the ending of a name', "file.endsWith('-data.txt')", []],
    ['nothing', "const access = 'report'", []],
    ['it in a comment', '// access.json is not read\n/* nor report.html */\n/**\n * nor handoffs/\n */', []],
  ])('reads a file of which its code mentions %s', (_, code, expected) => {
    expect(appOf({ ...files, 'lib/main.ts': code }, [], WRITTEN)).toEqual(expected);
  });

  test('reads what its configuration names, and what its command is given', () => {
    const named = {
      ...files,
      'cdk.json': cdk('npx ts-node bin/app.ts handoffs', { context: { from: 'access.json' } }),
    };
    expect(appOf(named, [], WRITTEN)).toEqual(['access.json', 'handoffs/kohler_adobe.json']);
  });

  test('runs what its code mentions, with all that this imports', () => {
    const worker = {
      ...files,
      'bin/app.ts': "new Worker(join(__dirname, 'worker.js'));",
      'bin/worker.js': "require('../src/z')",
    };
    expect(appOf(worker, ['bin/worker.js', 'src/z.tsx', 'src/z-data.js', 'lib/main.ts'])).toEqual([
      'bin/worker.js',
      'src/z-data.js',
      'src/z.tsx',
    ]);
  });

  test('may read data by a name that is worked out: what is committed then counts, but not other code', () => {
    const reader = {
      ...files,
      'lib/types.ts': "import { readFileSync } from 'node:fs';\nreadFileSync(process.argv[2]);",
    };
    expect(appOf(reader, ['regions.json', 'scripts/tool.ts'], WRITTEN)).toEqual(['regions.json']);
    expect(appOf(files, ['regions.json', 'scripts/tool.ts'])).toEqual([]);
    const library = { ...files, 'lib/types.ts': "import { parse } from 'yaml';" };
    expect(appOf(library, ['regions.json'])).toEqual(['regions.json']);
  });
});

describe('where nobody can tell, every file counts that is not known to be something else', () => {
  const app = (code: string): Files => ({
    'cdk.json': cdk('npx ts-node bin/app.ts'),
    'package.json': PACKAGE,
    'bin/app.ts': code,
    'lib/a.ts': '',
    'dist/built.js': '',
  });
  const own = (command: string, more: object = {}): Files => ({ ...app(''), 'cdk.json': cdk(command, more) });

  test.each<[string, Files, object?]>([
    ['another language', own('python3 app.py')],
    ['a build before', own('npm run build && node bin/app.ts')],
    ['a build that the CDK runs', own('npx ts-node bin/app.ts', { build: 'npm run build' })],
    ['a script of package.json', own('npm run app')],
    ['a variable of the shell', own('node $APP')],
    ['an entry that is not there', own('node bin/other.js')],
    ['no entry', own('node --version')],
    ['no app', { ...app(''), 'cdk.json': '{}' }],
    ['a broken cdk.json', { ...app(''), 'cdk.json': '{' }],
    ['a module that is computed', app('import(`../lib/${name}`)')],
    ['a required module that is computed', app('const a = require(name)')],
    ['a resolved module that is computed', app('require.resolve(name)')],
    ['a function that the CDK finds by a convention', app("new NodejsFunction(this, 'handler')")],
    ['a module that is not there', app("import '../lib/gone'")],
    ['a module outside the repository', app("import '../../other/a'")],
    ['a module that is built', app("import '../dist/built'"), { ignored: ['dist/built.js'] }],
    ['an alias of the compiler', app("import { a } from '@app/a'")],
    ['a package that is a folder here', app("import { a } from 'yaml'"), { linked: ['yaml'] }],
    ['workspaces', { ...app(''), 'package.json': JSON.stringify({ workspaces: ['*'] }) }],
    ['a module after a comment', app("/* why */ import '../lib/gone'")],
  ])('%s', (_, files, options = {}) => {
    expect(reads(files, options)).toBeUndefined();
    const differing = [
      'lib/a.ts',
      'x.json',
      'bin/app.ts',
      'README.md',
      'docs/a.json',
      '.github/a.yml',
      'test/a.ts',
      'LICENSE',
    ];
    expect(appOf(files, differing, ['access.json'], options)).toEqual([
      'access.json',
      'bin/app.ts',
      'lib/a.ts',
      'x.json',
    ]);
  });

  test.each([
    'node bin/app.ts',
    '/usr/bin/node --require ts-node/register bin/app.ts',
    'node --require=ts-node/register ./bin/app.ts',
    'node -r ./lib/a.ts "bin/app.ts"',
    'npx --no ts-node -P tsconfig.json bin/app.ts one two',
    "npx tsx 'bin/app.ts'",
  ])('but it can of %s', (command) => {
    expect(reads(own(command))?.isLoaded('bin/app.ts')).toBe(true);
    expect(reads(own(command))?.isLoaded('lib/a.ts')).toBe(command.includes('lib/a.ts'));
  });
});

test('this very repository has an app, of which neither the command nor its tests and scripts are', () => {
  const root = join(__dirname, '../..');
  const own = reads(
    Object.fromEntries(
      execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
        .trim()
        .split('\n')
        .map((file: string) => [file, /\.(?:json|[jt]s)$/.test(file) ? readFileSync(join(root, file), 'utf8') : '']),
    ),
  );
  for (const file of [
    'bin/app.ts',
    'lib/rules/trust.ts',
    'lib/validation/supervisor.js',
    'lib/validation/validator.js',
    'cdk.json',
    'tsconfig.json',
  ])
    expect({ file, loaded: own?.isLoaded(file) }).toEqual({ file, loaded: true });
  for (const file of ['lib/command/deploy.ts', 'scripts/generate.ts', 'test/deploy/plan.test.ts', 'jest.config.js'])
    expect({ file, read: own?.isLoaded(file) || own?.isMentioned(file) }).toEqual({ file, read: false });
});

describe('the definitions', () => {
  test('are no app, and what may stand beside them is neither', () => {
    const differing = [
      ...[
        'integrations/kohler/reltio.yaml',
        'integrations/README.md',
        'integrations/.draft/a.yaml',
        'vendors/boomi.yaml',
      ],
      'integrations2/kohler/reltio.yaml',
    ];
    expect(sorted({ tracked: differing, untracked: [] }, ['integrations', 'vendors'], undefined)).toEqual({
      definitions: ['integrations/kohler/reltio.yaml', 'vendors/boomi.yaml'],
      app: ['integrations2/kohler/reltio.yaml'],
    });
  });

  test('are all there is where they are the repository itself', () => {
    expect(sorted({ tracked: ['kohler/client.yaml', 'x.ts'], untracked: ['y.ts'] }, [''], undefined)).toEqual({
      definitions: ['kohler/client.yaml', 'x.ts', 'y.ts'],
      app: [],
    });
  });
});
