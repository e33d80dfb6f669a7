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

/** The codes of an integration with so many ranges. */
function codesOf(kind: string, bucket: string, count: number): string[] {
  const ranges = Array.from({ length: count }, (_, at) => `203.0.${100 + Math.floor(at / 200)}.${at % 200}/32`);
  const files = {
    'settings.yaml': 'account: "111122223333"\nregion: eu-west-1\n',
    'kohler/client.yaml': bucket,
    'kohler/adobe.yaml': `kind: ${kind}\n${KINDS[kind]}\nsourceIps: [${ranges.join(', ')}]\n`,
  };
  return inFolder(files, (dir) =>
    load(dir).problems.flatMap(({ severity, code }) => (severity === 'error' ? [code] : [])),
  );
}

test.each(Object.keys(KINDS))('%s', (kind) => {
  const [, plain, keyed] = new RegExp(`^\\| \`${kind}\`[^|]*\\| (\\d+) \\| (\\d+) \\|$`, 'm').exec(DOCS) ?? [];
  for (const [bucket, said] of [
    ['', Number(plain)],
    ['bucket: {kmsKey: create}', Number(keyed)],
  ] as const) {
    // Names and ranges are of several lengths, so that it is never quite that.
    expect([kind, bucket, codesOf(kind, bucket, Math.floor(said * 0.9))]).toEqual([kind, bucket, []]);
    expect(codesOf(kind, bucket, Math.ceil(said * 1.2))).toEqual([expect.stringMatching(/-policy-too-long$/)]);
  }
});
