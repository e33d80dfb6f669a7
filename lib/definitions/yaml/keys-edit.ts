/**
 * Sets keys in the text of an integration file, and changes nothing else in it: what people wrote stays as they wrote it.
 */
import { isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar, stringify } from 'yaml';
import { applied, type Edit, endOf, insertion, newKeyLine, newLine, saysAlso, startOf } from './text-edit';

/** What a key can be set to. */
export type KeyValue = string | number | readonly string[] | Readonly<Record<string, string>>;

/**
 * The text with these keys set, each on a line. A new key stands above the comment that waits for it (`# externalId: …`), or
 * at the end. Undefined where the text is written so that this cannot be done without touching more.
 */
export function withKeysSet(text: string, keys: Readonly<Record<string, KeyValue>>): string | undefined {
  let edited = text;
  for (const [key, value] of Object.entries(keys)) {
    const edit = editFor(edited, key, value);
    if (!edit) return undefined;
    edited = applied(edited, [edit]);
  }
  // Numbers are read as they are written.
  const said = Object.entries(keys).map(([key, value]) => [key, typeof value === 'number' ? String(value) : value]);
  return saysAlso(edited, text, Object.fromEntries(said)) ? edited : undefined;
}

/** The keys for which a comment at the beginning of a line waits, as `new` writes it: `# externalId: …`. */
export function awaitedKeys(text: string): string[] {
  return [...text.matchAll(/^# ([A-Za-z]+): \S/gm)].flatMap(([, key]) => key ?? []);
}

function editFor(text: string, key: string, value: KeyValue): Edit | undefined {
  const root = parseDocument(text, { keepSourceTokens: true, prettyErrors: false, logLevel: 'error' }).contents;
  if (!isMap(root)) return undefined;
  const pairs = root.items as Pair<Scalar, unknown>[];
  const there = pairs.find((pair) => pair.key.value === key)?.value;
  if (there !== undefined) {
    const short = typeof value === 'object' ? (isSeq(there) || isMap(there)) && there.flow === true : isScalar(there);
    const whole = text.slice(startOf(there), endOf(there));
    // An anchor or a tag, and a text over several lines, are left to people.
    return short && !/[\n#&!]/.test(whole) ? { from: startOf(there), to: endOf(there), text: flow(value) } : undefined;
  }
  const line = `${key}: ${flow(value)}`;
  const waiting = root.flow ? -1 : text.search(new RegExp(`^# ${key}: `, 'm'));
  if (waiting >= 0) return insertion(waiting, `${line}${text.includes('\r\n') ? '\r\n' : '\n'}`);
  if (root.flow) return newKeyLine(text, endOf(pairs.at(-1)?.value), true, root.srcToken, line);
  const indent = root.srcToken && 'indent' in root.srcToken ? root.srcToken.indent : 0;
  return newLine(text, endOf(pairs.at(-1)?.value), indent, line);
}

/** A value on one line, as YAML 1.2 and 1.1 both read it. */
function flow(value: KeyValue): string {
  return stringify(value, {
    collectionStyle: 'flow',
    flowCollectionPadding: false,
    lineWidth: 0,
    compat: 'yaml-1.1',
  }).trimEnd();
}
