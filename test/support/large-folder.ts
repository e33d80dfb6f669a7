import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const AUTHORITY = readFileSync(join(__dirname, 'ca.pem'), 'utf8');

/** Vendors, the ones with more clients first. */
const VENDORS = (
  'adobe reltio snowflake segment braze boomi okta-workflows fivetran mulesoft informatica databricks tableau looker ' +
  'salesforce hubspot marketo zendesk workday netsuite celonis talend airbyte matillion stitch rudder amplitude ' +
  'mixpanel heap contentful algolia akeneo shopify stripe adyen klarna sap-concur coupa ariba docusign box egnyte ' +
  'dropbox alation collibra atlan montecarlo thoughtspot sisense domo qlik powerbi sigma mode hex preset census ' +
  'hightouch polytomic workato tray'
).split(' ');

/** What a folder of that many definitions may look like. */
export interface LargeFolder {
  readonly clients: number;
  readonly integrations: number;
  /** Of one client; 110 where it is not given. */
  readonly most?: number;
  /** How many accounts the clients are spread over; one where it is not given. */
  readonly accounts?: number;
}

/**
 * Writes a folder of definitions as a large deployment has them: every kind and status, a few clients and vendors with
 * most of the integrations, dates around November 2026. The same numbers give the same files.
 */
export function writeLargeFolder(dir: string, { clients, integrations, most = 110, accounts = 1 }: LargeFolder): void {
  writeFileSync(
    join(dir, 'settings.yaml'),
    `account: "${accountOf(0)}"\nregion: eu-west-1\ntags:\n  team: data-platform\n`,
  );
  const counts = shares(clients, integrations, most);
  let number = 0;
  counts.forEach((count, at) => {
    const client = `${CLIENTS[at % CLIENTS.length]}-${String(Math.floor(at / CLIENTS.length) + 1).padStart(2, '0')}`;
    mkdirSync(join(dir, client));
    const account = at % accounts === 0 ? '' : `account: "${accountOf(at % accounts)}"\n`;
    writeFileSync(join(dir, client, 'client.yaml'), `${account}${clientText(at)}`);
    // Another text for each client, so that none is parsed for another.
    writeFileSync(join(dir, client, 'ca.pem'), `${client}\n${AUTHORITY}`);
    for (let vendor = 0; vendor < count; vendor += 1) {
      writeFileSync(join(dir, client, `${vendorName(vendor, at)}.yaml`), integrationText(number));
      number += 1;
    }
  });
}

const CLIENTS = (
  'acme globex initech umbrella hooli stark wayne wonka tyrell cyberdyne soylent massive aperture oceanic duff gringotts ' +
  'vandelay kohler sterling pied'
).split(' ');

/** How many integrations each client has: the first ones many, and all of them together as many as asked for. */
function shares(clients: number, integrations: number, most: number): number[] {
  const weights = Array.from({ length: clients }, (_, at) => 1 / (at + 4));
  const sum = weights.reduce((a, b) => a + b, 0);
  const counts = weights.map((weight) => Math.min(most, Math.floor((integrations * weight) / sum)));
  let left = integrations - counts.reduce((a, b) => a + b, 0);
  for (let at = clients - 1; left > 0; at = at === 0 ? clients - 1 : at - 1) {
    if ((counts[at] ?? most) >= most) continue;
    counts[at] = (counts[at] ?? 0) + 1;
    left -= 1;
  }
  return counts;
}

/** The vendor of a client's n-th integration: popular ones are nearly everybody's, others a few clients'. */
function vendorName(nth: number, client: number): string {
  if (nth < 4) return `${VENDORS[(nth * 2 + (client % 3)) % 8]}`;
  const others = VENDORS.length - 8;
  const round = Math.floor((nth - 4) / others);
  return `${VENDORS[8 + ((nth * 5 + client * 11) % others)]}${round === 0 ? '' : `-${round + 1}`}`;
}

/** The first account is that of the settings. */
export function accountOf(at: number): string {
  return String(111_122_223_333 + at * 1_000_007);
}

function clientText(at: number): string {
  if (at % 10 === 3) return 'bucket:\n  kmsKey: create\n';
  if (at % 25 === 7) return 'region: us-east-1\nbucket:\n  lifecycle:\n    expireOldVersionsAfterDays: 90\n';
  return '';
}

/** A day some days after 2026-11-22. */
function day(after: number): string {
  return new Date(Date.UTC(2026, 10, 22 + after)).toISOString().slice(0, 10);
}

function integrationText(n: number): string {
  const lines = [
    `description: Feed ${n} of ${['product data', 'orders', 'invoices', 'leads', 'events', 'audiences'][n % 6]}`,
    `request: DATA-${1000 + n}`,
    `owner: ${['data-platform', 'marketing', 'finance', 'commerce', 'it'][n % 5]}@example.com`,
    `access: [${['list, read', 'list, read, write', 'list, read, write, delete', 'write, acl', 'list, read, versions'][n % 5]}]`,
  ];
  if (n % 37 === 5 && !isPending(n)) lines.push('status: suspended');
  if (n % 11 === 4) lines.push(`expires: ${day((n % 700) - 40)}`);
  if (n % 501 === 2) lines.push('sourceIps: [10.1.0.0/16]');
  else if (n % 13 === 6) lines.push('sourceIps: [203.0.113.0/24, 198.51.100.7]');
  return `${[...kindLines(n), ...lines].join('\n')}\n`;
}

function kindLines(n: number): string[] {
  const account = String(200_000_000_000 + n * 7919);
  switch (n % 10) {
    case 0:
      return [
        'kind: access-key',
        'reason: The connector takes an access key only',
        `reviewBy: ${day(((n * 3) % 500) - 20)}`,
      ];
    case 1:
      return ['kind: direct-trust', 'principals:', `  - arn:aws:iam::${account}:role/etl/loader-${n}`];
    case 2:
      return [
        'kind: web-identity',
        'provider: https://login.vendor.example/realms/feeds',
        'audiences: [bucket-integrations]',
        `subjects: [feed-${n}]`,
      ];
    case 3:
      return [
        'kind: roles-anywhere',
        'trustAnchor: {certificate: ca.pem}',
        `subject: {commonName: feed-${n}, organization: Example}`,
      ];
    case 4:
      return isPending(n) ? ['kind: assumed-role', 'status: pending'] : assumedRole(n, account);
    default:
      return assumedRole(n, account);
  }
}

/** Some of the roles wait for what the vendor must send. */
function isPending(n: number): boolean {
  return n % 10 === 4 && n % 3 === 0;
}

function assumedRole(n: number, account: string): string[] {
  return [
    'kind: assumed-role',
    'principals:',
    `  - arn:aws:iam::${account}:role/vendor/exporter-${n}`,
    `externalId: external-${n}-7f3c9a52`,
  ];
}
