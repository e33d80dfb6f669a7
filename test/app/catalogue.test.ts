import { load } from '../../lib/definitions/load';
import { AFTER_DEPLOYMENT } from '../../lib/handoff/fields';
import { handoffOf } from '../../lib/handoff/handoff';
import { inFolder } from '../support/folder';
import { handedOff } from '../support/handed-off';
import { withoutRisks } from '../support/risks';
import { synthesizeFolder } from '../support/synth';
import { DEFINITIONS, folder, profiles, text, WAYS } from '../support/vendor-ways';

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
