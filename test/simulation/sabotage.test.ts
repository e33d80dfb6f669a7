/**
 * Are the tests of access worth anything? Every condition, slash, action and statement that the
 * templates hold is taken out, one at a time, and the requests below must notice each.
 */
import { type Caller, Judge } from '../support/judge';
import { HOME } from '../support/resolve';
import { shareOf } from '../support/share';
import { synthesize, type Template } from '../support/synth';
import { contextOf, HEADERS } from './encryption';

const USER = 'arn:aws:iam::123456789876:user/sender';
const ACCOUNT_ROLE = 'arn:aws:iam::222233334444:role/any';
const BUCKET = 'arn:aws:s3:::integrations-kohler';
const KEY = `arn:aws:kms:${HOME.region}:${HOME.account}:key/11111111-2222-4333-8444-555555555555`;
const FOREIGN = `arn:aws:kms:${HOME.region}:123456789876:key/99999999-2222-4333-8444-555555555555`;
const SELF = `arn:aws:iam::${HOME.account}:role/kohler_role`;
const ANCHOR = `arn:aws:rolesanywhere:${HOME.region}:${HOME.account}:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab`;
const ISSUER = 'login.example.com/tenant';

const { kohler } = synthesize({
  'kohler/client.yaml': 'bucket: {kmsKey: create}',
  'kohler/role.yaml': `kind: assumed-role\nprincipals: [${USER}, "222233334444"]\nexternalId: abc\nroleSessionName: s-*\nselfAssume: true\nexpires: 2027-01-01\nsourceIps: [203.0.113.0/24]\naccess: [list, read, write, delete, versions, tags, acl, retention-read, root-list, list-buckets]\n`,
  'kohler/trust.yaml': `kind: direct-trust\nprincipals: [${USER}]\nexpires: 2027-01-01\nvpcEndpoints: [vpce-0a1b2c3d]\n`,
  'kohler/user.yaml': 'kind: access-key\nreason: a test\n',
  'kohler/cert.yaml': `kind: roles-anywhere\ntrustAnchor: {arn: "${ANCHOR}"}\nsubject: {commonName: c, organization: o, organizationalUnit: ou}\nexpires: 2027-01-01\naccess: [read]\n`,
  'kohler/token.yaml': `kind: web-identity\nprovider: https://${ISSUER}\naudiences: [aud]\nsubjects: [sub]\nroleSessionName: s-*\nexpires: 2027-01-01\naccess: [read]\n`,
  'kohler/off.yaml': `kind: assumed-role\nstatus: suspended\nprincipals: [${USER}]\n`,
});
if (!kohler) throw new Error('no template');
// An existing bucket has no setting of ours that refuses keys of the caller's own: statements do.
const { old } = synthesize({
  'old/client.yaml': `bucket: {name: old-bucket, existing: true, kmsKey: "${KEY}"}`,
  'old/role.yaml': `kind: assumed-role\nprincipals: [${USER}]\n`,
  'old/user.yaml': 'kind: access-key\nreason: a test\n',
});
const { none } = synthesize({
  'none/client.yaml': 'bucket: {name: none-bucket, existing: true}',
  'none/role.yaml': `kind: assumed-role\nprincipals: [${USER}]\n`,
});
if (!old || !none) throw new Error('no template');

type Context = Readonly<Record<string, string>>;
type Question = (judge: Judge) => Promise<boolean>;

const LATE = { 'aws:CurrentTime': '2027-01-01T00:00:00Z' };
const INSIDE = { 'aws:SourceIp': '203.0.113.9' };
const THROUGH = { 'aws:SourceVpce': 'vpce-0a1b2c3d' };
const ROLE: Caller = { role: 'kohler_role' };
const TRUST: Caller = { outside: USER };
const SOMEBODY: Caller = { outside: 'arn:aws:iam::123456789876:user/other' };
const KOHLER_USER: Caller = { user: 'kohler_user' };
const CERT: Caller = { role: 'kohler_cert' };
const TOKEN: Caller = { role: 'kohler_token' };

const s3 =
  (caller: Caller, action: string, key?: string, context = {}): Question =>
  (judge) =>
    judge.may(caller, { action, resource: key === undefined ? BUCKET : `${BUCKET}/${key}`, context });
const kms =
  (caller: Caller, action: string, context = {}): Question =>
  (judge) =>
    judge.may(caller, { action, resource: KEY, context });
const assume =
  (role: string, principal: string, context = {}): Question =>
  (judge) =>
    judge.mayAssume(role, principal, context);
