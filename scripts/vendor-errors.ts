import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../lib/definitions/load';
import type { VendorError } from '../lib/handoff/model';
import { troubleshooting } from '../lib/handoff/troubleshooting';
import { inFolder } from '../test/support/folder';

/** Between them, integrations in which everything goes wrong that can. */
const EXAMPLES = {
  'kohler/client.yaml': 'region: eu-west-1\nbucket: {kmsKey: create}\n',
  'kohler/reltio.yaml': `kind: assumed-role
principals: [arn:aws:iam::123456789876:user/reltio.platform.jobs]
externalId: 5ez83245-6b31-4df3
expires: 2099-01-01
sourceIps: [203.0.113.0/24]
`,
  'kohler/partner.yaml': `kind: assumed-role
principals: [arn:aws:iam::111122223333:role/exporter]
externalId: 7f3c9a52-2f0e
access: [list, write, acl]
`,
  'umbrella/client.yaml': 'region: eu-west-1\n',
  'umbrella/tool.yaml': 'kind: direct-trust\nprincipals: [arn:aws:iam::111122223333:role/exporter]\n',
  'kohler/adobe.yaml': 'kind: access-key\nreason: It takes a key only\n',
  'umbrella/jobs.yaml': `kind: web-identity
provider: https://tokens.vendor.example
audiences: [our-bucket]
subjects: ["tenant:umbrella"]
`,
  'umbrella/agent.yaml': 'kind: roles-anywhere\ntrustAnchor: {certificate: ca.pem}\nsubject: {commonName: agent}\n',
  'umbrella/ca.pem': readFileSync(join(__dirname, '../test/data/examples/globex/invoices-ca.pem'), 'utf8'),
};

/** What a vendor may see go wrong, as its hand-off tells it. */
export function vendorErrors(): string {
  const errors = inFolder(EXAMPLES, (dir) => {
    const { deployment, problems, failed } = load(dir);
    if (failed) throw new Error(JSON.stringify(problems));
    return deployment.clients.flatMap((client) =>
      client.integrations.flatMap((integration) => troubleshooting(client, integration)),
    );
  });
  const rows = new Map<string, VendorError>();
  for (const error of errors) if (!rows.has(error.message)) rows.set(error.message, error);
  return [
    '| the vendor sees | because | remedy |',
    '|---|---|---|',
    ...[...rows.values()].map(
      ({ message, cause, remedy }) =>
        `| ${[message, cause, remedy].map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`,
    ),
    '',
  ].join('\n');
}
