/** Who imports whom in lib/ and bin/: what the architecture test and the picture of the architecture are both made from. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import ts from 'typescript';

/** One import of a file, of whatever form. */
export interface Import {
  /** As it is written, for example `../rules/names` or `node:fs`. */
  readonly specifier: string;
  /** The file that it names, relative to the root; undefined for packages and for what is not there. */
  readonly target?: string;
  /** Whether it is loaded only when it is needed: `import()`. */
  readonly lazy: boolean;
}

/** A source file and what it imports. */
export interface Source {
  /** Relative to the root, with forward slashes. */
  readonly file: string;
  readonly imports: readonly Import[];
}

const SOURCE = /(?<!\.d)\.(?:ts|js|mjs|cjs)$/;
const ENDINGS = ['', '.ts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js'];

/** The sources of these folders or files and of all folders in them. */
export function sourcesOf(root: string, paths: readonly string[]): Source[] {
  return paths
    .flatMap((path) => (SOURCE.test(path) ? [path] : filesIn(root, path)))
    .map((file) => ({ file, imports: importsOf(root, file) }));
}

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join(folder, file.split('\\').join('/')))
    .filter((file) => SOURCE.test(file))
    .sort();
}

/**
 * Every import of a file: `import` and `export … from`, of types too, `import x = require()`, `import()` and `require()`,
 * `require.resolve()`, `typeof import()`. An argument that is no literal is an import too, of the text `(computed)`.
 */
function importsOf(root: string, file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, false);
  const found: Import[] = [];
  const add = (literal: ts.Node | undefined, lazy: boolean) => {
    const specifier = literal && ts.isStringLiteralLike(literal) ? literal.text : '(computed)';
    found.push({ specifier, target: targetOf(root, file, specifier), lazy });
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
      add(node.moduleSpecifier, false);
    else if (ts.isExternalModuleReference(node)) add(node.expression, false);
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, false);
    else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], true);
      else if (isRequire(node.expression)) add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isRequire(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'require';
  return (
    ts.isPropertyAccessExpression(callee) && ts.isIdentifier(callee.expression) && callee.expression.text === 'require'
  );
}

function targetOf(root: string, file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = posix.join(dirname(file), specifier);
  const ending = ENDINGS.find((each) => /\.[a-z]+$/.test(path + each) && existsSync(join(root, path + each)));
  return ending === undefined
    ? undefined
    : relative('.', path + ending)
        .split('\\')
        .join('/');
}

/** The folder of a source below lib/, for example `command/git`; the first folder for what is outside. */
export function roomOf(file: string): string {
  const folder = dirname(file);
  return folder.startsWith('lib/') ? folder.slice('lib/'.length) : (folder.split('/')[0] ?? folder);
}

/** The name of a package in an import; undefined for files and for Node.js itself. */
export function packageOf({ specifier }: Import): string | undefined {
  if (/^(?:\.|node:|\()/.test(specifier)) return undefined;
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Groups of files, each of which leads back to itself; none where there is no circle. */
export function circles(sources: readonly Source[]): string[][] {
  const edges = new Map(sources.map(({ file, imports }) => [file, imports.flatMap(({ target }) => target ?? [])]));
  return stronglyConnected(edges);
}

/** Tarjan's algorithm. */
export function stronglyConnected(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): number => {
    const own = index.size;
    index.set(node, own);
    let lowest = own;
    stack.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!edges.has(next)) continue;
      if (!index.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, index.get(next) ?? own);
    }
    low.set(node, lowest);
    if (lowest === own) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1 || (edges.get(node) ?? []).includes(node)) found.push(group.sort());
    }
    return lowest;
  };
  for (const node of edges.keys()) if (!index.has(node)) visit(node);
  return found;
}
