import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessChanges } from '../../lib/changes/access';
import { addedPermissions } from '../../lib/changes/grants';
import type { PrintedStacks } from '../../lib/changes/printed-stacks';
import { accessText } from '../../lib/changes/report';
import { load } from '../../lib/definitions/load';
import type { Deployment } from '../../lib/definitions/model/model';
import { problemLine } from '../../lib/definitions/yaml/problem';
import { inFolder } from '../support/folder';
import { quickTemplate } from '../support/quick-template';

type Files = Readonly<Record<string, string>>;

const AUTHORITY = readFileSync(join(__dirname, '../support/ca.pem'), 'utf8');
/** Of the same subject, with another key. */
const OTHER_AUTHORITY = readFileSync(join(__dirname, '../data/examples/globex/invoices-ca.pem'), 'utf8');
const [A, B, C] = ['a', 'b', 'c'].map((name) => `arn:aws:iam::123456789876:role/${name}`);
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ANCHOR = 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab';

const ROLE = `kind: assumed-role\nprincipals: [${A}]\n`;
const TRUST = `kind: direct-trust\nprincipals: [${A}]\n`;
const ACCESS_KEY = 'kind: access-key\nreason: x\n';
const ANYWHERE = 'kind: roles-anywhere\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: x}\n';
/** A role with an external ID of its own for each principal. */
const trusts = (...pairs: readonly (readonly [principal?: string, externalId?: string])[]) =>
  `kind: assumed-role\ntrusts:\n${pairs
    .map(([principal, id]) => `  - {principal: "${principal}"${id ? `, externalId: ${id}` : ''}}\n`)
    .join('')}`;
const TOKEN = 'kind: web-identity\nprovider: https://login.example.com\naudiences: [x]\nsubjects: [x]\n';

/** A client with one integration, c_v. */
const one = (integration: string, client = '', settings = ''): Files => ({
  'settings.yaml': settings,
  'c/client.yaml': client,
  'c/ca.pem': AUTHORITY,
  'c/other-ca.pem': OTHER_AUTHORITY,
  'c/v.yaml': integration,
});
const bare = (client = ''): Files => ({ 'c/client.yaml': client });

function deployment(files: Files): Deployment {
  return inFolder(files, (dir) => {
    const { deployment, problems, failed } = load(dir);
    if (failed) throw new Error(problems.map((problem) => problemLine(problem, '')).join('\n'));
    return deployment;
  });
}

const OTHER = '444455556666';
const [OURS, OURS2] = ['analyst', 'auditor'].map((name) => `arn:aws:iam::${OTHER}:role/${name}`);
const OWN = 'arn:aws:iam::111122223333:role/analyst';
/** A client with internal entries, and one integration unless it is to have none. */
const ours = (entries: string, { client = '', integration = ROLE } = {}): Files =>
  one(
    integration,
    `account: "111122223333"\n${entries && `internal: [${entries}]\n`}${client}`,
    `ownAccounts: ["${OTHER}"]\norganization: o-a1b2c3d4e5\n`,
  );
const ANALYST = `{principals: ["${OURS}"]}`;

/** Changes, a line each: `+ c_v may delete under v/ [widening]`. */
function told(before: Files, after: Files): string[] {
  return accessChanges(deployment(before), deployment(after)).map(
    (change) => `${change.sign} ${accessText(change)} [${change.effect}]`,
  );
}

const NEW = `anyone who has the access key in slot a may list, read and write under v/ (s3://integrations-c/v/)`;

