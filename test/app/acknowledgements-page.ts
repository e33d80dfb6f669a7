/**
 * Every rule of cdk-nag that is acknowledged anywhere, with the reason: the table of docs/acknowledgements.md, read off
 * constructs of every shape rather than off the code that acknowledges.
 */
import { Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { integrationsApp } from '../../lib/app/integrations-app';
import { EVERY_SHAPE, EXAMPLES } from '../support/every-shape';
import { inFolder } from '../support/folder';

/** One rule that is acknowledged, and why. */
interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
}

/** The page. */
export function acknowledgementsPage(): string {
  const all = [...inFolder(EVERY_SHAPE, acknowledged), ...acknowledged(EXAMPLES)];
  const rules = new Map<string, Set<string>>();
  for (const { id, reason } of all) rules.set(reason, (rules.get(reason) ?? new Set<string>()).add(id));
  const rows = [...rules].map(([reason, ids]) => `| ${[...ids].sort().map(code).join('<br>')} | ${cell(reason)} |`);
  return `# Acknowledged findings

Every finding of cdk-nag's packs AwsSolutions, HIPAA Security, NIST 800-53 R5 and PCI DSS 3.2.1 that stands, and why. The
constructs acknowledge them on the very resource, so that the same finding elsewhere is still reported. CloudFormation's
validation (with every synth) and cfn-lint (\`npm run lint-templates\`, without its remark I1022 that prefers Fn::Sub, which
the CDK does not write) find nothing, with one exception: where a client has a key of its own and several stacks, cfn-lint
warns (W6001) that setup information in a further stack imports the key's ARN, which the vendor needs there. Written by
\`npm run generate\`.

| rule | why it stands |
|---|---|
${rows.sort().join('\n')}
`;
}

function acknowledged(integrations: string): Acknowledgement[] {
  const made = integrationsApp({
    report: () => {},
    today: '2026-11-22',
    environment: {},
    context: { integrations },
  });
  return (made?.node.findAll() ?? []).flatMap(metadata);
}

function metadata({ node }: IConstruct): Acknowledgement[] {
  return node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as Record<string, string>))
    .map(([id, reason]) => ({ id: id.replace(/^Annotation::/, ''), reason }))
    .map(generic);
}

/** Without what is of one integration only: its objects and its prefix. */
function generic({ id, reason }: Acknowledgement): Acknowledgement {
  return {
    id: id.replace(/\[Resource::.+\/.*\*\]$/, '[Resource::arn:aws:s3:::BUCKET/PREFIX/*]'),
    reason: reason.replace(/under (?:the root of a dedicated bucket|\S+),/, 'under the prefix,'),
  };
}

function code(id: string): string {
  return `\`${cell(id)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
