/**
 * What the keys of the definition language are made of: texts with rules, lists, flags, mappings.
 */
import { z } from 'zod';
import type { Finding } from '../../rules/finding';
import { checkTagKey, checkTagValue } from '../../rules/names';
import { quote } from '../../text/quote';

/** What the tables of keys and the JSON Schemas say of a key. */
export interface KeyMeta {
  readonly description: string;
  /** The default as behaviour, in Markdown. */
  readonly default?: string;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
}

export function textKey(meta: KeyMeta, check: (value: string) => Finding[] = () => []) {
  return z
    .string()
    .check((context) => {
      for (const finding of check(context.value)) {
        context.issues.push({ code: 'custom', input: context.value, message: finding.message, params: { finding } });
      }
    })
    .meta(json(meta));
}

export function listKey<T extends z.ZodType>(meta: KeyMeta, member: T) {
  return z.array(member).min(1).meta(json(meta));
}

export function flag(meta: KeyMeta) {
  return z.boolean().meta(json(meta));
}

export function oneOf<const T extends readonly [string, ...string[]]>(meta: KeyMeta, values: T) {
  return z.enum(values).meta(json(meta));
}

export function daysKey(meta: KeyMeta) {
  return textKey(meta, (value) =>
    /^[1-9]\d{0,4}$/.test(value)
      ? []
      : [
          {
            code: 'bad-days',
            message: `${quote(value)} is not a number of days`,
            fix: 'write a whole number from 1 to 99999',
          },
        ],
  ).meta({ ...json(meta), range: [1, 99_999] });
}

/** A whole number; the JSON Schema says from where to where. */
export function number(meta: KeyMeta, least: number, most: number, check: (value: string) => Finding[]) {
  return textKey(meta, check).meta({ ...json(meta), range: [least, most] });
}

function json({ description, default: byDefault, examples, pattern }: KeyMeta): Record<string, unknown> {
  return { description, ...(byDefault && { byDefault }), ...(examples && { examples }), ...(pattern && { pattern }) };
}

export function tags(meta: KeyMeta) {
  return z
    .record(
      textKey({ description: 'A tag key.' }, checkTagKey),
      textKey({ description: 'A tag value.' }, checkTagValue),
    )
    .meta(json(meta));
}

export function mapping<const S extends Readonly<Record<string, z.ZodType>>>(meta: KeyMeta, shape: S) {
  return z.strictObject(shape).meta(json(meta));
}
