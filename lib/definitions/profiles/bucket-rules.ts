import type { Finding } from '../../rules/finding';
import type { Bucket, Integration } from '../model/model';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import type { Rules } from './profile';

const LIFECYCLE = ['abortUploadsAfterDays', 'expireObjectsAfterDays', 'expireOldVersionsAfterDays'] as const;

/** What of the bucket's settings the vendor cannot use. Of a bucket that exists already nobody knows its settings but for the key. */
export function bucketRules(
  yaml: YamlFile,
  title: string,
  integration: Integration,
  bucket: Bucket,
  { kmsKey, versioned, lifecycle = {} }: Rules,
): Problem[] {
  const own = bucket === integration.dedicatedBucket;
  const where = own ? 'in dedicatedBucket' : 'under bucket in client.yaml, or give it a dedicatedBucket';
  const found: [string[], Finding][] = [];
  const add = (key: string[], message: string, fix: string) =>
    found.push([own ? ['dedicatedBucket', ...key] : ['vendor'], { code: 'vendor-bucket-setting', message, fix }]);
  if (kmsKey === 'required' && bucket.kmsKey === undefined && !bucket.existing)
    add(['kmsKey'], `${title} needs a bucket with a KMS key`, `set kmsKey: create ${where}`);
  if (kmsKey === 'refused' && bucket.kmsKey !== undefined)
    add(['kmsKey'], `${title} cannot use a bucket with a KMS key`, `remove kmsKey ${where}`);
  if (!bucket.existing) {
    if (versioned !== undefined && bucket.versioned !== versioned)
      add(
        ['versioned'],
        versioned ? `${title} needs earlier versions to be kept` : `${title} cannot use a bucket with versions`,
        `set versioned: ${versioned} ${where}`,
      );
    for (const key of LIFECYCLE) {
      const days = bucket[key];
      const { least, most } = lifecycle[key] ?? {};
      const path = ['lifecycle', key];
      if (least !== undefined && days !== undefined && days < Number(least))
        add(path, `${title} needs ${key} to be ${least} at least, and it is ${days}`, `set ${key}: ${least} ${where}`);
      if (most !== undefined && (days === undefined || days > Number(most)))
        add(
          path,
          `${title} needs ${key} to be ${most} at most, and it is ${days ?? 'not set'}`,
          `set ${key}: ${most} ${where}`,
        );
    }
  }
  return found.map(([path, finding]) => yaml.problem(finding, path));
}