const MATRIX: readonly [edit: string, before: Files, after: Files, expected: readonly string[]][] = [
  ['nothing', one(ROLE), one(ROLE), []],
  ['what is only for people to read', one(ROLE), one(`${ROLE}description: x\nowner: y\nrequest: z\n`), []],
  ['lists in another order', one(`${ROLE}externalIds: [x1, x2]\n`), one(`${ROLE}externalIds: [x2, x1]\n`), []],

  // What
  [
    'a capability',
    one(ROLE),
    one(`${ROLE}access: [list, read, write, delete]\n`),
    ['+ c_v may delete under v/ [widening]'],
  ],
  [
    'capabilities that bring more together',
    one(`${ROLE}access: [list, delete]\n`),
    one(`${ROLE}access: [list, delete, versions, tags]\n`),
    ['+ c_v may see, fetch and delete earlier versions and read, set and delete object tags under v/ [widening]'],
  ],
  [
    'one that brings more of others',
    one(`${ROLE}access: [versions, tags]\n`),
    one(`${ROLE}access: [versions, tags, delete]\n`),
    ['+ c_v may delete (earlier versions and object tags too) under v/ [widening]'],
  ],
  [
    'capabilities beyond the prefix',
    one(ROLE),
    one(`${ROLE}access: [list, read, write, root-list, list-buckets]\n`),
    [
      "+ c_v may list from the bucket's root, which shows other integrations' key names [widening]",
      "+ c_v may see the names of all the account's buckets [widening]",
    ],
  ],
  [
    'some for others',
    one(`${ROLE}access: [list, acl]\n`),
    one(`${ROLE}access: [list, retention-read]\n`),
    [
      '+ c_v may read retention and legal hold under v/ [widening]',
      '- c_v may no longer send the ACL bucket-owner-full-control under v/ [narrowing]',
    ],
  ],

  // Where
  ['another prefix', one(ROLE), one(`${ROLE}prefix: w/\n`), ['~ c_v acts under w/ instead of under v/ [both]']],
  [
    'a prefix inside',
    one(ROLE),
    one(`${ROLE}prefix: v/in/\n`),
    ['~ c_v acts under v/in/ instead of under v/ [narrowing]'],
  ],
  [
    'a prefix around',
    one(`${ROLE}prefix: v/in/\n`),
    one(ROLE),
    ['~ c_v acts under v/ instead of under v/in/ [widening]'],
  ],
  [
    'a bucket of its own',
    one(ROLE),
    one(`${ROLE}dedicatedBucket: {name: own}\n`),
    ['~ c_v acts in s3://own/v/ instead of s3://integrations-c/v/ [both]'],
  ],
  [
    'the whole of it',
    one(`${ROLE}dedicatedBucket: {name: own}\n`),
    one(`${ROLE}dedicatedBucket: {name: own}\nwholeBucket: true\n`),
    ['~ c_v acts in the whole bucket instead of under v/ [widening]'],
  ],
  [
    'another key of its own bucket',
    one(`${ROLE}dedicatedBucket: {name: own, kmsKey: create}\n`),
    one(`${ROLE}dedicatedBucket: {name: own, kmsKey: "${KEY}"}\n`),
    [`~ c_v encrypts objects in own with the KMS key ${KEY} (before: a KMS key of its own) [both]`],
  ],

  // When, and from where
  [
    'an end',
    one(ROLE),
    one(`${ROLE}expires: 2030-01-01\n`),
    ['~ c_v has access until 2030-01-01 (before: without an end date) [narrowing]'],
  ],
  [
    'a later end',
    one(`${ROLE}expires: 2030-01-01\n`),
    one(`${ROLE}expires: 2030-01-02\n`),
    ['~ c_v has access until 2030-01-02 (before: until 2030-01-01) [widening]'],
  ],
  [
    'an earlier end',
    one(`${ROLE}expires: 2030-01-02\n`),
    one(`${ROLE}expires: 2030-01-01\n`),
    ['~ c_v has access until 2030-01-01 (before: until 2030-01-02) [narrowing]'],
  ],
  [
    'no end',
    one(`${ROLE}expires: 2030-01-01\n`),
    one(ROLE),
    ['~ c_v has access without an end date (before: until 2030-01-01) [widening]'],
  ],
  [
    'origins',
    one(ROLE),
    one(`${ROLE}sourceIps: [192.0.2.0/24]\n`),
    ['~ c_v may be used only from 192.0.2.0/24 instead of from anywhere [narrowing]'],
  ],
  [
    'no origins',
    one(`${ROLE}vpcEndpoints: [vpce-0a1b2c3d]\n`),
    one(ROLE),
    ['~ c_v may be used from anywhere instead of only from vpce-0a1b2c3d [widening]'],
  ],
  [
    'an endpoint besides addresses',
    one(`${ROLE}sourceIps: [192.0.2.0/24]\n`),
    one(`${ROLE}sourceIps: [192.0.2.0/24]\nvpcEndpoints: [vpce-0a1b2c3d]\n`),
    ['~ c_v may be used only from 192.0.2.0/24 and vpce-0a1b2c3d instead of only from 192.0.2.0/24 [widening]'],
  ],
  [
    'a smaller range',
    one(`${ROLE}sourceIps: [192.0.2.0/24]\n`),
    one(`${ROLE}sourceIps: [192.0.2.128/25, 192.0.2.7]\n`),
    ['~ c_v may be used only from 192.0.2.128/25 and 192.0.2.7 instead of only from 192.0.2.0/24 [narrowing]'],
  ],
  [
    'another range',
    one(`${ROLE}sourceIps: [192.0.2.0/25]\n`),
    one(`${ROLE}sourceIps: [192.0.2.128/25]\n`),
    ['~ c_v may be used only from 192.0.2.128/25 instead of only from 192.0.2.0/25 [both]'],
  ],

  // Who: roles
  ['another principal', one(ROLE), one(ROLE.replace('/a', '/b')), [`~ c_v trusted by ${B} instead of ${A} [both]`]],
  [
    'principals more',
    one(ROLE),
    one(ROLE.replace(']', `, ${B}, ${C}]`)),
    [`+ c_v trusted by ${B} and ${C} too [widening]`],
  ],
  ['principals less', one(TRUST.replace(']', `, ${B}]`)), one(TRUST), [`- c_v no longer trusted by ${B} [narrowing]`]],
  [
    'a role of what was a whole account',
    one(`kind: assumed-role\nprincipals: ["123456789876"]\nexternalId: x1\n`),
    one(`${ROLE}externalId: x1\n`),
    [`~ c_v trusted by ${A} instead of 123456789876 [narrowing]`],
  ],
  [
    'the whole account of what was a role',
    one(`${ROLE}externalId: x1\n`),
    one(`kind: assumed-role\nprincipals: ["123456789876"]\nexternalId: x1\n`),
    [`~ c_v trusted by 123456789876 instead of ${A} [widening]`],
  ],
  [
    'an account written otherwise',
    one(`kind: direct-trust\nprincipals: ["123456789876"]\nallowWholeAccount: true\n`),
    one(`kind: direct-trust\nprincipals: ["arn:aws:iam::123456789876:root"]\nallowWholeAccount: true\n`),
    ['~ c_v trusted by arn:aws:iam::123456789876:root instead of 123456789876 [neutral]'],
  ],
  ['an external ID', one(ROLE), one(`${ROLE}externalId: x1\n`), ['~ c_v asks for an external ID [narrowing]']],
  [
    'no external ID',
    one(`${ROLE}externalIds: [x1, x2]\n`),
    one(ROLE),
    ['~ c_v no longer asks for an external ID [widening]'],
  ],
  [
    'one external ID more',
    one(`${ROLE}externalId: x1\n`),
    one(`${ROLE}externalIds: [x1, x2]\n`),
    ['+ c_v takes another external ID too [widening]'],
  ],
  [
    'one external ID less',
    one(`${ROLE}externalIds: [x1, x2]\n`),
    one(`${ROLE}externalId: x2\n`),
    ['- c_v no longer takes one of its external IDs [narrowing]'],
  ],
  [
    'another external ID',
    one(`${ROLE}externalId: x1\n`),
    one(`${ROLE}externalId: x2\n`),
    ['~ c_v takes another external ID instead [both]'],
  ],
  [
    'a session name',
    one(ROLE),
    one(`${ROLE}roleSessionName: nightly\n`),
    ['~ c_v names its sessions nightly (before: as it chooses) [narrowing]'],
  ],
  [
    'a freer session name',
    one(`${ROLE}roleSessionName: nightly-1\n`),
    one(`${ROLE}roleSessionName: nightly-*\n`),
    ['~ c_v names its sessions nightly-* (before: nightly-1) [widening]'],
  ],
  [
    'a stricter session name',
    one(`${ROLE}roleSessionName: "*-1"\n`),
    one(`${ROLE}roleSessionName: nightly-1\n`),
    ['~ c_v names its sessions nightly-1 (before: *-1) [narrowing]'],
  ],
  [
    'another session name',
    one(`${ROLE}roleSessionName: a-*\n`),
    one(`${ROLE}roleSessionName: "*-a"\n`),
    ['~ c_v names its sessions *-a (before: a-*) [both]'],
  ],
  [
    'itself',
    one(ROLE),
    one(`${ROLE}selfAssume: true\n`),
    ['+ c_v may assume its own role again from within a session [widening]'],
  ],
  [
    'not itself',
    one(`${ROLE}selfAssume: true\n`),
    one(ROLE),
    ['- c_v may no longer assume its own role from within a session [narrowing]'],
  ],
  [
    'longer sessions',
    one(ROLE),
    one(`${ROLE}maxSessionDuration: 1h30m\n`),
    ['~ c_v gets sessions of up to 1h30m instead of 1h [widening]'],
  ],
  [
    'shorter sessions',
    one(`${TOKEN}maxSessionDuration: 12h\n`),
    one(TOKEN),
    ['~ c_v gets sessions of up to 1h instead of 12h [narrowing]'],
  ],
  ['sessions shorter than a role knows', one(ROLE), one(`${ROLE}maxSessionDuration: 15m\n`), []],
  [
    'another role',
    one(ROLE),
    one(`${ROLE}roleName: other\n`),
    ['~ c_v has a role with the name other instead of c_v [both]'],
  ],

  // Who: certificates
  [
    'shorter sessions of certificates',
    one(ANYWHERE),
    one(`${ANYWHERE}sessionDuration: 15m\n`),
    ['~ c_v gets sessions of up to 15m instead of 1h [narrowing]'],
  ],
  [
    'another common name',
    one(ANYWHERE),
    one(ANYWHERE.replace('commonName: x', 'commonName: y')),
    ['~ c_v takes certificates for CN=y instead of CN=x [both]'],
  ],
  [
    'more of the subject',
    one(ANYWHERE),
    one(ANYWHERE.replace('commonName: x', 'commonName: x, organization: Y')),
    ['~ c_v takes certificates for CN=x, O=Y instead of CN=x [narrowing]'],
  ],
  [
    'less of the subject',
    one(ANYWHERE.replace('commonName: x', 'commonName: x, organizationalUnit: Y')),
    one(ANYWHERE),
    ['~ c_v takes certificates for CN=x instead of CN=x, OU=Y [widening]'],
  ],
  [
    'names of its choice',
    one(ANYWHERE),
    one(`${ANYWHERE}acceptRoleSessionName: true\n`),
    ['+ c_v may choose the names of its sessions [widening]'],
  ],
  [
    'no names of its choice',
    one(`${ANYWHERE}acceptRoleSessionName: true\n`),
    one(ANYWHERE),
    ['- c_v may no longer choose the names of its sessions [narrowing]'],
  ],

  // Who: tokens
  [
    'another provider',
    one(TOKEN),
    one(TOKEN.replace('.com', '.org')),
    ['~ c_v takes tokens of https://login.example.org instead of https://login.example.com [both]'],
  ],
  [
    'a provider written otherwise',
    one(TOKEN.replace('https://login.example.com', 'https://accounts.google.com')),
    one(TOKEN.replace('https://login.example.com', 'accounts.google.com')),
    [],
  ],
  [
    'an audience more',
    one(TOKEN),
    one(TOKEN.replace('audiences: [x]', 'audiences: [x, y]')),
    ['+ c_v takes tokens for the audience y too [widening]'],
  ],
  [
    'another subject',
    one(TOKEN),
    one(TOKEN.replace('subjects: [x]', 'subjects: [y]')),
    ['~ c_v takes subject y instead of x [both]'],
  ],
  [
    'no subject, but a name',
    one(TOKEN),
    one(TOKEN.replace('subjects: [x]', 'roleSessionName: z1')),
    [
      '~ c_v no longer asks for subject (before: x) [widening]',
      '~ c_v names its sessions z1 (before: as it chooses) [narrowing]',
    ],
  ],

  // Who: keys
  [
    'a second key',
    one(ACCESS_KEY),
    one(`${ACCESS_KEY}keys: [a, b]\n`),
    ['+ c_v has an access key in slot b too [widening]'],
  ],
  [
    'the first key',
    one(`${ACCESS_KEY}keys: [a, b]\n`),
    one(`${ACCESS_KEY}keys: [b]\n`),
    ['- c_v no longer has an access key in slot a [narrowing]'],
  ],
  [
    'a review',
    one(ACCESS_KEY),
    one(`${ACCESS_KEY}reviewBy: 2030-01-01\n`),
    ['~ c_v is due for review by 2030-01-01 (before: never) [neutral]'],
  ],

  // Whether
  ['suspend', one(ROLE), one(`${ROLE}status: suspended\n`), ['- c_v is suspended: nobody can use it [narrowing]']],
  [
    'say that it was pending',
    one(`${ROLE}status: pending\n`),
    one(`${ROLE}status: suspended\n`),
    ['~ c_v is suspended: nobody can use it (before: pending) [neutral]'],
  ],
  [
    'resume',
    one(`${ACCESS_KEY}status: suspended\n`),
    one(ACCESS_KEY),
    [`+ c_v is active, no longer suspended: ${NEW} [widening]`],
  ],
  [
    'edit what nobody can use',
    one(`${ROLE}status: pending\n`),
    one(`${ROLE.replace('/a', '/b')}status: pending\nprefix: w/\n`),
    [`~ c_v trusted by ${B} instead of ${A} [neutral]`, '~ c_v acts under w/ instead of under v/ [neutral]'],
  ],
  [
    'suspend and edit',
    one(ROLE),
    one(`${ROLE}status: suspended\naccess: [list, read, write, delete]\n`),
    ['- c_v is suspended: nobody can use it [narrowing]', '+ c_v may delete under v/ [neutral]'],
  ],
  ['another kind', one(ROLE), one(ACCESS_KEY), [`~ c_v is of kind access-key instead of assumed-role: ${NEW} [both]`]],
  [
    'another kind, with longer sessions',
    one(ROLE),
    one(`${TOKEN}maxSessionDuration: 12h\n`),
    [
      '~ c_v is of kind web-identity instead of assumed-role: anyone who has a token of https://login.example.com for the audience x and the subject x may list, read and write under v/ (s3://integrations-c/v/), as role c_v, for sessions of up to 12h [both]',
    ],
  ],
  [
    'resume and edit',
    one(`${ACCESS_KEY}status: suspended\nexpires: 2030-01-01\n`),
    one(ACCESS_KEY),
    [
      `+ c_v is active, no longer suspended: ${NEW} [widening]`,
      '~ c_v has access without an end date (before: until 2030-01-01) [neutral]',
    ],
  ],

  // Which
  ['an integration', bare(), one(ACCESS_KEY), [`+ c_v is new, of kind access-key: ${NEW} [widening]`]],
  [
    'one that nobody can use',
    bare(),
    one('kind: direct-trust\nstatus: pending\n'),
    ['+ c_v is new, of kind direct-trust, and pending: nobody can use it [neutral]'],
  ],
  ['none', one(ROLE), bare(), ['- c_v removed; its access ends with the deployment [narrowing]']],
  [
    'none that nobody could use',
    one(`${ROLE}status: suspended\n`),
    bare(),
    ['- c_v removed; it was suspended, and nobody could use it [neutral]'],
  ],
  [
    'another name',
    one(ACCESS_KEY),
    { 'c/client.yaml': '', 'c/w.yaml': `${ACCESS_KEY}prefix: v/\n` },
    [
      '- c_v removed; its access ends with the deployment [narrowing]',
      `+ c_w is new, of kind access-key: ${NEW} [widening]`,
    ],
  ],
  [
    'a client',
    { 'd/client.yaml': '' },
    { 'd/client.yaml': '', ...one(ACCESS_KEY) },
    [
      '+ c is a new client, with the bucket integrations-c, which is created [neutral]',
      `+ c_v is new, of kind access-key: ${NEW} [widening]`,
    ],
  ],
  [
    'no client',
    { 'd/client.yaml': '', ...one(ACCESS_KEY) },
    { 'd/client.yaml': '' },
    [
      '- c removed; the bucket integrations-c stays, with its objects [neutral]',
      '- c_v removed; its access ends with the deployment [narrowing]',
    ],
  ],

  // The client
  [
    'another bucket',
    one(ROLE),
    one(ROLE, 'bucket: {name: other}'),
    [
      '~ c has the bucket other (before: integrations-c, whose objects stay there) [neutral]',
      '~ c_v acts in s3://other/v/ instead of s3://integrations-c/v/ [both]',
    ],
  ],
  [
    'a KMS key',
    one(ROLE),
    one(ROLE, 'bucket: {kmsKey: create}'),
    ['~ c encrypts objects in integrations-c with a KMS key of its own (before: SSE-S3) [both]'],
  ],
  [
    'a KMS key where nobody writes',
    one(`${ROLE}access: [list, read]\n`),
    one(`${ROLE}access: [list, read]\n`, 'bucket: {kmsKey: create}'),
    ['~ c encrypts objects in integrations-c with a KMS key of its own (before: SSE-S3) [widening]'],
  ],
  [
    'no KMS key where nobody writes',
    one(`${ROLE}access: [list, read]\n`, 'bucket: {kmsKey: create}'),
    one(`${ROLE}access: [list, read]\n`),
    ['~ c encrypts objects in integrations-c with SSE-S3 (before: a KMS key of its own) [narrowing]'],
  ],
  [
    'no KMS key',
    one(ROLE, 'bucket: {kmsKey: create}'),
    one(ROLE),
    ['~ c encrypts objects in integrations-c with SSE-S3 (before: a KMS key of its own) [both]'],
  ],
  [
    'a KMS key where nobody is',
    bare(),
    bare('bucket: {kmsKey: create}'),
    ['~ c encrypts objects in integrations-c with a KMS key of its own (before: SSE-S3) [neutral]'],
  ],
  [
    'a bucket that is there',
    one(ROLE),
    one(ROLE, 'bucket: {existing: true}'),
    ['~ c has the bucket integrations-c as an existing bucket (before: created and managed here) [both]'],
  ],
  [
    'a KMS key where nobody is any more',
    one(ROLE),
    one(`${ROLE}status: suspended\n`, 'bucket: {kmsKey: create}'),
    [
      '~ c encrypts objects in integrations-c with a KMS key of its own (before: SSE-S3) [neutral]',
      '- c_v is suspended: nobody can use it [narrowing]',
    ],
  ],
  [
    "a KMS key of the client's bucket, of whoever has a bucket of its own",
    one(`${ROLE}dedicatedBucket: {name: own}\n`),
    one(`${ROLE}dedicatedBucket: {name: own}\n`, 'bucket: {kmsKey: create}'),
    ['~ c encrypts objects in integrations-c with a KMS key of its own (before: SSE-S3) [neutral]'],
  ],
  [
    'settings of the bucket',
    one(ROLE),
    one(
      ROLE,
      'bucket: {versioned: false, eventBridge: true, lifecycle: {expireObjectsAfterDays: 1, expireOldVersionsAfterDays: 2, abortUploadsAfterDays: 3}}',
    ),
    [
      '~ c keeps earlier versions of objects in integrations-c: no (before: yes) [neutral]',
      '~ c deletes objects in integrations-c after 1 day (before: never) [neutral]',
      '~ c deletes earlier versions in integrations-c after 2 days (before: never) [neutral]',
      '~ c cleans up unfinished uploads to integrations-c after 3 days (before: after 7 days) [neutral]',
      '~ c sends EventBridge the events of objects in integrations-c: yes (before: no) [neutral]',
    ],
  ],
  [
    'access logs',
    one(ROLE),
    one(ROLE, '', 'accessLogs: {bucket: logs-of-all, prefix: x/}'),
    ['~ c logs requests to integrations-c in s3://logs-of-all/x/ (before: nowhere) [neutral]'],
  ],
  [
    'another region',
    one(ROLE, 'region: eu-west-1'),
    one(ROLE, 'region: eu-west-2'),
    [
      '~ c is deployed to the region eu-west-2 (before: eu-west-1): that is another stack, and the deployed one stays unchanged [both]',
    ],
  ],
  [
    'an account at last',
    one(ROLE),
    one(ROLE, 'account: "111122223333"'),
    [
      '~ c is deployed to the account 111122223333 (before: that of the CDK environment): if the two differ, that is another stack, and the deployed one stays unchanged [both]',
    ],
  ],
  [
    'a boundary',
    one(ROLE),
    one(ROLE, '', 'permissionsBoundary: arn:aws:iam::111122223333:policy/b'),
    [
      '~ c bounds its roles and users by arn:aws:iam::111122223333:policy/b (before: no permissions boundary) [narrowing]',
    ],
  ],
  [
    'no boundary',
    one(ROLE, '', 'permissionsBoundary: arn:aws:iam::111122223333:policy/b'),
    one(ROLE),
    [
      '~ c bounds its roles and users by no permissions boundary (before: arn:aws:iam::111122223333:policy/b) [widening]',
    ],
  ],
  [
    'no boundary of what has none',
    one(TRUST, '', 'permissionsBoundary: arn:aws:iam::111122223333:policy/b'),
    one(TRUST),
    [
      '~ c bounds its roles and users by no permissions boundary (before: arn:aws:iam::111122223333:policy/b) [neutral]',
    ],
  ],
  ['tags', one(ROLE, 'tags: {a: x, b: y}'), one(ROLE, 'tags: {b: z}'), ['~ c has other tags: no a, b=z [neutral]']],
  // Where from: VPCs
  [
    'a VPC',
    one(ROLE),
    one(`${ROLE}sourceVpcs: [vpc-0a1b2c3d]\n`),
    ['~ c_v may be used only from vpc-0a1b2c3d instead of from anywhere [narrowing]'],
  ],
  [
    'a VPC besides an endpoint',
    one(`${TRUST}vpcEndpoints: [vpce-0a1b2c3d]\n`),
    one(`${TRUST}vpcEndpoints: [vpce-0a1b2c3d]\nsourceVpcs: [vpc-0a1b2c3d]\n`),
    ['~ c_v may be used only from vpc-0a1b2c3d and vpce-0a1b2c3d instead of only from vpce-0a1b2c3d [widening]'],
  ],
  [
    'another VPC',
    one(`${ROLE}sourceVpcs: [vpc-0a1b2c3d]\n`),
    one(`${ROLE}sourceVpcs: [vpc-0a1b2c3e]\n`),
    ['~ c_v may be used only from vpc-0a1b2c3e instead of only from vpc-0a1b2c3d [both]'],
  ],

  // Who: an external ID of its own for each
  [
    'a principal with an external ID of its own',
    one(trusts([A, 'x1'])),
    one(trusts([A, 'x1'], [B, 'x2'])),
    [`+ c_v trusted by ${B} too [widening]`],
  ],
  [
    'another external ID of one',
    one(trusts([A, 'x1'], [B, 'x2'])),
    one(trusts([A, 'x1'], [B, 'x3'])),
    [`~ c_v from ${B} takes another external ID instead [both]`],
  ],
  [
    'external IDs exchanged',
    one(trusts([A, 'x1'], [B, 'x2'])),
    one(trusts([A, 'x2'], [B, 'x1'])),
    [
      `~ c_v from ${A} takes another external ID instead [both]`,
      `~ c_v from ${B} takes another external ID instead [both]`,
    ],
  ],
  [
    'an external ID of its own for each instead of any for all',
    one(ROLE.replace(']', `, ${B}]`).concat('externalIds: [x1, x2]\n')),
    one(trusts([A, 'x1'], [B, 'x2'])),
    [
      `- c_v from ${A} no longer takes one of its external IDs [narrowing]`,
      `- c_v from ${B} no longer takes one of its external IDs [narrowing]`,
    ],
  ],
  [
    'no external ID of one any more',
    one(trusts([A, 'x1'], [B, 'x2'])),
    one(trusts([A, 'x1'], [B])),
    [`~ c_v from ${B} no longer asks for an external ID [widening]`],
  ],
  [
    'a role with another external ID than its account',
    one(trusts(['123456789876', 'x1'])),
    one(trusts(['123456789876', 'x1'], [A, 'x2'])),
    [`+ c_v trusted by ${A} too [widening]`],
  ],
  ['the same, written otherwise', one(`${ROLE}externalId: x1\n`), one(trusts([A, 'x1'])), []],

  // How: what sessions carry
  ['session tags', one(ROLE), one(`${ROLE}sessionTags: true\n`), ['+ c_v may send session tags [widening]']],
  [
    'no session tags',
    one(`${TOKEN}sessionTags: true\n`),
    one(TOKEN),
    ['- c_v may not send session tags any more [narrowing]'],
  ],
  [
    'a source identity',
    one(`${ROLE}sessionTags: true\n`),
    one(`${ROLE}sessionTags: true\nsourceIdentity: true\n`),
    ['+ c_v may set a source identity [widening]'],
  ],
  [
    'no source identity',
    one(`${ROLE}sourceIdentity: true\n`),
    one(ROLE),
    ['- c_v may not set a source identity any more [narrowing]'],
  ],
  [
    'another role for certificates',
    one(ANYWHERE),
    one(`${ANYWHERE}roleName: other\n`),
    ['~ c_v has a role with the name other instead of c_v [both]'],
  ],
  [
    'another role for tokens',
    one(TOKEN),
    one(`${TOKEN}roleName: other\n`),
    ['~ c_v has a role with the name other instead of c_v [both]'],
  ],
  [
    'another path',
    one(ROLE),
    one(ROLE, '', 'rolePath: /vendors/'),
    [
      '~ c has its roles and users in the path /vendors/ (before: /): each has another ARN, and roles are replaced [both]',
    ],
  ],
  [
    'another path of a user',
    one(ACCESS_KEY, '', 'rolePath: /vendors/'),
    one(ACCESS_KEY),
    [
      '~ c has its roles and users in the path / (before: /vendors/): each has another ARN, and roles are replaced [both]',
    ],
  ],
  [
    'another path of what has no role',
    one(TRUST),
    one(TRUST, '', 'rolePath: /vendors/'),
    [
      '~ c has its roles and users in the path /vendors/ (before: /): each has another ARN, and roles are replaced [neutral]',
    ],
  ],

  // For people
  [
    'a review of a role',
    one(`${ROLE}reviewBy: 2030-01-01\n`),
    one(`${ROLE}reviewBy: 2031-01-01\n`),
    ['~ c_v is due for review by 2031-01-01 (before: by 2030-01-01) [neutral]'],
  ],
  [
    'a contact',
    one(ROLE),
    one(`${ROLE}contact: ann@example.com\n`),
    ['~ c_v has the contact ann@example.com (before: none) [neutral]'],
  ],
  ['a title', one(ROLE), one(ROLE, 'title: Company C'), ['~ c has the title Company C (before: none) [neutral]']],

  // Our own company
  [
    'internal access',
    ours(''),
    ours(`{principals: ["${OURS}", "${OURS2}"]}`),
    [`+ c allows internally ${OURS} and ${OURS2} to list and read in the whole bucket [widening]`],
  ],
  [
    'no internal access',
    ours(ANALYST),
    ours(''),
    [`- c no longer allows internally ${OURS} to list and read in the whole bucket [narrowing]`],
  ],
  [
    'internal access, to write',
    ours(ANALYST),
    ours(`{principals: ["${OURS}"], access: [list, read, write]}`),
    [`+ c allows internally ${OURS} to write in the whole bucket [widening]`],
  ],
  [
    'internal access, to write no more',
    ours(`{principals: ["${OURS}"], access: [list, read, write]}`),
    ours(ANALYST),
    [`- c no longer allows internally ${OURS} to write in the whole bucket [narrowing]`],
  ],
  [
    'internal access elsewhere',
    ours(`{principals: ["${OURS}"], prefix: v/}`),
    ours(`{principals: ["${OURS}"], prefix: w/}`),
    [
      `+ c allows internally ${OURS} to list and read under w/ [widening]`,
      `- c no longer allows internally ${OURS} to list and read under v/ [narrowing]`,
    ],
  ],
  [
    'internal access of the organization',
    ours(''),
    ours('{organization: true}'),
    ['+ c allows internally anyone of the organization o-a1b2c3d4e5 to list and read in the whole bucket [widening]'],
  ],
  [
    'internal access of the organization, which wrote, no more',
    ours('{organization: true, access: [write]}'),
    ours(''),
    [
      '- c no longer allows internally anyone of the organization o-a1b2c3d4e5 to write in the whole bucket [narrowing]',
    ],
  ],
  [
    'internal access only while of the organization',
    ours(ANALYST),
    ours(`{principals: ["${OURS}"], organization: true}`),
    [
      `- c no longer allows internally ${OURS} to list and read in the whole bucket [narrowing]`,
      `+ c allows internally ${OURS} while of the organization o-a1b2c3d4e5 to list and read in the whole bucket [neutral]`,
    ],
  ],
  [
    'internal access of the own account, for which nothing is written',
    ours(''),
    ours(`{principals: ["${OWN}"]}`),
    [`+ c allows internally ${OWN} to list and read in the whole bucket (meant, and not granted here) [neutral]`],
  ],
  [
    'internal access that is only meant',
    ours(ANALYST),
    ours(`{principals: ["${OURS}"], grant: false}`),
    [`~ c only means that internally ${OURS} may list and read in the whole bucket (before: granted) [narrowing]`],
  ],
  [
    'internal access that is granted',
    ours(`{principals: ["${OURS}"], grant: false}`),
    ours(ANALYST),
    [`~ c grants that internally ${OURS} may list and read in the whole bucket (before: only meant) [widening]`],
  ],
  ['internal access with a reason', ours(ANALYST), ours(`{principals: ["${OURS}"], reason: x}`), []],
  [
    'a whole account of ours instead of one role',
    ours(ANALYST),
    ours(`{principals: ["${OTHER}"]}`),
    [
      `- c no longer allows internally ${OURS} to list and read in the whole bucket [neutral]`,
      `+ c allows internally ${OTHER} to list and read in the whole bucket [widening]`,
    ],
  ],
  [
    'a bucket of its own, which is open internally',
    ours(ANALYST, { integration: TRUST }),
    ours(ANALYST, { integration: `${TRUST}status: pending\ndedicatedBucket: {name: own}\n` }),
    [
      '+ c allows internal access to own too [widening]',
      '- c_v is pending: nobody can use it [narrowing]',
      '~ c_v acts in s3://own/v/ instead of s3://integrations-c/v/ [neutral]',
    ],
  ],
  [
    'another bucket, which is open internally',
    ours(ANALYST, { integration: 'kind: direct-trust\nstatus: pending\n' }),
    ours(ANALYST, { integration: 'kind: direct-trust\nstatus: pending\n', client: 'bucket: {name: other}\n' }),
    [
      '~ c has the bucket other (before: integrations-c, whose objects stay there) [neutral]',
      '+ c allows internal access to other too [widening]',
      '- c allows no internal access to integrations-c any more [narrowing]',
      '~ c_v acts in s3://other/v/ instead of s3://integrations-c/v/ [neutral]',
    ],
  ],
  [
    'a KMS key of what is open internally',
    ours(ANALYST, { integration: 'kind: direct-trust\nstatus: pending\n' }),
    ours(ANALYST, { integration: 'kind: direct-trust\nstatus: pending\n', client: 'bucket: {kmsKey: create}\n' }),
    ['~ c encrypts objects in integrations-c with a KMS key of its own (before: SSE-S3) [widening]'],
  ],
  [
    'a KMS key of what is written internally',
    ours(`{principals: ["${OURS}"], access: [write]}`, { integration: 'kind: direct-trust\nstatus: pending\n' }),
    ours(`{principals: ["${OURS}"], access: [write]}`, {
      integration: 'kind: direct-trust\nstatus: pending\n',
      client: 'bucket: {kmsKey: create}\n',
    }),
    ['~ c encrypts objects in integrations-c with a KMS key of its own (before: SSE-S3) [both]'],
  ],
];

