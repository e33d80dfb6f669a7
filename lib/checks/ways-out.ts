/** Services that take objects, or what is said of them, out of a client's bucket, and what changes who has a secret. */
import { arnParts, covers, isKnown, literalText, type Value, valueText } from '../access';
import { type DoorCheck, door, isOurArn, under } from './door-check';
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

/** A schedule by which a function changes an integration's secret: the key would end before the vendor has another. */
export const rotation: DoorCheck = ({ properties }, { meant }) => {
  const arns = meant.secrets.map(({ arn }) => valueText(arn));
  const isMine = (id: string) =>
    arns.some((arn) => id === arn || id === secretName(arn) || id.includes(`:secret:${secretName(arn)}-`));
  return under(properties, ['SecretId']).some((id) => isMine(valueText(id)))
    ? door('SecretId', "it lets a function change an integration's access key")
    : [];
};
