import type { Client, Integration } from '../definitions/model/model';
import { bucketChanges } from './bucket-changes';
import { unless } from './change-text';
import { type ChangeText, type Effect, ofCondition } from './effect';
import { isActive } from './words';

/** What changes for all of a client's integrations at once, told once. */
export function clientChanges(before: Client, after: Client): ChangeText[] {
  const open = opened(before, after);
  const effect = (one: Effect, concerns: (integration: Integration) => boolean = () => true): Effect =>
    open.some(concerns) ? one : 'neutral';
  const place = (key: 'account' | 'region') => {
    const told = (client: Client) => client[key] ?? 'that of the CDK environment';
    return unless(
      before[key] === after[key],
      (): ChangeText => ({
        sign: '~',
        text: `is deployed to the ${key} ${told(after)} (before: ${told(before)})${STAYS[before[key] && after[key] ? 'known' : 'unknown']}`,
        effect: effect('both'),
      }),
    );
  };
  const boundary = (client: Client) => client.permissionsBoundary ?? 'no permissions boundary';
  const tags = (client: Client) => JSON.stringify(Object.entries(client.tags).sort());
  return [
    ...place('account'),
    ...place('region'),
    ...unless(boundary(before) === boundary(after), () => ({
      sign: '~',
      text: `bounds its roles and users by ${boundary(after)} (before: ${boundary(before)})`,
      effect: effect(
        ofCondition(before.permissionsBoundary, after.permissionsBoundary),
        ({ kind }) => kind !== 'direct-trust',
      ),
    })),
    ...unless(tags(before) === tags(after), () => ({
      sign: '~',
      text: `has other tags: ${tagsText(before, after)}`,
      effect: 'neutral',
    })),
    ...unless(before.bucket.name === after.bucket.name, () => ({
      sign: '~',
      text: `has the bucket ${after.bucket.name} (before: ${before.bucket.name}, whose objects stay there)`,
      // Each integration that acts there says so itself.
      effect: 'neutral',
    })),
    ...(before.bucket.name === after.bucket.name
      ? bucketChanges(
          before.bucket,
          after.bucket,
          open.some((one) => !one.dedicatedBucket),
        )
      : []),
  ];
}

const STAYS = {
  known: ': that is another stack, and the deployed one stays unchanged',
  unknown: ': if the two differ, that is another stack, and the deployed one stays unchanged',
};

/** The integrations that let somebody in before and after; the others say all of themselves. */
function opened(before: Client, after: Client): Integration[] {
  const was = new Set(before.integrations.filter(isActive).map(({ name }) => name));
  return after.integrations.filter((integration) => isActive(integration) && was.has(integration.name));
}

function tagsText(before: Client, after: Client): string {
  const keys = [...new Set([...Object.keys(before.tags), ...Object.keys(after.tags)])].sort();
  return keys
    .filter((key) => before.tags[key] !== after.tags[key])
    .map((key) => (after.tags[key] === undefined ? `no ${key}` : `${key}=${after.tags[key]}`))
    .join(', ');
}
