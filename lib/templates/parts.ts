/** Parts of evaluated values. */
import { ABSENT, forms, type Json, listed, type Piece, UNKNOWN, type Value, valueText } from '../access';
import { textOf } from './intrinsics';
import { jsonOfText } from './json-text';

/** What is under a name, and under further ones in it; in each branch where there are several. */
export function at(json: Json, ...path: readonly string[]): Json {
  const [name, ...others] = path;
  if (name === undefined) return json;
  if ('choice' in json) return { choice: json.choice.map((branch) => at(branch, ...path)) };
  if ('unknown' in json) return UNKNOWN;
  if (!('members' in json)) return ABSENT;
  const found = json.members.find(([each]) => each === name);
  return found ? at(found[1], ...others) : ABSENT;
}

/** Whether a part is surely left out. */
export function isAbsent(json: Json): boolean {
  return forms(json).length === 0;
}

/** A policy document, which may be written as one JSON text. */
export function documentIn(json: Json): Json {
  if ('choice' in json) return { choice: json.choice.map(documentIn) };
  return 'text' in json ? jsonOfText(json.text) : json;
}

/** Every text that may be in a list, or that stands for a list of one. */
export function textsIn(json: Json): readonly Value[] {
  return listed(json).map(textOf);
}

/** Every text anywhere in a part, names of members too. */
export function allTexts(json: Json): readonly Value[] {
  if ('text' in json) return [json.text];
  if ('list' in json) return json.list.flatMap(allTexts);
  if ('choice' in json) return json.choice.flatMap(allTexts);
  if ('members' in json) return json.members.flatMap(([name, member]) => [[name], ...allTexts(member)]);
  return [];
}

/** What stands under a name anywhere in a part, in JSON texts too. */
export function membersNamed(json: Json, name: string): readonly Json[] {
  if ('list' in json) return json.list.flatMap((each) => membersNamed(each, name));
  if ('choice' in json) return json.choice.flatMap((each) => membersNamed(each, name));
  if ('text' in json) return mayBeJson(json.text) ? membersNamed(jsonOfText(json.text), name) : [];
  if (!('members' in json)) return [];
  return json.members.flatMap(([each, member]) => [...(each === name ? [member] : []), ...membersNamed(member, name)]);
}

/** Every policy document anywhere in a part, in JSON texts too; a text that may be one and cannot be read is unknown. */
export function documentsIn(json: Json): readonly Json[] {
  if ('list' in json) return json.list.flatMap(documentsIn);
  if ('choice' in json) return json.choice.flatMap(documentsIn);
  if ('text' in json) {
    if (!mayBeJson(json.text)) return [];
    const read = jsonOfText(json.text);
    return 'unknown' in read && /statement/i.test(valueText(json.text)) ? [read] : documentsIn(read);
  }
  if (!('members' in json)) return [];
  const isDocument = json.members.some(
    ([name, member]) => name.toLowerCase() === 'statement' && listed(member).some((each) => !('text' in each)),
  );
  return isDocument ? [json] : json.members.flatMap(([, member]) => documentsIn(member));
}

function mayBeJson([first]: Value): boolean {
  return typeof first === 'string' && /^\s*[[{]/.test(first);
}

/** Whether something in a part is not known. */
export function hasUnknown(json: Json): boolean {
  if ('unknown' in json) return true;
  if ('text' in json) return json.text.some(isUnknownPiece);
  if ('list' in json) return json.list.some(hasUnknown);
  if ('choice' in json) return json.choice.some(hasUnknown);
  return 'members' in json && json.members.some(([, member]) => hasUnknown(member));
}

function isUnknownPiece(piece: Piece): boolean {
  if (typeof piece === 'string') return false;
  return 'oneOf' in piece ? piece.oneOf.some((branch) => branch.some(isUnknownPiece)) : 'any' in piece;
}
