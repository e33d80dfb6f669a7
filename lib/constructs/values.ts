import type { Finding } from '../rules/finding';
import { either } from '../text/list';
import { nearest } from '../text/nearest';
import { quote } from '../text/quote';
import { awaitsLookUp } from './known';

/** Findings where a property has a value that is none of an enum's, as a caller without types can write. */
export function checkValues(key: string, given: readonly string[], values: readonly string[]): Finding[] {
  return given
    .filter((value) => !values.includes(value) && !awaitsLookUp(value))
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
