/**
 * Every key of the language does through the constructs what it does in a definition: with its property something else is
 * made, or something else is refused. A key without a row here fails.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Duration, Stack, Tags } from 'aws-cdk-lib/core';
import {
  AccessKeyIntegration,
  type AccessKeyIntegrationProps,
  AssumedRoleIntegration,
  type AssumedRoleIntegrationProps,
  Capability,
  ClientBucket,
  type ClientBucketProps,
  DirectTrustIntegration,
  type DirectTrustIntegrationProps,
  InternalAccess,
  type InternalAccessProps,
  KeySlot,
  RolesAnywhereIntegration,
  type RolesAnywhereIntegrationProps,
  Status,
  WebIdentityIntegration,
  type WebIdentityIntegrationProps,
} from '../../lib';
import { LANGUAGE_KEYS } from '../support/language-keys';
import { newApp, templateOf } from '../support/synth';

const OWN = '999988887777';
const OTHER = '111122223333';
const ROLE = `arn:aws:iam::${OTHER}:role/x`;
const OURS = 'arn:aws:iam::444455556666:role/ours';
const ISSUER = 'https://login.example.com/x';
const KEY = `arn:aws:kms:eu-west-1:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ANCHOR = `arn:aws:rolesanywhere:eu-west-1:${OWN}:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab`;
const CA = readFileSync(join(__dirname, '../support/ca.pem'), 'utf8');
const ORGANIZATION = 'o-a1b2c3d4e5';

type In = (stack: Stack) => unknown;

/** What comes of it: its template, or why it is refused. */
function outcome(make: In, env: object = { account: OWN, region: 'eu-west-1' }): string {
  try {
    const stack = new Stack(newApp(), 'kohler', { env });
    make(stack);
    const { Resources, Outputs } = templateOf(stack);
    return JSON.stringify([Resources, Outputs]);
  } catch (error) {
    // What is refused is refused by this library, in its words.
    expect(String(error)).toMatch(/\[[a-z-]+\] /);
    return String(error);
  }
}

type Pair = readonly [without: In, withIt: In];

const bucketIn = (stack: Stack, props: Partial<ClientBucketProps> = {}) =>
  new ClientBucket(stack, 'Bucket', { clientName: 'kohler', ...props });
const vendorName = 'adobe';

const bucket = (props: (stack: Stack) => Partial<ClientBucketProps>, before: Partial<ClientBucketProps> = {}): Pair => [
  (stack) => bucketIn(stack, before),
  (stack) => bucketIn(stack, { ...before, ...props(stack) }),
];
const role = (
  props: Partial<AssumedRoleIntegrationProps>,
  before: Partial<AssumedRoleIntegrationProps> = { principals: [ROLE] },
): Pair => [
  (stack) => new AssumedRoleIntegration(stack, 'i', { clientBucket: bucketIn(stack), vendorName, ...before }),
  (stack) => new AssumedRoleIntegration(stack, 'i', { clientBucket: bucketIn(stack), vendorName, ...before, ...props }),
];
const direct = (
  props: Partial<DirectTrustIntegrationProps>,
  before: Partial<DirectTrustIntegrationProps> = { principals: [ROLE] },
): Pair => [
  (stack) => new DirectTrustIntegration(stack, 'i', { clientBucket: bucketIn(stack), vendorName, ...before }),
  (stack) => new DirectTrustIntegration(stack, 'i', { clientBucket: bucketIn(stack), vendorName, ...before, ...props }),
];
const anywhere = (
  props: Partial<RolesAnywhereIntegrationProps>,
  before: Partial<RolesAnywhereIntegrationProps> = { certificateAuthority: CA, commonName: 'c' },
): Pair => [
  (stack) => new RolesAnywhereIntegration(stack, 'i', { clientBucket: bucketIn(stack), vendorName, ...before }),
  (stack) =>
    new RolesAnywhereIntegration(stack, 'i', { clientBucket: bucketIn(stack), vendorName, ...before, ...props }),
];
const token = (
  props: Partial<WebIdentityIntegrationProps>,
  before: Partial<WebIdentityIntegrationProps> = { provider: ISSUER, audiences: ['a'], subjects: ['s'] },
): Pair => [
  (stack) => new WebIdentityIntegration(stack, 'i', { clientBucket: bucketIn(stack), vendorName, ...before }),
  (stack) => new WebIdentityIntegration(stack, 'i', { clientBucket: bucketIn(stack), vendorName, ...before, ...props }),
];
const key = (props: Partial<AccessKeyIntegrationProps>): Pair => [
  (stack) => new AccessKeyIntegration(stack, 'i', { clientBucket: bucketIn(stack), vendorName }),
  (stack) => new AccessKeyIntegration(stack, 'i', { clientBucket: bucketIn(stack), vendorName, ...props }),
];
const internal = (
  props: Partial<InternalAccessProps>,
  before: Partial<InternalAccessProps> | null = { principals: [OURS] },
): Pair => [
  (stack) => {
    const clientBucket = bucketIn(stack);
    if (before) new InternalAccess(stack, 'Ours', { clientBucket, ...before });
  },
  (stack) => new InternalAccess(stack, 'Ours', { clientBucket: bucketIn(stack), ...before, ...props }),
];

