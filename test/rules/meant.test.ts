import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../../lib/rules/certificate';
import { Capability } from '../../lib/rules/confinement';
import type { IntegrationRules } from '../../lib/rules/integration-rules';
import { type Intent, policiesOf } from '../../lib/rules/intent';
import { intentIn, noteOf } from '../../lib/rules/intent-note';
import { intentOf, type Placement } from '../../lib/rules/meant';
import { KeySlot, KINDS, type Kind, Status } from '../../lib/rules/vocabulary';

const AUTHORITY = readFileSync(join(__dirname, '../support/ca.pem'), 'utf8');
const ROLE = 'arn:aws:iam::111122223333:role/etl/loader';
const ANCHOR = 'arn:aws:rolesanywhere:eu-west-1:999988887777:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab';
const KEY = { arn: 'arn:aws:kms:eu-west-1:999988887777:key/1', viaService: 's3.eu-west-1.amazonaws.com' };

const PLACE: Placement = {
  partition: 'aws',
  account: '999988887777',
  region: 'eu-west-1',
  bucket: { arn: 'arn:aws:s3:::integrations-kohler', isGuarded: true, key: KEY },
  trustAnchorArn: ANCHOR,
};

const COMMON = {
  client: 'kohler',
  vendor: 'ware-house',
  status: Status.ACTIVE,
  prefix: 'ware-house/',
  access: [Capability.READ],
};
const WITH_ROLE = { ...COMMON, roleName: 'uc-kohler' };

const RULES = {
  'assumed-role': {
    ...WITH_ROLE,
    kind: 'assumed-role',
    principals: [ROLE],
    externalIds: ['abc-1'],
    roleSessionName: 'export-*',
    selfAssume: true,
  },
  'direct-trust': { ...COMMON, kind: 'direct-trust', principals: [ROLE], accessPoint: false },
  'roles-anywhere': {
    ...WITH_ROLE,
    kind: 'roles-anywhere',
    certificateAuthority: `old\n${AUTHORITY}`,
    subject: { commonName: 'sender', organization: 'Boomi' },
  },
  'web-identity': {
    ...WITH_ROLE,
    kind: 'web-identity',
    provider: 'https://login.example.com/x',
    audiences: ['a'],
    subjects: ['s'],
  },
  'access-key': { ...COMMON, kind: 'access-key', keys: [KeySlot.B] },
} as const satisfies Record<Kind, IntegrationRules>;

/** What makes nobody known yet, of each kind that waits for somebody. */
const NOBODY: Readonly<Record<string, readonly [IntegrationRules, Placement]>> = {
  'no trust anchor': [RULES['roles-anywhere'], { ...PLACE, trustAnchorArn: undefined }],
  'no subject': [{ ...RULES['roles-anywhere'], subject: undefined }, PLACE],
  'no common name': [{ ...RULES['roles-anywhere'], subject: { organization: 'Boomi' } }, PLACE],
  'no provider': [{ ...RULES['web-identity'], provider: undefined }, PLACE],
  'a provider that is none': [{ ...RULES['web-identity'], provider: 'http://login.example.com' }, PLACE],
};

const CONFINEMENT = {
  bucketArn: 'arn:aws:s3:::integrations-kohler',
  prefix: 'ware-house/',
  access: ['read'],
  bucketIsGuarded: true,
};

describe('what an integration is meant to be', () => {
  test.each(KINDS)('%s: its name, where it may act, and the key of its bucket', (kind) => {
    const { integration, status, confinement, key, partition } = intentOf(RULES[kind], PLACE);
    expect({ integration, status, key, partition }).toEqual({
      integration: 'kohler_ware-house',
      status: 'active',
      key: KEY,
      partition: 'aws',
    });
    expect(confinement).toEqual(CONFINEMENT);
  });

  test.each<[Kind, string | undefined, Intent['trusts']]>([
    [
      'assumed-role',
      'uc-kohler',
      {
        by: 'role',
        principals: [ROLE],
        externalIds: ['abc-1'],
        roleSessionName: 'export-*',
        self: { roleArn: 'arn:aws:iam::999988887777:role/uc-kohler', account: '999988887777' },
        partition: 'aws',
      },
    ],
    ['direct-trust', undefined, { by: 'bucket-policy', principals: [ROLE] }],
    [
      'roles-anywhere',
      'uc-kohler',
      {
        by: 'certificate',
        trustAnchorArn: ANCHOR,
        subject: { commonName: 'sender', organization: 'Boomi' },
        // Of the certificates alone, as the anchor gets them.
        authority: fingerprint(AUTHORITY),
      },
    ],
    [
      'web-identity',
      'uc-kohler',
      {
        by: 'token',
        provider: { issuer: 'login.example.com/x', builtIn: false },
        providerArn: 'arn:aws:iam::999988887777:oidc-provider/login.example.com/x',
        audiences: ['a'],
        subjects: ['s'],
      },
    ],
    ['access-key', 'kohler_ware-house', { by: 'access-key' }],
  ])('%s: whom it trusts, and the name of its role or user', (kind, principalName, trusts) => {
    const intent = intentOf(RULES[kind], PLACE);
    expect(intent.trusts).toEqual(trusts);
    expect(intent.principalName).toBe(principalName);
  });

  test('a role that does not assume itself, and a provider that is named by its ARN', () => {
    expect(intentOf({ ...RULES['assumed-role'], selfAssume: false }, PLACE).trusts).not.toHaveProperty('self.roleArn');
    const provider = 'arn:aws:iam::111122223333:oidc-provider/login.example.com/x';
    expect(intentOf({ ...RULES['web-identity'], provider }, PLACE).trusts).toMatchObject({ providerArn: provider });
  });

  test('with an access point, it acts through that alone, and the bucket delegates to those of its client', () => {
    const { confinement, trusts } = intentOf({ ...RULES['direct-trust'], accessPoint: true }, PLACE);
    const points = 'arn:aws:s3:eu-west-1:999988887777:accesspoint/kohler--';
    expect(confinement).toEqual({ ...CONFINEMENT, accessPointArn: `${points}ware-house` });
    expect(trusts).toEqual({
      by: 'access-point',
      principals: [ROLE],
      name: 'kohler--ware-house',
      delegation: { bucketArn: CONFINEMENT.bucketArn, account: '999988887777', accessPoints: `${points}*` },
    });
  });

  test('a bucket that nothing guards is known to be one, and one without a key has none', () => {
    const bucket = { arn: 'arn:aws:s3:::theirs', isGuarded: false };
    const { confinement, key } = intentOf(RULES['access-key'], { ...PLACE, bucket });
    expect(confinement).toEqual({ ...CONFINEMENT, bucketArn: 'arn:aws:s3:::theirs', bucketIsGuarded: false });
    expect(key).toBeUndefined();
  });

  test('restrictions are as they are said, and an empty list restricts nothing', () => {
    const [expires, sourceIps, vpcEndpoints] = ['2030-01-01', ['203.0.113.0/24'], ['vpce-0a1b2c3d4e5f67890']];
    const restricted = { ...RULES['access-key'], expires, sourceIps, vpcEndpoints };
    expect(intentOf(restricted, PLACE).confinement).toMatchObject({ expires, sourceIps, vpcEndpoints });
    const empty = intentOf({ ...restricted, sourceIps: [], vpcEndpoints: [] }, PLACE).confinement;
    expect([empty.sourceIps, empty.vpcEndpoints]).toEqual([undefined, undefined]);
  });
});

