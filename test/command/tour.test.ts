/** A tour of every command, with right and wrong words, at several widths: what must be so of whatever is printed. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NoAws } from '../../lib/command/host/failure';
import { columnsOf } from '../../lib/command/terminal/width';
import { deployedAccount } from '../support/deployed-account';
import { run, runWith } from '../support/run';
import { LONG } from '../support/share';

const DATA = join(__dirname, '../data');
const KEY = 'kind: access-key\nreason: x\n';

/** The folders of definitions, beside the examples. */
const FILES: Readonly<Record<string, string>> = {
  file: '',
  json: '{}',
  'yaml/kohler/client.yaml': '',
  'yaml/kohler/adobe.yaml': 'kind: [\n',
  'typos/settings.yaml': 'regoin: x\n',
  'typos/stray.txt': '',
  'typos/acme/x.yml': KEY,
  'typos/kohler/client.yaml': 'bucket: {nmae: x}\n',
  'typos/kohler/adobe.yaml': 'kind: acces-key\nprefix: a*b\n',
  'broken/acme/client.yaml': '',
  'broken/acme/tool.yaml': KEY,
  'broken/kohler/client.yaml': '',
  'broken/kohler/bad.yaml': 'kind: ftp\n',
  'hostile/ev\u001b[31mil/client.yaml': '',
  'hostile/kohler/client.yaml': 'title: "\\e]0;t\\a"\n',
  'hostile-words/kohler/client.yaml': '',
  'hostile-words/kohler/tool.yaml': `${KEY}description: "bell\\a \\u202eabc\\u200b"\nowner: "\\e[2Jme"\n`,
  'scratch/settings.yaml': '',
  // As the examples, but for one integration, which the account then has and they do not.
  'one/kohler/client.yaml': '',
  'one/kohler/adobe.yaml': KEY,
  'logs/today.log': 'no record\n',
};

interface Stop {
  readonly line: string;
  readonly exit: number;
  readonly folder: string;
  readonly words: readonly string[];
}

const TOUR: readonly Stop[] = readFileSync(join(DATA, 'command-tour.txt'), 'utf8')
  .split('\n')
  .filter((line) => /^\d/.test(line))
  .map((line) => {
    const [exit, folder = '', ...words] = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, a, b]) => a ?? b ?? '');
    return { line, exit: Number(exit), folder, words };
  });

let place: string;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'tour-'));
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    writeFileSync(join(place, file), text);
  }
  mkdirSync(join(place, 'empty'));
  cpSync(join(DATA, 'examples'), join(place, 'examples'), { recursive: true });
  writeFileSync(join(place, 'account.json'), JSON.stringify(deployedAccount(join(place, 'examples'))));
});
afterAll(() => rmSync(place, { recursive: true }));

/** Removes what commands wrote, which another run would find. */
function tidy(): void {
  for (const made of ['scratch/umbrella', 'found']) rmSync(join(place, made), { recursive: true, force: true });
}

const noAws = () => Promise.reject(new NoAws('aws-refused', 'there are no AWS credentials', 'log in'));
const AWS = { user: noAws, heldKeyId: noAws, stackOutputs: noAws, account: noAws };
const WIDTHS = [60, 80, 120, 200];

/** What a command is typed with; `discover` reads no definitions. */
function argvOf({ folder, words }: Stop): string[] {
  const dir = words[0] === 'discover' ? [] : ['--dir', join(place, folder)];
  return [...words.map((word) => word.replace('{0}', place)), ...dir];
}

/** Markdown, and the commands of the CDK, are for copying; nothing in them is broken. */
function isVerbatim({ words }: Stop): boolean {
  return /^(?:handoff|deploy)$/.test(words[0] ?? '') || words.includes('--policy');
}

/** A line that no terminal of this width could show better: one word, an ARN for one, or a command as it is typed. */
function isUnbreakable(line: string): boolean {
  return /^\s*(?:[-+~] )?\S+$/.test(line) || /^ {2}(?:npx|undo:) /.test(line) || /^[A-Z]+: \S+$/.test(line);
}

