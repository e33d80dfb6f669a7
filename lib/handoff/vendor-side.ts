import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import { partitionOf } from '../rules/names';
import { parsePrincipal } from '../rules/principal';
import type { KnownSetup } from '../rules/setup-information';
import type { PolicyDocument } from '../rules/statement';
import { vendorPolicy } from '../rules/vendor-side';

/** How what the vendor's own side needs is written. */
export const VENDOR_FORMATS = ['json', 'cloudformation', 'terraform'] as const;
export type VendorFormat = (typeof VENDOR_FORMATS)[number];

/** What the vendor's own role or user needs in its account; what is not known yet is written in capitals. */
export function policyFor(client: Client, integration: Integration, setup: KnownSetup): PolicyDocument | undefined {
  const partition = partitionOf(setup.region ?? client.region) ?? 'aws';
  const { account = 'ACCOUNT' } = client;
  const region = setup.region ?? 'REGION';
  const { kmsKey } = bucketOf(client, integration);
  const made = kmsKey === undefined ? undefined : `arn:${partition}:kms:${region}:${account}:key/KEY-ID`;
  const roleName = 'roleName' in integration ? integration.roleName : '';
  return vendorPolicy(integration, {
    ...{ partition, account, region, bucketName: setup.bucket },
    roleArn: setup.roleArn ?? `arn:${partition}:iam::${account}:role${client.rolePath ?? '/'}${roleName}`,
    kmsKeyArn: setup.kmsKeyArn ?? (kmsKey === 'create' ? made : kmsKey),
  });
}

/** Writes a policy as the vendor deploys it: alone, or attached to its roles and users. */
export function vendorSide(format: VendorFormat, policy: PolicyDocument, integration: Integration): string {
  const attached = attachedTo(integration);
  switch (format) {
    case 'json':
      return `${JSON.stringify(policy, null, 2)}\n`;
    case 'cloudformation':
      return `${JSON.stringify(template(policy, integration, attached), null, 2)}\n`;
    case 'terraform':
      return terraform(policy, integration, attached);
    default:
      return format satisfies never;
  }
}

/** The names of roles and users to attach it to; undefined where only the vendor knows them. */
interface Attached {
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

/** Roles and users of one account: what is deployed there can name no others. */
function attachedTo(integration: Integration): Attached | undefined {
  const principals = ('principals' in integration ? integration.principals : []).map(parsePrincipal);
  const exact = principals.flatMap((each) => (each && 'arn' in each ? [each] : []));
  const accounts = new Set(exact.map(({ account }) => account));
  if (exact.length !== principals.length || accounts.size !== 1) return undefined;
  const names = (type: 'role' | 'user') =>
    exact.flatMap((each) => (each.type === type ? (each.arn.split('/').at(-1) ?? []) : []));
  return { roles: names('role'), users: names('user') };
}

function descriptionOf({ name }: Integration): string {
  return `What it takes to use ${name}`;
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
function template(policy: PolicyDocument, integration: Integration, attached: Attached | undefined): object {
  const description = descriptionOf(integration);
  const { roles = [], users = [] } = attached ?? {};
  const parameter = { Type: 'String', Description: 'The name of the role that uses it' };
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: description,
    ...(attached ? {} : { Parameters: { RoleName: parameter } }),
    Resources: {
      Policy: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          Description: description,
          PolicyDocument: policy,
          ...(attached ? {} : { Roles: [{ Ref: 'RoleName' }] }),
          ...(roles.length > 0 ? { Roles: roles } : {}),
          ...(users.length > 0 ? { Users: users } : {}),
        },
      },
    },
  };
}

/** @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_policy */
function terraform(policy: PolicyDocument, integration: Integration, attached: Attached | undefined): string {
  const { name } = integration;
  const text = (value: string) => JSON.stringify(value).replace(/[$%](?=\{)/g, '$&$&');
  const attach = (type: 'role' | 'user', value: string, number: number) => `
resource "aws_iam_${type}_policy_attachment" "${name}_${type}${number === 0 ? '' : number + 1}" {
  ${type}       = ${value}
  policy_arn = aws_iam_policy.${name}.arn
}
`;
  const json = JSON.stringify(policy, null, 2).replace(/[$%](?=\{)/g, '$&$&');
  const indented = json.split('\n').map((line) => `    ${line}`);
  return [
    ...(attached
      ? []
      : ['variable "role_name" {\n  description = "The name of the role that uses it"\n  type        = string\n}\n\n']),
    `resource "aws_iam_policy" "${name}" {
  name        = ${text(name)}
  description = ${text(descriptionOf(integration))}

  policy = <<-EOT
${indented.join('\n')}
  EOT
}
`,
    ...(attached ? [] : [attach('role', 'var.role_name', 0)]),
    ...(attached?.roles ?? []).map((role, at) => attach('role', text(role), at)),
    ...(attached?.users ?? []).map((user, at) => attach('user', text(user), at)),
  ].join('');
}
