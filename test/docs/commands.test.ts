import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../support/run';

const ROOT = join(__dirname, '../..');
const PAGES = [
  ...['README.md', 'SECURITY.md', 'scaffold/README.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md') && file !== 'api.md')
    .map((file) => `docs/${file}`),
];
const read = (page: string) => readFileSync(join(ROOT, page), 'utf8');

/** What a page types: the command and its options. */
function typed(page: string): [command: string, options: string[]][] {
  const lines = read(page)
    .replaceAll('\\\n', ' ')
    .matchAll(/npx bucket-integrations ([a-z-]+)([^\n`|]*)/g);
  return [...lines].map(([, command = '', rest = '']) => {
    const [words = ''] = rest.split(/ (?:#|&&|>|<) /);
    return [command, [...(words.match(/(?<= )--[a-z][a-z-]*/g) ?? [])]];
  });
}

const helps = new Map<string, Promise<string>>();
function helpOf(command: string): Promise<string> {
  const known = helps.get(command) ?? run(command, '--help').then(({ exit, out }) => (exit === 0 ? out : ''));
  helps.set(command, known);
  return known;
}

test.each(PAGES)('every command of %s is one, with options that it has', async (page) => {
  for (const [command, options] of typed(page)) {
    const help = await helpOf(command);
    expect([page, command, help === '' ? 'is no command' : '']).toEqual([page, command, '']);
    const known: readonly string[] = help.match(/--[a-z][a-z-]*/g) ?? [];
    expect([page, command, options.filter((option) => !known.includes(option))]).toEqual([page, command, []]);
  }
});

test('docs/commands.md has every command', async () => {
  const { out } = await run('--help');
  const [, listed = ''] = out.split(/^Commands:$/m);
  const commands = [...listed.matchAll(/^ {2}([a-z-]+) \[/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');
  expect(commands.length).toBeGreaterThan(15);
  const rows = read('docs/commands.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const named = (name: string) => new RegExp(`^\\|[^|]*\`(?:npx bucket-integrations )?${name}\\b`);
  expect(commands.filter((name) => !rows.some((row) => named(name).test(row)))).toEqual([]);
});
