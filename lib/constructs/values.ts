import type { Finding } from '../rules/finding';
import { either } from '../text/list';
import { nearest } from '../text/nearest';
import { quote } from '../text/quote';

/** Findings where a property is missing that must be there, as a caller without types can leave it out. */
export function checkRequired<T extends object>(props: T, ...keys: readonly (keyof T & string)[]): Finding[] {
  return keys
    .filter((key) => props[key] === undefined || props[key] === null)
    .map((key) => ({ code: 'missing-key', message: `${key} is missing`, fix: `give ${key}` }));
}

/** Findings where a property has a value that is none of an enum's, as a caller without types can write. */
export function checkValues(key: string, given: readonly string[], values: readonly string[]): Finding[] {
  return given
    .filter((value) => !values.includes(value))
    .map((value) => {
      const near = nearest(String(value), values);
      const all = `${key} can be ${either(values)}`;
      return {
        code: 'unknown-value',
        message: `${key} cannot be ${quote(String(value))}`,
        fix: near === undefined ? all : `did you mean ${near}? ${all}`,
      };
    });
}

/** A list that is there and says nothing. */
export function emptyList(key: string): Finding {
  return { code: 'empty-list', message: `${key} is empty`, fix: 'name at least one, or leave it out' };
}
