/** How many ranges of addresses an integration has room for, as docs/definitions.md says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { inFolder } from '../support/folder';

const DOCS = readFileSync(join(__dirname, '../../docs/definitions.md'), 'utf8');
const KINDS: Readonly<Record<string, string>> = {
  'access-key': 'reason: x',
  'assumed-role': 'principals: [arn:aws:iam::111122223333:role/exporter]',
  'direct-trust': 'principals: [arn:aws:iam::111122223333:role/exporter]',
};

/** Ranges of the length of the examples there. */
const RANGES: Readonly<Record<string, (at: number) => string>> = {
  '203.0.113.128/25': (at) => `203.0.${100 + Math.floor(at / 100)}.${100 + (at % 100)}/25`,
  '2001:db8:1000:5678::/64': (at) => `2001:db8:${(0x1000 + at).toString(16)}:5678::/64`,
};

/** The codes of an integration with so many ranges. */
function codesOf(kind: string, bucket: string, range: (at: number) => string, count: number): string[] {
  const ranges = Array.from({ length: count }, (_, at) => `"${range(at)}"`);
  const files = {
    'settings.yaml': 'account: "111122223333"\nregion: eu-west-1\n',
    'kohler/client.yaml': bucket,
    'kohler/adobe.yaml': `kind: ${kind}\n${KINDS[kind]}\nsourceIps: [${ranges.join(', ')}]\n`,
  };
  return inFolder(files, (dir) =>
    load(dir).problems.flatMap(({ severity, code }) => (severity === 'error' ? [code] : [])),
  );
}

const rows = Object.keys(KINDS).flatMap((kind) => {
  const [, cells = ''] = new RegExp(`^\\| \`${kind}\`[^|]*\\|(.*)\\|$`, 'm').exec(DOCS) ?? [];
  const said = cells.split('|').map(Number);
  return Object.keys(RANGES).flatMap((range, at) => [
    [kind, range, '', said[2 * at]] as const,
    [kind, range, 'bucket: {kmsKey: create}', said[2 * at + 1]] as const,
  ]);
});

test.each(rows)('%s has room for as many as %s as the docs say %s', (kind, example, bucket, said = 0) => {
  expect(DOCS).toContain(`| \`${example}\` | with \`kmsKey\` |`);
  const range = RANGES[example] as (at: number) => string;
  expect(range(0)).toHaveLength(example.length);
  expect(codesOf(kind, bucket, range, said)).toEqual([]);
  expect(codesOf(kind, bucket, range, said + 1)).toEqual([expect.stringMatching(/-policy-too-long$/)]);
});
