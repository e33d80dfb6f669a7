/**
 * JSON that a template writes as one text, and what texts look up elsewhere.
 */
import { ANY, ANYTHING, isThing, type Json, type Piece, plainJson, UNKNOWN, type Value } from '../access';

// Characters that no policy has.
const [OPEN, CLOSE] = ['\uE000', '\uE001'];

/** What a JSON text says. Where an unknown piece could end a string of it, or is no part of one, all of it is unknown. */
export function jsonOfText(value: Value): Json {
  const pieces: Piece[] = [];
  let text = '';
  for (const piece of value) {
    if (typeof piece === 'string') {
      if (piece.includes(OPEN) || piece.includes(CLOSE)) return UNKNOWN;
      text += piece;
    } else {
      if (!staysInString(piece)) return UNKNOWN;
      text += `${OPEN}${pieces.length}${CLOSE}`;
      pieces.push(piece);
    }
  }
  try {
    return withPieces(plainJson(JSON.parse(text)), pieces);
  } catch {
    return UNKNOWN;
  }
}

function staysInString(piece: Piece): boolean {
  if (typeof piece === 'string') return !/["\\]/.test(piece);
  if ('oneOf' in piece) return piece.oneOf.every((branch) => branch.every(staysInString));
  return isThing(piece);
}

function withPieces(json: Json, pieces: readonly Piece[]): Json {
  if (pieces.length === 0) return json;
  if ('text' in json) return { text: json.text.flatMap((piece) => put(String(piece), pieces)) };
  if ('list' in json) return { list: json.list.map((each) => withPieces(each, pieces)) };
  if (!('members' in json)) return json;
  // A name with an unknown piece may be any name.
  if (json.members.some(([name]) => name.includes(OPEN))) return UNKNOWN;
  return { members: json.members.map(([name, member]) => [name, withPieces(member, pieces)]) };
}

function put(text: string, pieces: readonly Piece[]): Value {
  return text.split(OPEN).flatMap((part, at): Value => {
    if (at === 0) return part === '' ? [] : [part];
    const [number = '', rest = ''] = part.split(CLOSE);
    const piece = pieces[Number(number)] ?? ANY;
    return rest === '' ? [piece] : [piece, rest];
  });
}

/** The same with everything unknown that CloudFormation looks up elsewhere when it deploys. */
export function withoutLookups(json: Json): Json {
  if ('text' in json) {
    const text = withoutLookup(json.text);
    return text === json.text ? json : { text };
  }
  if ('list' in json) {
    const list = json.list.map(withoutLookups);
    return list.every((each, at) => each === json.list[at]) ? json : { list };
  }
  if ('choice' in json) {
    const choice = json.choice.map(withoutLookups);
    return choice.every((each, at) => each === json.choice[at]) ? json : { choice };
  }
  if (!('members' in json)) return json;
  const members = json.members.map(([name, member]) => [name, withoutLookups(member)] as const);
  return members.every(([, member], at) => member === json.members[at]?.[1]) ? json : { members };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
function withoutLookup(value: Value): Value {
  const [first, ...others] = value;
  if (typeof first === 'string' && others.length === 0) {
    if (!first.includes('{{resolve:')) return value;
    return first.split(/\{\{resolve:.*?\}\}/s).flatMap((part, at) => (at === 0 ? [part] : [ANY, part]));
  }
  // Where one begins in one piece, nobody knows in which it ends.
  if (value.some((piece) => typeof piece === 'string' && piece.includes('{{'))) return ANYTHING;
  let changed = false;
  const pieces = value.map((piece): Piece => {
    if (typeof piece === 'string' || !('oneOf' in piece)) return piece;
    const oneOf = piece.oneOf.map(withoutLookup);
    if (oneOf.every((branch, at) => branch === piece.oneOf[at])) return piece;
    changed = true;
    return { oneOf };
  });
  return changed ? pieces : value;
}
