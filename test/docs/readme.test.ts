import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { inFolder } from '../support/folder';
import { example, picture } from './picture';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');

test('the README is about a screen long, and each paragraph a few lines', () => {
  expect(README.split('\n').length).toBeLessThan(85);
  const [, part = ''] = README.split('## What you do with it\n');
  const paragraphs = part.split('## ')[0]?.trim().split('\n\n') ?? [];
  expect(paragraphs.map((text) => /^\*\*(\w+)\.\*\*/.exec(text)?.[1])).toEqual([
    ...['Deploy', 'Import', 'Prove', 'Verify', 'Adopt'],
  ]);
  for (const text of paragraphs) expect(text.split('\n').length).toBeLessThan(5);
});

test('its example is valid as it stands, and is what the text says', () => {
  const { file, yaml } = example();
  const { deployment, problems } = inFolder({ 'kohler/client.yaml': '', [file]: yaml }, (dir) => load(dir));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(deployment.clients[0]?.integrations.map(({ name }) => name)).toEqual(['kohler_reltio']);
});

test('its picture is of that example, and follows it', () => {
  expect(README).toContain(picture());
  const { file, yaml } = example();
  const changed = picture({ file, yaml: `${yaml}prefix: exports/\naccess: [list]\n` });
  expect(changed).toContain('only exports/');
  expect(changed).toContain('may list"');
  expect(() => picture({ file, yaml: 'vendor: nobody\n' })).toThrow('the example of README.md is no role');
});
