/**
 * Compares what a template holds with what its integrations are meant to be. A closed world: whatever reaches a client's
 * bucket, its key, or an integration's role, user, secret or profile is either exactly what the rules make of an intent,
 * or a violation.
 */
import { overlaps } from '../rules/confinement';
import { bucket, bucketPolicy, key } from './bucket-side';
import type { FlatResource, FlatTemplate } from './flat-template';
import { accessKey, attached, profile, role, user } from './principal-side';
import { type Intents, naming, Scene, type Violation } from './scene';

/** Every violation of one template, given the intents of all. */
export function violations(template: FlatTemplate, intents: Intents): Violation[] {
  const scene = new Scene(template, intents);
  return [...overlapping(intents), ...template.resources.flatMap((each) => check(scene, each)), ...leaks(template)];
}

function check(scene: Scene, resource: FlatResource): Violation[] {
  const { properties } = resource;
  switch (resource.type) {
    case 'AWS::S3::Bucket':
      return bucket(scene, resource);
    case 'AWS::S3::BucketPolicy':
      return bucketPolicy(scene, resource);
    case 'AWS::KMS::Key':
      return key(scene, resource);
    case 'AWS::KMS::Grant':
      return naming(resource, scene.keyNames(), "a grant on the key of a client's bucket");
    case 'AWS::IAM::Role':
      return role(scene, resource);
    case 'AWS::IAM::User':
      return user(scene, resource);
    case 'AWS::IAM::AccessKey':
      return accessKey(scene, resource);
    case 'AWS::IAM::Policy':
    case 'AWS::IAM::ManagedPolicy':
    case 'AWS::IAM::RolePolicy':
    case 'AWS::IAM::UserPolicy':
    case 'AWS::IAM::UserToGroupAddition':
    case 'AWS::IAM::InstanceProfile':
      return attached(scene, resource);
    case 'AWS::RolesAnywhere::Profile':
      return profile(scene, resource);
    case 'AWS::SecretsManager::ResourcePolicy':
      return naming(resource, scene.secretNames(), "a policy on an integration's secret");
    case 'AWS::S3::AccessPoint':
    case 'AWS::S3::MultiRegionAccessPoint':
    case 'AWS::S3ObjectLambda::AccessPoint':
    case 'AWS::S3::AccessGrant':
      return naming(resource, scene.bucketNames(), "another way into a client's bucket");
    default:
      return typeof properties.PolicyDocument === 'object'
        ? naming(resource, scene.secretNames(), "a policy on an integration's secret")
        : [];
  }
}

/** Two integrations of one bucket whose prefixes overlap. */
function overlapping(intents: Intents): Violation[] {
  const { integrations } = intents;
  return integrations.flatMap((one, at) =>
    integrations.slice(at + 1).flatMap((other) => {
      const [a, b] = [one.confinement, other.confinement];
      if (a.bucketArn !== b.bucketArn || !overlaps(a.prefix, b.prefix)) return [];
      return [
        {
          rule: 'overlapping-prefix',
          logicalId: one.integration,
          location: 'Metadata',
          reason: `${one.integration} and ${other.integration} overlap in ${a.bucketArn}`,
        },
      ];
    }),
  );
}

/** Secret access keys anywhere but in their secret. */
function leaks(template: FlatTemplate): Violation[] {
  const found: Violation[] = [];
  const look = (rule: string, logicalId: string, path: string | undefined, location: string, value: unknown) => {
    if (/<[A-Za-z0-9]+\.SecretAccessKey>/.test(JSON.stringify(value) ?? '')) {
      found.push({ rule, logicalId, path, location, reason: 'it shows a secret access key' });
    }
  };
  for (const [name, output] of Object.entries(template.outputs))
    look('secret-shown', name, undefined, 'Outputs', output);
  for (const { logicalId, type, path, properties } of template.resources) {
    if (type !== 'AWS::SecretsManager::Secret') look('secret-shown', logicalId, path, 'Properties', properties);
  }
  return found;
}
