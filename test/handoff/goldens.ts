/**
 * The hand-offs of every kind, status and way, as files that people read: `npm run goldens` writes them again.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../../lib/definitions/load';
import { bucketOf, type Client, type Integration } from '../../lib/definitions/model/model';
import { handoffChanges } from '../../lib/handoff/changes';
import { documentAs, handoffAs } from '../../lib/handoff/formats';
import { handoffOf } from '../../lib/handoff/handoff';
import { internalDocument } from '../../lib/handoff/internal-document';
import { VENDOR_FORMATS, vendorSide } from '../../lib/handoff/vendor-side';
import { type SetupInformation, setupInformation } from '../../lib/rules/setup-information';
import { Status } from '../../lib/rules/vocabulary';
import { inFolder } from '../support/folder';
import { profiles, text as textOfWay, WAYS } from '../support/vendor-ways';

export const GOLDEN = join(__dirname, 'golden');

const CA = readFileSync(join(__dirname, '../data/examples/globex/invoices-ca.pem'), 'utf8');
const TRUSTED = 'arn:aws:iam::123456789876:role/exporter';

/** What each kind says, with all that a hand-off can tell of it. */
const KINDS: Readonly<Record<string, string>> = {
  'assumed-role': `kind: assumed-role
principals: [${TRUSTED}, "arn:aws:iam::123456789876:user/loader"]
externalIds: [kohler-7f3c9a52, kohler-2f0e41d8]
roleSessionName: exporter-*
maxSessionDuration: 4h
expires: 2027-05-31
sourceIps: [203.0.113.0/24]
`,
  'direct-trust': `kind: direct-trust\nprincipals: [${TRUSTED}]\naccess: [list, read, write, delete]\n`,
  'roles-anywhere': `kind: roles-anywhere
trustAnchor: {certificate: ca.pem}
subject: {commonName: exporter, organization: Vendor Ltd}
acceptRoleSessionName: true
`,
  'web-identity': `kind: web-identity
provider: https://tokens.vendor.example
audiences: [sts.amazonaws.com, our-bucket]
subjects: ["tenant:kohler"]
roleSessionName: kohler
`,
  'access-key': 'kind: access-key\nreason: The product takes a key only\nkeys: [a, b]\naccess: [list, read]\n',
};

/** Trust that is not known yet. */
const PENDING: Readonly<Record<string, string>> = {
  'assumed-role': 'kind: assumed-role\n',
  'direct-trust': 'kind: direct-trust\n',
  'roles-anywhere': 'kind: roles-anywhere\n',
  'web-identity': 'kind: web-identity\n',
  'access-key': 'kind: access-key\nreason: The product takes a key only\n',
};

const SETTINGS = `account: "111122223333"
region: us-east-1
company: {name: Example Data Ltd, contact: access@data.example, url: "https://data.example"}
`;

const CONTACT = 'contact: support@vendor.example\n';

const named = (name: string, status: string) => `${name}-${status}`;

/** The ways whose vendor sends something before they can be used. */
const asking = WAYS.filter(({ way }) => (way.sends ?? []).length > 0);

const FILES = {
  'settings.yaml': SETTINGS,
  'globex/client.yaml': 'title: Globex\nbucket: {kmsKey: create}\n',
  'globex/ca.pem': CA,
  ...Object.fromEntries(
    Object.entries(KINDS).flatMap(([kind, definition]) => [
      [`globex/${named(kind, 'active')}.yaml`, `${definition}${CONTACT}`],
      [`globex/${named(kind, 'pending')}.yaml`, `${PENDING[kind]}status: pending\n${CONTACT}`],
      [`globex/${named(kind, 'suspended')}.yaml`, `${definition}status: suspended\n${CONTACT}`],
    ]),
  ),
  'kohler/client.yaml': 'title: Kohler\n',
  'kohler/ca.pem': CA,
  ...Object.fromEntries(WAYS.map((each) => [`kohler/${each.name}.yaml`, textOfWay(each)])),
  'pending/client.yaml': '',
  ...Object.fromEntries(asking.map((each) => [`pending/${each.name}.yaml`, pendingOf(each)])),
};