const withCertificate =
  (action: string, context: Context): Question =>
  (judge) =>
    judge.mayOpenSession('kohler_cert', 'rolesanywhere.amazonaws.com', action, context);
const withToken =
  (context: Context): Question =>
  (judge) =>
    judge.mayOpenSession(
      'kohler_token',
      `arn:aws:iam::${HOME.account}:oidc-provider/${ISSUER}`,
      'sts:AssumeRoleWithWebIdentity',
      context,
    );
/** A context, and then with each of its values wrong in turn, and too late. */
const besides = (context: Context): Context[] => [
  context,
  ...Object.keys(context).map((key) => ({ ...context, [key]: 'x' })),
  { ...context, ...LATE },
];

const SUBJECT = {
  'aws:SourceArn': ANCHOR,
  'aws:PrincipalTag/x509Subject/CN': 'c',
  'aws:PrincipalTag/x509Subject/O': 'o',
  'aws:PrincipalTag/x509Subject/OU': 'ou',
};
const CLAIMS = { [`${ISSUER}:aud`]: 'aud', [`${ISSUER}:sub`]: 'sub', 'sts:RoleSessionName': 's-1' };
const ASKED = { 'sts:ExternalId': 'abc', 'sts:RoleSessionName': 's-1' };
const VIA = { 'kms:ViaService': `s3.${HOME.region}.amazonaws.com` };
const OWNED = { 's3:x-amz-acl': 'bucket-owner-full-control' };

const EVERY_OBJECT_ACTION = [
  's3:GetObject',
  's3:GetObjectAttributes',
  's3:PutObject',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
];
const MORE_OBJECT_ACTIONS = [
  's3:DeleteObject',
  's3:GetObjectVersion',
  's3:GetObjectVersionAttributes',
  's3:GetObjectVersionTagging',
  's3:DeleteObjectVersion',
  's3:GetObjectTagging',
  's3:PutObjectTagging',
  's3:DeleteObjectTagging',
  's3:GetObjectRetention',
  's3:GetObjectLegalHold',
];

/** The questions of one integration: all its rights, and what is just beside each. */
function questions(
  caller: Caller,
  prefix: string,
  allowed: object,
  actions: readonly string[],
  expires: boolean,
): Question[] {
  const contexts = [
    allowed,
    { ...allowed, 'aws:SecureTransport': 'false' },
    ...(expires ? [{ ...allowed, ...LATE }] : []),
    {},
  ];
  return [
    ...contexts.map((context) => s3(caller, 's3:GetBucketLocation', undefined, context)),
    ...actions.map((action) => s3(caller, action, `${prefix}/a`, allowed)),
    ...contexts.map((context) => s3(caller, 's3:GetObject', `${prefix}/a`, context)),
    s3(caller, 's3:GetObject', `${prefix}2/a`, allowed),
    ...contexts.map((context) => s3(caller, 's3:ListBucket', undefined, { ...context, 's3:prefix': `${prefix}/` })),
    s3(caller, 's3:ListBucket', undefined, { ...allowed, 's3:prefix': `${prefix}2/` }),
    ...contexts.map((context) => s3(caller, 's3:ListBucket', undefined, { ...context, 's3:prefix': '' })),
    s3(caller, 's3:ListBucket', undefined, { ...allowed, 's3:prefix': 'other/' }),
    kms(caller, 'kms:Decrypt', VIA),
    kms(caller, 'kms:GenerateDataKey', VIA),
    kms(caller, 'kms:Decrypt'),
    ...(expires ? [kms(caller, 'kms:Decrypt', { ...VIA, ...LATE })] : []),
  ];
}

/** Uploads that ask for every encryption. */
const uploads = (caller: Caller, key: string, allowed: Context = {}, bucket = BUCKET): Question[] =>
  HEADERS.map((header) => (judge) => {
    const context = { ...allowed, ...contextOf(header, KEY, FOREIGN) };
    return judge.may(caller, { action: 's3:PutObject', resource: `${bucket}/${key}`, context });
  });

