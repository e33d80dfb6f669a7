import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Judge } from '../support/judge';
import { HOME, resolved } from '../support/resolve';
import { synthesize } from '../support/synth';

const AUTHORITY = readFileSync(join(__dirname, '../support/ca.pem'), 'utf8');
const ANCHORS = `arn:aws:rolesanywhere:${HOME.region}:${HOME.account}:trust-anchor`;
const ANCHOR = `${ANCHORS}/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ISSUER = 'login.example.com/tenant';
const PROVIDER = `arn:aws:iam::${HOME.account}:oidc-provider/${ISSUER}`;
const BUCKET = 'arn:aws:s3:::integrations-kohler';

const certificate = (more: string) => `kind: roles-anywhere\nsubject: {commonName: sender}\n${more}\n`;
const token = (more: string) => `kind: web-identity\nprovider: https://${ISSUER}\naudiences: [aud-1, aud-2]\n${more}\n`;

const { kohler } = synthesize({
  'kohler/client.yaml': '',
  'kohler/ca.pem': AUTHORITY,
  'kohler/plain.yaml': certificate(`trustAnchor: {arn: "${ANCHOR}"}`),
  'kohler/made.yaml': certificate('trustAnchor: {certificate: ca.pem}'),
  'kohler/made2.yaml': certificate('trustAnchor: {certificate: ca.pem}'),
  'kohler/whole.yaml': `kind: roles-anywhere\ntrustAnchor: {arn: "${ANCHOR}"}\nsubject: {commonName: sender, organization: "Vendor, Inc.", organizationalUnit: Exports}\nexpires: 2027-01-01\n`,
  'kohler/pending.yaml': certificate(`trustAnchor: {arn: "${ANCHOR}"}\nstatus: pending`),
  'kohler/suspended.yaml': certificate(`trustAnchor: {arn: "${ANCHOR}"}\nstatus: suspended`),
  'kohler/later.yaml': 'kind: roles-anywhere\nstatus: pending\n',
  'kohler/subjects.yaml': token('subjects: [client-1, client-2]\nexpires: 2027-01-01'),
  'kohler/named.yaml': token('roleSessionName: nightly-*'),
  'kohler/exact.yaml': token('subjects: [client-1]\nroleSessionName: nightly'),
  'kohler/other.yaml':
    'kind: web-identity\nprovider: https://id.example.com\naudiences: [aud-1]\nsubjects: [client-1]\n',
  'kohler/google.yaml':
    'kind: web-identity\nprovider: https://accounts.google.com\naudiences: [aud-1]\nsubjects: ["104029"]\n',
  'kohler/token-off.yaml': token('subjects: [client-1]\nstatus: suspended'),
  'kohler/token-later.yaml': 'kind: web-identity\nstatus: pending\n',
  'kohler/role.yaml': 'kind: assumed-role\nprincipals: [arn:aws:iam::111122223333:role/x]\n',
});
if (!kohler) throw new Error('no template');
const judge = new Judge(kohler);

const BEFORE = { 'aws:CurrentTime': '2026-12-31T23:59:59Z' };
const LATE = { 'aws:CurrentTime': '2027-01-01T00:00:00Z' };

type Context = Readonly<Record<string, string>>;

/** A context without some of its keys. */
const without = (context: Context, key: string): Context =>
  Object.fromEntries(Object.entries(context).filter(([name]) => name !== key));

