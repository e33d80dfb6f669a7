import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { type AppEntry, parseAppCommand } from './app-command';
import { type Mentions, mentionsIn, readSource } from './app-source';

/** A repository as it is now; paths with forward slashes, relative to its top. */
export interface Tree {
  /** The files that are in git or could be: those that are ignored are not among them. */
  readonly files: ReadonlySet<string>;
  /** The text of a file, ignored or not; undefined where there is none. */
  read(path: string): string | undefined;
  /** Whether a package that is installed for a folder is a folder of the repository itself. */
  isLinked(folder: string, name: string): boolean;
}

/** What an app's process reads. */
export interface AppReads {
  /** Whether a file is run, or is what the process is configured by. */
  isLoaded(path: string): boolean;
  /** Whether the code that is run mentions a file by its name, its folder or its ending. */
  isMentioned(path: string): boolean;
  /** Whether that code may read files without mentioning them. */
  readonly readsOthers: boolean;
}

/** Source files of JavaScript and TypeScript. */
export const SOURCE = /\.[cm]?[jt]sx?$/;
const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];
/** What Node.js, npm and the compilers read beside the app, and above it. */
const CONFIGURATION =
  /^(?:cdk(?:\.context)?\.json|package(?:-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-(?:lock|workspace)\.yaml|bun\.lockb?|tsconfig.*\.json|\.swcrc|\.npmrc)$/;
/** Packages that read no file but those that they are told. */
const READ_NOTHING = /^(?:aws-cdk-lib|constructs|cdk-nag|@aws-cdk\/.*|cdk-bucket-integrations|ts-node|tsx)$/;
const READS_FILES = /^(?:node:)?(?:fs|fs\/promises|child_process|worker_threads|module|vm|process)$/;

/**
 * Finds out what belongs to an app: it follows what the command in its `cdk.json` runs from module to module.
 *
 * @param folder of the app: that of its `cdk.json`
 * @returns undefined where nobody can tell: another language, a build before, modules whose names are computed
 */
export function appReads(folder: string, tree: Tree): AppReads | undefined {
  const cdk = cdkJson(tree.read(posix.join(folder, 'cdk.json')));
  const entry = cdk && parseAppCommand(cdk.app);
  return cdk && entry && new Closure(folder, tree).of(entry, cdk.mentions);
}

function cdkJson(text = ''): { app: string; mentions: string } | undefined {
  try {
    const { app, build, context } = JSON.parse(text);
    // What is built first, the app does not read as it is written.
    if (typeof app !== 'string' || build !== undefined) return undefined;
    return { app, mentions: JSON.stringify(context ?? {}) };
  } catch {
    return undefined;
  }
}

/** What can be reached from an entry; nobody can tell as soon as a module is not found. */
class Closure {
  private readonly loaded = new Set<string>();
  private readonly names = new Set<string>();
  private readonly paths = new Set<string>();
  private readonly endings = new Set<string>();
  private readonly dependencies: ReadonlyMap<string, string>;
  private readonly above: readonly string[];
  private readsOthers = false;
  private known = true;

  constructor(
    private readonly folder: string,
    private readonly tree: Tree,
  ) {
    this.above = ancestors(folder);
    const manifests = this.above.map((each) => manifest(tree.read(posix.join(each, 'package.json'))));
    this.dependencies = new Map(manifests.flatMap((each) => each.dependencies));
    if (manifests.some(({ workspaces }) => workspaces)) this.known = false;
  }

  of({ modules, inline, args }: AppEntry, more: string): AppReads | undefined {
    for (const module of modules) this.load(module, this.folder);
    for (const code of inline) this.source(code, this.folder);
    this.mention(mentionsIn([more, ...args.map((arg) => `'${arg}'`)].join(' ')), this.folder);
    // What is mentioned may be run as well, by a thread or another process.
    for (let before = -1; this.known && before !== this.loaded.size; ) {
      before = this.loaded.size;
      for (const path of this.tree.files)
        if (SOURCE.test(path) && !isBeside(path) && this.mentions(path)) this.file(path);
    }
    if (!this.known) return undefined;
    return {
      isLoaded: (path) => this.loaded.has(path) || this.configures(path),
      isMentioned: (path) => this.mentions(path),
      readsOthers: this.readsOthers,
    };
  }

  private configures(path: string): boolean {
    return CONFIGURATION.test(posix.basename(path)) && this.above.includes(posix.dirname(path));
  }

  private mentions(path: string): boolean {
    const name = posix.basename(path);
    return (
      this.names.has(name) ||
      [...this.endings].some((ending) => name.endsWith(ending)) ||
      prefixes(path).some((prefix) => this.paths.has(prefix))
    );
  }

  private load(module: string, from: string): void {
    if (!/^\.{0,2}\//.test(module) && module !== '.' && module !== '..') {
      this.package(module);
      return;
    }
    const found = module.startsWith('/') ? [] : this.resolve(posix.join(from, module));
    if (found.length === 0) this.known = false;
    for (const path of found) this.file(path);
  }

  /** All files that a name may stand for, since which one wins is the loader's business. */
  private resolve(path: string): string[] {
    const written = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
    const candidates = [path, posix.join(path, 'index')].flatMap((each) => ENDINGS.map((ending) => each + ending));
    return [...new Set([...candidates, written])].filter((each) => this.tree.files.has(each));
  }

  private package(module: string): void {
    const plain = module.replace(/^node:/, '');
    if (module.startsWith('node:') || builtinModules.includes(plain)) {
      if (READS_FILES.test(module)) this.readsOthers = true;
      return;
    }
    const name = module
      .split('/')
      .slice(0, module.startsWith('@') ? 2 : 1)
      .join('/');
    const version = this.dependencies.get(name);
    // An alias of the compiler's, or a part of this repository.
    const isElsewhere = version !== undefined && !/^(?:file|link|workspace|portal):/.test(version);
    if (!isElsewhere || this.tree.isLinked(this.folder, name)) this.tarball(version);
    if (!READ_NOTHING.test(name)) this.readsOthers = true;
  }

  /** A packed package is as its bytes are, which the lock file knows; a folder is part of the app. */
  private tarball(version: string | undefined): void {
    if (!/^file:.*\.t(?:ar\.)?gz$/.test(version ?? '')) this.known = false;
  }

  private file(path: string): void {
    if (this.loaded.has(path)) return;
    this.loaded.add(path);
    if (!SOURCE.test(path)) return;
    this.source(this.tree.read(path) ?? '', posix.dirname(path));
  }

  private source(text: string, folder: string): void {
    const { modules, computed, ...mentions } = readSource(text);
    if (computed) this.known = false;
    this.mention(mentions, folder);
    for (const module of modules) this.load(module, folder);
  }

  private mention({ names, steps, endings, fromHere }: Mentions, folder: string): void {
    for (const name of names) this.names.add(name);
    for (const ending of endings) this.endings.add(ending);
    const from = [this.folder, ...(fromHere ? ancestors(folder) : [])];
    for (const step of steps) for (const each of from) this.paths.add(posix.join(each, step));
  }
}

/** Documentation, tests, and whatever begins with a dot, workflows among it. */
export function isBeside(path: string): boolean {
  return /^\.|\/\.|\.md$|^(?:docs|tests?)\/|^LICENSE$/.test(path);
}

/** A folder and all above it, the repository's own first. */
function ancestors(folder: string): string[] {
  return folder === '.' ? ['.'] : ['.', ...prefixes(folder)];
}

/** `a`, `a/b`, `a/b/c` of the last. */
function prefixes(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

function manifest(text = '{}'): { dependencies: [string, string][]; workspaces: boolean } {
  try {
    const data = JSON.parse(text);
    const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
    const dependencies = kinds.flatMap((kind) => Object.entries<string>(data[kind] ?? {}));
    return { dependencies, workspaces: data.workspaces !== undefined };
  } catch {
    // Without it no package is known, and so not the app.
    return { dependencies: [], workspaces: false };
  }
}
