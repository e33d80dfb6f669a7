import { type Caller, Judge } from '../support/judge';
import { HOME } from '../support/resolve';
import { synthesize, type Template } from '../support/synth';

const OURS = '444455556666';
const WHOLE = '555566667777';
const STRANGER = '666677778888';
const VENDOR = 'arn:aws:iam::123456789876:role/vendor';
const ORGANIZATION = 'o-a1b2c3d4e5';
const ROLE = `arn:aws:iam::${OURS}:role/data/analytics`;
const USER = `arn:aws:iam::${OURS}:user/nightly`;
const KEY = `arn:aws:kms:${HOME.region}:${HOME.account}:key/11111111-2222-4333-8444-555555555555`;

const environment = { account: HOME.account, region: HOME.region };
const SETTINGS = `account: "${HOME.account}"\nregion: ${HOME.region}\nownAccounts: ["${OURS}", "${WHOLE}"]\norganization: ${ORGANIZATION}\n`;
const VENDORS = {
  'role.yaml': `kind: assumed-role\nprincipals: [${VENDOR}]\nexternalId: abc\n`,
  'trust.yaml': `kind: direct-trust\nprincipals: [${VENDOR}]\n`,
};

function client(internal: string, bucket = '', more: Readonly<Record<string, string>> = VENDORS): Template {
  const files = Object.entries(more).map(([file, text]) => [`kohler/${file}`, text]);
  const { kohler } = synthesize(
    {
      'settings.yaml': SETTINGS,
      'kohler/client.yaml': `internal: ${internal}\n${bucket}`,
      ...Object.fromEntries(files),
    },
    environment,
  );
  return kohler as Template;
}

const NAMED = client(
  `[{principals: ["${ROLE}", "${USER}"]}, {principals: ["${WHOLE}"], access: [list, read, write], prefix: in/}, {principals: ["${HOME.account}"]}]`,
);
const MEMBERS = client('[{organization: true}]');
const BOTH = client(`[{principals: ["${WHOLE}"], organization: true}]`);
const KEYED = client(
  `[{principals: ["${ROLE}"]}, {organization: true, access: [list, read, write]}]`,
  'bucket: {kmsKey: create}\n',
);
const DEDICATED = client('[{organization: true}]', '', {
  'own.yaml': `kind: assumed-role\nprincipals: [${VENDOR}]\nexternalId: abc\nwholeBucket: true\ndedicatedBucket: {name: kohler-own}\n`,
});
// Of a bucket that is there already the policy is not changed: the entry only says that it is meant.
const EXISTING = client(
  `[{principals: ["${ROLE}"], grant: false}]`,
  'bucket: {existing: true, name: integrations-kohler}\n',
  { 'role.yaml': VENDORS['role.yaml'] },
);
// Taken over, a bucket is one that is made here, with a name that was not chosen here.
const ADOPTED = client(`[{principals: ["${ROLE}"]}]`, 'bucket: {name: old.files}\n');

const BUCKET = 'arn:aws:s3:::integrations-kohler';
const member = (account: string): Caller => ({ outside: `arn:aws:iam::${account}:role/somebody` });
const ofOrganization = (account: string, organization = ORGANIZATION) => ({
  'aws:PrincipalOrgID': organization,
  'aws:PrincipalAccount': account,
});

type Case = readonly [
  who: string,
  template: Template,
  caller: Caller,
  action: string,
  resource: string,
  context: Readonly<Record<string, string>>,
  allowed: boolean,
];

