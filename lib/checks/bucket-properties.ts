/**
 * The properties of a client's bucket, each with what may be done to it. A property that a new version of the CDK brings does
 * not compile here before somebody says what it is.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 */
import type { CfnBucketProps } from 'aws-cdk-lib/aws-s3';
import { canonicalText, covers, type Json, listed, literalText, plainJson, valueText } from '../access';
import { at, isAbsent, type ReadResource } from '../templates';
import { isOurArn, under } from './door-check';
import type { JudgedApp } from './judged-app';

/** What is meant of a bucket beside its policy, and who is ours. */
interface Meant {
  readonly settings: Json;
  readonly judged: JudgedApp;
}

/** What is wrong with a property, or nothing. */
type PropertyCheck = (value: Json, meant: Meant) => string | undefined;

const NOT_PUBLIC = plainJson({
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
});
const NO_ACLS = plainJson({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });

export const same = (one: Json, other: Json) => canonicalText(one) === canonicalText(other);

/** Whether a block of settings keeps everything from the public. */
export const blocksPublicAccess = (json: Json) => same(json, NOT_PUBLIC);

/** As it is meant, and in no other way. */
const exact =
  (wanted: (meant: Meant) => Json, reason: string): PropertyCheck =>
  (value, meant) =>
    same(value, wanted(meant)) ? undefined : reason;

const absent =
  (reason: string): PropertyCheck =>
  (value) =>
    isAbsent(value) ? undefined : reason;

/** For the owner of the app to say: it opens nothing, and guards nothing. */
const free: PropertyCheck = () => undefined;

const textOfSetting = (settings: Json, name: string) => under(settings, [name]).map(valueText)[0];

/** Goes only where it is surely ours. */
const destination =
  (
    what: string,
    destinations: (value: Json) => readonly Json[],
    isOurs: (target: Json, meant: Meant) => boolean,
  ): PropertyCheck =>
  (value, meant) =>
    destinations(value).every((target) => isOurs(target, meant))
      ? undefined
      : `${what} to somebody who is not ours, or may`;

/**
 * Whether a bucket is surely ours: the app makes it, it is the one for logs, or S3 checks that its owner is who is written
 * beside it. The ARN of a bucket does not say whose it is.
 */
function isOurBucket(bucket: Json, owner: Json, { judged, settings }: Meant): boolean {
  const { ours } = judged.world;
  const owners = under(owner, []);
  if (owners.length > 0 && owners.every((account) => covers(ours.accounts, account))) return true;
  const made = judged.madeBuckets;
  const logs = textOfSetting(settings, 'accessLogs');
  return under(bucket, []).every(
    (name) => made.has(valueText(name)) || (logs !== undefined && valueText(name) === logs),
  );
}

const isOurTarget =
  (...names: readonly string[]) =>
  (target: Json, { judged }: Meant) =>
    names.flatMap((name) => under(target, [name])).every((arn) => isOurArn(arn, judged));

const members = (name: string) => (value: Json) => listed(at(value, name));

/** Where S3 copies objects: it checks whose the bucket is where the replicas are to be that account's. */
const replication = destination(
  'it copies objects',
  (value) => members('Rules')(value).flatMap(members('Destination')),
  (target, meant) => {
    const isHandedOver = !isAbsent(at(target, 'AccessControlTranslation'));
    return isOurBucket(at(target, 'Bucket'), isHandedOver ? at(target, 'Account') : NOTHING, meant);
  },
);
const NOTHING: Json = { absent: true };

const inventories = destination(
  'it sends lists of objects',
  (value) => listed(value).flatMap(members('Destination')),
  (target, meant) => isOurBucket(at(target, 'BucketArn'), at(target, 'BucketAccountId'), meant),
);

const analytics = destination(
  'it sends figures about objects',
  (value) => listed(value).flatMap((each) => listed(at(each, 'StorageClassAnalysis', 'DataExport', 'Destination'))),
  (target, meant) => isOurBucket(at(target, 'BucketArn'), at(target, 'BucketAccountId'), meant),
);

const logging = destination(
  'it sends access logs',
  (value) => [value].filter((each) => !isAbsent(at(each, 'DestinationBucketName'))),
  (target, meant) => isOurBucket(at(target, 'DestinationBucketName'), NOTHING, meant),
);

