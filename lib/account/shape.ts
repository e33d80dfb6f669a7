/**
 * The shapes of what a snapshot holds: from one definition come the types, the reading of what strangers wrote, and the
 * JSON Schema. Reading stops at the first value that is wrong, however many there are.
 */
import { quote } from '../text/quote';
import { isObject, type JsonObject } from './json';

/** Where a value stands, from the inside out. */
export interface Place {
  readonly in?: Place;
  readonly at: string | number;
}

/** A value that is not what it should be. */
export class Mismatch extends Error {
  constructor(place: Place | undefined, expected: string, value: unknown) {
    const where = place ? placeText(place) : 'the whole';
    super(value === undefined ? `${where} is missing` : `${where} should be ${expected}; it is ${kindOf(value)}`);
  }
}

/** `iam.RoleDetailList[3].RoleName`. */
export function placeText(place: Place): string {
  const outer = place.in ? placeText(place.in) : '';
  if (typeof place.at === 'number') return `${outer}[${place.at}]`;
  const name = /^\w+$/.test(place.at) ? place.at : quote(place.at);
  return outer === '' ? name : `${outer}.${name}`;
}

/** What a kind of value is read as, and how a schema says so. */
export interface Shape<T> {
  readonly schema: JsonObject;
  /** What is read where nothing stands; without it something must. */
  readonly absent?: T;
  /** Whether null is a value of its own, and not the same as nothing. */
  readonly nullable?: true;
  /** @throws Mismatch where the value is another */
  read(value: unknown, place?: Place): T;
}

/** What a shape reads. */
export type Read<S> = S extends Shape<infer T> ? T : never;

export const text: Shape<string> = {
  schema: { type: 'string' },
  read: (value, place) => {
    if (typeof value === 'string') return value;
    throw new Mismatch(place, 'a text', value);
  },
};

/** A text of a form. */
export function textLike(form: RegExp, what: string): Shape<string> {
  return {
    schema: { type: 'string', pattern: form.source },
    read: (value, place) => {
      if (typeof value === 'string' && form.test(value)) return value;
      throw new Mismatch(place, what, value);
    },
  };
}

/** Converters from XML and shells write texts for them. */
export const flag: Shape<boolean> = {
  schema: { enum: [true, false, 'true', 'false'] },
  read: (value, place) => {
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw new Mismatch(place, 'true or false', value);
  },
};

export const count: Shape<number> = {
  schema: {
    anyOf: [
      { type: 'integer', minimum: 0 },
      { type: 'string', pattern: '^\\d{1,15}$' },
    ],
  },
  read: (value, place) => {
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
    if (Number.isSafeInteger(number) && (number as number) >= 0) return number as number;
    throw new Mismatch(place, 'a whole number', value);
  },
};

/** An instant, as `2026-11-27T10:00:00Z`; AWS's own tools also write zones, and seconds since 1970. */
export const instant: Shape<string> = {
  schema: { type: ['string', 'number'] },
  read: (value, place) => {
    const time = value instanceof Date ? value : typeof value === 'number' ? new Date(value * 1000) : datedText(value);
    if (time !== undefined && !Number.isNaN(time.getTime())) return time.toISOString().replace(/\.\d+Z$/, 'Z');
    throw new Mismatch(place, 'an instant, such as 2026-11-27T10:00:00Z', value);
  },
};

function datedText(value: unknown): Date | undefined {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]/.test(value) ? new Date(value) : undefined;
}

/** Whatever stands there, left alone. */
export const anything: Shape<unknown> = { schema: {}, read: (value) => value };

/** An object, whose members are left alone. */
export const bag: Shape<JsonObject> = {
  schema: { type: 'object' },
  read: (value, place) => {
    if (isObject(value)) return value;
    throw new Mismatch(place, 'an object', value);
  },
};

export interface ListOptions<T> {
  /** The members in which APIs wrap this list. */
  readonly unwrap?: readonly string[];
  /** What the list is put in order by, so that the same things are the same list. */
  readonly by?: (one: T) => string;
  /** An API leaves the member out where the list is empty. */
  readonly absentIsEmpty?: boolean;
}

