import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';
import { App, type Stack } from 'aws-cdk-lib/core';
import * as constructs from '../../lib';
import { deployedAccount, HOME } from '../support/deployed-account';
import { GitFolder } from '../support/git-folder';
import { run } from '../support/run';

// Commands and runs of git, beside whatever else the machine does.
jest.setTimeout(60_000);

const ROOT = join(__dirname, '../..');
const DOCS = join(ROOT, 'docs');
const pages = [
  ...readdirSync(join(DOCS, 'guides')).map((file) => `guides/${file}`),
  ...readdirSync(DOCS).filter((file) => file.endsWith('.md')),
];
const text = (page: string) => readFileSync(join(DOCS, page), 'utf8');

/** What stands in the fences of a language. */
function fenced(page: string, language: string): string[] {
  const fences = text(page).matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\`$`, 'gm'));
  return [...fences].map(([, , content = '']) => content);
}

/** The words of a command, and the file that receives what it prints. */
function parse(line: string): { words: string[]; into?: string } {
  const [command = '', into] = line.split(/ > /);
  const words = [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  return { words, into: into?.trim() };
}

/** What the folder of a guide holds instead of the examples, where the guide says that itself. */
const BEFORE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'adopting.md': filesOf('adopting.md', /^# (integrations\/acme\/\S+)\n/),
  'internal-access.md': filesOf('internal-access.md', /^# (integrations\/\S+)\n/),
  'many-accounts.md': {
    ...filesOf('many-accounts.md', /^# (integrations\/\S+)\n/),
    'integrations/kohler/adobe.yaml': 'kind: access-key\nreason: x\n',
  },
  'profiles.md': {
    ...filesOf('profiles.md', /^# ((?:integrations\/acme|vendors)\/\S+)\n/),
    'integrations/acme/client.yaml': 'region: eu-west-1\n',
  },
};

/** The files that a guide writes out, their name in the first line. */
function filesOf(guide: string, name: RegExp): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fenced(`guides/${guide}`, 'yaml').flatMap((content) => {
      const [, file] = name.exec(content) ?? [];
      return file === undefined ? [] : [[file, content]];
    }),
  );
}

describe.each(readdirSync(join(DOCS, 'guides')))('docs/guides/%s', (guide) => {
  const lines = fenced(`guides/${guide}`, 'sh')
    .join('')
    .split('\n')
    .map((line) => line.replace(/ # .*$/, '').trim())
    .filter((line) => /^(?:npx bucket-integrations|git) /.test(line));
  const home = process.cwd();
  let repository: GitFolder;

  beforeAll(() => {
    repository = new GitFolder({ 'README.md': 'ours\n' });
    if (BEFORE[guide]) repository.write(BEFORE[guide]);
    else cpSync(join(ROOT, 'test/data/examples'), repository.dir, { recursive: true });
    for (let commits = 0; commits < 2; commits += 1) repository.commit({});
    process.chdir(repository.path);
    // What snapshot would write.
    writeFileSync('account.json', JSON.stringify(deployedAccount(repository.dir)));
    for (const [file, account = ''] of text(`guides/${guide}`).matchAll(/\b(\d{12})\.json\b/g)) {
      writeFileSync(file, JSON.stringify(deployedAccount(repository.dir, { ...HOME, account })));
    }
  });
  afterAll(() => {
    process.chdir(home);
    repository.remove();
  });

  // In their order, in one folder, as a reader would.
  test('every command of ours and of git does what the guide says', async () => {
    for (const line of lines) {
      const { words, into } = parse(line);
      if (words[0] === 'git') {
        expect(() => repository.git(...words.slice(1))).not.toThrow();
        continue;
      }
      const { exit, out, err } = await run(...words.slice(2));
      // Two of them are there to find something.
      const finds = /--fail-on|--strict/.test(line);
      expect([line, finds ? 0 : exit, exit === 0 ? '' : err]).toEqual([line, 0, finds ? expect.any(String) : '']);
      if (into !== undefined) writeFileSync(join(repository.path, into), out);
      if (words.includes('--out')) expect(existsSync(words.at(words.indexOf('--out') + 1) ?? '')).toBe(true);
    }
    expect(lines.length).toBeGreaterThan(/^(?:importing|keys-and-providers)\.md$/.test(guide) ? -1 : 0);
  });
});

test.each(
  ['importing.md', 'keys-and-providers.md'].flatMap((page) =>
    fenced(`guides/${page}`, 'ts').map((code, at) => [at + 1, page, code] as const),
  ),
)('example %i of %s makes an app', (_, __, code) => {
  const { code: script } = transformSync(`${code}\nexport { ${/const stack/.test(code) ? 'stack' : 'app'} as made };`, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const exported: { made?: App | Stack } = {};
  const given = (name: string) => (name === 'cdk-bucket-integrations' ? constructs : require(name));
  new Function('exports', 'require', script)(exported, given);
  const app = exported.made?.node.root;
  expect(app).toBeInstanceOf(App);
  expect((app as App).node.findAll().length).toBeGreaterThan(0);
});

test.each(pages)('every link of docs/%s leads somewhere', (page) => {
  const links = [...text(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target);
  const broken = links
    .filter((target) => !/^https?:/.test(target))
    .filter((target) => !existsSync(join(dirname(join(DOCS, page)), target)));
  expect(broken).toEqual([]);
});

test.each(readdirSync(join(DOCS, 'guides')).map((file) => `guides/${file}`))('docs/%s is about a page long', (page) => {
  expect(text(page).split('\n').length).toBeLessThan(130);
});