const BATTERY: Question[] = [
  ...uploads(ROLE, 'role/a', INSIDE),
  ...uploads(TRUST, 'trust/a', THROUGH),
  ...uploads(KOHLER_USER, 'user/a'),
  ...questions(ROLE, 'role', INSIDE, [...EVERY_OBJECT_ACTION, ...MORE_OBJECT_ACTIONS], true),
  ...[INSIDE, {}, { ...INSIDE, ...LATE }].map(
    (context) => (judge: Judge) => judge.may(ROLE, { action: 's3:ListAllMyBuckets', resource: '*', context }),
  ),
  s3(ROLE, 's3:ListBucketVersions', undefined, { ...INSIDE, 's3:prefix': 'role/' }),
  ...[
    { ...INSIDE, ...OWNED },
    OWNED,
    { ...INSIDE, ...OWNED, ...LATE },
    { ...INSIDE, 's3:x-amz-acl': 'public-read' },
  ].map((context) => s3(ROLE, 's3:PutObjectAcl', 'role/a', context)),
  s3(ROLE, 's3:PutObjectAcl', 'role2/a', { ...INSIDE, ...OWNED }),
  ...questions(TRUST, 'trust', THROUGH, EVERY_OBJECT_ACTION, true),
  ...questions(SOMEBODY, 'trust', THROUGH, [], false),
  ...questions(KOHLER_USER, 'user', {}, EVERY_OBJECT_ACTION, false),
  s3({ role: 'kohler_off' }, 's3:GetObject', 'off/a'),
  assume('kohler_off', USER),
  assume('kohler_role', USER, ASKED),
  assume('kohler_role', USER, { ...ASKED, ...LATE }),
  assume('kohler_role', USER, { 'sts:RoleSessionName': 's-1' }),
  assume('kohler_role', USER, { ...ASKED, 'sts:RoleSessionName': 'x' }),
  assume('kohler_role', 'arn:aws:iam::123456789876:user/other', ASKED),
  assume('kohler_role', ACCOUNT_ROLE, ASKED),
  assume('kohler_role', ACCOUNT_ROLE, { ...ASKED, ...LATE }),
  assume('kohler_role', ACCOUNT_ROLE, { 'sts:RoleSessionName': 's-1' }),
  assume('kohler_role', ACCOUNT_ROLE, { ...ASKED, 'sts:RoleSessionName': 'x' }),
  assume('kohler_role', SELF, ASKED),
  assume('kohler_role', SELF, { ...ASKED, ...LATE }),
  assume('kohler_role', SELF, { 'sts:RoleSessionName': 's-1' }),
  assume('kohler_role', SELF, { ...ASKED, 'sts:RoleSessionName': 'x' }),
  assume('kohler_role', `arn:aws:iam::${HOME.account}:role/administrator`, ASKED),
  ...['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'].map((action) => withCertificate(action, SUBJECT)),
  ...besides(SUBJECT).map((context) => withCertificate('sts:AssumeRole', context)),
  ...besides(CLAIMS).map(withToken),
  ...questions(CERT, 'cert', {}, ['s3:GetObjectAttributes'], true),
  ...questions(TOKEN, 'token', {}, ['s3:GetObjectAttributes'], true),
];

const EXISTING: readonly { readonly template: Template; readonly battery: readonly Question[] }[] = [
  {
    template: old,
    battery: [
      ...uploads({ role: 'old_role' }, 'role/a', {}, 'arn:aws:s3:::old-bucket'),
      ...uploads({ user: 'old_user' }, 'user/a', {}, 'arn:aws:s3:::old-bucket'),
    ],
  },
  { template: none, battery: uploads({ role: 'none_role' }, 'role/a', {}, 'arn:aws:s3:::none-bucket') },
];

interface Statement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** Whether a statement keeps away what the bucket's owner could not read. */
function isEncryption({ Effect, Condition }: Statement): boolean {
  return Effect === 'Deny' && JSON.stringify(Condition ?? {}).includes('s3:x-amz-server-side-encryption');
}

