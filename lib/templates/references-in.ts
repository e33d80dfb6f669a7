import { isRecord } from '../text/record';
import { attributeNamed, callIn, substitutions } from './intrinsics';

/** The resources, parameters and pseudo parameters that a value refers to, by logical id. */
export function referencesIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  collect(value, found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const [name, argument] = callIn(Object.entries(value)) ?? [];
  if (name === 'Ref') found.add(String(argument));
  if (name === 'Fn::GetAtt') found.add(String(attributeNamed(argument)[0]));
  if (name === 'Fn::Sub') for (const each of namesIn(argument)) found.add(each);
  for (const member of Object.values(value)) collect(member, found);
}

/** The names in a text that it does not say itself what they stand for. */
function namesIn(argument: unknown): readonly string[] {
  const [text, given] = Array.isArray(argument) ? argument : [argument, undefined];
  if (typeof text !== 'string') return [];
  return substitutions(text).flatMap(({ name }) => {
    if (name === undefined || (isRecord(given) && Object.hasOwn(given, name))) return [];
    return name.startsWith('AWS::') ? name : (name.split('.')[0] ?? []);
  });
}
