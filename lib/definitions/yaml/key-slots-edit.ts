/**
 * Changes `keys` in the text of an integration file, and nothing else in it: what people wrote stays as they wrote it.
 */
import { type CST, isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar, type YAMLSeq } from 'yaml';
import type { KeySlot } from '../../rules/vocabulary';
import { applied, type Edit, endOf, insertion, newKeyLine, newLine, saysAlso, startOf } from './text-edit';

/**
 * The text with these slots in `keys`: one more at the end of the list, one fewer at its beginning, or a key of its own
 * where there was none. Undefined where the text is written so that this cannot be done without touching more.
 */
export function withKeySlots(text: string, slots: readonly KeySlot[]): string | undefined {
  const edits = editsFor(text, slots);
  if (!edits) return undefined;
  const edited = applied(text, edits);
  return saysAlso(edited, text, { keys: slots }) ? edited : undefined;
}

function editsFor(text: string, slots: readonly KeySlot[]): Edit[] | undefined {
  const root = parseDocument(text, { keepSourceTokens: true, prettyErrors: false, logLevel: 'error' }).contents;
  if (!isMap(root)) return undefined;
  const pairs = root.items as Pair<Scalar, unknown>[];
  const keys = pairs.find(({ key }) => key.value === 'keys')?.value;
  if (keys === undefined) return [newKey(text, pairs, slots, root.flow === true, root.srcToken)];
  if (!isSeq(keys) || !keys.items.every(isScalar)) return undefined;
  const list = keys as YAMLSeq<Scalar>;
  const there = list.items.map(({ value }) => value);
  if (sameList(slots, [...there, slots.at(-1)])) return [appended(text, list, slots.at(-1) as KeySlot)];
  if (sameList(slots, there.slice(1))) return list.flow ? firstOut(text, list) : firstLineOut(text, list);
  return undefined;
}

function sameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What a reader expects `keys` to stand behind, the best place first. */
const PLACES = ['reviewBy', 'reason'];

function newKey(
  text: string,
  pairs: readonly Pair<Scalar, unknown>[],
  slots: readonly KeySlot[],
  flow: boolean,
  token: CST.Token | undefined,
): Edit {
  const line = `keys: [${slots.join(', ')}]`;
  const before = PLACES.flatMap((name) => pairs.find(({ key }) => key.value === name) ?? []).at(0) ?? pairs.at(-1);
  return newKeyLine(text, endOf(before?.value), flow, token, line);
}

function appended(text: string, list: YAMLSeq<Scalar>, slot: KeySlot): Edit {
  const last = list.items.at(-1);
  const [start, end] = [startOf(last), endOf(last)];
  const [, quotation] = /^(['"]?)[ab]\1$/.exec(text.slice(start, end)) ?? [];
  const item = `${quotation ?? ''}${slot}${quotation ?? ''}`;
  if (list.flow) return insertion(end, `, ${item}`);
  const dash = dashOf(list, list.items.length - 1) ?? start;
  const [gap = ' '] = /^[ \t]+$/.exec(text.slice(dash + 1, start)) ?? [];
  return newLine(text, end, indentOf(list), `-${gap}${item}`);
}

/** Takes the first member out of `[a, b]`; a comment behind it stays. */
function firstOut(text: string, list: YAMLSeq<Scalar>): Edit[] | undefined {
  const [first] = list.items;
  const comma = tokenOf(list, 1, 'comma');
  if (comma === undefined) return undefined;
  const [start, end] = [startOf(first), endOf(first)];
  if (text.slice(end, comma).trim() !== '') return [removal(text, start, end), removal(text, comma, comma + 1)];
  return [removal(text, start, comma + 1)];
}

/** Takes the first line out of a list of lines; a comment behind it stays, on a line of its own. */
function firstLineOut(text: string, list: YAMLSeq<Scalar>): Edit[] | undefined {
  const dash = dashOf(list, 0);
  return dash === undefined ? undefined : [removal(text, dash, endOf(list.items[0]))];
}

/** Removes a part with the blanks behind it, and the line where nothing else is on it. */
function removal(text: string, from: number, to: number): Edit {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const [blanks = ''] = /^[ \t]*/.exec(text.slice(to)) ?? [];
  const [lineEnd] = /^\r?\n/.exec(text.slice(to + blanks.length)) ?? [];
  const alone = text.slice(start, from).trim() === '';
  if (alone && lineEnd !== undefined) return { from: start, to: to + blanks.length + lineEnd.length, text: '' };
  // What is left before a comment must not stick to it.
  const stuck = text[to + blanks.length] === '#' && !/\s$/.test(text.slice(start, from));
  return { from, to: to + (stuck ? 0 : blanks.length), text: '' };
}

function indentOf(list: YAMLSeq): number {
  return list.srcToken && 'indent' in list.srcToken ? list.srcToken.indent : 0;
}

function dashOf(list: YAMLSeq, at: number): number | undefined {
  return tokenOf(list, at, 'seq-item-ind');
}

/** Where the sign stands that begins a member: its dash, or the comma before it. */
function tokenOf(list: YAMLSeq, at: number, type: 'comma' | 'seq-item-ind'): number | undefined {
  const items: readonly CST.CollectionItem[] | undefined =
    list.srcToken && 'items' in list.srcToken ? (list.srcToken.items as CST.CollectionItem[]) : undefined;
  return items?.[at]?.start?.find((token) => token.type === type)?.offset;
}
