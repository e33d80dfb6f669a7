/** Commands and codes that the documentation names are there: a renamed option, or a code that is gone, is found here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAUSES } from '../../lib/causes/cause';
import { FAILURES } from '../../lib/command/host/failure';
import { CONSTRUCT_CODES, DEFINITION_CODES, REQUEST_CODES, ROTATION_CODES } from '../../lib/rules/codes';
import { run } from '../support/run';

const ROOT = join(__dirname, '../..');
const pages = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md') && file !== 'api.md')
  .map((file) => `docs/${file}`);
const text = (page: string) => readFileSync(join(ROOT, page), 'utf8');

const helps = new Map<string, Promise<string>>();
function helpOf(verb: string): Promise<string> {
  const help = helps.get(verb) ?? run(...verb.split(' '), '--help').then(({ out }) => out);
  helps.set(verb, help);
  return help;
}

/** Commands as they are typed, in fences and between backticks. */
function commandsIn(page: string): string[] {
  const pieces = [...text(page).matchAll(/```\w*\n([\s\S]*?)```|`([^`\n]+)`/g)].flatMap(([, fence, code]) =>
    fence === undefined ? [code ?? ''] : fence.split('\n'),
  );
  return pieces.flatMap((piece) => {
    const [, command] = /^\s*(?:\$ )?(?:npx |bin\/)(?:--no )?bucket-integrations ([a-z][^#|>&]*)/.exec(piece) ?? [];
    return command === undefined ? [] : [command.trim()];
  });
}

test.each(['README.md', 'CONTRIBUTING.md', ...pages])('every command in %s has its options', async (page) => {
  const overview = await helpOf('');
  const wrong: string[] = [];
  for (const command of commandsIn(page)) {
    const words = command.split(/\s+/);
    const verb = words[0] === 'vendors' && words[1] === 'show' ? 'vendors show' : (words[0] ?? '');
    if (!new RegExp(`^  ${words[0]} `, 'm').test(overview)) wrong.push(command);
    else {
      const help = await helpOf(verb);
      const flags = words.flatMap((word) => /^(--[a-z-]+)/.exec(word)?.[1] ?? []);
      if (flags.some((flag) => !new RegExp(`(?:^|\\s)${flag}\\b`).test(help))) wrong.push(command);
    }
  }
  expect(wrong).toEqual([]);
});

test('commands are found, and a wrong option in one is too', async () => {
  expect(pages.flatMap(commandsIn).length).toBeGreaterThan(60);
  expect(await helpOf('rotate')).toMatch(/\s--even-if-unused\b/);
  expect(await helpOf('rotate')).not.toMatch(/\s--force\b/);
});

/** Words in the form of a code that are others'. */
const NO_CODES = new Set(['fetch-depth', 'role-duration-seconds']);

test('the codes in troubleshooting are printed by something', () => {
  const named = [...text('docs/troubleshooting.md').matchAll(/`(?:error\[)?([a-z]+(?:-[a-z]+)+)\]?`/g)].map(
    ([, code = '']) => code,
  );
  const known = [DEFINITION_CODES, CONSTRUCT_CODES, REQUEST_CODES, ROTATION_CODES, FAILURES, CAUSES].flatMap((codes) =>
    Object.keys(codes),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((code) => !known.includes(code) && !NO_CODES.has(code))).toEqual([]);
});
