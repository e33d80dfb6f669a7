/**
 * Changes `access` and `expires` in the text of an integration file, and nothing else in it.
 */
import { isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar, type YAMLSeq } from 'yaml';
import { applied, type Edit, endOf, newKeyLine, saysAlso, startOf } from './text-edit';

/** What a narrower definition says. */
export interface Narrower {
  readonly access?: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly expires?: string;
}

/**
 * The text with these values, in which every comment stays; undefined where the text is written so that this cannot be done
 * without touching more.
 */
export function withNarrower(text: string, { access, expires }: Narrower): string | undefined {
  const root = parseDocument(text, { keepSourceTokens: true, prettyErrors: false, logLevel: 'error' }).contents;
  if (!isMap(root)) return undefined;
  const pairs = root.items as Pair<Scalar, unknown>[];
  const last = endOf(pairs.at(-1)?.value);
  const added = (line: string) => newKeyLine(text, last, root.flow === true, root.srcToken, line);
  const found = (name: string) => pairs.find(({ key }) => key.value === name)?.value;
  const edits: Edit[] = [];
  const [list, day] = [found('access'), found('expires')];
  if (access !== undefined) {
    if (list === undefined) edits.push(added(`access: [${access.join(', ')}]`));
    else if (isSeq(list) && list.items.every(isScalar)) edits.push(...listEdits(text, list as YAMLSeq<Scalar>, access));
    else return undefined;
  }
  if (expires !== undefined) {
    if (isScalar(day)) edits.push({ from: startOf(day), to: endOf(day), text: expires });
    else if (day === undefined) edits.push(added(`expires: ${expires}`));
    else return undefined;
  }
  const edited = applied(text, edits);
  const keys = { ...(access === undefined ? {} : { access }), ...(expires === undefined ? {} : { expires }) };
  return saysAlso(edited, text, keys) ? edited : undefined;
}

function listEdits(text: string, list: YAMLSeq<Scalar>, access: readonly string[]): Edit[] {
  // Comments inside would go with the list; then the result does not say the same, and is refused.
  if (list.flow) return [{ from: startOf(list), to: endOf(list), text: `[${access.join(', ')}]` }];
  return list.items
    .filter(({ value }) => !access.includes(String(value)))
    .map((item) => {
      const from = text.lastIndexOf('\n', startOf(item)) + 1;
      const end = text.indexOf('\n', endOf(item));
      return { from, to: end < 0 ? text.length : end + 1, text: '' };
    });
}