const lifecycle = {
  abortUploadsAfterDays: bucket(() => ({ abortUploadsAfter: Duration.days(3) })),
  expireObjectsAfterDays: bucket(() => ({ expireObjectsAfter: Duration.days(30) })),
  expireOldVersionsAfterDays: bucket(() => ({ expireOldVersionsAfter: Duration.days(30) })),
};

/** The keys of a bucket, of the client or of one integration. */
const bucketKeys = (prefix: string): Record<string, Pair> => ({
  [`${prefix}.name`]: bucket(() => ({ bucketName: 'another-name' })),
  [`${prefix}.existing`]: bucket((stack) => ({
    existingBucket: Bucket.fromBucketName(stack, 'Existing', 'integrations-kohler'),
  })),
  [`${prefix}.kmsKey`]: bucket((stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', KEY) })),
  [`${prefix}.versioned`]: bucket(() => ({ versioned: false })),
  [`${prefix}.lifecycle`]: lifecycle.abortUploadsAfterDays,
  ...Object.fromEntries(Object.entries(lifecycle).map(([name, pair]) => [`${prefix}.lifecycle.${name}`, pair])),
  [`${prefix}.eventBridge`]: bucket(() => ({ eventBridgeEnabled: true })),
});

const internalKeys = (sort: string): Record<string, Pair> => ({
  [`${sort} internal`]: internal({ principals: [OURS] }, null),
  [`${sort} internal.principals`]: internal({ principals: [`${OURS}-other`] }),
  [`${sort} internal.organization`]: internal({ organizationId: ORGANIZATION }),
  [`${sort} internal.access`]: internal({ access: [Capability.READ] }),
  [`${sort} internal.prefix`]: internal({ prefix: 'in' }),
  [`${sort} internal.grant`]: internal({ grant: false }),
});

const placed = (env: object): Pair => {
  const there: In = (stack) => bucketIn(stack, { bucketName: `logs-${OWN}-eu-west-1-an` });
  return [there, (stack) => there(new Stack(stack.node.root as never, 'elsewhere', { env }))];
};
const boundary: Pair = [
  role({})[0],
  (stack) =>
    new AssumedRoleIntegration(stack, 'i', {
      clientBucket: bucketIn(stack),
      vendorName,
      principals: [ROLE],
      permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', `arn:aws:iam::${OWN}:policy/b`),
    }),
];
const tagged: Pair = [
  bucket(() => ({}))[0],
  (stack) => {
    bucketIn(stack);
    Tags.of(stack).add('team', 'data');
  },
];
const logs = (serverAccessLogsPrefix?: string): In => {
  return (stack) => {
    const serverAccessLogsBucket = Bucket.fromBucketName(stack, 'Logs', 'company-logs');
    bucketIn(stack, { serverAccessLogsBucket, serverAccessLogsPrefix });
  };
};
const withBucketOfItsOwn: Pair = [
  (stack) => {
    const clientBucket = bucketIn(stack);
    new AssumedRoleIntegration(stack, 'i', { clientBucket, vendorName, principals: [ROLE] });
  },
  (stack) => {
    bucketIn(stack);
    const clientBucket = new ClientBucket(stack, 'Own', { clientName: 'kohler', bucketName: 'kohler-own' });
    new AssumedRoleIntegration(stack, 'i', { clientBucket, vendorName, principals: [ROLE] });
  },
];

/** What has no property, and why. */
const FOR_PEOPLE = 'for people: no resource has it';
const OF_CHECK = 'of check, which reads what a construct cannot see';
const BY_TYPES = 'a profile fills in what an app writes itself';
const OF_CHECKS = 'a property of ConfinementChecks, whose tests have it';

const ROWS: Readonly<Record<string, Pair | string>> = {
  'settings account': placed({ account: '222233334444', region: 'eu-west-1' }),
  'settings region': placed({ account: OWN, region: 'us-east-1' }),
  'settings bucketPrefix': bucket(() => ({ bucketName: 'data-kohler' })),
  'settings tags': tagged,
  'settings permissionsBoundary': boundary,
  'settings rolePath': role({ rolePath: '/integrations/' }),
  'settings ownAccounts': OF_CHECKS,
  'settings organization': OF_CHECKS,
  ...internalKeys('settings'),
  'settings internal.reason': FOR_PEOPLE,
  'settings require': OF_CHECK,
  'settings company': FOR_PEOPLE,
  'settings company.name': FOR_PEOPLE,
  'settings company.contact': FOR_PEOPLE,
  'settings company.url': FOR_PEOPLE,
  'settings accept': OF_CHECK,
  'settings accept.code': OF_CHECK,
  'settings accept.reason': OF_CHECK,
  'settings accept.until': OF_CHECK,
  'settings accessLogs': [bucket(() => ({}))[0], logs()],
  'settings accessLogs.bucket': [bucket(() => ({}))[0], logs()],
  'settings accessLogs.prefix': [logs(), logs('integrations/')],
  'settings removeAtMost': OF_CHECK,
  'client account': placed({ account: '222233334444', region: 'eu-west-1' }),
  'client region': placed({ account: OWN, region: 'us-east-1' }),
  'client tags': tagged,
  'client title': FOR_PEOPLE,
  ...internalKeys('client'),
  'client internal.reason': FOR_PEOPLE,
  'client accept': OF_CHECK,
  'client accept.code': OF_CHECK,
  'client accept.reason': OF_CHECK,
  'client accept.until': OF_CHECK,
  'client bucket': bucket(() => ({ bucketName: 'another-name' })),
  ...bucketKeys('client bucket'),
  'integration kind': [role({})[0], direct({})[0]],
  'integration vendor': BY_TYPES,
  'integration way': BY_TYPES,
  'integration site': BY_TYPES,
  'integration description': FOR_PEOPLE,
  'integration request': FOR_PEOPLE,
  'integration owner': FOR_PEOPLE,
  'integration contact': FOR_PEOPLE,
  'integration reviewBy': OF_CHECK,
  'integration accept': OF_CHECK,
  'integration accept.code': OF_CHECK,
  'integration accept.reason': OF_CHECK,
  'integration accept.until': OF_CHECK,
  'integration reason': FOR_PEOPLE,
  'integration status': role({ status: Status.SUSPENDED }),
  'integration prefix': role({ prefix: 'in/adobe' }),
  'integration wholeBucket': role({ wholeBucket: true }),
  'integration dedicatedBucket': withBucketOfItsOwn,
  ...bucketKeys('integration dedicatedBucket'),
  'integration access': role({ access: [Capability.READ] }),
  'integration expires': role({ expires: '2030-01-01' }),
  'integration sourceIps': role({ sourceIps: ['203.0.113.7'] }),
  'integration vpcEndpoints': role({ vpcEndpoints: ['vpce-0a1b2c3d'] }),
  'integration sourceVpcs': role({ sourceVpcs: ['vpc-0a1b2c3d'] }),
  'integration stackPart': 'an app puts a construct into the stack that it chooses',
  'assumed-role principals': role({ principals: [`${ROLE}-other`] }),
  'assumed-role externalId': role({ externalIds: ['abc-1'] }),
  'assumed-role externalIds': role({ externalIds: ['abc-1', 'abc-2'] }, { principals: [ROLE], externalIds: ['abc-1'] }),
  'assumed-role maxSessionDuration': role({ maxSessionDuration: Duration.hours(2) }),
  'assumed-role trusts': role({ principals: undefined, trusts: [{ principal: ROLE, externalId: 'abc-1' }] }),
  'assumed-role trusts.principal': role(
    { trusts: [{ principal: `${ROLE}-other`, externalId: 'abc-1' }] },
    { trusts: [{ principal: ROLE, externalId: 'abc-1' }] },
  ),
  'assumed-role trusts.externalId': role(
    { trusts: [{ principal: ROLE, externalId: 'abc-1' }] },
    { trusts: [{ principal: ROLE }] },
  ),
  'assumed-role roleName': role({ roleName: 'OIDC_adobe' }),
  'assumed-role sessionTags': role({ sessionTags: true }),
  'assumed-role sourceIdentity': role({ sourceIdentity: true }),
  'assumed-role roleSessionName': role({ roleSessionName: 'nightly-*' }),
  'assumed-role selfAssume': role({ selfAssume: true }),
  'assumed-role allowWholeAccount': role({ allowWholeAccount: true }, { principals: [OTHER] }),
  'direct-trust principals': direct({ principals: [`${ROLE}-other`] }),
  'direct-trust allowWholeAccount': direct({ allowWholeAccount: true }, { principals: [OTHER] }),
  'direct-trust accessPoint': direct({ accessPoint: true }),
  'roles-anywhere roleName': anywhere({ roleName: 'machine' }),
  'roles-anywhere trustAnchor': anywhere({ certificateAuthority: undefined, trustAnchorArn: ANCHOR }),
  'roles-anywhere trustAnchor.certificate': anywhere({ certificateAuthority: CA }, { commonName: 'c' }),
  'roles-anywhere trustAnchor.arn': anywhere({ trustAnchorArn: ANCHOR }, { commonName: 'c' }),
  'roles-anywhere subject': anywhere({ commonName: 'other' }),
  'roles-anywhere subject.commonName': anywhere({ commonName: 'other' }),
  'roles-anywhere subject.organization': anywhere({ organization: 'o' }),
  'roles-anywhere subject.organizationalUnit': anywhere({ organizationalUnit: 'u' }),
  'roles-anywhere sessionDuration': anywhere({ sessionDuration: Duration.minutes(15) }),
  'roles-anywhere acceptRoleSessionName': anywhere({ acceptRoleSessionName: true }),
  'web-identity provider': token({ provider: 'https://login.example.com/y' }),
  'web-identity audiences': token({ audiences: ['b'] }),
  'web-identity subjects': token({ subjects: ['t'] }),
  'web-identity roleName': token({ roleName: 'OIDC_sentinel' }),
  'web-identity roleSessionName': token({ roleSessionName: 'nightly' }),
  'web-identity sessionTags': token({ sessionTags: true }),
  'web-identity maxSessionDuration': token({ maxSessionDuration: Duration.hours(2) }),
  'access-key keys': key({ keys: [KeySlot.A, KeySlot.B] }),
};

test('every key of the language has its row, and no other', () => {
  expect(Object.keys(ROWS).sort()).toEqual([...LANGUAGE_KEYS].sort());
});

const pairs = Object.entries(ROWS).flatMap(([name, row]) => (typeof row === 'string' ? [] : [[name, row] as const]));

test.each(pairs)('%s', (_, [without, withIt]) => {
  const made = [outcome(without), outcome(withIt)];
  expect(made[1]).not.toBe(made[0]);
  // The same again is the same again: it is the key that differs.
  expect(outcome(without)).toBe(made[0]);
  expect(made.some((each) => each.startsWith('['))).toBe(true);
});