/** What the CDK's own custom resource writes has other names for the same. */
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  LambdaConfigurations: ['Function'],
  QueueConfigurations: ['Queue'],
  TopicConfigurations: ['Topic'],
  LambdaFunctionConfigurations: ['LambdaFunctionArn'],
};

export const notifications: PropertyCheck = destination(
  'it says what happens to objects',
  (value) => Object.keys(TARGETS).flatMap((name) => members(name)(value)),
  (target, meant) =>
    isOurTarget('Function', 'Queue', 'Topic', 'LambdaFunctionArn', 'QueueArn', 'TopicArn')(target, meant),
);

const metadataTables = destination(
  'it writes tables of objects',
  (value) => ['S3TablesDestination', 'Destination'].flatMap((name) => members(name)(value)),
  (target, { judged }) => under(target, ['TableBucketArn']).every((arn) => isOurArn(arn, judged)),
);

const versions: PropertyCheck = (value, { settings }) => {
  if (textOfSetting(settings, 'versioned') !== 'true') return undefined;
  return same(at(value, 'Status'), { text: ['Enabled'] }) ? undefined : 'it does not keep earlier versions of objects';
};

/** Objects, and earlier versions of them, stay at least as long as it is meant. */
const lifecycle: PropertyCheck = (value, { settings }) => {
  const rules = listed(at(value, 'Rules')).filter((rule) => !same(at(rule, 'Status'), { text: ['Disabled'] }));
  const days = (name: string) => Number(textOfSetting(settings, name) ?? Number.POSITIVE_INFINITY);
  const isEarly = (found: readonly Json[], least: number) =>
    found.flatMap((each) => under(each, [])).some((text) => !(Number(literalText(text)) >= least));
  const current = rules.flatMap((rule) => [at(rule, 'ExpirationInDays'), at(rule, 'ExpirationDate')]);
  if (isEarly(current, days('expireObjectsAfterDays'))) return 'objects expire earlier than it is meant';
  const earlier = rules.flatMap((rule) => [
    at(rule, 'NoncurrentVersionExpiration', 'NoncurrentDays'),
    at(rule, 'NoncurrentVersionExpirationInDays'),
  ]);
  return isEarly(earlier, days('expireOldVersionsAfterDays'))
    ? 'earlier versions of objects expire earlier than it is meant'
    : undefined;
};

const PROPERTIES: Readonly<Record<keyof CfnBucketProps, PropertyCheck>> = {
  // Exact.
  publicAccessBlockConfiguration: exact(() => NOT_PUBLIC, 'public access is not blocked'),
  ownershipControls: exact(() => NO_ACLS, 'ACLs are not disabled'),
  accessControl: absent('it has an ACL'),
  bucketEncryption: exact(({ settings }) => at(settings, 'encryption'), 'it is not encrypted as it is meant'),
  bucketName: exact(({ settings }) => at(settings, 'bucketName'), 'it does not have its name'),
  bucketNamePrefix: absent('it does not have its name'),
  websiteConfiguration: absent('it is a website'),
  abacStatus: absent('its tags say who has access'),
  // Destinations.
  replicationConfiguration: replication,
  inventoryConfigurations: inventories,
  loggingConfiguration: logging,
  analyticsConfigurations: analytics,
  metadataConfiguration: metadataTables,
  metadataTableConfiguration: metadataTables,
  notificationConfiguration: notifications,
  // Not weaker.
  versioningConfiguration: versions,
  lifecycleConfiguration: lifecycle,
  // Free. What is locked stays longer.
  objectLockConfiguration: free,
  objectLockEnabled: free,
  corsConfiguration: free,
  metricsConfigurations: free,
  tags: free,
  intelligentTieringConfigurations: free,
  accelerateConfiguration: free,
  // Where the name is unique, not what it is.
  bucketNamespace: free,
};

/** What is wrong with the properties of a client's bucket, each with its name in a template. */
export function wrongProperties(
  { properties }: ReadResource,
  meant: Meant,
): readonly { readonly at: string; readonly reason: string }[] {
  return Object.entries(PROPERTIES).flatMap(([name, check]) => {
    const property = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const reason = check(at(properties, property), meant);
    return reason === undefined ? [] : [{ at: property, reason }];
  });
}
