import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { Profiles } from '../../lib/definitions/profiles/profiles';
import { AFTER_DEPLOYMENT } from '../../lib/handoff/fields';
import { handoffOf } from '../../lib/handoff/handoff';
import { inFolder } from '../support/folder';
import { handedOff } from '../support/handed-off';
import { withoutRisks } from '../support/risks';
import { synthesizeFolder } from '../support/synth';

const CA = readFileSync(join(__dirname, '../data/examples/globex/invoices-ca.pem'), 'utf8');

/** What each vendor has to send, and nothing else: the profile knows the rest. By the way that is gone, each way once. */
const DEFINITIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  adobe: {
    destination: 'externalId: 0123456789ABCDEF01234567@AdobeOrg',
    'destination-account': 'externalId: 0123456789ABCDEF01234567@AdobeOrg',
    'source-on-aws': 'principals: [arn:aws:iam::111122223333:role/adobe]',
    'source-on-azure': 'reason: The source takes a key only',
  },
  airbyte: {
    cloud: 'externalId: a1b2c3d4-0000-4000-8000-000000000000',
    'self-managed': 'principals: [arn:aws:iam::111122223333:user/airbyte]\nexternalId: our-own',
    'access-key': 'reason: Roles are not enabled',
  },
  aligni: {
    'direct-trust': `principals: [${'79a59df900b949e5'.repeat(4)}]\ndedicatedBucket: {name: kohler-aligni}`,
    'access-key': 'dedicatedBucket: {name: kohler-aligni-key}\nreason: For the set-up',
  },
  amplitude: { 'assumed-role': 'site: us\nexternalId: vzup2dfp-5gj9' },
  'azure-data-factory': { 'access-key': 'reason: It takes an access key only' },
  'bigquery-omni': { 'web-identity': 'audiences: ["1234"]\nsubjects: ["1234"]' },
  boomi: {
    'roles-anywhere': 'trustAnchor: {certificate: ca.pem}\nsubject: {commonName: boomi}',
    'access-key': 'reason: It has no certificate',
  },
  braze: {
    'assumed-role': 'principals: ["111122223333"]\nexternalId: braze-1',
    'access-key': 'reason: It has no role',
  },
  databricks: { 'assumed-role': 'externalId: 11111111-2222-4333-8444-555555555555' },
  datadog: { 'assumed-role': 'externalId: abc123', 'access-key': 'reason: Our account is in China' },
  fivetran: { 'assumed-role': 'externalId: accompanying_legged', 'access-key': 'reason: It has no role' },
  looker: { 'access-key': 'reason: It takes an access key only' },
  mixpanel: { 'assumed-role': 'externalId: abcdef0123456789abcdef0123456789' },
  'okta-workflows': { 'assumed-role': 'principals: ["111122223333"]\nexternalId: abc' },
  prequel: {
    'web-identity': 'audiences: [org]\nsubjects: ["1234"]',
    'assumed-role': 'principals: ["111122223333"]\nexternalId: abc\nreason: Modern Treasury',
    'access-key': 'reason: It has no role',
  },
  reltio: {
    'assumed-role': 'principals: [arn:aws:iam::123456789876:user/reltio.platform.jobs]\nexternalId: abc-123',
  },
  segment: { 'assumed-role': 'externalId: kx1pTXhYRk' },
  snowflake: {
    'assumed-role': 'principals: [arn:aws:iam::123456789001:user/abc1-b-self1234]\nexternalId: A_SFCRole=2_a/b=',
    'access-key': 'reason: A legacy stage',
  },
};

const profiles = new Profiles();

/** Every way of every profile. */
const WAYS = profiles.names().flatMap((vendor) =>
  (profiles.get(vendor)?.ways ?? []).map((way) => ({
    vendor,
    way,
    choice: way.name ?? way.kind,
    // Names differ by the way, and stay below IAM's limit for users.
    name: `${vendor}-${profiles.get(vendor)?.ways.indexOf(way)}`,
  })),
);

const text = ({ vendor, way, choice }: (typeof WAYS)[number]) =>
  `vendor: ${vendor}\n${way.name === undefined ? 'kind' : 'way'}: ${choice}\n${DEFINITIONS[vendor]?.[choice]}\n`;

