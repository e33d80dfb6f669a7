/**
 * Distributions, which serve what is in a bucket to the world, unless every one of their ways there asks for a signature.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-trusted-signers.html
 */
import { type Json, listed, literalText, valueText } from '../access';
import { at, isAbsent } from '../templates';
import { type DoorCheck, door, under } from './door-check';

export const distribution: DoorCheck = ({ properties }, _, guarded) => {
  const config = at(properties, 'DistributionConfig');
  // Requests to other origins are not signed, so that a bucket that is not public refuses them.
  const origins = [...listed(at(config, 'Origins')), ...listed(at(config, 'S3Origin'))].filter(
    (origin) =>
      ['S3OriginConfig', 'OriginAccessControlId'].some((name) => !isAbsent(at(origin, name))) ||
      !isAbsent(at(origin, 'DNSName')),
  );
  const leading = origins.filter((origin) =>
    [...under(origin, ['DomainName']), ...under(origin, ['DNSName'])].some((name) => guarded.mayLead(name)),
  );
  if (leading.length === 0) return [];
  const ids = new Set(leading.flatMap((origin) => under(origin, ['Id'])).map(valueText));
  const groups = listed(at(config, 'OriginGroups', 'Items')).filter((group) =>
    under(group, ['Members', 'Items', 'OriginId']).some((id) => ids.has(valueText(id))),
  );
  for (const id of groups.flatMap((group) => under(group, ['Id']))) ids.add(valueText(id));
  const behaviors = [...listed(at(config, 'DefaultCacheBehavior')), ...listed(at(config, 'CacheBehaviors'))];
  const open = behaviors.filter((behavior) => {
    const targets = under(behavior, ['TargetOriginId']);
    const isThere =
      targets.some((id) => ids.has(valueText(id)) || literalText(id) === undefined) || targets.length === 0;
    return isThere && !asksForSignature(behavior);
  });
  return open.length === 0
    ? []
    : door(
        'DistributionConfig',
        "it serves a client's bucket to the world, or may: a way there has no trusted key group",
      );
};

function asksForSignature(behavior: Json): boolean {
  return ['TrustedKeyGroups', 'TrustedSigners'].some((name) => surelySome(at(behavior, name)));
}

/** Whether a list is surely not empty. */
function surelySome(json: Json): boolean {
  if ('choice' in json) return json.choice.every(surelySome);
  return 'list' in json && json.list.some((each) => 'text' in each);
}

/** An older kind, without key groups. */
export const streamingDistribution: DoorCheck = ({ properties }, _, guarded) => {
  const config = at(properties, 'StreamingDistributionConfig');
  const isLeading = under(config, ['S3Origin', 'DomainName']).some((name) => guarded.mayLead(name));
  const isSigned = under(config, ['TrustedSigners', 'Enabled']).map(literalText).join() === 'true';
  return isLeading && !isSigned
    ? door('StreamingDistributionConfig', "it serves a client's bucket to the world, or may")
    : [];
};
