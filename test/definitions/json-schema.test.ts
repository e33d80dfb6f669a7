import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { jsonSchemas } from '../../lib/definitions/language/json-schema';

const ROOT = join(__dirname, '../..');
const ajv = new Ajv({ strict: false, allErrors: true });
const schemas = jsonSchemas();
const accepts = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));

test('what is generated is up to date', () => {
  const args = ['--require', 'ts-node/register', 'scripts/generate.ts', '--check'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

const examples = readdirSync(join(ROOT, 'test/data/examples'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.yaml'),
);

test.each(examples)('%s names its schema and satisfies it', (file) => {
  const text = readFileSync(join(ROOT, 'test/data/examples', file), 'utf8');
  const name = /settings|client/.exec(file.split('/').at(-1) ?? '')?.[0] ?? 'integration';
  const up = '../'.repeat(file.split('/').length);
  expect(text.split('\n')[0]).toBe(`# yaml-language-server: $schema=${up}schema/${name}.schema.json`);
  const valid = accepts[name]?.(parse(text) ?? {});
  expect([valid, accepts[name]?.errors]).toEqual([true, null]);
});

test.each<[string, string, unknown, boolean]>([
  ['an unquoted account id', 'settings', { account: 111122223333 }, true],
  ['an unknown setting', 'settings', { acount: '111122223333' }, false],
  ['an unknown key of a bucket', 'client', { bucket: { nam: 'x' } }, false],
  ['days that are not a number', 'client', { bucket: { lifecycle: { expireObjectsAfterDays: 'x' } } }, false],
  ['an integration without kind', 'integration', { description: 'x' }, false],
  ['an unknown kind', 'integration', { kind: 'ftp' }, false],
  ["another kind's key", 'integration', { kind: 'access-key', reason: 'x', principals: ['x'] }, false],
  ['an access key without reason', 'integration', { kind: 'access-key' }, false],
  ['a web identity without provider', 'integration', { kind: 'web-identity' }, false],
  ['a pending role without principals', 'integration', { kind: 'assumed-role', status: 'pending' }, true],
  [
    'a web identity whose vendor supplies the provider',
    'integration',
    { kind: 'web-identity', vendor: 'bigquery-omni', audiences: [1], subjects: [1] },
    true,
  ],
  ['an unknown capability', 'integration', { kind: 'access-key', reason: 'x', access: ['reed'] }, false],
  ['an external ID of digits', 'integration', { kind: 'assumed-role', principals: ['x'], externalId: 12345 }, true],
])('%s: %s', (_, name, value, valid) => {
  expect(accepts[name]?.(value)).toBe(valid);
});
