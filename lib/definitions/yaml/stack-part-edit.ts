/**
 * Changes `stackPart` in the text of an integration file, and nothing else in it.
 */
import { isMap, isScalar, type Pair, parseDocument, type Scalar } from 'yaml';
import { applied, type Edit, endOf, newKeyLine, saysAlso, startOf } from './text-edit';

/**
 * The text with this number in `stackPart`, which is a new key at the end where there was none. Undefined where the text
 * is written so that this cannot be done without touching more.
 */
export function withStackPart(text: string, part: number): string | undefined {
  const edit = editFor(text, part);
  if (!edit) return undefined;
  const edited = applied(text, [edit]);
  return saysAlso(edited, text, { stackPart: String(part) }) ? edited : undefined;
}

function editFor(text: string, part: number): Edit | undefined {
  const root = parseDocument(text, { keepSourceTokens: true, prettyErrors: false, logLevel: 'error' }).contents;
  if (!isMap(root)) return undefined;
  const pairs = root.items as Pair<Scalar, unknown>[];
  const there = pairs.find(({ key }) => key.value === 'stackPart')?.value;
  if (there === undefined) {
    return newKeyLine(text, endOf(pairs.at(-1)?.value), root.flow === true, root.srcToken, `stackPart: ${part}`);
  }
  if (!isScalar(there)) return undefined;
  return { from: startOf(there), to: endOf(there), text: String(part) };
}
