/**
 * Intrinsic functions that need nothing but their arguments, once these are evaluated. A choice inside stays one.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
import { ANYTHING, compact, type Json, literalText, type Piece, UNKNOWN, type Value } from '../access';

/** A part of a template as text; of what is none, anything. */
export function textOf(json: Json): Value {
  if ('text' in json) return json.text;
  if ('absent' in json) return [];
  if ('choice' in json) return [{ oneOf: json.choice.map(textOf) }];
  return ANYTHING;
}

/** What comes of a part in each of its branches. */
export function eachBranch(json: Json, make: (branch: Json) => Json): Json {
  return 'choice' in json ? { choice: json.choice.map((branch) => eachBranch(branch, make)) } : make(json);
}

export function joined(delimiter: Json, list: Json): Json {
  const between = textOf(delimiter);
  return eachBranch(list, (branch) => {
    if (!('list' in branch)) return UNKNOWN;
    // What may be left out takes its delimiter with it.
    if (branch.list.some((each) => mayBeLeftOut(each)) && between.length > 0 && literalText(between) !== '')
      return UNKNOWN;
    return {
      text: compact(branch.list.flatMap((each, at) => (at === 0 ? textOf(each) : [...between, ...textOf(each)]))),
    };
  });
}

function mayBeLeftOut(json: Json): boolean {
  return 'absent' in json || ('choice' in json && json.choice.some(mayBeLeftOut));
}

export function selected(index: Json, list: Json): Json {
  const at = Number(literalText(textOf(index)));
  return eachBranch(list, (branch) => {
    if (!('list' in branch) || branch.list.some(mayBeLeftOut)) return UNKNOWN;
    return branch.list[at] ?? UNKNOWN;
  });
}

/** A text at each of its delimiters, where all of them are known: the name of a thing has neither `:` nor `/`. */
export function split(delimiter: Json, text: Json): Json {
  const at = literalText(textOf(delimiter));
  if (at === undefined || at === '') return UNKNOWN;
  return eachBranch(text, (branch) => {
    if (!('text' in branch)) return UNKNOWN;
    const parts: Piece[][] = [[]];
    for (const piece of branch.text) {
      if (typeof piece === 'string') {
        const [first = '', ...others] = piece.split(at);
        if (first !== '') parts.at(-1)?.push(first);
        for (const other of others) parts.push(other === '' ? [] : [other]);
      } else {
        if (!('id' in piece) || !/^[:/]+$/.test(at)) return UNKNOWN;
        parts.at(-1)?.push(piece);
      }
    }
    return { list: parts.map((part) => ({ text: part })) };
  });
}

/** What a mapping has under two keys; under each that may be meant where a key is not known. */
export function foundInMap(mapping: unknown, first: Json, second: Json, otherwise: Json | undefined): Json {
  const found = [mapping].flatMap((map) => entry(map, first)).flatMap((map) => entry(map, second));
  const values = found.map((value): Json => {
    if (typeof value === 'string') return { text: [value] };
    return Array.isArray(value) ? { list: value.map((each) => ({ text: [String(each)] })) } : UNKNOWN;
  });
  const isSure = [first, second].every((key) => literalText(textOf(key)) !== undefined);
  const all = isSure && values.length > 0 ? values : [...values, ...(otherwise ? [otherwise] : [])];
  return all.length === 0 ? UNKNOWN : all.length === 1 ? (all[0] ?? UNKNOWN) : { choice: all };
}

function entry(map: unknown, key: Json): readonly unknown[] {
  if (typeof map !== 'object' || map === null) return [];
  const name = literalText(textOf(key));
  if (name === undefined) return Object.values(map);
  return Object.hasOwn(map, name) ? [(map as Record<string, unknown>)[name]] : [];
}

/** The function that an object of these members calls, and with what; undefined where it is none. */
export function callIn(members: readonly [string, unknown][]): readonly [string, unknown] | undefined {
  const [only] = members;
  return only && members.length === 1 && (only[0] === 'Ref' || only[0].startsWith('Fn::')) ? only : undefined;
}

/** The resource that `Fn::GetAtt` names, and the attribute. */
export function attributeNamed(argument: unknown): readonly [id: unknown, attribute: unknown] {
  if (Array.isArray(argument)) return [argument[0], argument.length > 2 ? argument.slice(1).join('.') : argument[1]];
  if (typeof argument !== 'string') return [undefined, undefined];
  const dot = argument.indexOf('.');
  return [argument.slice(0, dot), argument.slice(dot + 1)];
}

/** The parts of a `Fn::Sub` text: literals, and names that stand for something. */
export function substitutions(text: string): readonly { readonly literal?: string; readonly name?: string }[] {
  const parts: { literal?: string; name?: string }[] = [];
  let from = 0;
  for (const match of text.matchAll(/\$\{(!?)([^}]*)\}/g)) {
    parts.push({ literal: text.slice(from, match.index) });
    const [all, literal, name = ''] = match;
    parts.push(literal === '' ? { name: name.trim() } : { literal: `\${${name}}` });
    from = (match.index ?? 0) + all.length;
  }
  return [...parts, { literal: text.slice(from) }];
}
