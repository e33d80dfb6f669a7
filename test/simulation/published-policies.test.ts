import { type Caller, Judge } from '../support/judge';
import { HOME } from '../support/resolve';
import { synthesize } from '../support/synth';
import { askedActions, type Condition, conditionOf } from './published-policies';

const KEY = `arn:aws:kms:${HOME.region}:${HOME.account}:key/11111111-2222-4333-8444-555555555555`;

/** The least that makes each vendor's definition active. */
const DEFINITIONS: Readonly<Record<string, string>> = {
  adobe: 'externalId: 0123456789ABCDEF01234567@AdobeOrg',
  airbyte: 'externalId: a1b2c3d4-0000-4000-8000-000000000000',
  amplitude: 'principals: ["358203115967"]\nexternalId: vzup2dfp-5gj9',
  'bigquery-omni': 'audiences: ["1234"]\nsubjects: ["1234"]',
  braze: 'principals: ["111122223333"]\nexternalId: braze-1',
  databricks: 'externalId: 11111111-2222-4333-8444-555555555555',
  datadog: 'externalId: abc123',
  fivetran: 'externalId: accompanying_legged',
  mixpanel: 'externalId: abcdef0123456789abcdef0123456789',
  'okta-workflows': 'principals: ["111122223333"]\nexternalId: abc',
  prequel: 'audiences: [org]\nsubjects: ["1234"]',
  segment: 'externalId: kx1pTXhYRk',
  snowflake: 'principals: [arn:aws:iam::123456789001:user/abc1-b-self1234]\nexternalId: A_SFCRole=2_a/b=',
};

const asked = askedActions();
const vendors = [...new Set(asked.map(({ vendor }) => vendor))];
const { kohler } = synthesize(
  {
    'kohler/client.yaml': 'bucket: {kmsKey: create}',
    ...Object.fromEntries(
      vendors.map((vendor) => [`kohler/${vendor}.yaml`, `vendor: ${vendor}\n${DEFINITIONS[vendor]}\n`]),
    ),
  },
  { region: 'us-east-1' },
);
const judge = new Judge(kohler as never);

const BUCKET = 'arn:aws:s3:::integrations-kohler';

/** A request as its condition asks for it, and as it does not. */
function asks(action: string, vendor: string, met: boolean): Promise<boolean> {
  const caller: Caller = { role: `kohler_${vendor}` };
  const may = (resource: string, context: Record<string, string> = {}) =>
    judge.may(caller, { action, resource, context });
  const prefix = met ? vendor : 'somebody-else';
  const condition: Condition = conditionOf(action);
  switch (condition) {
    case 'key':
      return may(KEY, { 'kms:ViaService': `${met ? 's3' : 'ec2'}.us-east-1.amazonaws.com` });
    case 'itself':
      return judge.mayAssume(`kohler_${vendor}`, `arn:aws:iam::${HOME.account}:role/kohler_${vendor}`, {
        'sts:ExternalId': met ? '11111111-2222-4333-8444-555555555555' : 'other',
      });
    case 'bucket':
      return may(met ? BUCKET : 'arn:aws:s3:::another-bucket');
    case 'prefix':
      return may(BUCKET, { 's3:prefix': `${prefix}/` });
    case 'acl':
      return may(`${BUCKET}/${vendor}/a`, { 's3:x-amz-acl': met ? 'bucket-owner-full-control' : 'public-read' });
    case 'parts':
      return may(`${BUCKET}/${prefix}/a`);
    default:
      return condition satisfies never;
  }
}

const given = asked.filter(({ refused }) => refused === undefined);

test.each(given)('$vendor gets $action under its condition, and not without', async ({ vendor, action }) => {
  expect(await asks(action, vendor, true)).toBe(true);
  expect(await asks(action, vendor, false)).toBe(false);
});

test.each(given.filter(({ action }) => conditionOf(action) === 'acl'))(
  '$vendor gets $action under its prefix only',
  async ({ vendor, action }) => {
    const context = { 's3:x-amz-acl': 'bucket-owner-full-control' };
    const request = { action, resource: `${BUCKET}/somebody-else/a`, context };
    expect(await judge.may({ role: `kohler_${vendor}` }, request)).toBe(false);
  },
);

test('of what is given for the key, nothing is where the bucket has none', async () => {
  const { kohler: plain } = synthesize({
    'kohler/client.yaml': '',
    'kohler/segment.yaml': `vendor: segment\n${DEFINITIONS.segment}\n`,
  });
  const request = { action: 'kms:Decrypt', resource: KEY, context: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };
  expect(await new Judge(plain as never).may({ role: 'kohler_segment' }, request)).toBe(false);
});

const refused = asked.filter(
  ({ refused: why, action }) => why !== undefined && !action.includes('*') && action.startsWith('s3:'),
);

test.each(refused)('$vendor does not get $action', async ({ vendor, action }) => {
  const onBucket = /Bucket|Lifecycle/.test(action);
  const resource = onBucket ? 'arn:aws:s3:::integrations-kohler' : `arn:aws:s3:::integrations-kohler/${vendor}/a`;
  expect(await judge.may({ role: `kohler_${vendor}` }, { action, resource })).toBe(false);
});
