import {
  createSourceFile,
  forEachChild,
  isExportDeclaration,
  isImportDeclaration,
  isLiteralTypeNode,
  isStringLiteral,
  isTemplateLiteralToken,
  type Node,
  ScriptTarget,
} from 'typescript';

/** What a text has in the place of code. */
export const CODE = '…';

/**
 * What the string literals and templates of a source say, each at its line, and nothing else of it: names and comments
 * are not read by users.
 */
export function literals(source: string): string {
  const file = createSourceFile('source.ts', source, ScriptTarget.Latest, true);
  let [text, end] = ['', 0];
  const add = (node: Node) => {
    const skipped = source.slice(end, node.getStart(file)).replaceAll(/[^\n]/g, '');
    // A line that the text itself begins is a space: the lines are those of the source.
    text += `${skipped}${CODE}${node
      .getText(file)
      .slice(1, -1)
      .replaceAll(/\\[nt]/g, '  ')}${CODE}`;
    end = node.getEnd();
  };
  const visit = (node: Node): void => {
    if (isImportDeclaration(node) || isExportDeclaration(node) || isLiteralTypeNode(node)) return;
    if (isStringLiteral(node) || isTemplateLiteralToken(node)) add(node);
    forEachChild(node, visit);
  };
  visit(file);
  return text;
}