const folder = (bucket: string) => ({
  'settings.yaml': 'account: "111122223333"\nregion: us-east-1\n',
  'kohler/client.yaml': bucket,
  'kohler/ca.pem': CA,
  ...Object.fromEntries(WAYS.map((each) => [`kohler/${each.name}.yaml`, text(each)])),
});

const KEY = 'bucket: {kmsKey: create}\n';

describe.each([
  ['with a KMS key', KEY],
  ['without one', ''],
])('in a bucket %s', (_, bucket) => {
  const found = inFolder(folder(bucket), (dir) => ({ ...load(dir), templates: synthesizeFolder(dir) }));
  const [client] = found.deployment.clients;

  test('every way of every vendor synthesizes, without a problem', () => {
    // What a safer kind could do, a test of each kind cannot leave out.
    const problems = withoutRisks(found.problems).filter(({ code }) => code !== 'role-would-do');
    expect(problems).toEqual([]);
    expect(Object.values(found.templates.kohler?.Outputs ?? {})).toHaveLength(WAYS.length);
  });

  test.each(WAYS)('$vendor, $choice: its hand-off has all that its screen asks for', ({ vendor, way, name }) => {
    const integration = client?.integrations.find((each) => each.vendor === name);
    const profile = profiles.get(vendor);
    if (!client || !integration || !profile || !found.templates.kohler) throw new Error(`no ${name}`);
    const { before, after } = handedOff(client, integration, profile, found.templates.kohler);
    const kms = bucket !== '';
    const asked = way.fields
      .filter(({ when }) => when === undefined || when === (kms ? 'kms-key' : 'no-kms-key'))
      .map(({ label }) => label);
    for (const { fields } of [before, after]) {
      expect(fields.slice(0, asked.length).map(({ label }) => label)).toEqual(asked);
      for (const { label, value, elsewhere } of fields)
        expect([label, value ?? elsewhere]).toEqual([label, expect.stringMatching(/./)]);
    }
    // What only a deployment decides is known after it.
    expect(after.fields.filter(({ elsewhere }) => elsewhere === AFTER_DEPLOYMENT)).toEqual([]);
    expect(after.needed).toEqual([]);
  });
});

test.each(WAYS)('a definition of $vendor, $choice has ten lines at most', (each) => {
  expect(DEFINITIONS[each.vendor]?.[each.choice]).toBeDefined();
  expect(text(each).trimEnd().split('\n').length).toBeLessThanOrEqual(10);
});

describe('in a bucket of its own that is used whole', () => {
  const whole = (each: (typeof WAYS)[number]) => {
    const dedicated = text(each).includes('dedicatedBucket') ? '' : `dedicatedBucket: {name: kohler-${each.name}}\n`;
    return `${text(each)}${dedicated}wholeBucket: true\n`;
  };
  const files = Object.fromEntries(WAYS.map((each) => [`kohler/${each.name}.yaml`, whole(each)]));
  const found = inFolder({ ...folder(''), ...files }, load);
  const [client] = found.deployment.clients;

  test.each(WAYS)('$vendor, $choice: no field is lost', ({ vendor, way, name }) => {
    const integration = client?.integrations.find((each) => each.vendor === name);
    if (!client || !integration) throw new Error(`no ${name}: ${JSON.stringify(found.problems)}`);
    expect(integration.prefix).toBe('');
    const { fields } = handoffOf(client, integration, profiles.get(vendor), undefined);
    const asked = way.fields.filter(({ when }) => when !== 'kms-key').map(({ label }) => label);
    expect(fields.slice(0, asked.length).map(({ label }) => label)).toEqual(asked);
  });

  test.each([
    ['segment', 'Bucket Name', 'kohler-segment-0'],
    ['snowflake', 'STORAGE_ALLOWED_LOCATIONS', 's3://kohler-snowflake-0/'],
    ['databricks', 'URL', 's3://kohler-databricks-0/'],
    ['reltio', 's3Path', '/'],
    ['fivetran', 'Base folder path', 'leave it empty: the whole bucket is used'],
  ])('%s: %s is %s', (vendor, label, expected) => {
    const integration = client?.integrations.find((each) => each.vendor === `${vendor}-0`);
    if (!client || !integration) throw new Error(`no ${vendor}`);
    const { fields } = handoffOf(client, integration, profiles.get(vendor), undefined);
    const field = fields.find((each) => each.label === label);
    expect(field?.value ?? field?.elsewhere).toBe(expected);
  });
});