/** What is known before the vendor has sent anything. */
function pendingOf(each: (typeof WAYS)[number]): string {
  const keep = textOfWay(each)
    .split('\n')
    .filter((line) => /^(vendor|kind|way|reason|dedicatedBucket):/.test(line));
  return [...keep, 'status: pending', ''].join('\n').replaceAll('kohler-aligni', 'pending-aligni');
}

/** Setup information as its stack would put it out. */
export function deployedSetup(client: Client, integration: Integration): SetupInformation {
  const { account = '', region = '' } = client;
  const { name: bucketName, kmsKey } = bucketOf(client, integration);
  const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const kmsKeyArn = kmsKey === undefined ? undefined : `arn:aws:kms:${region}:${account}:key/${id}`;
  const made = {
    profileArn: `arn:aws:rolesanywhere:${region}:${account}:profile/${id}`,
    trustAnchorArn: `arn:aws:rolesanywhere:${region}:${account}:trust-anchor/${id}`,
  };
  return {
    ...setupInformation(integration, { bucketName, partition: 'aws', account, region, kmsKeyArn }, made),
    region,
  };
}

/** Everything that the goldens are of. */
export function scene(): readonly Client[] {
  const { deployment, problems } = inFolder(FILES, (dir) => load(dir));
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  return deployment.clients;
}

const SENDER = {
  company: { name: 'Example Data Ltd', contact: 'access@data.example', url: 'https://data.example' },
  issued: { date: '2026-11-28', commit: '0a1b2c3' },
};

/** One integration of the scene, handed over after its deployment. */
export function handed(client: Client, integration: Integration) {
  const profile = integration.profile === undefined ? undefined : profiles.get(integration.profile);
  const setup = deployedSetup(client, integration);
  return { client, integration, profile, setup, handoff: handoffOf(client, integration, profile, setup, SENDER) };
}

/** File name → what it holds. */
export function goldens(): Map<string, string> {
  const files = new Map<string, string>();
  for (const client of scene()) {
    for (const integration of client.integrations) {
      const { profile, handoff } = handed(client, integration);
      const name = nameOf(client, integration);
      files.set(`${name}.md`, handoffAs('markdown', handoff));
      if (client.name !== 'globex') continue;
      if (integration.status === Status.ACTIVE) files.set(`${name}.json`, handoffAs('json', handoff));
      files.set(
        `${name}.internal.md`,
        documentAs('markdown', internalDocument(client, integration, profile, handoff, 'integrations')),
      );
      const { vendorPolicy } = handoff;
      if (!vendorPolicy || integration.status !== Status.ACTIVE) continue;
      for (const format of VENDOR_FORMATS) {
        const ending = { json: 'policy.json', cloudformation: 'template.json', terraform: 'tf' }[format];
        files.set(`${name}.for-vendor.${ending}`, vendorSide(format, vendorPolicy, integration));
      }
    }
  }
  const before = handoffOf(...found('globex', 'assumed-role-pending'), undefined, undefined, SENDER);
  const [client, integration] = found('globex', 'assumed-role-active');
  const draft = handoffOf(client, integration, undefined, undefined);
  const since = { ref: 'v1', commit: '9f8e7d6', changes: handoffChanges(before, draft) };
  files.set(
    'draft-with-changes.md',
    handoffAs('markdown', handoffOf(client, integration, undefined, undefined, { ...SENDER, since })),
  );
  return files;
}

function found(clientName: string, vendor: string): [Client, Integration] {
  const client = scene().find(({ name }) => name === clientName);
  const integration = client?.integrations.find((each) => each.vendor === vendor);
  if (!client || !integration) throw new Error(`no ${clientName}_${vendor}`);
  return [client, integration];
}

function nameOf(client: Client, { vendor }: Integration): string {
  if (client.name === 'globex') return vendor;
  const way = WAYS.find(({ name }) => name === vendor);
  return `${way?.vendor}--${way?.choice}${client.name === 'pending' ? '-pending' : ''}`;
}

/** The files that are there. */
export function golden(): Map<string, string> {
  return new Map(readdirSync(GOLDEN).map((file) => [file, readFileSync(join(GOLDEN, file), 'utf8')]));
}

if (require.main === module) {
  rmSync(GOLDEN, { recursive: true, force: true });
  mkdirSync(GOLDEN);
  for (const [file, content] of goldens()) writeFileSync(join(GOLDEN, file), content);
}
