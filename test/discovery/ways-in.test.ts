import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judged } from '../../lib/command/discovered/judged';
import { accountOf, CASES, discovered, NO_SETTINGS, summary } from './cases';

const HOST = { out: () => {}, err: () => {}, today: '2026-11-27' } as never;

describe.each(CASES)('$name', (one) => {
  const found = discovered(accountOf(one));

  test('is found, or said to be in no definition', () => {
    expect(summary(found)).toEqual(one.expect);
  });

  test('is passed by check, and no definition is lost to it', () => {
    const { definitions, warnings, files } = judged(found, join(__dirname, 'nowhere'), HOST);
    expect(definitions).toHaveLength(found.definitions.length);
    expect(files.size > 0).toBe(definitions.length > 0);
    expect(warnings.filter(({ code }) => code === 'unknown-key')).toEqual([]);
  });
});

test('what is ours is no integration', () => {
  const ours = CASES.find(({ name }) => name.startsWith('cloudposse'));
  if (!ours) throw new Error('there is no such case');
  const account = accountOf(ours);
  expect(discovered(account).definitions).toHaveLength(1);
  const found = discovered(account, { ...NO_SETTINGS, ownAccounts: ['999900001111'] });
  expect([found.definitions, found.leaks]).toEqual([[], []]);
});

test('every policy that vendors publish is a case', () => {
  const text = readFileSync(join(__dirname, 'ways.yaml'), 'utf8');
  const index = join(__dirname, '../data/published');
  const all = ['airbyte-destination', 'airbyte-source', 'amplitude', 'bigquery-omni', 'braze-currents', 'braze-export'];
  const others = ['databricks', 'datadog', 'fivetran', 'mixpanel', 'okta-workflows', 'prequel', 'segment', 'snowflake'];
  for (const name of [...all, ...others]) {
    expect(existsSync(join(index, `${name}-access.json`))).toBe(true);
    expect(text).toContain(`${name}-access`);
  }
});
