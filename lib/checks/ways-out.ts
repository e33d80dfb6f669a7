/** Services that take objects, or what is said of them, out of a client's bucket, and what changes who has a secret. */
import { arnParts, covers, isKnown, type Json, listed, literalText, type Value, valueText } from '../access';
import { at, isAbsent } from '../templates';
import { allowsOthers, type DoorCheck, door, isOurArn, under } from './door-check';
import { secretName } from './guarded-names';

/** Backups that are copied to an account that is surely not ours. */
export const backupPlan: DoorCheck = ({ properties }, { world }) =>
  under(properties, ['BackupPlan', 'BackupPlanRule', 'CopyActions', 'DestinationBackupVaultArn']).some((arn) => {
    const account = arnParts(arn)?.account;
    return account !== undefined && isKnown(account) && !covers(world.ours.accounts, account);
  })
    ? door('BackupPlan', "it copies backups, a client's bucket among them or not, to an account that is not ours")
    : [];

/**
 * Access logs of a bucket, which name its objects and who asks for them, in CloudWatch Logs.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
export const deliverySource: DoorCheck = ({ properties }, judged, guarded) => {
  const { app, world } = judged;
  if (!under(properties, ['ResourceArn']).some((arn) => guarded.mayLead(arn))) return [];
  const names = new Set(under(properties, ['Name']).map(valueText));
  const destinations = app
    .ofType('AWS::Logs::Delivery')
    .filter((delivery) =>
      under(delivery.properties, ['DeliverySourceName']).some(
        (name) => literalText(name) === undefined || names.has(valueText(name)),
      ),
    )
    .flatMap((delivery) => under(delivery.properties, ['DeliveryDestinationArn']));
  const made = new Map(
    app.ofType('AWS::Logs::DeliveryDestination').map((each) => [valueText(app.valueOf(each, 'Arn')), each] as const),
  );
  const isOurs = (arn: Value) => {
    const found = made.get(valueText(arn));
    const targets = found ? under(found.properties, ['DestinationResourceArn']) : [arn];
    return targets.every((target) => isOurArn(target, judged) || covers(world.ours.buckets ?? [], target));
  };
  const others = destinations.filter((arn) => !isOurs(arn));
  const reason = "it sends what is done in a client's bucket to somebody who is not ours, or may";
  return others.length === 0
    ? []
    : [{ rule: 'unknown-door', at: 'ResourceArn', reason, value: others.map(valueText).sort().join() }];
};

/** Backups of buckets that somebody else reads through an access point. */
export const backupAccessPoint: DoorCheck = (resource, judged) =>
  allowsOthers(resource, 'AccessPointPolicy', judged)
    ? door('AccessPointPolicy', "it lets somebody who is not ours into backups, of a client's bucket or not")
    : [];

/**
 * Whether what a pattern asks for may be one of these: it says nothing of it, or not with plain texts alone.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
const mayAskFor = (asked: Json, isIt: (value: Value) => boolean): boolean =>
  isAbsent(asked) ||
  listed(asked).some((each) => !('text' in each) || literalText(each.text) === undefined || isIt(each.text));

/**
 * Events of objects: those who get them know the objects' names.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
 */
export const eventRule: DoorCheck = ({ properties }, judged, guarded) => {
  const pattern = at(properties, 'EventPattern');
  if (isAbsent(pattern)) return [];
  if (!mayAskFor(at(pattern, 'source'), (source) => literalText(source) === 'aws.s3')) return [];
  const { app } = judged;
  if (!mayAskFor(at(pattern, 'detail', 'bucket', 'name'), (name) => guarded.mayLead(name))) return [];
  // What calls an address is ours, and the address is not.
  const calls = new Set(app.ofType('AWS::Events::ApiDestination').map((each) => valueText(app.valueOf(each, 'Arn'))));
  const isOut = (arn: Value) => {
    const text = valueText(arn);
    return calls.has(text) || text.includes(':api-destination/') || !isOurArn(arn, judged);
  };
  return under(properties, ['Targets', 'Arn']).some(isOut)
    ? door('Targets', "it says what happens to a client's objects to somebody who is not ours, or may")
    : [];
};

/**
 * Trails of what is done with objects. Without selectors of data, a trail has none of it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 */
export const trail: DoorCheck = ({ properties }, judged) => {
  const kinds = [
    ...under(properties, ['EventSelectors', 'DataResources', 'Type']),
    ...under(properties, ['AdvancedEventSelectors', 'FieldSelectors', 'Equals']),
  ];
  if (!kinds.some((kind) => /^(?:AWS::S3::|<)/.test(valueText(kind)))) return [];
  return under(properties, ['S3BucketName']).every((name) => judged.madeBuckets.has(valueText(name)))
    ? []
    : door('S3BucketName', "it sends what is done in a client's bucket to somebody who is not ours, or may");
};

/** Figures about prefixes, which S3 Storage Lens exports to the bucket of an account. */
export const storageLens: DoorCheck = ({ properties }, { world }) => {
  const path = ['StorageLensConfiguration', 'DataExport', 'S3BucketDestination', 'AccountId'];
  return under(properties, path).every((account) => covers(world.ours.accounts, account))
    ? []
    : door('StorageLensConfiguration', 'it sends figures about objects to somebody who is not ours, or may');
};

/** A schedule by which a function changes an integration's secret: the key would end before the vendor has another. */
export const rotation: DoorCheck = ({ properties }, { meant }) => {
  const arns = meant.secrets.map(({ arn }) => valueText(arn));
  const isMine = (id: string) =>
    arns.some((arn) => id === arn || id === secretName(arn) || id.includes(`:secret:${secretName(arn)}-`));
  return under(properties, ['SecretId']).some((id) => isMine(valueText(id)))
    ? door('SecretId', "it lets a function change an integration's access key")
    : [];
};
