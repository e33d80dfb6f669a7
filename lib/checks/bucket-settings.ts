/** Clients' buckets and access points: their own settings, and what leads to them beside policies. */
import { ANYTHING, forms, type Json, mayMeet, plainJson, statementsOf, valueText } from '../access';
import { type MeantBucket, shortened } from '../proof';
import { at, type ReadDoor, type ReadResource, textsIn } from '../templates';
import { blocksPublicAccess, notifications, same, wrongProperties } from './bucket-properties';
import { WAY_IN } from './door-check';
import { delegatedNames } from './guarded-names';
import type { JudgedApp } from './judged-app';
import type { RuleId } from './rules';
import { type Violation, violation } from './violation';

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
        guards(resource, bucket, judged, policies.get(bucket) ?? []),
      );
    });
}

function guards(
  resource: ReadResource,
  bucket: MeantBucket,
  judged: JudgedApp,
  policies: readonly ReadDoor[],
): readonly Violation[] {
  const guarded = (location: string, holds: boolean, reason: string) =>
    holds ? [] : [violation('bucket-guard', resource, location, reason, location)];
  const settings = judged.settingsOf(bucket);
  return [
    ...wrongProperties(resource, { settings, judged }).map(({ at: location, reason }) =>
      violation('bucket-guard', resource, location, reason),
    ),
    ...cdkNotifications(resource, judged, settings),
    ...keyGuards(bucket, judged, settings),
    ...guarded('DeletionPolicy', isKept(resource.deletionPolicy), 'it is not retained'),
    ...guarded(
      'UpdateReplacePolicy',
      resource.updateReplacePolicy === 'Retain',
      'it is not retained when it is replaced',
    ),
    ...missingDenies(resource, judged.index.denies(bucket), policies),
    ...policies.flatMap((door) => keptPolicy(door)),
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
  const missing = (reason: string, lacking: string) =>
    only
      ? violation('bucket-guard', only.resource, 'PolicyDocument', reason, lacking)
      : violation('bucket-guard', resource, 'Policy', reason, lacking);
  return [
    ...(denies(tls) ? [] : [missing('nothing denies plain HTTP', 'tls')]),
    ...others.filter((text) => !denies(text)).map((text) => missing(`it lacks ${shortened(text)}`, text)),
  ];
}

/** Notifications that the CDK's own custom resource writes. */
function cdkNotifications(bucket: ReadResource, judged: JudgedApp, settings: Json): readonly Violation[] {
  const name = valueText(judged.app.valueOf(bucket));
  return judged.app
    .ofType('Custom::S3BucketNotifications')
    .filter(({ properties }) => textsIn(at(properties, 'BucketName')).some((each) => valueText(each) === name))
    .flatMap((resource) => {
      const reason = notifications(at(resource.properties, 'NotificationConfiguration'), { settings, judged });
      return reason === undefined ? [] : [violation('bucket-guard', resource, 'NotificationConfiguration', reason)];
    });
}

/** The settings of a key that is created with its bucket: objects under a key that is gone are gone. */
function keyGuards({ encryptionKey }: MeantBucket, { app }: JudgedApp, settings: Json): readonly Violation[] {
  if (!encryptionKey || !same(at(settings, 'createsKey'), plainJson(true))) return [];
  const arn = valueText(encryptionKey);
  return app
    .ofType('AWS::KMS::Key')
    .filter((key) => valueText(app.valueOf(key, 'Arn')) === arn)
    .flatMap((key) => {
      const is = (name: string, ...values: readonly string[]) =>
        forms(at(key.properties, name)).every((form) => values.some((value) => same(form, plainJson(value))));
      const wrong = (location: string, reason: string) => [violation('bucket-guard', key, location, reason)];
      return [
        ...(isKept(key.deletionPolicy) ? [] : wrong('DeletionPolicy', 'it is not retained')),
        ...(key.updateReplacePolicy === 'Retain'
          ? []
          : wrong('UpdateReplacePolicy', 'it is not retained when it is replaced')),
        ...(is('Enabled', 'true') ? [] : wrong('Enabled', 'it is not enabled')),
        ...(same(at(key.properties, 'EnableKeyRotation'), plainJson(true))
          ? []
          : wrong('EnableKeyRotation', 'it is not rotated')),
        ...(is('Origin', 'AWS_KMS') ? [] : wrong('Origin', 'what it is made of is known elsewhere')),
        ...(is('MultiRegion', 'false') ? [] : wrong('MultiRegion', 'it can be replicated to other Regions')),
        ...(is('KeySpec', 'SYMMETRIC_DEFAULT') && is('KeyUsage', 'ENCRYPT_DECRYPT')
          ? []
          : wrong('KeySpec', 'S3 cannot encrypt with it')),
      ];
    });
}

/** A policy that is left behind goes on to allow what is in it. */
function keptPolicy({ resource, policy }: ReadDoor): readonly Violation[] {
  const isLeft = [resource.deletionPolicy, resource.updateReplacePolicy].some(
    (each) => each !== undefined && each !== 'Delete',
  );
  return isLeft && statementsOf(policy).some(({ effect }) => effect === 'Allow')
    ? [violation('kept', resource, 'DeletionPolicy', "it stays when its stack goes, with everybody's access")]
    : [];
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
        return blocksPublicAccess(at(resource.properties, 'PublicAccessBlockConfiguration'))
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
      value: bucket,
      reason: `nothing says how the bucket of ${bucket} is guarded`,
    }));
}
