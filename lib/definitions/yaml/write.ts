import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { stringify } from 'yaml';

/** The keys of a definition to be written, in order. */
export type Draft = Readonly<Record<string, Value | undefined>>;

type Value = string | number | boolean | readonly string[] | readonly object[] | Readonly<Record<string, unknown>>;

/**
 * The line by which an editor finds the schema of a client's file: beside the folder of definitions, as in a checkout, or
 * in the package that the folder's repository depends on. None where neither is.
 */
export function schemaLine(dir: string, file: 'client' | 'integration'): string {
  const above = dirname(resolve(dir));
  const places = ['node_modules/cdk-bucket-integrations/schema', 'schema'];
  const there = places.find((place) => existsSync(join(above, place, `${file}.schema.json`)));
  return there === undefined ? '' : `# yaml-language-server: $schema=../../${there}/${file}.schema.json\n`;
}

/**
 * An integration file as a person would write it.
 *
 * @param schema its {@link schemaLine}
 * @param missing what is to be filled in, a line each; written as comments
 */
export function integrationText(schema: string, draft: Draft, missing: readonly string[]): string {
  const lines = Object.entries(draft).flatMap(([key, value]) => (value === undefined ? [] : [line(key, value)]));
  const comments = missing.map((each) => `# ${each}\n`);
  return [schema, ...lines, ...comments].join('');
}

function line(key: string, value: Value): string {
  const inline =
    Array.isArray(value) && value.every((member) => typeof member === 'string' && /^[a-z0-9-]{1,20}$/.test(member));
  if (inline) return `${key}: ${stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false })}`;
  return stringify({ [key]: value }, { lineWidth: 0 });
}
