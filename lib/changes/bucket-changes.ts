import type { Bucket } from '../definitions/model/model';
import { counted } from '../text/plural';
import { unless } from './change-text';
import { type ChangeText, type Effect, effectOf } from './effect';

/**
 * What changes in a bucket that is the same bucket before and after, to be read after the client's name.
 *
 * @param open whether anybody is let in, so that it matters what the bucket refuses and which key it has
 */
export function bucketChanges(before: Bucket, after: Bucket, open: boolean): ChangeText[] {
  const { name } = after;
  const told = (
    words: (value: string) => string,
    of: (bucket: Bucket) => string,
    effect: Effect = 'neutral',
  ): ChangeText[] => {
    const [was, is] = [of(before), of(after)];
    return unless(was === is, () => ({
      sign: '~',
      text: `${words(is)} (before: ${was})`,
      effect: open ? effect : 'neutral',
    }));
  };
  return [
    // What the bucket itself refuses, the integrations' own statements refuse where it is not made here.
    ...told(
      (how) => `has the bucket ${name} ${how}`,
      ({ existing }) => (existing ? 'as an existing bucket' : 'created and managed here'),
      'both',
    ),
    ...told(
      (how) => `encrypts objects in ${name} with ${how}`,
      ({ kmsKey }) => keyText(kmsKey),
      // Whoever reads or writes there may use the key too.
      effectOf(after.kmsKey !== undefined, before.kmsKey !== undefined),
    ),
    ...told(
      (how) => `keeps earlier versions of objects in ${name}: ${how}`,
      ({ versioned }) => (versioned ? 'yes' : 'no'),
    ),
    ...told(
      (when) => `deletes objects in ${name} ${when}`,
      ({ expireObjectsAfterDays }) => days(expireObjectsAfterDays),
    ),
    ...told(
      (when) => `deletes earlier versions in ${name} ${when}`,
      ({ expireOldVersionsAfterDays }) => days(expireOldVersionsAfterDays),
    ),
    ...told(
      (when) => `cleans up unfinished uploads to ${name} ${when}`,
      ({ abortUploadsAfterDays }) => days(abortUploadsAfterDays),
    ),
    ...told(
      (how) => `sends EventBridge the events of objects in ${name}: ${how}`,
      ({ eventBridge }) => (eventBridge ? 'yes' : 'no'),
    ),
    ...told(
      (where) => `logs requests to ${name} ${where}`,
      ({ accessLogs: logs }) => (logs ? `in s3://${logs.bucket}/${logs.prefix ?? ''}` : 'nowhere'),
    ),
  ];
}

function keyText(kmsKey: string | undefined): string {
  if (kmsKey === undefined) return 'SSE-S3';
  return kmsKey === 'create' ? 'a KMS key of its own' : `the KMS key ${kmsKey}`;
}

function days(count: number | undefined): string {
  if (count === undefined) return 'never';
  return `after ${counted(count, 'day')}`;
}