test.each(MATRIX)('%s', (_, before, after, expected) => {
  expect(told(before, after)).toEqual(expected);
});

/** Edits that are told as more than the templates alone would let one say: what is another stack, or guarded otherwise. */
const MORE_IN_WORDS = new Set([
  'a bucket that is there',
  'another region',
  'an account at last',
  'another path',
  'another path of a user',
]);

function template(files: Files): PrintedStacks | undefined {
  const client = deployment(files).clients.find(({ name }) => name === 'c');
  return client && quickTemplate(client);
}

test.each(MATRIX)('the templates let through what the words say: %s', (edit, before, after, expected) => {
  const [was, is] = [template(before), template(after)];
  const says = (effect: RegExp) => expected.some((line) => effect.test(line));
  const said = { grows: says(/\[(?:widening|both)\]$/), shrinks: says(/\[(?:narrowing|both)\]$/) };
  const grows = is !== undefined && addedPermissions(was, is).length > 0;
  // What is gone whole lets nothing through.
  const shrinks = was !== undefined && is !== undefined ? addedPermissions(is, was).length > 0 : said.shrinks;
  if (!MORE_IN_WORDS.has(edit)) expect({ grows, shrinks }).toEqual(said);
  expect([grows && !said.grows, shrinks && !said.shrinks]).toEqual([false, false]);
});

