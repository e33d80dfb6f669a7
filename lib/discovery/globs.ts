/** Resources of policies, read as what they mean in one bucket. */
import { mayMeet, wildcardPattern } from '../access';

/** A character, or what IAM reads as any text or any one character. */
type Token = string | { readonly any: 'text' | 'one' };

const ANY_TEXT: Token = { any: 'text' };

/** What IAM's variables stand for, by their names in lower case. */
export type Variables = Readonly<Record<string, string>>;

/** No ARN that AWS takes is as long; what is longer may mean anything. */
const LONGEST = 2048;

/** What IAM's pattern consists of; a variable without a value may be any text. */
function tokens(pattern: string, variables: Variables): readonly Token[] {
  if (pattern.length > LONGEST) return [ANY_TEXT];
  const found: Token[] = [];
  for (const [piece] of pattern.matchAll(/\$\{[^}]*\}|[\s\S]/gu)) {
    if (piece === '*') found.push(ANY_TEXT);
    else if (piece === '?') found.push({ any: 'one' });
    else if (piece.length > 2 && piece.startsWith('${')) {
      const name = piece.slice(2, -1);
      const value = /^[*?$]$/.test(name) ? name : variables[name.toLowerCase()];
      found.push(...(value === undefined ? [ANY_TEXT] : [...value]));
    } else found.push(piece);
  }
  return found;
}

/** Which keys of a bucket a resource means. */
export type Keys =
  /** Every key that begins so; with the empty text, every key. */
  | { readonly all: 'under'; readonly start: string }
  /** One key. */
  | { readonly all: 'exactly'; readonly start: string }
  /** Keys by a pattern with more behind its wildcard; all of them begin so. */
  | { readonly all: 'some'; readonly start: string; readonly written: string };

function keysOf(rest: readonly Token[]): Keys {
  const at = rest.findIndex((token) => typeof token === 'object');
  const start = (at < 0 ? rest : rest.slice(0, at)).join('');
  if (at < 0) return { all: 'exactly', start };
  if (rest.slice(at).every((token) => typeof token === 'object' && token.any === 'text'))
    return { all: 'under', start };
  return { all: 'some', start, written: rest.map(writtenToken).join('') };
}

function writtenToken(token: Token): string {
  if (typeof token === 'string') return token;
  return token.any === 'text' ? '*' : '?';
}

/** What a resource means of a bucket, an access point, or whatever has objects. */
export interface Meant {
  /** Whether it is the bucket itself. */
  readonly itself: boolean;
  readonly keys: readonly Keys[];
  /** Whether its name is written out, so that it means no other. */
  readonly byName: boolean;
}

/**
 * What a resource of a policy means of one bucket.
 *
 * @param arn of the bucket or access point
 * @param objects what the ARNs of its objects begin with
 */
export function meantBy(
  resource: string,
  { arn, objects }: { readonly arn: string; readonly objects: string },
  variables: Variables = {},
): Meant {
  const pattern = tokens(resource, variables);
  const itself = behind(pattern, arn).some((rest) => rest.every((token) => token === ANY_TEXT));
  const keys = behind(pattern, objects)
    .map(keysOf)
    .filter((each) => !(each.all === 'exactly' && each.start === ''));
  return { itself, keys, byName: writtenBefore(pattern).length >= arn.length };
}

function writtenBefore(pattern: readonly Token[]): string {
  const at = pattern.findIndex((token) => typeof token === 'object');
  return (at < 0 ? pattern : pattern.slice(0, at)).join('');
}

/** What is left of a pattern behind a text that it begins with; the widest of several that begin alike. */
function behind(pattern: readonly Token[], text: string): readonly (readonly Token[])[] {
  let states = closed(pattern, [0]);
  for (const character of text) {
    states = closed(
      pattern,
      states.flatMap((at) => {
        const token = pattern[at];
        if (token === undefined) return [];
        if (token === ANY_TEXT) return [at];
        return typeof token === 'object' || token === character ? [at + 1] : [];
      }),
    );
    if (states.length === 0) return [];
  }
  // Behind a star everything is meant that is meant behind what follows it.
  return states.filter((at) => pattern[at - 1] !== ANY_TEXT || !states.includes(at - 1)).map((at) => pattern.slice(at));
}

function closed(pattern: readonly Token[], states: readonly number[]): readonly number[] {
  const all = new Set(states);
  for (const at of all) if (pattern[at] === ANY_TEXT) all.add(at + 1);
  return [...all].sort((a, b) => a - b);
}

/** Which keys a value of `s3:prefix` means; undefined where it is the empty text. */
export function keysOfPrefix(value: string, isLike: boolean, variables: Variables): Keys {
  return keysOf(isLike ? tokens(value, variables) : [...value]);
}

/** Whether every key under a prefix is meant. */
export function covers(keys: Keys, prefix: string): boolean {
  return keys.all === 'under' && prefix.startsWith(keys.start);
}

/** Whether nothing is meant that is not under a prefix. */
export function isWithin({ start }: Keys, prefix: string): boolean {
  return start.startsWith(prefix);
}

/** Whether IAM's pattern of an action means an action. */
export function actionMatches(pattern: string, action: string): boolean {
  return mayMeet(wildcardPattern([pattern]), [action], 'no-case');
}