describe('a role for a certificate', () => {
  // A session is opened, tagged with the subject and given the serial number as source identity, all or nothing.
  const ACTIONS = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
  const ANYWHERE = 'rolesanywhere.amazonaws.com';
  const subject = (CN: string, O?: string, OU?: string): Context => ({
    'aws:PrincipalTag/x509Subject/CN': CN,
    ...(O !== undefined && { 'aws:PrincipalTag/x509Subject/O': O }),
    ...(OU !== undefined && { 'aws:PrincipalTag/x509Subject/OU': OU }),
  });
  const from = (anchor: string, of: Context): Context => ({ 'aws:SourceArn': anchor, ...of });
  const PLAIN = from(ANCHOR, subject('sender'));
  const WHOLE = from(ANCHOR, subject('sender', 'Vendor, Inc.', 'Exports'));
  const open = (role: string, context: Context, by = ANYWHERE) =>
    Promise.all(ACTIONS.map((action) => judge.mayOpenSession(role, by, action, context)));
  const ALLOWED = [true, true, true];
  const DENIED = [false, false, false];

  test('is opened for its anchor and its common name, whatever else the subject says', async () => {
    expect(await open('kohler_plain', PLAIN)).toEqual(ALLOWED);
    expect(await open('kohler_plain', WHOLE)).toEqual(ALLOWED);
    expect(await open('kohler_whole', WHOLE)).toEqual(ALLOWED);
  });

  test('is opened for no other anchor', async () => {
    const others = [
      `${ANCHORS}/1234abcd-12ab-34cd-56ef-1234567890ac`,
      `${ANCHORS}/*`,
      ANCHOR.replace(HOME.account, '111122223333'),
      ANCHOR.replace(HOME.region, 'us-east-1'),
      ANCHOR.replace('trust-anchor', 'profile'),
    ];
    for (const anchor of others) {
      const context = from(anchor, subject('sender', 'Vendor, Inc.', 'Exports'));
      expect([anchor, await open('kohler_plain', context)]).toEqual([anchor, DENIED]);
      expect([anchor, await open('kohler_whole', context)]).toEqual([anchor, DENIED]);
    }
    expect(await open('kohler_plain', without(PLAIN, 'aws:SourceArn'))).toEqual(DENIED);
    expect(await open('kohler_whole', without(WHOLE, 'aws:SourceArn'))).toEqual(DENIED);
  });

  test('is opened for no other common name', async () => {
    for (const name of ['sender2', 'sende', 'Sender', 'x.sender', '*', '']) {
      expect([name, await open('kohler_plain', from(ANCHOR, subject(name)))]).toEqual([name, DENIED]);
      const whole = from(ANCHOR, subject(name, 'Vendor, Inc.', 'Exports'));
      expect([name, await open('kohler_whole', whole)]).toEqual([name, DENIED]);
    }
    expect(await open('kohler_plain', from(ANCHOR, {}))).toEqual(DENIED);
    expect(await open('kohler_whole', without(WHOLE, 'aws:PrincipalTag/x509Subject/CN'))).toEqual(DENIED);
  });

  test('is opened for no other organization or organizational unit, where it asks for them', async () => {
    for (const of of [
      subject('sender', 'Vendor', 'Exports'),
      subject('sender', 'vendor, inc.', 'Exports'),
      subject('sender', 'Vendor, Inc.', 'Imports'),
      subject('sender', 'Exports', 'Vendor, Inc.'),
      subject('sender', undefined, 'Exports'),
      subject('sender', 'Vendor, Inc.'),
      subject('sender'),
    ]) {
      expect([of, await open('kohler_whole', from(ANCHOR, of))]).toEqual([of, DENIED]);
    }
  });

  test('each trusts the anchor that was made for it, and no other of the account', async () => {
    const [made, made2] = ['made', 'made2'].map((vendor) => {
      const output = Object.values(resolved(kohler).Outputs).find(({ Value }) =>
        String(Value).includes(`"kohler_${vendor}"`),
      );
      return String(JSON.parse(String(output?.Value)).trustAnchorArn);
    });
    expect(made).toContain(ANCHORS);
    expect(made2).not.toBe(made);
    expect(await open('kohler_made', from(made ?? '', subject('sender')))).toEqual(ALLOWED);
    expect(await open('kohler_made2', from(made2 ?? '', subject('sender')))).toEqual(ALLOWED);
    expect(await open('kohler_made', from(made2 ?? '', subject('sender')))).toEqual(DENIED);
    expect(await open('kohler_made', PLAIN)).toEqual(DENIED);
    expect(await open('kohler_plain', from(made ?? '', subject('sender')))).toEqual(DENIED);
  });

  test('is not opened once it has expired', async () => {
    expect(await open('kohler_whole', { ...WHOLE, ...BEFORE })).toEqual(ALLOWED);
    expect(await open('kohler_whole', { ...WHOLE, ...LATE })).toEqual(DENIED);
    const request = { action: 's3:GetObject', resource: `${BUCKET}/whole/a` };
    expect(await judge.may({ role: 'kohler_whole' }, { ...request, context: BEFORE })).toBe(true);
    expect(await judge.may({ role: 'kohler_whole' }, { ...request, context: LATE })).toBe(false);
  });

  test.each(['pending', 'suspended', 'later'])('is not opened while nobody is let in: %s', async (vendor) => {
    expect(await open(`kohler_${vendor}`, PLAIN)).toEqual(DENIED);
    // Nor would a session from before, or by way of another profile, do anything.
    const request = { action: 's3:GetObject', resource: `${BUCKET}/${vendor}/a` };
    expect(await judge.may({ role: `kohler_${vendor}` }, request)).toBe(false);
  });

  test('is opened for nobody but the service', async () => {
    for (const by of ['ec2.amazonaws.com', 'lambda.amazonaws.com', PROVIDER, 'accounts.google.com']) {
      expect([by, await open('kohler_plain', PLAIN, by)]).toEqual([by, DENIED]);
    }
    for (const principal of [
      'arn:aws:iam::111122223333:role/x',
      `arn:aws:iam::${HOME.account}:role/administrator`,
      `arn:aws:iam::${HOME.account}:role/kohler_plain`,
    ]) {
      const context = { ...PLAIN, 'aws:PrincipalArn': principal };
      expect([principal, await judge.mayAssume('kohler_plain', principal, context)]).toEqual([principal, false]);
    }
  });

  test('only such roles are opened for the service', async () => {
    for (const role of ['kohler_role', 'kohler_subjects', 'kohler_named', 'kohler_google']) {
      expect([role, await open(role, PLAIN)]).toEqual([role, DENIED]);
    }
  });
});

