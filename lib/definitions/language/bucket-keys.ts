/** The keys of a bucket, the client's or an integration's own. */
import { z } from 'zod';
import { checkBucketName, checkKeyArn } from '../../rules/names';
import { daysKey, flag, mapping, textKey } from './key-types';

export const bucketShape = {
  // What only an existing bucket may be called is judged with the other keys.
  name: textKey({ description: "The bucket's name.", default: '`<bucketPrefix>-<client>`' }, (value) =>
    checkBucketName(value, { existing: true }).length === 0 ? [] : checkBucketName(value),
  ),
  existing: flag({
    description: 'Use an existing bucket; never create, change or delete it.',
    default: '`false`',
  }),
  kmsKey: textKey(
    { description: 'Encrypt with a KMS key: `create`, or the ARN of a key.', default: 'none (SSE-S3)' },
    (value) => (value === 'create' ? [] : checkKeyArn(value)),
  ),
  versioned: flag({ description: 'Keep overwritten and deleted objects as earlier versions.', default: '`true`' }),
  lifecycle: mapping(
    {
      description:
        'What is cleaned up: `abortUploadsAfterDays`, `expireObjectsAfterDays`, `expireOldVersionsAfterDays`.',
      default: '`{abortUploadsAfterDays: 7}`',
    },
    {
      abortUploadsAfterDays: daysKey({
        description: 'Clean up uploads that were never completed.',
        default: '`7`',
      }).optional(),
      expireObjectsAfterDays: daysKey({
        description: 'Expire objects this long after they were written.',
        default: 'never',
      }).optional(),
      expireOldVersionsAfterDays: daysKey({
        description: 'Expire earlier versions this long after they were replaced.',
        default: 'never',
      }).optional(),
    },
  ),
  eventBridge: flag({ description: 'Emit object events to Amazon EventBridge.', default: '`false`' }),
};

/** The same, each of them as it may be left out. */
export const optionalBucketKeys = z.strictObject(bucketShape).partial().shape;
