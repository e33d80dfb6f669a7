import { z } from 'zod';
import type { Finding } from '../../rules/finding';
import { either } from '../../text/list';
import { nearest } from '../../text/nearest';
import { quote } from '../../text/quote';
import type { Problem } from './problem';
import type { YamlFile } from './yaml-file';

type Shape = Readonly<Record<string, z.ZodType>>;

/** The keys that are there and valid. */
export type ValidKeys<S extends Shape> = { -readonly [K in keyof S]?: z.infer<S[K]> };

/**
 * Reads a file's keys, each on its own: what is wrong with one hides nothing about the others.
 *
 * @param elsewhere keys that are known but have no place in this file, with what to say of them
 */
export function readKeys<S extends Shape>(
  yaml: YamlFile,
  shape: S,
  elsewhere: (key: string) => string | undefined = () => undefined,
): { keys: ValidKeys<S>; problems: Problem[] } {
  const keys: ValidKeys<S> = {};
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(yaml.data)) {
    if (!Object.hasOwn(shape, key)) {
      const other = elsewhere(key);
      problems.push(
        other === undefined
          ? unknownKey(yaml, [key], Object.keys(shape))
          : yaml.problem(
              { code: 'key-of-other-kind', message: other, fix: 'remove it, or change the kind' },
              [key],
              'key',
            ),
      );
      continue;
    }
    // What could not be read has been reported where it stands.
    if (value === undefined) continue;
    const found = valueProblems(yaml, [key], shape[key] as z.ZodType, value);
    // No schema transforms, and zod's copy would lose what is not a plain key.
    if (found.length === 0) keys[key as keyof S] = value as never;
    else problems.push(...found);
  }
  return { keys, problems };
}

/** What is wrong with the value at a path of a file. */
export function valueProblems(
  yaml: YamlFile,
  path: readonly PropertyKey[],
  schema: z.ZodType,
  value: unknown,
): Problem[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => explain(yaml, path, value, issue, knownIn(schema, issue.path)));
}

export function unknownKey(yaml: YamlFile, path: readonly PropertyKey[], known: readonly string[]): Problem {
  const key = String(path.at(-1));
  const near = nearest(key, known);
  return yaml.problem(
    {
      code: 'unknown-key',
      message: `there is no key ${quote(key)} here`,
      fix: near ? `did you mean ${near}?` : `the keys are ${either(known)}`,
    },
    path,
    'key',
  );
}

function explain(
  yaml: YamlFile,
  base: readonly PropertyKey[],
  value: unknown,
  issue: z.core.$ZodIssue,
  known: readonly string[],
): Problem[] {
  const path = [...base, ...issue.path];
  // Of members the place says which.
  const name = path.filter((part) => typeof part !== 'number' && !/^\d+$/.test(String(part))).join('.');
  const given = issue.path.reduce<unknown>(
    (of, part) => (of as Record<PropertyKey, unknown> | undefined)?.[part],
    value,
  );
  switch (issue.code) {
    case 'custom':
      return [yaml.problem(issue.params?.finding, path)];
    case 'unrecognized_keys':
      return issue.keys.map((unknown) => unknownKey(yaml, [...path, unknown], known));
    case 'invalid_key':
      return issue.issues.flatMap((inner) =>
        inner.code === 'custom' ? [yaml.problem(inner.params?.finding, path, 'key')] : [],
      );
    case 'invalid_value': {
      if (given === null) return [wrongType(yaml, path, name, given, issue)];
      const values = issue.values.map(String);
      if (given === undefined) {
        const fix = `add ${String(path.at(-1))}: ${either(values)}`;
        return [yaml.problem({ code: 'missing-key', message: `${name} is missing`, fix }, path)];
      }
      const near = typeof given === 'string' ? nearest(given, values) : undefined;
      return [
        yaml.problem(
          {
            code: 'unknown-value',
            message: `${name} cannot be ${quote(given)}`,
            fix: near ? `did you mean ${near}? It can be ${either(values)}` : `it can be ${either(values)}`,
          },
          path,
        ),
      ];
    }
    case 'invalid_union': {
      // Of what it could be, that which it is like says what is wrong.
      const like = issue.errors.find(
        (inner) => !inner.some((each) => each.code === 'invalid_type' && each.path.length === 0),
      );
      if (!like) return [wrongType(yaml, path, name, given, issue)];
      return like.flatMap((inner) => explain(yaml, path, given, inner, known));
    }
    case 'too_small':
      return [
        yaml.problem(
          { code: 'empty-list', message: `${name} is empty`, fix: 'name at least one, or remove the key' },
          path,
        ),
      ];
    default:
      return [wrongType(yaml, path, name, given, issue)];
  }
}

function wrongType(
  yaml: YamlFile,
  path: PropertyKey[],
  name: string,
  given: unknown,
  issue: z.core.$ZodIssue,
): Problem {
  const expected = TYPES[issue.code === 'invalid_type' ? issue.expected : ''] ?? 'something else';
  if (given === undefined) {
    const finding: Finding = {
      code: 'missing-key',
      message: `${name} is missing`,
      fix: `add ${String(path.at(-1))}, ${expected}`,
    };
    return yaml.problem(finding, path);
  }
  if (given === null) {
    return yaml.problem(
      { code: 'empty-value', message: `${name} has no value`, fix: 'give it one, or remove the key' },
      path,
    );
  }
  const plain = typeof given === 'string' && /^[!-~]+$/.test(given);
  const example = expected === TYPES.array && plain ? `: write [${given}]` : '';
  return yaml.problem(
    { code: 'wrong-type', message: `${name} is ${typeOf(given)}`, fix: `it must be ${expected}${example}` },
    path,
  );
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys',
  record: 'a mapping of keys',
};

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'boolean' ? `the truth value ${value}` : `the text ${quote(value)}`;
}

/** The keys of the mapping at a path inside a key's value, members of lists among it; none where there is no mapping of fixed keys. */
function knownIn(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const part of ['', ...path]) {
    if (part !== '')
      at = at instanceof z.ZodArray ? at.element : at instanceof z.ZodObject ? at.shape[String(part)] : undefined;
    if (at instanceof z.ZodOptional) at = at.unwrap();
    if (at instanceof z.ZodUnion) at = at.options.find((option) => option instanceof z.ZodObject);
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}
