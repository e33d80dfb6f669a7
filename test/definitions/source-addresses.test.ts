/** How many addresses an integration has room for, as the README says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { inFolder } from '../support/folder';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8').replace(/\s+/g, ' ');
const [, key, role] = /policy has room for (\d+) addresses or ranges, a role's for (\d+)/.exec(README) ?? [];
const PRINCIPAL = 'principals: [arn:aws:iam::111122223333:role/x]';

/** The codes of an integration with so many addresses, each as long as one can be. */
function codesOf(integration: string, bucket: string, count: number): string[] {
  const ranges = Array.from(
    { length: count },
    (_, at) => `198.151.${100 + Math.floor(at / 100)}.${100 + (at % 100)}/32`,
  );
  const files = {
    'settings.yaml': 'account: "111122223333"\nregion: eu-west-1\n',
    'kohler/client.yaml': bucket,
    'kohler/adobe.yaml': `${integration}\nsourceIps: [${ranges.join(', ')}]\n`,
  };
  return inFolder(files, (dir) =>
    load(dir).problems.flatMap(({ severity, code }) => (severity === 'error' ? [code] : [])),
  );
}

describe.each(['', 'bucket: {kmsKey: create}', 'bucket: {existing: true}'])('%s', (bucket) => {
  test.each([
    ['kind: access-key\nreason: x', Number(key), 'user-policy-too-long'],
    [`kind: assumed-role\n${PRINCIPAL}`, Number(role), 'role-policy-too-long'],
  ])('%s has room for %d', (integration, count, code) => {
    expect(codesOf(integration, bucket, count)).toEqual([]);
    // What is said is not far from what there is.
    expect(codesOf(integration, bucket, Math.ceil(count * 1.6))).toEqual([code]);
  });
});
