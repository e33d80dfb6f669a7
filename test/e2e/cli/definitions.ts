import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a folder of definitions, by their path in it. */
export type Files = Readonly<Record<string, string>>;

export const ROOT = join(__dirname, '../../..');

/** Stands for the account that is deployed to. */
export const OWN_ACCOUNT = 'OWN_ACCOUNT';

/**
 * Integrations of every kind, for two clients: one with tags, one with a KMS key. What a certificate needs is alone with
 * the key, so that the other client's outputs name no resource that a stand-in may not know.
 */
export const EVERY_KIND: Files = {
  'settings.yaml': 'bucketPrefix: e2e-cli\n',
  'walk/client.yaml': 'tags: {client: walk, team: data}\nbucket:\n  lifecycle: {expireOldVersionsAfterDays: 30}\n',
  'walk/role.yaml': `kind: assumed-role
principals: [arn:aws:iam::111122223333:role/exporter]
externalId: X_SFCRole=2_a/b=
maxSessionDuration: 12h
`,
  'walk/trust.yaml': `kind: direct-trust
principals: [arn:aws:iam::111122223333:role/etl/loader]
access: [list, read]
`,
  'walk/token.yaml': `kind: web-identity
provider: https://login.walk.example/realms/orders
audiences: [bucket-integrations]
subjects: [order-system]
`,
  'walk/user.yaml': `kind: access-key
reason: it takes an access key only
reviewBy: 2028-01-31
access: [list, read, write, delete]
`,
  'walk/gone.yaml': 'kind: assumed-role\nprincipals: [arn:aws:iam::111122223333:role/gone]\nexternalId: going-soon\n',
  'cert/client.yaml': 'bucket:\n  kmsKey: create\n  eventBridge: true\n',
  'cert/cert.yaml': `kind: roles-anywhere
trustAnchor: {arn: "arn:aws:rolesanywhere:eu-west-1:${OWN_ACCOUNT}:trust-anchor/5f0c1d2e-3a4b-4c5d-8e6f-708192a3b4c5"}
subject: {commonName: boomi-invoices, organization: Globex}
`,
};

/** The same after a while: edits in place, a key being rotated, one that came, one that went. */
export const LATER: Files = {
  ...without(EVERY_KIND, 'walk/gone.yaml'),
  'walk/role.yaml': `kind: assumed-role
principals: [arn:aws:iam::111122223333:role/exporter, arn:aws:iam::111122223333:role/second]
externalId: X_SFCRole=2_a/b=
maxSessionDuration: 6h
access: [list, read]
`,
  'walk/token.yaml': `${EVERY_KIND['walk/token.yaml']}status: suspended\n`,
  'walk/user.yaml': `${EVERY_KIND['walk/user.yaml']}keys: [a, b]\n`,
  'walk/came.yaml': 'kind: assumed-role\nprincipals: [arn:aws:iam::111122223333:role/came]\nexternalId: just-came\n',
};

/** And after that, with everybody let in again. */
export const RESUMED: Files = { ...LATER, 'walk/token.yaml': EVERY_KIND['walk/token.yaml'] ?? '' };

/** The examples of this repository, as they stand. */
export const EXAMPLES: Files = Object.fromEntries(
  readdirSync(join(ROOT, 'test/data/examples'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:yaml|pem)$/.test(file))
    .map((file) => [file, readFileSync(join(ROOT, 'test/data/examples', file), 'utf8')]),
);

function without(files: Files, file: string): Files {
  return Object.fromEntries(Object.entries(files).filter(([name]) => name !== file));
}
