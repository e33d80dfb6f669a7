/**
 * A client's bucket and its key: their own policies and settings.
 */
import { tlsOnly } from '../rules/confinement';
import type { BucketIntent } from '../rules/intent';
import { comesTo, difference, isAdministration, isDeny, same, shortened, statementsOf } from './compare';
import type { FlatResource } from './flat-template';
import { grantsOf, reaches } from './grants';
import type { RuleId } from './rules';
import { mayLeadTo, type TemplateInApp, type Violation, violation } from './template-in-app';

const NOT_PUBLIC = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

export function bucket(scene: TemplateInApp, resource: FlatResource): Violation[] {
  const intent = scene.world.intents.buckets.find(({ reference }) => reference === `<${resource.id}.Arn>`);
  if (!intent?.created) return [];
  const { PublicAccessBlockConfiguration: block, OwnershipControls: ownership } = resource.properties;
  const guarded = (rule: RuleId, location: string, holds: boolean, reason: string) =>
    holds ? [] : [violation(rule, resource, location, reason)];
  const hasPolicy = scene.world
    .ofType('AWS::S3::BucketPolicy')
    .some(({ properties, condition }) => condition === undefined && isBucket(properties.Bucket, intent));
  return [
    ...guarded(
      'bucket-guard',
      'PublicAccessBlockConfiguration',
      same(block, NOT_PUBLIC),
      'public access is not blocked',
    ),
    ...guarded(
      'bucket-guard',
      'OwnershipControls',
      same(ownership, { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }),
      'ACLs are not disabled',
    ),
    ...guarded('bucket-guard', 'AccessControl', resource.properties.AccessControl === undefined, 'it has an ACL'),
    ...guarded('bucket-guard', 'DeletionPolicy', isKept(resource.deletionPolicy), 'it is not retained'),
    ...guarded(
      'bucket-guard',
      'UpdateReplacePolicy',
      resource.updateReplacePolicy === 'Retain',
      'it is not retained when it is replaced',
    ),
    ...guarded('bucket-guard', 'Policy', hasPolicy, 'nothing denies plain HTTP'),
  ];
}

export function bucketPolicy(scene: TemplateInApp, resource: FlatResource): Violation[] {
  const { Bucket, PolicyDocument } = resource.properties;
  const intent = scene.world.intents.buckets.find((each) => isBucket(Bucket, each));
  if (!intent) return elsewhere(scene, resource);
  const meant = scene.world.bucketStatements(intent.bucketArn, intent.reference);
  const tls = tlsOnly(intent.reference);
  const found = statementsOf(PolicyDocument);
  const others = found.filter((statement) => !(intent.created && same(statement, tls)));
  const missing = intent.created && !found.some((statement) => same(statement, tls));
  return [
    ...unknown(resource, 'PolicyDocument', others, meant),
    ...missingDenies(resource, 'PolicyDocument', found, meant),
    ...(missing ? [violation('bucket-guard', resource, 'PolicyDocument', 'nothing denies plain HTTP')] : []),
  ];
}

/** The policy of who knows which bucket: it is a client's, where it lets outsiders reach one. */
function elsewhere(scene: TemplateInApp, resource: FlatResource): Violation[] {
  return grantsOf(resource.properties.PolicyDocument)
    .filter((grant) => grant.principals.some((principal) => scene.isOutside(principal)))
    .filter((grant) => reaches(grant, scene.world.guarded()))
    .map(({ text }) =>
      violation('unknown-statement', resource, 'PolicyDocument', `no integration is meant to have ${text}`),
    );
}

/** Another way into a bucket: an integration's own, or nobody's. */
export function accessPoint(scene: TemplateInApp, resource: FlatResource): Violation[] {
  const { Name, Bucket, Policy, PublicAccessBlockConfiguration: block } = resource.properties;
  const intent = scene.world.accessPointNamed(Name);
  if (!intent) {
    const leads = mayLeadTo(resource, scene.world.bucketNames(), "another way into a client's bucket");
    const handed = scene.world.delegatedPrefixes().some((start) => String(Name).startsWith(start));
    if (leads.length > 0 || !handed) return leads;
    return [
      violation('unknown-statement', resource, 'Name', "a client's bucket delegates to access points of that name"),
    ];
  }
  const { accessPoint: meant } = scene.world.policies(intent);
  const whose = scene.world.intents.buckets.find(({ bucketArn }) => bucketArn === intent.confinement.bucketArn);
  const guarded = (rule: RuleId, location: string, holds: boolean, reason: string) =>
    holds ? [] : [violation(rule, resource, location, reason)];
  return [
    ...guarded(
      'changed-access',
      'Policy',
      comesTo(statementsOf(Policy), meant),
      `it is not the access that ${intent.integration} is meant to have: ${difference(Policy, meant)}`,
    ),
    ...guarded(
      'changed-access',
      'Bucket',
      whose !== undefined && isBucket(Bucket, whose),
      `it is not the access point of ${intent.integration}'s bucket`,
    ),
    ...guarded(
      'bucket-guard',
      'PublicAccessBlockConfiguration',
      same(block, NOT_PUBLIC),
      'public access is not blocked',
    ),
  ];
}

export function key(scene: TemplateInApp, resource: FlatResource): Violation[] {
  const arn = `<${resource.id}.Arn>`;
  if (!scene.world.keyNames().includes(arn)) return [];
  const meant = scene.world.keyPolicyStatements(arn);
  const others = statementsOf(resource.properties.KeyPolicy).filter(
    (statement) => !isAdministration(statement, scene.template.account),
  );
  return unknown(resource, 'KeyPolicy', others, meant);
}

/** The statements that nobody is meant to have. A Deny only takes away, and may be anybody's. */
function unknown(
  resource: FlatResource,
  location: string,
  found: readonly unknown[],
  meant: readonly unknown[],
): Violation[] {
  return found
    .filter((statement) => !isDeny(statement))
    .filter((statement) => !meant.some((each) => same(each, statement)))
    .map((statement) =>
      violation('unknown-statement', resource, location, `no integration is meant to have ${shortened(statement)}`),
    );
}

/** The Denies that are meant and not there. An Allow that is not there allows nobody anything, and is no violation. */
function missingDenies(
  resource: FlatResource,
  location: string,
  found: readonly unknown[],
  meant: readonly unknown[],
): Violation[] {
  return meant
    .filter(isDeny)
    .filter((statement) => !found.some((each) => same(each, statement)))
    .map((statement) => violation('bucket-guard', resource, location, `it lacks ${shortened(statement)}`));
}

function isKept(policy: string | undefined): boolean {
  return policy === 'Retain' || policy === 'RetainExceptOnCreate';
}

function isBucket(value: unknown, { bucketName, reference }: BucketIntent): boolean {
  return value === bucketName || reference === `${String(value).slice(0, -1)}.Arn>`;
}
