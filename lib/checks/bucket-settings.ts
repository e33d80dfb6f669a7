/** Clients' buckets and access points: their own settings, and what leads to them beside policies. */
import {
  ANYTHING,
  canonicalText,
  type Json,
  mayMeet,
  type Pattern,
  plainJson,
  STAR,
  statementsOf,
  type Value,
  valueText,
} from '../access';
import { type MeantBucket, shortened } from '../proof';
import { accessPointNames } from '../rules/access-points';
import { namesOf } from '../rules/names';
import { allTexts, at, hasUnknown, isAbsent, type ReadDoor, type ReadResource, textsIn } from '../templates';
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

const WAY_IN = "another way into a client's bucket";

/** Access points: an integration's own, or nobody's. */
export function accessPoints(judged: JudgedApp): readonly Violation[] {
  const { world, meant, index } = judged;
  const arns = meant.buckets.map(({ arn }) => arn);
  const delegated = [
    ...new Set(
      meant.integrations.flatMap(({ intent }) =>
        intent.trusts.by === 'access-point' ? [accessPointNames(namesOf(intent.integration).client)] : [],
      ),
    ),
  ].map((names): Pattern => [names.replace(/\*$/, ''), STAR]);
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
      const [name = ANYTHING] = textsIn(at(resource.properties, 'Name'));
      return delegated.some((names) => mayMeet(name, names))
        ? found('unknown-door', 'Name', "a client's bucket delegates to access points of that name")
        : [];
    });
}

const LEADING = [
  'AWS::S3::MultiRegionAccessPoint',
  'AWS::S3ObjectLambda::AccessPoint',
  'AWS::S3::AccessGrant',
  'AWS::S3::AccessGrantsLocation',
  'AWS::Transfer::User',
];

/** Resources that are there to lead somewhere: what may be a client's bucket is a way into it. */
export function otherDoors(judged: JudgedApp): readonly Violation[] {
  if (judged.meant.buckets.length === 0) return [];
  const names = waysIn(judged);
  return judged.app.ofType(...LEADING).flatMap((resource) => {
    const { type, properties } = resource;
    // All buckets of the account are at `s3://`.
    const isEverywhere =
      type === 'AWS::S3::AccessGrantsLocation' &&
      /^s3:\/\/\*?$/.test(valueText(textsIn(at(properties, 'LocationScope'))[0] ?? []));
    if (isEverywhere || mentions(properties, names))
      return [violation('unknown-door', resource, 'Properties', `it is ${WAY_IN}`)];
    return hasUnknown(properties)
      ? [violation('unknown-door', resource, 'Properties', `the template does not show whether it is ${WAY_IN}`)]
      : [];
  });
}

/** Every name by which something else can lead into a client's bucket. */
function waysIn({ app, meant, world, index }: JudgedApp): readonly string[] {
  const buckets = meant.buckets.map(({ arn }) => valueText(arn).split(':::').at(-1) ?? '');
  const points = world.doors
    .filter((door) => index.pointOf(door))
    .flatMap(({ resource }) => [app.valueOf(resource), app.valueOf(resource, 'Alias')].map(valueText));
  return [...new Set([...buckets, ...points])].filter((name) => name !== '');
}

/** Whether something names one of these, and not only as part of a longer name. */
export function mentions(json: Json, names: readonly string[]): boolean {
  return allTexts(json).some((value: Value) => {
    const text = valueText(value);
    return names.some((name) => holdsName(text, name));
  });
}

function holdsName(text: string, name: string): boolean {
  for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + 1)) {
    const [before = '', after = ''] = [text[start - 1], text[start + name.length]];
    if (!/[\w.-]/.test(before) && !/[\w-]/.test(after)) return true;
  }
  return false;
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
