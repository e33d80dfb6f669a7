import type { z } from 'zod';
import type { Finding } from '../../rules/finding';
import { checkBucketName, parseKeyArn } from '../../rules/names';
import { wrongKeyRegion, wrongPartition } from '../../rules/place';
import type { bucketShape } from '../language/bucket-keys';
import type { settingsShape } from '../language/settings-keys';
import type { Bucket } from '../model/model';
import type { ValidKeys } from '../yaml/keys';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';

export type Settings = ValidKeys<typeof settingsShape>;
export type BucketKeys = { readonly [K in keyof typeof bucketShape]?: z.infer<(typeof bucketShape)[K]> };

/** A bucket with its defaults. */
export function makeBucket(keys: BucketKeys, defaultName: string, settings: Settings): Bucket {
  const { abortUploadsAfterDays, expireObjectsAfterDays, expireOldVersionsAfterDays } = keys.lifecycle ?? {};
  const existing = keys.existing ?? false;
  return {
    name: keys.name ?? defaultName,
    existing,
    kmsKey: keys.kmsKey,
    versioned: keys.versioned ?? true,
    abortUploadsAfterDays: Number(abortUploadsAfterDays ?? 7),
    expireObjectsAfterDays: expireObjectsAfterDays === undefined ? undefined : Number(expireObjectsAfterDays),
    expireOldVersionsAfterDays:
      expireOldVersionsAfterDays === undefined ? undefined : Number(expireOldVersionsAfterDays),
    eventBridge: keys.eventBridge ?? false,
    accessLogs: existing ? undefined : settings.accessLogs,
  };
}

/** What is wrong with a bucket's keys taken together. */
export function bucketProblems(
  yaml: YamlFile,
  path: readonly string[],
  keys: BucketKeys,
  { account, region }: { readonly account?: string; readonly region?: string },
): Problem[] {
  const problems: Problem[] = [];
  if (keys.name !== undefined) {
    const findings = checkBucketName(keys.name, { account, region, existing: keys.existing });
    problems.push(...findings.map((finding) => yaml.problem(finding, [...path, 'name'])));
  }
  if (keys.existing) {
    const settings = ['versioned', 'lifecycle', 'eventBridge'] as const;
    for (const key of settings.filter((setting) => keys[setting] !== undefined)) {
      const finding: Finding = {
        code: 'existing-bucket-setting',
        message: `${key} is a setting of a bucket that is created, and an existing one is never changed`,
        fix: `remove ${key}, and set it where the bucket is made`,
      };
      problems.push(yaml.problem(finding, [...path, key], 'key'));
    }
    if (keys.kmsKey === 'create') {
      const finding: Finding = {
        code: 'existing-bucket-setting',
        message: 'a key cannot be created for an existing bucket, which is never changed',
        fix: 'write the ARN of the key that the bucket has, or remove kmsKey if it has none',
      };
      problems.push(yaml.problem(finding, [...path, 'kmsKey']));
    }
  }
  const key = keys.kmsKey === undefined ? undefined : parseKeyArn(keys.kmsKey);
  const partition = keys.kmsKey === undefined ? undefined : wrongPartition(keys.kmsKey, region);
  if (partition) {
    problems.push(yaml.problem(partition, [...path, 'kmsKey']));
    return problems;
  }
  const elsewhere = wrongKeyRegion(key?.region, region);
  if (elsewhere) problems.push(yaml.problem(elsewhere, [...path, 'kmsKey']));
  return problems;
}
