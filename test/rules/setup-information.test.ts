import { Capability } from '../../lib/rules/confinement';
import type { IntegrationRules } from '../../lib/rules/integration-rules';
import { type MadeByAws, type SetupPlace, setupInformation } from '../../lib/rules/setup-information';
import { KeySlot, Status } from '../../lib/rules/vocabulary';

const PLACE = { bucketName: 'drop-kohler', partition: 'aws', account: '999988887777', region: 'eu-west-1' };
const COMMON = {
  client: 'kohler',
  vendor: 'adobe',
  status: Status.ACTIVE,
  prefix: 'adobe/',
  access: [Capability.READ],
};
const ROLE = { ...COMMON, kind: 'assumed-role', roleName: 'uc-kohler', principals: [], selfAssume: false } as const;
const ANYWHERE = { ...COMMON, kind: 'roles-anywhere', roleName: 'kohler_adobe' } as const;
const POINT = { ...COMMON, kind: 'direct-trust', principals: [], accessPoint: true } as const;
const KEYS = { ...COMMON, kind: 'access-key', keys: [KeySlot.B, KeySlot.A] } as const;

const ROLE_ARN = 'arn:aws:iam::999988887777:role';
const POINT_ARN = 'arn:aws:s3:eu-west-1:999988887777:accesspoint/kohler--adobe';
const secret = (slot: string) => `integrations/kohler/adobe/${slot}`;
const MADE: MadeByAws = { profileArn: 'arn:profile', trustAnchorArn: 'arn:anchor', accessPointAlias: 'x-s3alias' };

/** What it says beside what every kind has, as JSON. */
function own(rules: IntegrationRules, place: SetupPlace = PLACE, made?: MadeByAws): Record<string, unknown> {
  const { integration, kind, status, bucket, prefix, region, ...more } = JSON.parse(
    JSON.stringify(setupInformation(rules, place, made)),
  );
  expect({ integration, kind, status, bucket, prefix, region }).toEqual({
    integration: 'kohler_adobe',
    kind: rules.kind,
    status: 'active',
    bucket: 'drop-kohler',
    prefix: 'adobe/',
    region: place.region,
  });
  return more;
}

test.each<[string, IntegrationRules, Record<string, unknown>]>([
  ['no external ID', { ...ROLE, externalIds: [] }, { roleArn: `${ROLE_ARN}/uc-kohler` }],
  ['one external ID', { ...ROLE, externalIds: ['a-1'] }, { roleArn: `${ROLE_ARN}/uc-kohler`, externalId: 'a-1' }],
  [
    'several external IDs',
    { ...ROLE, externalIds: ['a-1', 'b-2'] },
    { roleArn: `${ROLE_ARN}/uc-kohler`, externalIds: ['a-1', 'b-2'] },
  ],
  ['a bucket policy', { ...POINT, accessPoint: false }, { accessPointAlias: 'x-s3alias' }],
  ['an access point', POINT, { accessPointArn: POINT_ARN, accessPointAlias: 'x-s3alias' }],
  [
    'certificates',
    ANYWHERE,
    { roleArn: `${ROLE_ARN}/kohler_adobe`, profileArn: 'arn:profile', trustAnchorArn: 'arn:anchor' },
  ],
  [
    'tokens',
    { ...COMMON, kind: 'web-identity', roleName: 'kohler_adobe', audiences: [], subjects: [] },
    { roleArn: `${ROLE_ARN}/kohler_adobe` },
  ],
  ['keys', KEYS, { secrets: { a: secret('a'), b: secret('b') } }],
])('a vendor gets what it enters, and nothing else: %s', (_, rules, expected) => {
  expect(own(rules, PLACE, MADE)).toEqual(expected);
});

test('a path is in the ARN, and the bucket’s key with it', () => {
  const place = { ...PLACE, rolePath: '/integrations/', kmsKeyArn: 'arn:key' };
  expect(own({ ...ROLE, externalIds: [] }, place)).toEqual({
    roleArn: `${ROLE_ARN}/integrations/uc-kohler`,
    kmsKeyArn: 'arn:key',
  });
});

test('slots are in one order, whichever is the newest', () => {
  expect(JSON.stringify(own(KEYS).secrets)).toBe(JSON.stringify({ a: secret('a'), b: secret('b') }));
});

test('what is not known is left out, never made up', () => {
  const nowhere = { bucketName: 'drop-kohler', partition: 'aws' };
  expect(own({ ...ROLE, externalIds: ['a-1'] }, { ...nowhere, region: 'eu-west-1' })).toEqual({ externalId: 'a-1' });
  expect(own(ANYWHERE)).toEqual({ roleArn: `${ROLE_ARN}/kohler_adobe` });
  expect(own(POINT)).toEqual({ accessPointArn: POINT_ARN });
  expect(own(POINT, { ...nowhere, region: 'eu-west-1' })).toEqual({});
  expect(own(POINT, { ...nowhere, account: '999988887777' })).toEqual({});
});
