import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { Profiles } from '../../lib/definitions/profiles/profiles';
import { handoffOf } from '../../lib/handoff/handoff';
import { inFolder } from '../support/folder';
import { withoutRisks } from '../support/risks';
import { synthesizeFolder } from '../support/synth';

const CA = readFileSync(join(__dirname, '../data/examples/globex/invoices-ca.pem'), 'utf8');

/** What each vendor has to send, and nothing else: the profile knows the rest. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  adobe: 'roleName: adobe-7f3c9a52',
  airbyte: 'externalId: a1b2c3d4-0000-4000-8000-000000000000',
  aligni: `principals: [${'79a59df900b949e5'.repeat(4)}]\ndedicatedBucket: {name: kohler-aligni}`,
  amplitude: 'principals: ["358203115967"]\nexternalId: vzup2dfp-5gj9',
  'azure-data-factory': 'reason: It takes an access key only',
  'bigquery-omni': 'audiences: ["1234"]\nsubjects: ["1234"]',
  boomi: 'trustAnchor: {certificate: ca.pem}\nsubject: {commonName: boomi}',
  braze: 'principals: ["111122223333"]\nexternalId: braze-1',
  databricks: 'externalId: 11111111-2222-4333-8444-555555555555',
  datadog: 'externalId: abc123',
  fivetran: 'externalId: accompanying_legged',
  looker: 'reason: It takes an access key only',
  mixpanel: 'externalId: abcdef0123456789abcdef0123456789',
  'okta-workflows': 'principals: ["111122223333"]\nexternalId: abc',
  prequel: 'audiences: [org]\nsubjects: ["1234"]',
  reltio: 'principals: [arn:aws:iam::123456789876:user/reltio.platform.jobs]\nexternalId: abc-123',
  segment: 'externalId: kx1pTXhYRk',
  snowflake: 'principals: [arn:aws:iam::123456789001:user/abc1-b-self1234]\nexternalId: A_SFCRole=2_a/b=',
};

const FILES = {
  'settings.yaml': 'account: "111122223333"\nregion: us-east-1\n',
  'kohler/client.yaml':
    'bucket: {kmsKey: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}\n',
  'kohler/ca.pem': CA,
  ...Object.fromEntries(
    Object.entries(DEFINITIONS).map(([name, lines]) => [`kohler/${name}.yaml`, `vendor: ${name}\n${lines}\n`]),
  ),
};

const profiles = new Profiles();

test('every vendor of the catalogue is here', () => {
  expect(Object.keys(DEFINITIONS)).toEqual(profiles.names());
});

const found = inFolder(FILES, (dir) => ({ ...load(dir), templates: synthesizeFolder(dir) }));
const [client] = found.deployment.clients;

test('all of them synthesize, without a problem', () => {
  expect(withoutRisks(found.problems)).toEqual([]);
  const outputs = Object.values(found.templates.kohler?.Outputs ?? {});
  expect(outputs).toHaveLength(profiles.names().length);
});

test.each(profiles.names())('%s needs ten lines at most, and its sheet has every field that it asks for', (name) => {
  expect(FILES[`kohler/${name}.yaml` as keyof typeof FILES].split('\n').length).toBeLessThanOrEqual(10);
  const integration = client?.integrations.find(({ vendor }) => vendor === name);
  const profile = profiles.get(name);
  if (!client || !integration || !profile) throw new Error(`no ${name}`);
  const { fields } = handoffOf(client, integration, profile, undefined);
  const [way] = profile.ways;
  // A bucket that is used whole has no prefix to enter.
  const asked = (way?.fields ?? []).filter(
    ({ value }) => integration.prefix !== '' || !/^\/?\{(?:prefix|path)\}$/.test(value),
  );
  expect(fields.map(({ label }) => label)).toEqual(expect.arrayContaining(asked.map(({ label }) => label)));
  for (const { label, value, elsewhere } of fields)
    expect([label, value ?? elsewhere]).toEqual([label, expect.stringMatching(/./)]);
});