// The simulator knows no claim of any issuer but Google, so the judge hands it an issuer's own as Google's: what a
// condition does is judged here, under which key it stands is asserted by structure below.
describe('a role for a token', () => {
  const ACTION = 'sts:AssumeRoleWithWebIdentity';
  const claims = (aud: string, sub: string, issuer = ISSUER): Context => ({
    [`${issuer}:aud`]: aud,
    [`${issuer}:sub`]: sub,
  });
  const named = (name: string) => ({ 'sts:RoleSessionName': name });
  const open = (role: string, context: Context, by = PROVIDER, action = ACTION) =>
    judge.mayOpenSession(role, by, action, context);

  test('is opened for any of its audiences with any of its subjects', async () => {
    for (const aud of ['aud-1', 'aud-2']) {
      for (const sub of ['client-1', 'client-2']) {
        expect([aud, sub, await open('kohler_subjects', claims(aud, sub))]).toEqual([aud, sub, true]);
      }
    }
  });

  test('is opened for no other audience and no other subject', async () => {
    const RIGHT = claims('aud-1', 'client-1');
    for (const other of ['aud-3', 'AUD-1', 'client-1', '*', '']) {
      expect([other, await open('kohler_subjects', { ...RIGHT, [`${ISSUER}:aud`]: other })]).toEqual([other, false]);
    }
    for (const other of ['client-3', 'Client-1', 'client', 'aud-1', '*', '']) {
      expect([other, await open('kohler_subjects', { ...RIGHT, [`${ISSUER}:sub`]: other })]).toEqual([other, false]);
    }
    for (const key of Object.keys(RIGHT)) {
      expect([key, await open('kohler_subjects', without(RIGHT, key))]).toEqual([key, false]);
    }
  });

  test('a session name must be the one that is asked for', async () => {
    const ANYBODY = claims('aud-2', 'anybody');
    expect(await open('kohler_named', { ...ANYBODY, ...named('nightly-7') })).toBe(true);
    for (const context of [{}, named('nightly'), named('x-nightly-7'), named('*')]) {
      expect([context, await open('kohler_named', { ...ANYBODY, ...context })]).toEqual([context, false]);
    }
    expect(await open('kohler_named', { ...claims('aud-3', 'anybody'), ...named('nightly-7') })).toBe(false);
    const RIGHT = claims('aud-1', 'client-1');
    expect(await open('kohler_exact', { ...RIGHT, ...named('nightly') })).toBe(true);
    expect(await open('kohler_exact', { ...RIGHT, ...named('nightly2') })).toBe(false);
    expect(await open('kohler_exact', RIGHT)).toBe(false);
    expect(await open('kohler_exact', { ...claims('aud-1', 'client-2'), ...named('nightly') })).toBe(false);
  });

  test('is opened for no other provider and by no other call', async () => {
    const others = [
      `arn:aws:iam::${HOME.account}:oidc-provider/login.example.com`,
      `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`,
      `arn:aws:iam::${HOME.account}:saml-provider/${ISSUER}`,
      'accounts.google.com',
      'rolesanywhere.amazonaws.com',
    ];
    for (const by of others) {
      // Under its own name as well as under the right one.
      const issuer = by.split(':oidc-provider/')[1];
      const context = claims('aud-1', 'client-1', issuer === undefined ? 'accounts.google.com' : issuer);
      expect([by, await open('kohler_subjects', context, by)]).toEqual([by, false]);
    }
    expect(await open('kohler_other', claims('aud-1', 'client-1'))).toBe(false);
    const elsewhere = `arn:aws:iam::${HOME.account}:oidc-provider/id.example.com`;
    expect(await open('kohler_other', claims('aud-1', 'client-1', 'id.example.com'), elsewhere)).toBe(true);
    for (const action of ['sts:AssumeRole', 'sts:TagSession']) {
      expect([action, await open('kohler_subjects', {}, PROVIDER, action)]).toEqual([action, false]);
    }
    const principal = `arn:aws:iam::${HOME.account}:role/administrator`;
    expect(await judge.mayAssume('kohler_subjects', principal)).toBe(false);
  });

  test("Google's names its audience in one of two claims", async () => {
    const google = (key: string, aud: string, sub = '104029') =>
      open(
        'kohler_google',
        { [`accounts.google.com:${key}`]: aud, 'accounts.google.com:sub': sub },
        'accounts.google.com',
      );
    for (const key of ['aud', 'oaud']) {
      expect([key, await google(key, 'aud-1')]).toEqual([key, true]);
      expect([key, await google(key, 'aud-2')]).toEqual([key, false]);
      expect([key, await google(key, 'aud-1', '104028')]).toEqual([key, false]);
    }
    expect(await open('kohler_google', { 'accounts.google.com:sub': '104029' }, 'accounts.google.com')).toBe(false);
    expect(await open('kohler_google', claims('aud-1', '104029'))).toBe(false);
  });

  test('is not opened once it has expired', async () => {
    const RIGHT = claims('aud-1', 'client-1');
    expect(await open('kohler_subjects', { ...RIGHT, ...BEFORE })).toBe(true);
    expect(await open('kohler_subjects', { ...RIGHT, ...LATE })).toBe(false);
  });

  test.each(['token-off', 'token-later'])('is not opened while nobody is let in: %s', async (vendor) => {
    expect(await open(`kohler_${vendor}`, { ...claims('aud-1', 'client-1'), ...named('nightly') })).toBe(false);
    const request = { action: 's3:GetObject', resource: `${BUCKET}/${vendor}/a` };
    expect(await judge.may({ role: `kohler_${vendor}` }, request)).toBe(false);
  });

  test('no role of another kind is opened for a token', async () => {
    for (const role of ['kohler_plain', 'kohler_role', 'kohler_google']) {
      expect([role, await open(role, claims('aud-1', 'client-1'))]).toEqual([role, false]);
    }
  });

  test.each<[string, unknown[]]>([
    [
      'subjects',
      [
        {
          StringEquals: { [`${ISSUER}:aud`]: ['aud-1', 'aud-2'], [`${ISSUER}:sub`]: ['client-1', 'client-2'] },
          DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' },
        },
      ],
    ],
    [
      'named',
      [
        {
          StringEquals: { [`${ISSUER}:aud`]: ['aud-1', 'aud-2'] },
          StringLike: { 'sts:RoleSessionName': 'nightly-*' },
        },
      ],
    ],
    ['other', [{ StringEquals: { 'id.example.com:aud': 'aud-1', 'id.example.com:sub': 'client-1' } }]],
    [
      'google',
      [
        { StringEquals: { 'accounts.google.com:aud': 'aud-1', 'accounts.google.com:sub': '104029' } },
        { StringEquals: { 'accounts.google.com:oaud': 'aud-1', 'accounts.google.com:sub': '104029' } },
      ],
    ],
  ])('has its claims under the very names that AWS gives them: %s', (vendor, conditions) => {
    const role = Object.values(kohler.Resources).find(({ Properties }) => Properties.RoleName === `kohler_${vendor}`);
    const { Statement } = role?.Properties.AssumeRolePolicyDocument ?? {};
    expect(Statement.map(({ Condition }: { Condition: unknown }) => Condition)).toEqual(conditions);
  });
});
