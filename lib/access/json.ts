/**
 * JSON of which some parts are not known: what a policy document is to a reader of templates or accounts.
 */
import { literalText, type Value, valueText } from './value';

export type Json =
  /** A text; a number or a boolean is its text. */
  | { readonly text: Value }
  | { readonly list: readonly Json[] }
  /** Names and what they hold; a name may be there twice. */
  | { readonly members: readonly (readonly [string, Json])[] }
  /** One of several, by a condition. */
  | { readonly choice: readonly Json[] }
  /** Nothing at all, as `AWS::NoValue` and `null`. */
  | { readonly absent: true }
  /** Whatever it may be. */
  | { readonly unknown: true };

export const ABSENT: Json = { absent: true };
export const UNKNOWN: Json = { unknown: true };

/** Deeper than any policy goes. */
const DEEPEST = 32;

/** JSON of which all is known, as `JSON.parse` gives it. What JSON does not have, and what is nested too deep, is not known. */
export function plainJson(value: unknown, depth = 0): Json {
  if (value === null || value === undefined) return ABSENT;
  if (typeof value === 'string') return { text: [value] };
  if (typeof value === 'number' || typeof value === 'boolean') return { text: [String(value)] };
  if (typeof value !== 'object' || depth >= DEEPEST) return UNKNOWN;
  if (Array.isArray(value)) return { list: value.map((each) => plainJson(each, depth + 1)) };
  return { members: Object.entries(value).map(([name, member]) => [name, plainJson(member, depth + 1)]) };
}

/** Every form that a part may have, choices inside choices too; none where it is left out. */
export function forms(json: Json): readonly Json[] {
  if ('absent' in json) return [];
  return 'choice' in json ? json.choice.flatMap(forms) : [json];
}

/** The members of a list, or the one thing that stands for a list of one; whichever of them may be there. */
export function listed(json: Json): readonly Json[] {
  if (isPlain(json)) return [json];
  if ('list' in json && json.list.every(isPlain)) return json.list;
  return forms(json).flatMap((form) => ('list' in form ? form.list.flatMap(listed) : [form]));
}

/** Whether a part is neither a list nor a choice, and surely there: nearly all are. */
function isPlain(json: Json): boolean {
  return 'text' in json || 'members' in json;
}

/** What is under a name in whatever case: IAM is not said to tell them apart. */
export function member(members: readonly (readonly [string, Json])[], name: string): readonly Json[] {
  const wanted = name.toLowerCase();
  return members.flatMap(([given, json]) => (given.toLowerCase() === wanted ? [json] : []));
}

/**
 * One text for one meaning: members sorted, lists sorted and a list of one as its member, since AWS may return them
 * otherwise than they were written.
 */
export function canonicalText(json: Json): string {
  if ('text' in json) return quoted(literalText(json.text) ?? '') ?? JSON.stringify(valueText(json.text));
  if ('members' in json) {
    const said: string[] = [];
    for (const [name, value] of json.members) {
      const text = canonicalText(value);
      if (text !== '') said.push(`${quoted(name) ?? JSON.stringify(name)}:${text}`);
    }
    return `{${said.sort().join()}}`;
  }
  if ('list' in json) {
    const [first = '', ...others] = json.list
      .map(canonicalText)
      .filter((text) => text !== '')
      .sort();
    return first !== '' && others.length === 0 ? first : `[${[first, ...others].join()}]`;
  }
  if ('absent' in json) return '';
  if ('unknown' in json) return '<any>';
  // Branches of one meaning are no choice.
  const [first = '', ...others] = [...new Set(json.choice.map(canonicalText))];
  return others.length === 0 ? first : `<${[first, ...others].join('|')}>`;
}

const PLAIN = /^[\w:/.*@+=,$-]+$/;

/** A text in quotes, where nothing in it needs more than these: nearly all are so. */
function quoted(text: string): string | undefined {
  return PLAIN.test(text) ? `"${text}"` : undefined;
}
