import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Profiles } from '../../lib/definitions/profiles/profiles';

const CA = readFileSync(join(__dirname, '../data/examples/globex/invoices-ca.pem'), 'utf8');

/** What each vendor has to send, and nothing else: the profile knows the rest. By the way that is gone, each way once. */
export const DEFINITIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
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

export const profiles = new Profiles();

/** Every way of every profile. */
export const WAYS = profiles.names().flatMap((vendor) =>
  (profiles.get(vendor)?.ways ?? []).map((way) => ({
    vendor,
    way,
    choice: way.name ?? way.kind,
    // Names differ by the way, and stay below IAM's limit for users.
    name: `${vendor}-${profiles.get(vendor)?.ways.indexOf(way)}`,
  })),
);

/** The definition of a way. */
export const text = ({ vendor, way, choice }: (typeof WAYS)[number]) =>
  `vendor: ${vendor}\n${way.name === undefined ? 'kind' : 'way'}: ${choice}\n${DEFINITIONS[vendor]?.[choice]}\n`;

/** A folder with one integration for each way. */
export const folder = (bucket: string) => ({
  'settings.yaml': 'account: "111122223333"\nregion: us-east-1\n',
  'kohler/client.yaml': bucket,
  'kohler/ca.pem': CA,
  ...Object.fromEntries(WAYS.map((each) => [`kohler/${each.name}.yaml`, text(each)])),
});
