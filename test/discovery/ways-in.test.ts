import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judged } from '../../lib/command/discovered/judged';
import { addRole, allow, document, trust } from '../verification/messes/edits';
import { accountOf, BUCKET, CASES, discovered, NO_SETTINGS, summary } from './cases';

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

test('what cannot be read is told, each place once', () => {
  const account = accountOf({ name: 'unreadable', expect: {} });
  const access = document(allow('s3:GetObject', `arn:aws:s3:::${BUCKET}/a/*`));
  addRole(account, 'a', 'not json' as never, access);
  addRole(account, 'b', trust({ AWS: 'arn:aws:iam::999900001111:role/x' }), 'not json' as never);
  account.buckets[0].Policy = '{"Version":';
  expect(
    summary(discovered(account)).inexpressible?.map((line) => line.replace(/^(\S+?): .*?(?=cannot)/, '$1 ')),
  ).toEqual([
    `arn:aws:s3:::${BUCKET} cannot be read: it counts as everything`,
    'arn:aws:iam::111122223333:role/a cannot be read: it counts as everything, for everybody',
    'arn:aws:iam::111122223333:role/b cannot be read: it counts as everything, for everybody',
  ]);
});

test.each([
  ['*', 1],
  ['repo:*', 1],
  ['repo:octo-org/*', 0],
])('tokens with the subject %s are a leak where any customer of the issuer has such', (subject, leaks) => {
  const issuer = 'token.actions.githubusercontent.com';
  const trusted = {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${issuer}:sub`]: subject } },
  };
  const policy = [allow('s3:PutObject', `arn:aws:s3:::${BUCKET}/ci/*`)];
  const found = discovered(accountOf({ name: 'ci', roles: { ci: { trust: trusted, policy } }, expect: {} }));
  expect(found.leaks).toHaveLength(leaks);
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
