/**
 * Values of a template as plain JSON, to be compared and to be shown to people: evaluated as far as nothing but the
 * template is needed. What only a deployment knows stands in angle brackets, named as the template names it.
 */
import { isThing, type Json, type Piece } from '../access';
import { isRecord } from '../text/record';
import { attributeNamed, callIn } from './intrinsics';
import type { TemplateReader } from './template-reader';

/** A value of a template; undefined where it is left out. */
export function printed(value: unknown, reader: TemplateReader): unknown {
  if (Array.isArray(value)) return value.map((each) => printed(each, reader)).filter((each) => each !== undefined);
  if (!isRecord(value)) return value;
  const members = Object.entries(value);
  const call = callIn(members);
  if (call) return printedCall(value, call, reader);
  return Object.fromEntries(members.map(([name, member]) => [name, printed(member, reader)]));
}

function printedCall(value: unknown, [name, argument]: readonly [string, unknown], reader: TemplateReader): unknown {
  const json = reader.read(value);
  if (isSure(json)) return plain(json);
  if (name === 'Ref') return `<${nameText(argument)}>`;
  if (name === 'Fn::GetAtt') return `<${attributeNamed(argument).map(nameText).join('.')}>`;
  return `<${name} ${JSON.stringify(printed(argument, reader))}>`;
}

function nameText(name: unknown): string {
  return typeof name === 'string' ? name : JSON.stringify(name);
}

/** Whether a value is the same in every deployment but for the names that one gives. */
function isSure(json: Json): boolean {
  if ('text' in json) return json.text.every((piece) => typeof piece === 'string' || isThing(piece));
  if ('list' in json) return json.list.every(isSure);
  if ('members' in json) return json.members.every(([, member]) => isSure(member));
  return 'absent' in json;
}

function plain(json: Json): unknown {
  if ('text' in json) return json.text.map(printedPiece).join('');
  if ('list' in json) return json.list.map(plain).filter((each) => each !== undefined);
  return 'members' in json
    ? Object.fromEntries(json.members.map(([name, member]) => [name, plain(member)]))
    : undefined;
}

function printedPiece(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  return isThing(piece) ? `<${piece.id}${piece.attribute === undefined ? '' : `.${piece.attribute}`}>` : '';
}
