import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { load } from '../../lib/definitions/load';
import { explain } from '../../lib/explain/explain';

interface Row {
  readonly client: string;
  readonly source: string;
  readonly message: string;
  readonly given?: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

const rowsOf = (file: string): readonly Row[] => parse(readFileSync(join(__dirname, file), 'utf8'));
/** By the author of the parser, and by another. */
const [OURS, OTHERS] = [rowsOf('messages.yaml'), rowsOf('messages-2.yaml')];
const ROWS = [...OURS, ...OTHERS];
const { deployment } = load(join(__dirname, 'integrations'));
const { clients } = deployment;
const named = (name: string) => {
  const all = clients.flatMap((client) => client.integrations.map((integration) => ({ client, integration })));
  return all.find(({ integration }) => integration.name === name);
};
const explained = (text: string, given?: string) =>
  explain(text, { clients, today: '2026-11-28', ...(given === undefined ? {} : { found: named(given) }) });

test('there are sixty messages and more, each with its source', () => {
  expect(ROWS.length).toBeGreaterThanOrEqual(60);
  expect(OTHERS.length * 3).toBeGreaterThanOrEqual(ROWS.length);
  for (const { source } of ROWS) expect(source).toMatch(/^https:\/\//);
});

test.each(ROWS.map((row, at) => [at + 1, row.client, row] as const))('message %d, %s', (_, __, row) => {
  const { integration, principal, action, resource, code, who, edit, cause, fix } = explained(row.message, row.given);
  expect({ integration, principal, action, resource, code, who, edit }).toEqual({ edit: null, ...row.expect });
  expect([cause, fix].every((text) => text.length > 10)).toBe(true);
});
