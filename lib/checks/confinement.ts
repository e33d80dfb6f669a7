/**
 * Compares what a template holds with what its integrations are meant to be. A closed world: whatever reaches a client's
 * bucket, its key, or an integration's role, user, secret or profile is either exactly what the rules make of an intent,
 * or a violation.
 */
import { checkPrefix, overlaps } from '../rules/confinement';
import type { BucketIntent, Intent } from '../rules/intent';
import { AppIndex, intentsIn } from './app-index';
import { accessPoint, bucket, bucketPolicy, key } from './bucket-side';
import type { FlatResource, FlatTemplate } from './flat-template';
import { accessKey, attached, profile, role, trustAnchor, user } from './principal-side';
import { mayLeadTo, mentions, TemplateInApp, type Violation, violation } from './template-in-app';

/** Every violation of one template, given the app that it is part of: itself alone where nothing else is said. */
export function violations(template: FlatTemplate, world = new AppIndex([template])): Violation[] {
  const scene = new TemplateInApp(template, world);
  const own = intentsIn(template).integrations;
  return [
    ...own.flatMap(pattern),
    ...overlapping(own, world),
    ...withoutBucket(own, world.intents.buckets),
    ...template.resources.flatMap((each) => check(scene, each)),
    ...leaks(scene),
  ];
}

const WAY_IN = "another way into a client's bucket";

function check(scene: TemplateInApp, resource: FlatResource): Violation[] {
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
      return mayLeadTo(resource, scene.world.keyNames(), "another way to the key of a client's bucket");
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
      return mayLeadTo(resource, scene.world.secretNames(), "a policy on an integration's secret");
    case 'AWS::S3::AccessPoint':
      return accessPoint(scene, resource);
    case 'AWS::S3::MultiRegionAccessPoint':
    case 'AWS::S3ObjectLambda::AccessPoint':
    case 'AWS::S3::AccessGrant':
    case 'AWS::Transfer::User':
      return mayLeadTo(resource, scene.world.waysIn(), WAY_IN);
    case 'AWS::S3::AccessGrantsLocation':
      // All buckets of the account are at `s3://`.
      return scene.world.bucketNames().length > 0 && /^s3:\/\/\*?$/.test(String(properties.LocationScope))
        ? [violation('unknown-statement', resource, 'Properties', WAY_IN)]
        : mayLeadTo(resource, scene.world.waysIn(), WAY_IN);
    default:
      return typeof properties.PolicyDocument === 'object'
        ? mentions(resource, scene.world.secretNames(), "a policy on an integration's secret")
        : [];
  }
}

/** A prefix that means more than it says, which no construct makes. */
function pattern({ integration, confinement: { prefix } }: Intent): Violation[] {
  if (prefix === '' || checkPrefix(prefix).length === 0) return [];
  const reason = `${integration} has the prefix ${JSON.stringify(prefix)}, which is not a prefix`;
  return [violation('overlapping-prefix', { logicalId: integration }, 'Metadata', reason)];
}

/** Two integrations of one bucket whose prefixes overlap. */
function overlapping(own: readonly Intent[], world: AppIndex): Violation[] {
  const places = new Map(own.map((intent, at) => [intent, at]));
  return own.flatMap((one, at) =>
    world
      .inBucket(one.confinement.bucketArn)
      // Of two in one template, the first says it.
      .filter((other) => (places.get(other) ?? own.length) > at)
      .filter((other) => overlaps(one.confinement.prefix, other.confinement.prefix))
      .map((other) => {
        const reason = `${one.integration} and ${other.integration} overlap in ${one.confinement.bucketArn}`;
        return violation('overlapping-prefix', { logicalId: one.integration }, 'Metadata', reason);
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

function shows(text: string, world: AppIndex): boolean {
  // A secret may go by its name or by its ARN.
  const looked = [...text.matchAll(/\{\{resolve:secretsmanager:(.*?)\}\}/g)].map(([, what = '']) => what);
  return (
    world.secretAccessKeys().some((reference) => text.includes(reference)) ||
    world.secretNames().some((name) => looked.some((what) => what.includes(name)))
  );
}

/** Secret access keys of integrations anywhere but in their secret. */
function leaks({ template: { resources, outputs }, world }: TemplateInApp): Violation[] {
  const look = (value: unknown, where: Pick<FlatResource, 'logicalId' | 'path'>, location: string) => {
    const text = JSON.stringify(value) ?? '';
    // Few texts can show one at all.
    return /\.SecretAccessKey>|\{\{resolve:secretsmanager:/.test(text) && shows(text, world)
      ? [violation('secret-shown', where, location, 'it shows a secret access key')]
      : [];
  };
  return [
    ...Object.entries(outputs).flatMap(([logicalId, output]) => look(output, { logicalId }, 'Outputs')),
    ...resources
      .filter(({ properties }) => world.ownerOf(properties.Name) === undefined)
      .flatMap((resource) => look(resource.properties, resource, 'Properties')),
  ];
}