describe('the policies that are made of it', () => {
  test('a role trusts, a user does not, and a direct trust is in the policies of others', () => {
    const role = policiesOf(intentOf(RULES['assumed-role'], PLACE));
    expect(role.trust.Statement.map(({ Sid }) => Sid)).toEqual(['Vendor', 'Self']);
    expect(role.access.Statement.map(({ Sid }) => Sid)).toEqual(['Location', 'Objects', 'Key', 'AssumeSelf']);
    const user = policiesOf(intentOf(RULES['access-key'], PLACE));
    expect(user.access.Statement.map(({ Sid }) => Sid)).toEqual(['Location', 'Objects', 'Key']);
    expect(user.trust).toBeUndefined();
    const direct = policiesOf(intentOf(RULES['direct-trust'], PLACE));
    expect([direct.trust, direct.access, direct.accessPoint]).toEqual([undefined, undefined, undefined]);
    expect(direct.bucket.map(({ Sid }) => Sid)).toEqual(['wareXhouseLocation', 'wareXhouseObjects']);
    expect(direct.key.map(({ Sid }) => Sid)).toEqual(['wareXhouseKey']);
  });

  test.each(Object.entries(NOBODY))('nobody is trusted, not even by an active one: %s', (_, [rules, place]) => {
    const { trust } = policiesOf(intentOf(rules, place));
    expect(trust?.Statement).toEqual([
      { Sid: 'NotActive', Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
    ]);
  });

  test.each(['roles-anywhere', 'web-identity'] as const)('somebody is trusted where all is known: %s', (kind) => {
    const { trust } = policiesOf(intentOf(RULES[kind], PLACE));
    expect(trust.Statement.map(({ Effect }) => Effect)).toEqual(['Allow']);
  });

  test.each(KINDS)('nobody is allowed anything while it is pending or suspended: %s', (kind) => {
    for (const status of [Status.PENDING, Status.SUSPENDED]) {
      const { trust, access, bucket, key } = policiesOf(intentOf({ ...RULES[kind], status }, PLACE));
      const all = [...(trust?.Statement ?? []), ...(access?.Statement ?? []), ...bucket, ...key];
      expect(all.filter(({ Effect }) => Effect === 'Allow')).toEqual([]);
    }
  });
});

describe('the note in the metadata', () => {
  const written = (intent: Intent) => JSON.stringify(noteOf(intent));

  test.each([...KINDS.map((kind) => [RULES[kind], PLACE] as const), ...Object.values(NOBODY)])(
    'says all of it, to whoever reads it again: %j',
    (rules, place) => {
      const intent = intentOf(rules, place);
      expect(JSON.parse(JSON.stringify(intentIn(JSON.parse(written(intent)))))).toEqual(
        JSON.parse(JSON.stringify(intent)),
      );
    },
  );

  test('has an empty text for what is not known yet: deployed templates hold it so', () => {
    const later = { status: Status.PENDING };
    const anywhere = { ...RULES['roles-anywhere'], ...later, certificateAuthority: undefined, subject: undefined };
    expect(written(intentOf(anywhere, { ...PLACE, trustAnchorArn: undefined }))).toContain(
      '"trusts":{"by":"certificate","trustAnchorArn":"","subject":{"commonName":""}},"principalName":"uc-kohler"}',
    );
    const tokens = { ...RULES['web-identity'], ...later, provider: undefined, audiences: [], subjects: [] };
    expect(written(intentOf(tokens, PLACE))).toContain(
      '"trusts":{"by":"token","provider":{"issuer":"","builtIn":false},"providerArn":"arn:aws:iam::999988887777:oidc-provider/","audiences":[],"subjects":[]}',
    );
  });
});
