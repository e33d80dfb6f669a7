import { type Caller, Judge } from '../support/judge';
import { HOME } from '../support/resolve';
import { synthesize } from '../support/synth';
import { askedActions } from './published-policies';

const KEY = `arn:aws:kms:${HOME.region}:${HOME.account}:key/11111111-2222-4333-8444-555555555555`;

/** The least that makes each vendor's definition active. */
const DEFINITIONS: Readonly<Record<string, string>> = {
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

const BUCKET_ACTIONS = ['s3:ListBucket', 's3:ListBucketMultipartUploads', 's3:GetBucketLocation'];

function asks(action: string, vendor: string, inside: boolean): Promise<boolean> {
  const caller: Caller = { role: `kohler_${vendor}` };
  const prefix = inside ? vendor : 'somebody-else';
  if (action.startsWith('kms:')) {
    const service = inside ? 's3' : 'ec2';
    return judge.may(caller, {
      action,
      resource: KEY,
      context: { 'kms:ViaService': `${service}.us-east-1.amazonaws.com` },
    });
  }
  if (action === 'sts:AssumeRole')
    return judge.mayAssume(`kohler_${vendor}`, `arn:aws:iam::${HOME.account}:role/kohler_${vendor}`, {
      'sts:ExternalId': inside ? '11111111-2222-4333-8444-555555555555' : 'other',
    });
  if (BUCKET_ACTIONS.includes(action)) {
    const context: Record<string, string> = action === 's3:ListBucket' ? { 's3:prefix': `${prefix}/` } : {};
    return judge.may(caller, { action, resource: 'arn:aws:s3:::integrations-kohler', context });
  }
  const context: Record<string, string> =
    action === 's3:PutObjectAcl' ? { 's3:x-amz-acl': 'bucket-owner-full-control' } : {};
  return judge.may(caller, { action, resource: `arn:aws:s3:::integrations-kohler/${prefix}/a`, context });
}

const given = asked.filter(
  ({ refused, action }) => refused === undefined && action !== 's3:ListBucketMultipartUploads',
);

test.each(given)('$vendor gets $action inside its prefix, and not outside', async ({ vendor, action }) => {
  expect(await asks(action, vendor, true)).toBe(true);
  // The location is the bucket's, inside or outside.
  if (action !== 's3:GetBucketLocation') expect(await asks(action, vendor, false)).toBe(false);
});

const refused = asked.filter(
  ({ refused: why, action }) => why !== undefined && !action.includes('*') && action.startsWith('s3:'),
);

test.each(refused)('$vendor does not get $action', async ({ vendor, action }) => {
  const onBucket = /Bucket|Lifecycle/.test(action);
  const resource = onBucket ? 'arn:aws:s3:::integrations-kohler' : `arn:aws:s3:::integrations-kohler/${vendor}/a`;
  expect(await judge.may({ role: `kohler_${vendor}` }, { action, resource })).toBe(false);
});
