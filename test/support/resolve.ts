import { createHash } from 'node:crypto';
import { workedOut } from './intrinsics';
import type { Template } from './synth';

/** What the pseudo parameters are where a template is "deployed" in a test. */
export const HOME = { account: '999988887777', region: 'eu-west-1', partition: 'aws', urlSuffix: 'amazonaws.com' };

/** A template with its intrinsic functions worked out, as AWS would see the policies. Throws on any that it doesn't know. */
export function resolved(template: Template): Template {
  const { Resources, Outputs } = template;
  return workedOut(
    { Resources, Outputs },
    {
      reference: (id) => reference(id, template),
      attribute: (id, name) => attribute([id, name], template),
    },
  ) as Template;
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
      return BucketName;
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
  if (type === 'AWS::S3::AccessPoint' && name === 'Alias') return `alias-of-${id.toLowerCase()}-s3alias`;
  throw new Error(`no test knows ${name} of ${type}`);
}

/** One for each resource, as AWS would make up. */
function uuid(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
