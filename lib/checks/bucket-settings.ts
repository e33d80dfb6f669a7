/** Clients' buckets and access points: their own settings, and what leads to them beside policies. */
import { ANYTHING, canonicalText, type Json, mayMeet, plainJson, statementsOf, valueText } from '../access';
import { type MeantBucket, shortened } from '../proof';
import { at, isAbsent, type ReadDoor, type ReadResource, textsIn } from '../templates';
import { WAY_IN } from './door-check';
import { delegatedNames } from './guarded-names';
import type { JudgedApp } from './judged-app';
import type { RuleId } from './rules';
import { type Violation, violation } from './violation';

const NOT_PUBLIC = plainJson({
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
});
const NO_ACLS = plainJson({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });

const same = (one: Json, other: Json) => canonicalText(one) === canonicalText(other);

/** The guards of a client's bucket. */
export function bucketGuards(judged: JudgedApp): readonly Violation[] {
  const { app, world } = judged;
  const resources = new Map<string, ReadResource[]>();
  for (const resource of app.ofType('AWS::S3::Bucket')) {
    const arn = valueText(app.valueOf(resource, 'Arn'));
    resources.set(arn, [...(resources.get(arn) ?? []), resource]);
  }
  const policies = new Map<MeantBucket, ReadDoor[]>();
  for (const door of world.doors) {
    for (const bucket of judged.index.bucketsOf(door)) policies.set(bucket, [...(policies.get(bucket) ?? []), door]);
  }
  return judged.meant.buckets
    .filter(({ isCreated }) => isCreated)
    .flatMap((bucket) => {
      const found = resources.get(valueText(bucket.arn)) ?? [];
      const own = found.filter(({ source }) => source.name === bucket.scope);
      return (own.length > 0 ? own : found).flatMap((resource) =>
        guards(resource, judged.index.denies(bucket), policies.get(bucket) ?? []),
      );
    });
}

function guards(
  resource: ReadResource,
  denies: readonly string[],
  policies: readonly ReadDoor[],
): readonly Violation[] {
  const { properties } = resource;
  const guarded = (location: string, holds: boolean, reason: string) =>
    holds ? [] : [violation('bucket-guard', resource, location, reason)];
  return [
    ...guarded(
      'PublicAccessBlockConfiguration',
      same(at(properties, 'PublicAccessBlockConfiguration'), NOT_PUBLIC),
      'public access is not blocked',
    ),
    ...guarded('OwnershipControls', same(at(properties, 'OwnershipControls'), NO_ACLS), 'ACLs are not disabled'),
    ...guarded('AccessControl', isAbsent(at(properties, 'AccessControl')), 'it has an ACL'),
    ...guarded('DeletionPolicy', isKept(resource.deletionPolicy), 'it is not retained'),
    ...guarded(
      'UpdateReplacePolicy',
      resource.updateReplacePolicy === 'Retain',
      'it is not retained when it is replaced',
    ),
    ...missingDenies(resource, denies, policies),
  ];
}

/** What a bucket's policy does not deny, and must. */
function missingDenies(
  resource: ReadResource,
  [tls, ...others]: readonly string[],
  policies: readonly ReadDoor[],
): readonly Violation[] {
  const sure = policies.filter((door) => [undefined, resource.condition].includes(door.resource.condition));
  const denies = (wanted: string | undefined) =>
    sure.some(({ policy }) => statementsOf(policy).some(({ text, isPerhaps }) => text === wanted && !isPerhaps));
  const [only] = sure;
  const missing = (reason: string) =>
    only
      ? violation('bucket-guard', only.resource, 'PolicyDocument', reason)
      : violation('bucket-guard', resource, 'Policy', reason);
  return [
    ...(denies(tls) ? [] : [missing('nothing denies plain HTTP')]),
    ...others.filter((text) => !denies(text)).map((text) => missing(`it lacks ${shortened(text)}`)),
  ];
}

function isKept(policy: string | undefined): boolean {
  return policy === 'Retain' || policy === 'RetainExceptOnCreate';
}

/** Access points: an integration's own, or nobody's. */
export function accessPoints(judged: JudgedApp): readonly Violation[] {
  const { world, meant, index } = judged;
  const arns = meant.buckets.map(({ arn }) => arn);
  const delegated = delegatedNames(meant.integrations.map(({ intent }) => intent));
  return world.doors
    .filter(({ kind }) => kind === 'access-point')
    .flatMap((door) => {
      const { resource, lends = ANYTHING } = door;
      const found = (rule: RuleId, location: string, reason: string) => [violation(rule, resource, location, reason)];
      if (index.pointOf(door)) {
        return same(at(resource.properties, 'PublicAccessBlockConfiguration'), NOT_PUBLIC)
          ? []
          : found('bucket-guard', 'PublicAccessBlockConfiguration', 'public access is not blocked');
      }
      if (arns.some((arn) => mayMeet(lends, arn))) return found('unknown-door', 'Bucket', `it is ${WAY_IN}, or may be`);
      // What CloudFormation makes up has no two hyphens, as the names have that a bucket delegates to.
      const given = textsIn(at(resource.properties, 'Name'));
      return delegated.some((names) => given.some((name) => mayMeet(name, names)))
        ? found('unknown-door', 'Name', "a client's bucket delegates to access points of that name")
        : [];
    });
}

/** Integrations in a bucket of which nothing says what it is meant to be, so that nobody looks after it. */
export function withoutBucket({ meant }: JudgedApp): readonly Violation[] {
  const known = new Set(meant.buckets.map(({ key }) => key));
  return meant.integrations
    .filter(({ bucket }) => !known.has(bucket))
    .map(({ intent, scope, bucket }) => ({
      rule: 'bucket-guard',
      place: { scope, id: intent.integration, at: 'Metadata' },
      reason: `nothing says how the bucket of ${bucket} is guarded`,
    }));
}
