import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { GitFolder } from '../support/git-folder';
import { apiDiff, lastRelease, raised } from './api-diff';
import { ROOT } from './packed';

/** A jsii module with one class. */
function files(version: string, parameters: string): Record<string, string> {
  const manifest = {
    name: 'small',
    version,
    description: 'A small module',
    license: 'Apache-2.0',
    author: { name: 'Somebody' },
    repository: { type: 'git', url: 'https://example.com/small.git' },
    main: 'index.js',
    types: 'index.d.ts',
    stability: 'experimental',
    scripts: { build: 'node_modules/.bin/jsii --silence-warnings=reserved-word' },
    jsii: { outdir: 'dist', targets: {}, versionFormat: 'short' },
  };
  return {
    'package.json': JSON.stringify(manifest),
    'README.md': '# small\n',
    'index.ts': `/** A door. */\nexport class Door {\n  /** Opens it. */\n  public open(${parameters}): void {}\n}\n`,
    '.gitignore': '*\n!index.ts\n!package.json\n!README.md\n!.gitignore\n',
  };
}

let repository: GitFolder;
beforeEach(() => {
  repository = new GitFolder(files('0.1.0', '_width: number'));
  symlinkSync(join(ROOT, 'node_modules'), join(repository.path, 'node_modules'));
});
afterEach(() => repository.remove());

test('says so where there is no release yet', () => {
  expect(apiDiff(repository.path)).toEqual({
    fails: false,
    text: 'There is no release yet to compare the API with.\n',
  });
});

test('a compatible change passes', () => {
  repository.git('tag', 'v0.1.0');
  repository.commit(files('0.1.1', '_width: number, _height?: number'));
  expect(apiDiff(repository.path)).toEqual({ fails: false, text: 'The API does all that it did in v0.1.0.\n' });
});

test('an incompatible change fails, unless the version says that it is one', () => {
  repository.git('tag', 'v0.1.0');
  repository.commit(files('0.1.1', '_width: number, _height: number'));
  const { fails, text } = apiDiff(repository.path);
  expect(fails).toBe(true);
  expect(text).toContain('The API has changed incompatibly since v0.1.0:\n');
  expect(text).toContain('small.Door.open');
  expect(text).toContain('Raise the major version (before 1.0 the minor one), or take the change back.');
  repository.commit(files('0.2.0', '_width: number, _height: number'));
  expect(apiDiff(repository.path)).toEqual({
    fails: false,
    text: expect.stringContaining('The version is raised accordingly.'),
  });
});

test('what does not compile is no verdict', () => {
  repository.git('tag', 'v0.1.0');
  repository.commit(files('0.1.1', '_width: Wood'));
  expect(() => apiDiff(repository.path)).toThrow(/npm run --silent build/);
});

test('the last release is the newest before this commit, whatever else is tagged', () => {
  for (const tag of ['v0.9.0', 'v0.10.0', 'v0.10.1-beta', 'vendors', 'v1']) repository.git('tag', tag);
  repository.git('checkout', '--quiet', '-b', 'other');
  repository.commit({});
  repository.git('tag', 'v3.0.0');
  repository.git('checkout', '--quiet', 'main');
  repository.commit({});
  repository.git('tag', 'v2.0.0');
  expect(lastRelease(repository.path)).toBe('v0.10.0');
});

test.each([
  ['0.1.0', '0.1.9', false],
  ['0.1.9', '0.2.0', true],
  ['0.9.0', '1.0.0', true],
  ['1.2.0', '1.3.0', false],
  ['1.9.0', '2.0.0', true],
  ['2.0.0', '1.9.0', false],
  ['0.10.0', '0.9.0', false],
])('from %s to %s may break: %s', (before, now, expected) => {
  expect(raised(before, now)).toBe(expected);
});
