import { type BucketIntent, INTENT_KEY, type Intent } from '../rules/intent';
import { intentsIn } from './app-index';
import type { FlatTemplate } from './flat-template';

/**
 * The templates of an app with the same name for each key wherever an intent names it. What an integration notes of the
 * key of a bucket in another stack is a bare logical id, which several templates may have: meant is the key that its
 * bucket notes.
 */
export function withSameKeys(templates: readonly FlatTemplate[]): FlatTemplate[] {
  const buckets = templates.flatMap((template) => intentsIn(template).buckets);
  return templates.map((template) => {
    const metadata = Object.entries(template.metadata).map(([name, value]): [string, unknown] => [
      name,
      name.startsWith(INTENT_KEY) ? withKey(value as Intent, buckets) : value,
    ]);
    return { ...template, metadata: Object.fromEntries(metadata) };
  });
}

function withKey(intent: Intent, buckets: readonly BucketIntent[]): Intent {
  const { key, confinement } = intent;
  const bare = /^<([^<>|]+>)$/.exec(key?.arn ?? '')?.[1];
  if (!key || bare === undefined) return intent;
  const arn = buckets.find(
    (bucket) => bucket.bucketArn === confinement.bucketArn && bucket.keyArn?.endsWith(`|${bare}`),
  )?.keyArn;
  return arn === undefined ? intent : { ...intent, key: { ...key, arn } };
}
