/** Whether properties of constructs and checks are of the types that they say, for callers whose language does not ask. */
import { either } from '../text/list';
import { quote } from '../text/quote';
import type { Finding } from './finding';

/** A `Duration` of the CDK, which is not known here. */
interface AnyDuration {
  toSeconds(): number;
}

/** What constructs are given, by the member by which one of them is known. */
const MEMBERS = {
  ClientBucket: 'clientName',
  IBucket: 'bucketName',
  IKey: 'keyArn',
  IManagedPolicy: 'managedPolicyArn',
} as const;

/** How a property's type is written in {@link PropTypes}. */
type PropType<T> = [T] extends [string]
  ? 'text'
  : [T] extends [string[]]
    ? 'texts'
    : [T] extends [boolean]
      ? 'flag'
      : [T] extends [AnyDuration]
        ? 'duration'
        : [T] extends [object[]]
          ? 'objects'
          : keyof typeof MEMBERS;

/** The type of each property, for callers whose language does not compare it. */
export type PropTypes<Props> = { readonly [Key in keyof Props]-?: PropType<NonNullable<Props[Key]>> };

/**
 * Findings where properties are missing that must be there, or are of another type than they must be.
 * @param prefix stands before the names, for example `trusts[0].`
 */
export function checkProps<Props extends object>(
  props: Props,
  types: PropTypes<Props>,
  required: readonly (keyof Props & string)[] = [],
  prefix = '',
): Finding[] {
  if (typeof props !== 'object' || props === null) {
    const what = prefix === '' ? 'the properties are' : `${prefix.slice(0, -1)} is`;
    const fix = `give an object${required.length > 0 ? ` with ${required.join(', ')}` : ''}`;
    return [{ code: 'wrong-type', message: `${what} ${described(props)}`, fix }];
  }
  return Object.entries<AnyType>(types as Readonly<Record<string, AnyType>>).flatMap(([key, type]) => {
    const value: unknown = props[key as keyof Props];
    const name = `${prefix}${key}`;
    if (value !== undefined && value !== null) return wrongType(name, value, type);
    const isRequired = required.some((each) => each === key);
    if (isRequired) return [{ code: 'missing-key', message: `${name} is missing`, fix: `give ${key}` }];
    return value === null ? [{ code: 'wrong-type', message: `${name} is null`, fix: 'leave it out' }] : [];
  });
}

type AnyType = 'text' | 'texts' | 'flag' | 'duration' | 'objects' | keyof typeof MEMBERS;

function wrongType(name: string, value: unknown, type: AnyType): Finding[] {
  const wrong = (fix: string, given = value, what = name): Finding[] => [
    { code: 'wrong-type', message: `${what} is ${described(given)}`, fix },
  ];
  switch (type) {
    case 'text':
      return typeof value === 'string' ? [] : wrong('give a text');
    case 'flag':
      return typeof value === 'boolean' ? [] : wrong(`give ${either(['true', 'false'])}`);
    case 'duration':
      return isWith(value, 'toSeconds') ? [] : wrong('give a Duration, for example Duration.hours(1)');
    case 'texts':
      if (!Array.isArray(value))
        return wrong(typeof value === 'string' ? `give a list: [${quote(value)}]` : 'give a list of texts');
      return value.flatMap((each, at) => (typeof each === 'string' ? [] : wrong('give texts', each, `${name}[${at}]`)));
    case 'objects':
      return Array.isArray(value) ? [] : wrong('give a list of objects');
    default:
      return isWith(value, MEMBERS[type]) ? [] : wrong(`give ${/^[AEIO]/.test(type) ? 'an' : 'a'} ${type}`);
  }
}

function isWith(value: unknown, member: string): boolean {
  return typeof value === 'object' && value !== null && member in value;
}

/** What was given, without its members: a construct holds the whole app. */
function described(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return `the text ${quote(value)}`;
    case 'object':
      return value === null ? 'null' : 'an object of another type';
    case 'number':
    case 'boolean':
      return `${value}`;
    default:
      return typeof value === 'undefined' ? 'missing' : `a ${typeof value}`;
  }
}