test('it goes through every command', async () => {
  const { out } = await run('--help');
  const names = [...(/\nCommands:\n(.*?)\n\n/s.exec(out)?.[1] ?? '').matchAll(/^ {2}([a-z][a-z-]*)/gm)];
  const typed = new Set(TOUR.map(({ words }) => words[0]));
  // Of these nothing depends on a folder: their own tests have all.
  expect(names.map(([, name]) => name).filter((name) => !typed.has(name))).toEqual(['init', 'completion', 'help']);
});

describe.each(WIDTHS)('at %d columns', (width) => {
  // Each stop at one of the widths; in the long suite, at all.
  const here = TOUR.filter((_, at) => LONG || at % WIDTHS.length === WIDTHS.indexOf(width));

  test.each(here.map((stop) => [stop.line, stop] as const))('%s', async (_, stop) => {
    const argv = argvOf(stop);
    const terminal = { width, errWidth: width, progress: () => {} };
    const { exit, out, err } = await runWith({ aws: AWS, ...terminal }, ...argv);
    tidy();
    const said = `${out}${err}`;
    expect([exit, said === '']).toEqual([stop.exit, false]);
    // No trace, nothing that a terminal obeys.
    expect(said).not.toMatch(/\n {4}at |\bundefined\b|\[object |[^\P{C}\n\t]/u);
    // Findings of verify are its result, each with its fix on a line of its own.
    if (exit !== 0) expect(said).toMatch(/(?:^|\s)error\[[a-z-]+\](?::\s.*[;?]|\s.*fix:)/s);
    // Next steps are of the same folder.
    // Causes know no folder: vendors read them too.
    const named = stop.words[0] === 'explain' ? '' : said;
    const flat = named.replace(/\n {2,}/g, ' ').replaceAll(place, 'PLACE');
    for (const [command] of flat.matchAll(/npx (?:bucket-integrations|cdk) .*/g))
      expect(command).toMatch(/(?:--dir|integrations=|--context integrations=)\s?'?PLACE/);
    if (isVerbatim(stop)) return;
    const wide = said.split('\n').filter((line) => columnsOf(line) > width && !isUnbreakable(line));
    expect(wide).toEqual([]);
    // Words stay whole: whatever the width, they are the same.
    const words = (text: string) => new Set(text.split(/[\s/]+/).map((word) => word.replace(/:$/, '')));
    const all = await runWith({ aws: AWS, ...terminal, width: 10_000, errWidth: 10_000 }, ...argv);
    tidy();
    const known = words(`${all.out}${all.err}`);
    const isMade = (word: string) => /^[0-9a-f-]{36}$/.test(word);
    expect([...words(said)].filter((word) => !known.has(word) && !isMade(word))).toEqual([]);
  });
});

describe('as JSON', () => {
  const takesJson = TOUR.filter(
    ({ exit, words }) => exit !== 0 && !words.includes('--format') && !words.includes('--for-vendor'),
  );
  const some = takesJson.filter((_, at) => LONG || at % 3 === 0);

  test.each(some.map((stop) => [stop.line, stop] as const))('%s has the codes of the text', async (_, stop) => {
    const text = await runWith({ aws: AWS }, ...argvOf(stop));
    const { exit, out } = await runWith({ aws: AWS }, ...argvOf(stop), '--json');
    if (exit === 0 || /with option '--json'/.test(out)) return;
    const document = JSON.parse(out);
    // What was asked for may be a list as well, of the clients that can be read.
    const isResult = Array.isArray(document) && stop.words[0] !== 'check';
    const problems: { readonly code: string; readonly fix: string }[] = isResult ? [] : (document.problems ?? document);
    const codes = [...text.err.matchAll(/ ?error\[([a-z-]+)\]: /g)].map(([, code]) => code);
    if (Array.isArray(problems)) {
      expect(problems.map(({ code }) => code).filter((code) => !codes.includes(code) && !/-key$/.test(code))).toEqual(
        [],
      );
      for (const { fix } of problems) expect(fix).toMatch(/\w/);
    }
  });
});
