/**
 * Compares what a template holds with what its integrations are meant to be. A closed world: whatever reaches a client's
 * bucket, its key, or an integration's role, user, secret or profile is either exactly what the rules make of an intent,
 * or a violation.
 */
import { overlaps } from '../rules/confinement';
import type { BucketIntent, Intent } from '../rules/intent';
import { bucket, bucketPolicy, key } from './bucket-side';
import type { FlatResource, FlatTemplate } from './flat-template';
import { accessKey, attached, profile, role, trustAnchor, user } from './principal-side';
import { type Intents, intentsIn, naming, Scene, type Violation, violation } from './scene';

/** Every violation of one template, given the intents of all, and all templates where there are more. */
export function violations(
  template: FlatTemplate,
  intents: Intents,
  templates: readonly FlatTemplate[] = [template],
): Violation[] {
  const scene = new Scene(template, intents, templates);
  const own = intentsIn(template).integrations;
  return [
    ...overlapping(own, intents.integrations),
    ...withoutBucket(own, intents.buckets),
    ...template.resources.flatMap((each) => check(scene, each)),
    ...leaks(scene),
  ];
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
    case 'AWS::KMS::ReplicaKey':
      return naming(resource, scene.keyNames(), "another way to the key of a client's bucket");
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
    case 'AWS::RolesAnywhere::TrustAnchor':
      return trustAnchor(scene, resource);
    case 'AWS::SecretsManager::ResourcePolicy':
      return naming(resource, scene.secretNames(), "a policy on an integration's secret");
    case 'AWS::S3::AccessPoint':
    case 'AWS::S3::MultiRegionAccessPoint':
    case 'AWS::S3ObjectLambda::AccessPoint':
    case 'AWS::S3::AccessGrant':
    case 'AWS::S3::AccessGrantsLocation':
    case 'AWS::Transfer::User':
      return naming(resource, scene.bucketNames(), "another way into a client's bucket");
    default:
      return typeof properties.PolicyDocument === 'object'
        ? naming(resource, scene.secretNames(), "a policy on an integration's secret")
        : [];
  }
}

/** Two integrations of one bucket whose prefixes overlap. */
function overlapping(own: readonly Intent[], all: readonly Intent[]): Violation[] {
  return own.flatMap((one, at) =>
    [...own.slice(at + 1), ...all.filter((other) => !own.includes(other))].flatMap((other) => {
      const [a, b] = [one.confinement, other.confinement];
      if (a.bucketArn !== b.bucketArn || !overlaps(a.prefix, b.prefix)) return [];
      const reason = `${one.integration} and ${other.integration} overlap in ${a.bucketArn}`;
      return [violation('overlapping-prefix', { logicalId: one.integration }, 'Metadata', reason)];
    }),
  );
}

/** Integrations in a bucket of which nothing says what it is meant to be, so that nobody looks after it. */
function withoutBucket(own: readonly Intent[], buckets: readonly BucketIntent[]): Violation[] {
  const known = new Set(buckets.flatMap(({ bucketArn, reference }) => [bucketArn, reference]));
  return own
    .filter(({ confinement }) => !known.has(confinement.bucketArn))
    .map(({ integration, confinement: { bucketArn } }) =>
      violation('bucket-guard', { logicalId: integration }, 'Metadata', `nothing says how ${bucketArn} is guarded`),
    );
}

/** Secret access keys of integrations anywhere but in their secret. */
function leaks(scene: Scene): Violation[] {
  const { resources, outputs } = scene.template;
  const keys = scene.everything.filter(
    ({ type, properties }) => type === 'AWS::IAM::AccessKey' && scene.principal(properties.UserName),
  );
  const secrets = [
    ...keys.map(({ id }) => `<${id}.SecretAccessKey>`),
    ...scene.secretNames().map((name) => `{{resolve:secretsmanager:${name}`),
  ];
  const look = (value: unknown, where: Pick<FlatResource, 'logicalId' | 'path'>, location: string) => {
    const text = JSON.stringify(value) ?? '';
    return secrets.some((secret) => text.includes(secret))
      ? [violation('secret-shown', where, location, 'it shows a secret access key')]
      : [];
  };
  return [
    ...Object.entries(outputs).flatMap(([logicalId, output]) => look(output, { logicalId }, 'Outputs')),
    ...resources
      .filter(({ properties }) => scene.ownerOf(properties.Name) === undefined)
      .flatMap((resource) => look(resource.properties, resource, 'Properties')),
  ];
}
