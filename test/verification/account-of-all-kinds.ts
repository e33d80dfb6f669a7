/** Definitions of every kind, and the account that they were deployed to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toSnapshot } from '../../lib/account/snapshot';
import { load } from '../../lib/definitions/load';
import type { Deployment } from '../../lib/definitions/model/model';
import type { Verification } from '../../lib/verification/finding';
import { type VerifyOptions, verify } from '../../lib/verification/verify';
import { deployedAccount, type Raw } from '../support/deployed-account';
import { inFolder } from '../support/folder';

export const VENDOR = '444455556666';
export const OWN = '222233334444';
const PRINCIPAL = `arn:aws:iam::${VENDOR}:role/vendor/exporter`;

export const DEFINITIONS: Readonly<Record<string, string>> = {
  'settings.yaml': `account: "111122223333"\nregion: eu-west-1\nownAccounts: ["${OWN}"]\norganization: o-a1b2c3d4e5\npermissionsBoundary: arn:aws:iam::111122223333:policy/boundary\nrolePath: /integrations/\ninternal:\n  - principals: [arn:aws:iam::${OWN}:role/analyst]\n    reason: analysis\n  - principals: [arn:aws:iam::111122223333:user/break-glass]\n    access: [list, read, write, delete]\n`,
  'kohler/client.yaml': 'bucket: {kmsKey: create, eventBridge: true, lifecycle: {expireOldVersionsAfterDays: 90}}\n',
  'kohler/adobe.yaml': `kind: assumed-role\nprincipals: [${PRINCIPAL}]\nexternalId: 7f3c9a52-external\nmaxSessionDuration: 2h\n`,
  'kohler/boomi.yaml': 'kind: access-key\nreason: The connector takes an access key only\nvendor: boomi\n'.replace(
    'vendor: boomi\n',
    '',
  ),
  'kohler/sap.yaml':
    'kind: access-key\nreason: The connector takes an access key only\nkeys: [a, b]\nstatus: suspended\n',
  'kohler/etl.yaml': `kind: direct-trust\nprincipals: [${PRINCIPAL}]\n`,
  'kohler/warehouse.yaml': `kind: direct-trust\nprincipals: [${PRINCIPAL}]\naccessPoint: true\n`,
  'kohler/edge.yaml': 'kind: roles-anywhere\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: edge}\n',
  'kohler/later.yaml':
    'kind: roles-anywhere\nstatus: pending\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: later}\n',
  'kohler/ca.pem': readFileSync(join(__dirname, '../support/ca.pem'), 'utf8'),
  'kohler/oidc.yaml':
    'kind: web-identity\nprovider: https://login.vendor.example/realms/feeds\naudiences: [feeds]\nsubjects: [feed-1]\n',
  'acme/client.yaml': 'bucket: {name: acme-landing-zone, existing: true}\n',
  'acme/adobe.yaml': `kind: assumed-role\nprincipals: [${PRINCIPAL}]\nexternalId: 8f3c9a52-external\n`,
};

let known: { readonly deployment: Deployment; readonly account: string } | undefined;

/** The definitions and a fresh copy of their account. */
export function allKinds(): { readonly deployment: Deployment; readonly account: Raw } {
  known ??= inFolder(DEFINITIONS, (dir) => ({
    deployment: load(dir).deployment,
    account: JSON.stringify(deployedAccount(dir)),
  }));
  return { deployment: known.deployment, account: JSON.parse(known.account) };
}

/** What is found in an account of those definitions. */
export function judged(account: Raw, options: Partial<VerifyOptions> = {}, ...others: readonly Raw[]): Verification {
  const snapshots = [account, ...others].map((each) => toSnapshot(structuredClone(each)));
  return verify(allKinds().deployment, snapshots, { strict: false, ...options });
}
