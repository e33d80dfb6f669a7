import { stringify } from 'yaml';

/** The keys of a definition to be written, in order. */
export type Draft = Readonly<Record<string, Value | undefined>>;

type Value = string | boolean | readonly string[] | Readonly<Record<string, string>>;

const SCHEMA = '# yaml-language-server: $schema=../../schema/integration.schema.json';

/**
 * An integration file as a person would write it.
 *
 * @param missing what is to be filled in, a line each; written as comments
 */
export function integrationText(draft: Draft, missing: readonly string[]): string {
  const lines = Object.entries(draft).flatMap(([key, value]) => (value === undefined ? [] : [line(key, value)]));
  const comments = missing.map((each) => `# ${each}\n`);
  return [`${SCHEMA}\n`, ...lines, ...comments].join('');
}

function line(key: string, value: Value): string {
  const inline = Array.isArray(value) && value.every((member) => /^[a-z0-9-]{1,20}$/.test(member));
  if (inline) return `${key}: ${stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false })}`;
  return stringify({ [key]: value }, { lineWidth: 0 });
}