/** Every way of taking one thing out of a statement. */
function sabotages(statement: Statement): { what: string; apply: (target: Statement) => void }[] {
  const { Action, Resource, Condition = {} } = statement;
  const found: { what: string; apply: (target: Statement) => void }[] = [];
  for (const [operator, keys] of Object.entries(Condition)) {
    for (const key of Object.keys(keys)) {
      // Whoever else writes to the bucket is denied the same, and nobody less is allowed by a Deny of more.
      if (isEncryption(statement) && key === 'aws:PrincipalArn') continue;
      found.push({ what: `without ${operator} ${key}`, apply: (target) => delete target.Condition?.[operator]?.[key] });
    }
  }
  if (Array.isArray(Action)) {
    // The simulator knows no s3:prefix for it, so it judges it denied either way.
    for (const action of Action.filter((one) => one !== 's3:ListBucketMultipartUploads')) {
      found.push({
        what: `without ${action}`,
        apply: (target) => {
          target.Action = (target.Action as string[]).filter((one) => one !== action);
        },
      });
    }
  }
  if (JSON.stringify(Resource ?? '').includes('/*') && statement.Effect === 'Allow') {
    found.push({
      what: 'with the slash before the wildcard gone',
      apply: (target) => {
        target.Resource = JSON.parse(JSON.stringify(target.Resource).replace('/*"', '*"'));
      },
    });
  }
  if (isEncryption(statement)) {
    found.push({
      what: 'removed',
      apply: (target) => {
        // What is left denies nothing that anybody has.
        target.Action = 's3:DeleteBucket';
      },
    });
    for (const [key, value] of Object.entries(Condition.StringNotEquals ?? {})) {
      found.push({
        what: `that takes any value of ${key}`,
        apply: (target) => {
          const { StringNotEquals: _, ...rest } = target.Condition ?? {};
          target.Condition = { ...rest, StringNotLike: { [key]: '*' } };
        },
      });
      // One that the other condition asks for is never missing.
      if (Condition.Null?.[key] === undefined) {
        found.push({
          what: `that takes no ${key} as if it were the right one`,
          apply: (target) => {
            const { Null = {} } = target.Condition ?? {};
            target.Condition = { ...target.Condition, Null: { ...Null, [key]: 'false' } };
          },
        });
      }
      found.push({
        what: `that takes ${key} of another beside its own`,
        apply: (target) => {
          target.Condition = { ...target.Condition, StringNotEquals: { [key]: [value, FOREIGN, 'aws:kms'] } };
        },
      });
    }
  }
  found.push({
    what: 'turned into its opposite',
    apply: (target) => {
      target.Effect = target.Effect === 'Allow' ? 'Deny' : 'Allow';
    },
  });
  return found;
}

/** Every policy statement of a template that is not the account's own administration of its key. */
function statements(template: Template): { where: string; statement: Statement }[] {
  return Object.entries(template.Resources).flatMap(([id, { Properties }]) => {
    const documents: [string, { Statement: Statement[] }][] = [
      ['trust', Properties.AssumeRolePolicyDocument],
      ['bucket policy', Properties.PolicyDocument],
      ['key policy', Properties.KeyPolicy],
      ...(Properties.Policies ?? []).map((policy: { PolicyDocument: unknown }) => [
        'inline policy',
        policy.PolicyDocument,
      ]),
    ];
    return documents
      .filter(([, document]) => document)
      .flatMap(([what, document]) =>
        document.Statement.filter(({ Action }) => Action !== 'kms:*').map((statement) => ({
          where: `${id} ${what}, ${statement.Sid}`,
          statement,
        })),
      );
  });
}

async function answers(template: Template, battery: readonly Question[]): Promise<boolean[]> {
  const judge = new Judge(template);
  const given: boolean[] = [];
  for (const question of battery) given.push(await question(judge));
  return given;
}

/** Whether any answer differs; stops at the first that does. */
async function noticed(template: Template, battery: readonly Question[], right: readonly boolean[]): Promise<boolean> {
  const judge = new Judge(template);
  for (const [at, question] of battery.entries()) {
    if ((await question(judge)) !== right[at]) return true;
  }
  return false;
}

describe.each([
  ['a bucket that is made here', kohler, BATTERY, 60],
  ...EXISTING.map(({ template, battery }, at) => [`existing bucket ${at + 1}`, template, battery, 8] as const),
] as const)('every sabotage is noticed: %s', (_, subject, battery, least) => {
  const cases = statements(subject).flatMap(({ where, statement }, at) =>
    // What else is in an existing bucket's policies is in those of the first.
    (subject === kohler || isEncryption(statement) ? sabotages(statement) : []).map(({ what }, which) => ({
      name: `${where} ${what}`,
      at,
      which,
    })),
  );
  let right: boolean[];
  beforeAll(async () => {
    right = await answers(subject, battery);
  }, 60_000);

  test('there is much to take out', () => {
    expect(cases.length).toBeGreaterThan(least);
    expect(new Set(right)).toEqual(new Set([true, false]));
  });

  test.each(shareOf(cases, least))('$name', async ({ at, which }) => {
    const copy: Template = structuredClone(subject);
    const target = statements(copy)[at]?.statement;
    if (!target) throw new Error('the statement is gone');
    sabotages(target)[which]?.apply(target);
    expect(await noticed(copy, battery, right)).toBe(true);
  });
});
