/** With what an app's process begins. */
export interface AppEntry {
  /** Files that it runs, relative to the app's folder, and packages that it loads first: as they are named. */
  readonly modules: readonly string[];
  /** Code that stands in the command itself. */
  readonly inline: readonly string[];
  /** What the script is given. */
  readonly args: readonly string[];
}

/** What runs JavaScript or TypeScript as it is written, without a build before. */
const RUNNERS = new Set(['node', 'ts-node', 'tsx']);

/** Options of theirs that load a module, hold code, or are followed by a value of no interest. */
const LOADS = new Set(['-r', '--require', '--import']);
const HOLDS_CODE = new Set(['-e', '--eval', '-p', '--print']);
const HAS_VALUE = new Set(['-C', '--conditions', '-P', '--project', '-O', '--compilerOptions', '--compiler-options']);

/**
 * Reads `app` of a `cdk.json`.
 * @returns undefined where nobody can tell what it runs: another program, a build before it, words of a shell
 */
export function parseAppCommand(command: string): AppEntry | undefined {
  const words = shellWords(command);
  if (!words) return undefined;
  if (words[0] === 'npx') {
    words.shift();
    while (/^(?:-y|--yes|--no|--no-install|--prefer-offline|--)$/.test(words[0] ?? '')) words.shift();
  }
  const program = words.shift()?.split('/').at(-1) ?? '';
  if (!RUNNERS.has(program)) return undefined;
  const [modules, inline]: [string[], string[]] = [[], []];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('-')) {
      // A path without dot is relative to the folder all the same.
      if (inline.length === 0) return { modules: [...modules, file(word)], inline, args: words };
      return { modules, inline, args: [word, ...words] };
    }
    const [, name = word, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? [];
    const given = () => value ?? words.shift() ?? '';
    if (LOADS.has(name)) modules.push(given());
    else if (HOLDS_CODE.has(name)) inline.push(given());
    else if (HAS_VALUE.has(name) && value === undefined) words.shift();
  }
  return inline.length === 0 ? undefined : { modules, inline, args: [] };
}

function file(path: string): string {
  return /^(?:\.{1,2})?\//.test(path) ? path : `./${path}`;
}

/** The words of a command in which nothing but quotes means something to a shell; undefined of another. */
function shellWords(command: string): string[] | undefined {
  const word = /\s*((?:"[^"$`\\]*"|'[^']*'|[^\s"'$`\\&|;<>()*?[\]{}~#!])+)/y;
  const words: string[] = [];
  const text = command.trim();
  while (word.lastIndex < text.length) {
    const [, found] = word.exec(text) ?? [];
    if (found === undefined) return undefined;
    words.push(found.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
  }
  return words;
}