test('an authority that comes besides another widens, one that goes narrows', () => {
  const named = (file: string, pem = '') => ({
    ...one(ANYWHERE.replace('ca.pem', file)),
    ...(pem && { [`c/${file}`]: pem }),
  });
  const [first, both, second] = [named('ca.pem'), named('ca.pem', AUTHORITY + OTHER_AUTHORITY), named('other-ca.pem')];
  const said = /^(.) c_v (?:no longer )?takes certificates issued by .*\(SHA-256 [0-9a-f]{16}…\).*\[(\w+)\]$/;
  const effects = (before: Files, after: Files) => told(before, after).map((line) => line.replace(said, '$1 $2'));
  expect(effects(first, both)).toEqual(['+ widening']);
  expect(effects(both, second)).toEqual(['- narrowing']);
  expect(effects(first, second)).toEqual(['~ both']);
  expect(effects(first, named('ca.pem', `text around\n${AUTHORITY}\nchanges nothing\n`))).toEqual([]);
  expect(effects(first, one(ANYWHERE.replace('certificate: ca.pem', `arn: "${ANCHOR}"`)))).toEqual(['~ both']);
});

test('a vendor profile that changes, changes whoever is let in by it', () => {
  const profile = (access: string) => `title: X
summary: X reads.
sources: [https://example.com]
checked: 2026-11-01
ways:
  - kind: access-key
    defaults: {access: [${access}]}
    fields: [{label: Key, value: "{accessKeyId}"}]
test: [Try it.]
`;
  const folder = (access: string): Files => ({
    'vendors/x.yaml': profile(access),
    'in/c/client.yaml': '',
    'in/c/v.yaml': 'vendor: x\nreason: y\n',
    'in/c/w.yaml': ACCESS_KEY,
  });
  const of = (access: string) =>
    inFolder(folder(access), (dir) => {
      const { deployment, failed } = load(join(dir, 'in'));
      expect(failed).toBe(false);
      return deployment;
    });
  const changes = accessChanges(of('list'), of('list, delete'));
  expect(changes.map(accessText)).toEqual(['c_v may delete under v/']);
});

test('what could move a cursor or turn the reading is spelled out', () => {
  const subject = (text: string) => one(TOKEN.replace('subjects: [x]', `subjects: ["${text}"]`));
  const [line] = told(subject('x'), subject('x\\e[2J\\u202Ey\\nz'));
  expect(line).toBe('~ c_v takes subject x\\u001b[2J\\u202ey\\u000az instead of x [both]');
});
