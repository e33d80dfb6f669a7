import { createHash } from 'node:crypto';
import type { Template } from './synth';

/** What the pseudo parameters are where a template is "deployed" in a test. */
export const HOME = { account: '999988887777', region: 'eu-west-1', partition: 'aws', urlSuffix: 'amazonaws.com' };

/** A template with its intrinsic functions worked out, as AWS would see the policies. Throws on any that it doesn't know. */
export function resolved(template: Template): Template {
  return resolve(template, template) as Template;
}

function resolve(value: unknown, template: Template): unknown {
  if (Array.isArray(value)) return value.map((member) => resolve(member, template));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
    return intrinsic(only[0], only[1], template);
  }
  return Object.fromEntries(
    entries
      .filter(([key]) => key !== 'Rules' && key !== 'Conditions')
      .map(([key, member]) => [key, resolve(member, template)]),
  );
}

function intrinsic(name: string, argument: unknown, template: Template): unknown {
  switch (name) {
    case 'Ref':
      return reference(argument as string, template);
    case 'Fn::Join': {
      const [delimiter, parts] = argument as [string, unknown[]];
      return parts.map((part) => resolve(part, template)).join(delimiter);
    }
    case 'Fn::GetAtt':
      return attribute(argument as [string, string], template);
    default:
      throw new Error(`no test knows ${name}`);
  }
}

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': HOME.account,
  'AWS::Region': HOME.region,
  'AWS::Partition': HOME.partition,
  'AWS::URLSuffix': HOME.urlSuffix,
};

function reference(id: string, template: Template): string {
  const pseudo = PSEUDO[id];
  if (pseudo !== undefined) return pseudo;
  const resource = template.Resources[id];
  if (!resource) throw new Error(`there is no ${id}`);
  const { BucketName, UserName, RoleName } = resource.Properties;
  switch (resource.Type) {
    case 'AWS::S3::Bucket':
      return resolve(BucketName, template) as string;
    case 'AWS::IAM::User':
      return UserName;
    case 'AWS::IAM::Role':
      return RoleName;
    case 'AWS::IAM::AccessKey':
      return `AKIA-${id}`;
    default:
      throw new Error(`no test knows a reference to ${resource.Type}`);
  }
}

function attribute([id, name]: [string, string], template: Template): string {
  const { partition, region, account } = HOME;
  const type = template.Resources[id]?.Type;
  if (type === 'AWS::S3::Bucket' && name === 'Arn') return `arn:${partition}:s3:::${reference(id, template)}`;
  if (type === 'AWS::KMS::Key' && name === 'Arn') {
    return `arn:${partition}:kms:${region}:${account}:key/11111111-2222-4333-8444-555555555555`;
  }
  if (type === 'AWS::IAM::AccessKey' && name === 'SecretAccessKey') return `secret-of-${id}`;
  const anywhere = `arn:${partition}:rolesanywhere:${region}:${account}`;
  if (type === 'AWS::RolesAnywhere::TrustAnchor' && name === 'TrustAnchorArn')
    return `${anywhere}:trust-anchor/${uuid(id)}`;
  if (type === 'AWS::RolesAnywhere::Profile' && name === 'ProfileArn') return `${anywhere}:profile/${uuid(id)}`;
  throw new Error(`no test knows ${name} of ${type}`);
}

/** One for each resource, as AWS would make up. */
function uuid(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
