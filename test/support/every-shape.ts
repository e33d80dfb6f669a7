import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The definitions of this repository. */
export const EXAMPLES = join(__dirname, '../data/examples');

const AUTHORITY = readFileSync(join(__dirname, 'ca.pem'), 'utf8');
/** A role of somebody. */
export const ROLE = 'arn:aws:iam::111122223333:role/x';
const EVERYTHING = '[list, read, write, delete, versions, tags, acl, retention-read, root-list, list-buckets]';

/** One of each thing that a definition can ask for. */
export const EVERY_SHAPE: Readonly<Record<string, string>> = {
  'a/client.yaml': 'bucket: {kmsKey: create, eventBridge: true, lifecycle: {expireObjectsAfterDays: 9}}',
  'a/role.yaml': `kind: assumed-role\nprincipals: [${ROLE}]\nselfAssume: true\naccess: ${EVERYTHING}\n`,
  'a/trust.yaml': `kind: direct-trust\nprincipals: [${ROLE}]\n`,
  'a/key.yaml': `kind: access-key\nreason: x\nkeys: [a, b]\naccess: ${EVERYTHING}\n`,
  'a/own.yaml': `kind: assumed-role\nprincipals: [${ROLE}]\nwholeBucket: true\ndedicatedBucket: {name: own-bucket}\n`,
  'a/pending.yaml': 'kind: assumed-role\nstatus: pending\n',
  'a/ca.pem': AUTHORITY,
  'a/made.yaml': `kind: roles-anywhere\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: x}\naccess: ${EVERYTHING}\n`,
  'a/named.yaml':
    'kind: roles-anywhere\ntrustAnchor: {arn: "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/1234abcd-12ab-34cd-56ef-1234567890ab"}\nsubject: {commonName: x}\nsessionDuration: 15m\nacceptRoleSessionName: true\n',
  'a/later.yaml': 'kind: roles-anywhere\nstatus: pending\n',
  'a/token.yaml': `kind: web-identity\nprovider: https://login.example.com/x\naudiences: [x]\nsubjects: [x]\naccess: ${EVERYTHING}\n`,
  'a/google.yaml': 'kind: web-identity\nprovider: https://accounts.google.com\naudiences: [x]\nsubjects: [x]\n',
  'a/someday.yaml': 'kind: web-identity\nstatus: pending\nprovider: https://login.example.com/y\n',
  'a/part.yaml': `kind: assumed-role\nprincipals: [${ROLE}]\nstackPart: 2\n`,
  'a/part-list.yaml': `kind: assumed-role\nprincipals: [${ROLE}]\naccess: [list]\nstackPart: 3\n`,
  'a/part-trust.yaml': `kind: direct-trust\nprincipals: [${ROLE}]\nstackPart: 2\n`,
  'a/part-key.yaml': 'kind: access-key\nreason: x\nstackPart: 3\n',
  'a/part-own.yaml': `kind: direct-trust\nprincipals: [${ROLE}]\nwholeBucket: true\ndedicatedBucket: {name: part-bucket, kmsKey: create}\nstackPart: 3\n`,
  'a/part-made.yaml':
    'kind: roles-anywhere\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: y}\nstackPart: 10\n',
  'a/point.yaml': `kind: direct-trust\nprincipals: [${ROLE}]\naccessPoint: true\n`,
  'a/part-point.yaml': `kind: direct-trust\nprincipals: [${ROLE}]\naccessPoint: true\nstackPart: 4\naccess: [list, read, write, delete, versions, tags, acl, retention-read, root-list]\n`,
  'd/client.yaml': 'bucket: {kmsKey: create}',
  'd/trust.yaml': `kind: direct-trust\nprincipals: [${ROLE}]\nstackPart: 2\n`,
  'c/client.yaml': 'bucket: {versioned: false}',
  'b/client.yaml': 'bucket: {name: there-already, existing: true}',
  'b/key.yaml': 'kind: access-key\nreason: x\nstatus: suspended\n',
};
