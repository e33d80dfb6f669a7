/** What a text mentions that could be files. */
export interface Mentions {
  /** All words in it that have an ending, as a file's name has. */
  readonly names: readonly string[];
  /** The words that stand between quotes or slashes, as the steps of a path do. */
  readonly steps: readonly string[];
  /** The endings of names that it makes up: `.json`, `-settings.json`. */
  readonly endings: readonly string[];
  /** Whether its paths may begin where it stands itself, or above, and not only where the process runs. */
  readonly fromHere: boolean;
}

/** What a source file leads to. */
export interface SourceFile extends Mentions {
  /** The modules that it loads, as it names them. */
  readonly modules: readonly string[];
  /** Whether it loads a module, or builds a function, of a name that nobody sees here. */
  readonly computed: boolean;
}

const IMPORTS = [
  /\b(?:import|export)\b[\w\s{},*$]*?\bfrom\s*(['"])([^'"\n]+)\1/g,
  /\bimport\s*(['"])([^'"\n]+)\1/g,
  /(?<![.\w$])(?:import|require(?:\.resolve)?)\s*\(\s*(['"`])([^'"`$\n]+)\1\s*[,)]/g,
];

/** Any other `import()` and `require()`; and functions that the CDK bundles from a file named like the one that has them. */
const COMPUTED = /(?<![.\w$])(?:import|require(?:\.resolve)?)\s*\(|\bcreateRequire\b|\bNodejsFunction\b/;

/** A line that is a comment and nothing else. */
const COMMENT = /^[ \t]*(?:\/\/.*|\/?\*(?:(?!\*\/).)*(?:\*\/[ \t]*)?)$/gm;

/** Reads a source file of JavaScript or TypeScript, no further than is needed to see what belongs to an app. */
export function readSource(text: string): SourceFile {
  let rest = text.replace(COMMENT, '');
  const modules: string[] = [];
  for (const form of IMPORTS) {
    rest = rest.replace(form, (_, __, module: string) => {
      modules.push(module);
      return ' ';
    });
  }
  return { modules, computed: COMPUTED.test(rest), ...mentionsIn(rest) };
}

/** What a text mentions that could be files. */
export function mentionsIn(text: string): Mentions {
  return {
    names: all(text, /[\w@+-][\w@+.-]*\.\w+/g),
    steps: all(text, /(?<=['"`/])[\w@+.-]*\w(?=['"`/])/g),
    // `${stage}-settings.json`, '*.json'; stage + '.json'
    endings: all(text, /(?<=[*}])[\w.-]*\.\w+(?=['"`])|(?<=['"`])(?:\.[\w-]+)+(?=['"`])/g),
    fromHere: /\b__(?:dir|file)name\b|\bimport\.meta\b/.test(text),
  };
}

function all(text: string, pattern: RegExp): string[] {
  return [...new Set(text.match(pattern))];
}
