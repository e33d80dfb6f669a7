import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from '../support/folder';
import { run } from '../support/run';

const EXAMPLES = join(__dirname, '../data/examples');
const VENDORS = join(__dirname, '../../vendors');

test('lists every profile with its kinds, safest first', async () => {
  const { exit, out } = await run('vendors', '--dir', EXAMPLES);
  expect(exit).toBe(0);
  expect(out).toMatch(/^boomi +roles-anywhere, access-key +2026-\d\d-\d\d +Boomi/m);
  const all = JSON.parse((await run('vendors', '--json', '--dir', EXAMPLES)).out);
  expect(all.map(({ name }: { name: string }) => `${name}.yaml`)).toEqual(
    readdirSync(VENDORS)
      .filter((file) => file.endsWith('.yaml'))
      .sort(),
  );
  expect(all[0]).toEqual({ name: 'adobe', title: expect.any(String), kinds: expect.any(Array), checked: '2026-11-27' });
});

test('shows one', async () => {
  expect((await run('vendors', 'show', 'okta-workflows', '--dir', EXAMPLES)).out).toMatchSnapshot();
  const { name, ways } = JSON.parse((await run('vendors', 'show', 'reltio', '--json')).out);
  expect([name, ways[0].kind]).toEqual(['reltio', 'assumed-role']);
});

test('shows the ways by name, the sites, the rules of a way, and what is ours to fill in', async () => {
  const airbyte = (await run('vendors', 'show', 'airbyte')).out;
  expect(airbyte).toContain('1. assumed-role (way: cloud)\n');
  expect(airbyte).toContain('2. assumed-role (way: self-managed)\n');
  expect(airbyte).toMatch(/we fill in\n {2}- the user or role of the server \(principals\)/);
  expect((await run('vendors', 'show', 'datadog')).out).toContain('site: ap1: principals: [417141415827]\n');
  expect((await run('vendors', 'show', 'boomi')).out).toContain('acceptRoleSessionName: true\n');
});

test('says which name was meant', async () => {
  expect(await run('vendors', 'show', 'bomi')).toMatchObject({
    exit: 1,
    out: '',
    err: 'error[unknown-vendor]: there is no profile of bomi; did you mean boomi?\n',
  });
});

describe('a profile of our own, one file beside the definitions', () => {
  const PROFILE = `
title: Billing Tool
summary: Fetches invoices.
sources: [its manual]
checked: 2026-11-22
ways:
  - kind: assumed-role
    defaults: {access: [list, read], maxSessionDuration: 2h}
    externalId: {use: required, madeBy: vendor, pattern: 'bill-\\d+', form: bill- and digits}
    fields:
      - {label: Role, value: '{roleArn}'}
test: [Press Test]
`;
  const folder = (profile: string, text: string) => ({
    'vendors/billing-tool.yaml': profile,
    'integrations/kohler/client.yaml': '',
    'integrations/kohler/billing.yaml': text,
  });
  const GOOD = 'vendor: billing-tool\nprincipals: [arn:aws:iam::111122223333:role/x]\nexternalId: bill-7\n';

  test('serves a vendor that the catalogue does not know', async () => {
    await inFolder(folder(PROFILE, GOOD), async (root) => {
      const dir = join(root, 'integrations');
      expect(await run('check', '--dir', dir)).toMatchObject({ exit: 0, err: '' });
      expect((await run('vendors', '--dir', dir)).out).toContain('billing-tool');
      expect((await run('handoff', 'kohler_billing', '--dir', dir)).out).toContain(
        "# Access to Kohler's bucket for Billing Tool\n",
      );
    });
  });

  test('has its rules checked', async () => {
    await inFolder(folder(PROFILE, GOOD.replace('bill-7', 'seven')), async (root) => {
      const { exit, err } = await run('check', '--dir', join(root, 'integrations'));
      expect(exit).toBe(1);
      expect(err).toContain(
        'billing.yaml:3:13: error[vendor-external-id]: "seven" is not an external ID of Billing Tool; copy it whole: bill- and digits',
      );
    });
  });

  test('that is wrong is told where nobody uses it too, and no session that cannot be is asked for', async () => {
    const files = {
      ...folder(PROFILE, GOOD),
      'vendors/unused.yaml': `${PROFILE}rules: {maxSessionDuration: {least: 5h, most: 2h}}\n`,
    };
    await inFolder(files, async (root) => {
      const { exit, err } = await run('check', '--dir', join(root, 'integrations'));
      expect([exit, err]).toEqual([
        1,
        expect.stringContaining(
          'vendors/unused.yaml:13:37: error[bad-profile]: no session is both 5h at least and 2h at most',
        ),
      ]);
    });
    await inFolder({ ...files, 'vendors/unused.yaml': PROFILE }, async (root) => {
      expect((await run('check', '--dir', join(root, 'integrations'))).exit).toBe(0);
    });
  });

  test('that is wrong itself is told by its file, without a stack trace', async () => {
    await inFolder(folder(PROFILE.replace('title', 'titel'), GOOD), async (root) => {
      const dir = join(root, 'integrations');
      const { exit, err } = await run('check', '--dir', dir);
      expect(exit).toBe(1);
      expect(err).toContain('vendors/billing-tool.yaml:2:1: error[unknown-key]: there is no key "titel" here');
      const shown = await run('vendors', 'show', 'billing-tool', '--dir', dir);
      expect(shown).toMatchObject({ exit: 1, out: '' });
      expect(shown.err).toMatch(
        /billing-tool\.yaml:2:1: error\[unknown-key\].*\n.*error\[missing-key\].*\nthe vendor profile of billing-tool is wrong; .*\n$/,
      );
      expect(await run('vendors', '--dir', dir)).toMatchObject({
        exit: 1,
        err: expect.stringContaining('billing-tool.yaml:2:1: error[unknown-key]'),
      });
      expect(err).not.toContain('    at ');
    });
  });
});