const read = 's3:GetObject';
const FILE = `${BUCKET}/trust/file`;
const CASES: readonly Case[] = [
  ['a role of ours elsewhere reads under every prefix', NAMED, { outside: ROLE }, read, FILE, {}, true],
  ['and lists from the root', NAMED, { outside: ROLE }, 's3:ListBucket', BUCKET, {}, true],
  ['and neither puts', NAMED, { outside: ROLE }, 's3:PutObject', FILE, {}, false],
  ['nor deletes', NAMED, { outside: ROLE }, 's3:DeleteObject', FILE, {}, false],
  ['nor reads the policy', NAMED, { outside: ROLE }, 's3:GetBucketPolicy', BUCKET, {}, false],
  ['nor over plain HTTP', NAMED, { outside: ROLE }, read, FILE, { 'aws:SecureTransport': 'false' }, false],
  ['a user of ours elsewhere reads', NAMED, { outside: USER }, read, FILE, {}, true],
  ['another role of that account does not', NAMED, member(OURS), read, FILE, {}, false],
  ['nor one of the same name on another path', NAMED, { outside: ROLE.replace('/data', '') }, read, FILE, {}, false],
  ['anyone of a whole account of ours, under the prefix', NAMED, member(WHOLE), read, `${BUCKET}/in/a`, {}, true],
  ['and puts there', NAMED, member(WHOLE), 's3:PutObject', `${BUCKET}/in/a`, {}, true],
  ['and not outside of it', NAMED, member(WHOLE), read, FILE, {}, false],
  ['nor lists outside of it', NAMED, member(WHOLE), 's3:ListBucket', BUCKET, { 's3:prefix': 'trust/' }, false],
  [
    'and leaves nothing that we cannot read',
    NAMED,
    member(WHOLE),
    's3:PutObject',
    `${BUCKET}/in/a`,
    { 's3:x-amz-server-side-encryption': 'aws:kms' },
    false,
  ],
  ['a stranger', NAMED, member(STRANGER), read, FILE, {}, false],
  ["an integration's role, of the bucket's own account", NAMED, { role: 'kohler_role' }, read, FILE, {}, false],
  ['and in its own prefix', NAMED, { role: 'kohler_role' }, read, `${BUCKET}/role/a`, {}, true],
  ['the vendor elsewhere', NAMED, { outside: VENDOR }, read, `${BUCKET}/role/a`, {}, false],

  ['a member elsewhere', MEMBERS, member(STRANGER), read, FILE, ofOrganization(STRANGER), true],
  ['and lists', MEMBERS, member(STRANGER), 's3:ListBucket', BUCKET, ofOrganization(STRANGER), true],
  ['and does not put', MEMBERS, member(STRANGER), 's3:PutObject', FILE, ofOrganization(STRANGER), false],
  [
    'who is of another organization',
    MEMBERS,
    member(STRANGER),
    read,
    FILE,
    ofOrganization(STRANGER, 'o-zzzzzzzzzz'),
    false,
  ],
  ['who is of none', MEMBERS, member(STRANGER), read, FILE, { 'aws:PrincipalAccount': STRANGER }, false],
  [
    "an integration's own role, which is of our organization",
    MEMBERS,
    { role: 'kohler_role' },
    read,
    FILE,
    ofOrganization(HOME.account),
    false,
  ],
  [
    'nor does it list the root',
    MEMBERS,
    { role: 'kohler_role' },
    's3:ListBucket',
    BUCKET,
    ofOrganization(HOME.account),
    false,
  ],
  [
    'and reads its own prefix as before',
    MEMBERS,
    { role: 'kohler_role' },
    read,
    `${BUCKET}/role/a`,
    ofOrganization(HOME.account),
    true,
  ],

  ['with both, a member of that account', BOTH, member(WHOLE), read, FILE, ofOrganization(WHOLE), true],
  [
    'not that account outside of the organization',
    BOTH,
    member(WHOLE),
    read,
    FILE,
    { 'aws:PrincipalAccount': WHOLE },
    false,
  ],
  ['not another account of the organization', BOTH, member(OURS), read, FILE, ofOrganization(OURS), false],

  ['with a key, a role of ours decrypts through S3', KEYED, { outside: ROLE }, 'kms:Decrypt', KEY, via(), true],
  ['and not by itself', KEYED, { outside: ROLE }, 'kms:Decrypt', KEY, {}, false],
  ['nor in another region', KEYED, { outside: ROLE }, 'kms:Decrypt', KEY, via('us-east-1'), false],
  ['nor makes data keys', KEYED, { outside: ROLE }, 'kms:GenerateDataKey', KEY, via(), false],
  [
    'a member that writes does',
    KEYED,
    member(WHOLE),
    'kms:GenerateDataKey',
    KEY,
    { ...via(), ...ofOrganization(WHOLE) },
    true,
  ],
  ['a stranger', KEYED, member(STRANGER), 'kms:Decrypt', KEY, via(), false],

  [
    'of an existing bucket, a role of ours elsewhere gets nothing here',
    EXISTING,
    { outside: ROLE },
    read,
    FILE,
    {},
    false,
  ],
  ['and the vendor has what it had', EXISTING, { role: 'kohler_role' }, read, `${BUCKET}/role/a`, {}, true],
  ['of an adopted one, it reads', ADOPTED, { outside: ROLE }, read, 'arn:aws:s3:::old.files/trust/a', {}, true],
  ['and a stranger does not', ADOPTED, member(STRANGER), read, 'arn:aws:s3:::old.files/trust/a', {}, false],
  ['in a dedicated bucket too', DEDICATED, member(OURS), read, 'arn:aws:s3:::kohler-own/a', ofOrganization(OURS), true],
  ['and no stranger', DEDICATED, member(STRANGER), read, 'arn:aws:s3:::kohler-own/a', {}, false],
  [
    'its integration has the whole of it, and not the other',
    DEDICATED,
    { role: 'kohler_own' },
    read,
    FILE,
    ofOrganization(HOME.account),
    false,
  ],
];

function via(region = HOME.region) {
  return { 'kms:ViaService': `s3.${region}.amazonaws.com` };
}

test.each(CASES)('%s', async (_, template, caller, action, resource, context, allowed) => {
  expect(await new Judge(template).may(caller, { action, resource, context })).toBe(allowed);
});

test('nothing is written into the policy of a bucket that is there already', () => {
  expect(policy(EXISTING)).toBeUndefined();
});

test('for the bucket’s own account nothing is written: an identity policy is enough', () => {
  expect(JSON.stringify(policy(NAMED))).not.toContain(`:${HOME.account}:`);
  expect(policy(NAMED).map(({ Sid }) => String(Sid))).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/^Internal3/)]),
  );
});

test('every member of our own account would have the whole bucket without the condition on the account', async () => {
  const copy = structuredClone(MEMBERS);
  for (const { Condition } of policy(copy)) delete (Condition as Record<string, unknown>).StringNotEquals;
  const ask = (template: Template) =>
    new Judge(template).may(
      { role: 'kohler_role' },
      { action: read, resource: FILE, context: ofOrganization(HOME.account) },
    );
  expect([await ask(MEMBERS), await ask(copy)]).toEqual([false, true]);
});

test('everybody would have it without the condition on the organization', async () => {
  const copy = structuredClone(MEMBERS);
  for (const { Condition } of policy(copy)) {
    delete (Condition as { StringEquals?: Record<string, string> }).StringEquals?.['aws:PrincipalOrgID'];
  }
  const ask = (template: Template) =>
    new Judge(template).may(member(STRANGER), {
      action: read,
      resource: FILE,
      context: { 'aws:PrincipalAccount': STRANGER },
    });
  expect([await ask(MEMBERS), await ask(copy)]).toEqual([false, true]);
});

function policy({ Resources }: Template): { Sid?: string; Condition?: object }[] {
  const found = Object.values(Resources).find(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  return found?.Properties.PolicyDocument.Statement;
}
