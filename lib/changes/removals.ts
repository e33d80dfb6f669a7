import { literalText } from '../access';
import { bucketOf, type Client, type Integration } from '../definitions/model/model';
import { secretName } from '../rules/names';
import { AppTemplates, at, type SynthesizedStack, textOf } from '../templates';

/** What definitions say goes: the name of each, and why. */
export interface Removals {
  /** Secrets, and with each the access key in it. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Buckets, and with each the KMS key that was made for it. */
  readonly buckets: ReadonlyMap<string, string>;
}

/**
 * What the definitions of a client say goes between two versions: a slot that is taken out of `keys` (a kind other than
 * `access-key` has none), what an integration had whose file is removed, and all of a client that is removed. A bucket
 * that a file which stays only names or places differently is not said to go: what is in it doesn't move along.
 *
 * @param before undefined where the client is new
 * @param after undefined where the client is removed
 */
export function removals(before: Client | undefined, after: Client | undefined): Removals {
  const secrets = new Map<string, string>();
  const buckets = new Map<string, string>();
  if (!before) return { secrets, buckets };
  const clientGone = after ? undefined : `the client ${before.name} is removed`;
  if (clientGone) buckets.set(before.bucket.name, clientGone);
  for (const integration of before.integrations) {
    const now = after?.integrations.find(({ name }) => name === integration.name);
    const gone = clientGone ?? (now ? undefined : `${integration.file} is removed`);
    for (const [slot, secret] of secretsOf(integration)) secrets.set(secret, gone ?? slotGone(integration, now, slot));
    if (gone && integration.dedicatedBucket) buckets.set(integration.dedicatedBucket.name, gone);
  }
  // Whatever a definition still names, wherever it does, is not said to go.
  for (const integration of after?.integrations ?? []) {
    for (const secret of secretsOf(integration).values()) secrets.delete(secret);
    if (after) buckets.delete(bucketOf(after, integration).name);
  }
  if (after) buckets.delete(after.bucket.name);
  return { secrets, buckets };
}

/**
 * The same where the earlier definitions are not known, but what was synthesized from them: secrets that no definition
 * names go, and all of a client that is removed.
 *
 * @param after undefined where the client is removed
 */
export function unnamedRemovals(before: readonly SynthesizedStack[], after: Client | undefined): Removals {
  const named = new Set(after?.integrations.flatMap((integration) => [...secretsOf(integration).values()]));
  const gone = after ? 'no definition names it now' : 'the client is removed';
  const app = new AppTemplates(before);
  const names = (type: string, key: string) =>
    app.ofType(type).flatMap(({ properties }) => literalText(textOf(at(properties, key))) || []);
  const secrets = names('AWS::SecretsManager::Secret', 'Name').filter((name) => !named.has(name));
  const buckets = after ? [] : names('AWS::S3::Bucket', 'BucketName');
  return {
    secrets: new Map(secrets.map((name) => [name, gone])),
    buckets: new Map(buckets.map((name) => [name, gone])),
  };
}

function slotGone({ file, kind }: Integration, now: Integration | undefined, slot: string): string {
  return now && now.kind !== kind ? `${file} is of kind ${now.kind} now` : `keys in ${file} no longer has slot ${slot}`;
}

/** The names of an integration's secrets, by slot. */
function secretsOf(integration: Integration): Map<string, string> {
  const { client, vendor } = integration;
  const slots = integration.kind === 'access-key' ? integration.keys : [];
  return new Map(slots.map((slot) => [slot, secretName(client, vendor, slot)]));
}