/** A list; with or without an API's wrapper. A converter that knows no list of one writes its member alone. */
export function list<T>(of: Shape<T>, { unwrap = [], by, absentIsEmpty }: ListOptions<T> = {}): Shape<readonly T[]> {
  const plain = { type: 'array', items: of.schema };
  return {
    schema: unwrap.length === 0 ? plain : { anyOf: [plain, ...unwrap.map((name) => wrapped(name, plain))] },
    ...(absentIsEmpty && { absent: [] }),
    read: (value, place) => {
      const [inner, at] = unwrapped(value, unwrap, place);
      const several: unknown = isObject(inner) ? [inner] : inner;
      if (!Array.isArray(several)) throw new Mismatch(at, 'a list', several);
      const read = several.map((one: unknown, index) => of.read(one, { in: at, at: index }));
      return by ? inOrder(read, by) : read;
    },
  };
}

/** Things by their keys, in an order that is the same in every locale. */
export function inOrder<T>(things: readonly T[], by: (one: T) => string): T[] {
  const keyed = things.map((thing) => [by(thing), thing] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, thing]) => thing);
}

/** Texts; one may stand without its list. */
export function texts(options: ListOptions<string> = {}): Shape<readonly string[]> {
  const several = list(text, { by: (one) => one, ...options });
  return {
    ...several,
    schema: { anyOf: [several.schema, text.schema] },
    read: (value, place) => several.read(typeof value === 'string' ? [value] : value, place),
  };
}

/** Null, where there is none, or a value. */
export function orNull<T>(of: Shape<T>): Shape<T | null> {
  return {
    schema: { anyOf: [of.schema, { type: 'null' }] },
    nullable: true,
    read: (value, place) => (value === null ? null : of.read(value, place)),
  };
}

/** Name → value, whatever the names. */
export function record<T>(of: Shape<T>): Shape<ReadonlyMap<string, T>> {
  return {
    schema: { type: 'object', additionalProperties: of.schema },
    read: (value, place) => {
      if (!isObject(value)) throw new Mismatch(place, 'an object', value);
      const entries = Object.entries(value).map(
        ([name, one]) => [name, of.read(one, { in: place, at: name })] as const,
      );
      return new Map(inOrder(entries, ([name]) => name));
    },
  };
}

type Members = Readonly<Record<string, Shape<unknown>>>;
type Of<M extends Members> = { readonly [K in keyof M]: Read<M[K]> };

/**
 * An object with these members; others are left alone. A member that is optional, and absent or null, was not read, or AWS leaves it out.
 * @param unwrap the member in which an API wraps it
 */
export function members<R extends Members, O extends Members>(
  required: R,
  optional: O,
  unwrap?: string,
): Shape<Of<R> & Partial<Of<O>>> {
  const all = [...Object.entries(required), ...Object.entries(optional)];
  const plain = {
    type: 'object',
    properties: Object.fromEntries(all.map(([name, { schema }]) => [name, schema])),
    required: Object.keys(required).filter((name) => required[name]?.absent === undefined),
  };
  const known = new Set(all.map(([name]) => name));
  const wrappers = unwrap === undefined ? [] : [unwrap];
  return {
    schema: unwrap === undefined ? plain : { anyOf: [plain, wrapped(unwrap, plain)] },
    read: (value, place) => {
      const [inner, at] = unwrapped(value, wrappers, place);
      if (!isObject(inner)) throw new Mismatch(at, 'an object', inner);
      const read: [string, unknown][] = [];
      for (const [name, shape] of all) {
        const member = Object.hasOwn(inner, name) ? inner[name] : undefined;
        const there = { in: at, at: name };
        if (member !== undefined && (member !== null || shape.nullable)) read.push([name, shape.read(member, there)]);
        else if (shape.absent !== undefined) read.push([name, shape.absent]);
        else if (Object.hasOwn(required, name)) throw new Mismatch(there, '', undefined);
      }
      // In an order of its own, whatever the file's; an own member `__proto__` stays one.
      for (const other of Object.entries(inner)) if (!known.has(other[0])) read.push(other);
      return Object.fromEntries(read) as Of<R> & Partial<Of<O>>;
    },
  };
}

function wrapped(name: string, schema: JsonObject): JsonObject {
  return { type: 'object', properties: { [name]: schema }, required: [name] };
}

/** What an API's wrapper holds, with its place; anything else as it is. */
function unwrapped(value: unknown, names: readonly string[], place: Place | undefined): [unknown, Place | undefined] {
  const name = isObject(value) ? names.find((each) => Object.hasOwn(value, each)) : undefined;
  return name === undefined ? [value, place] : [(value as JsonObject)[name], { in: place, at: name }];
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  return quote(value);
}
