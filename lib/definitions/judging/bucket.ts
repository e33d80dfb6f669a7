import type { z } from 'zod';
import type { Finding } from '../../rules/finding';
import { parseKeyArn, partitionOf } from '../../rules/names';
import { quote } from '../../text/quote';
import type { bucketShape, settingsShape } from '../language/schema';
import type { Bucket } from '../model/model';
import type { Problem } from '../yaml/problem';
import type { YamlFile } from '../yaml/yaml-file';
import type { ValidKeys } from './keys';

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
  region: string | undefined,
): Problem[] {
  const problems: Problem[] = [];
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
  } else if (key && region !== undefined && key.region !== region) {
    const finding: Finding = {
      code: 'wrong-region',
      message: `the key is in ${key.region}, the bucket in ${region}`,
      fix: "S3 uses keys of the bucket's own region only: name one there, or write create",
    };
    problems.push(yaml.problem(finding, [...path, 'kmsKey']));
  }
  return problems;
}

/** A finding where an ARN is of another partition than the region. */
export function wrongPartition(arn: string, region: string | undefined): Finding | undefined {
  const wanted = partitionOf(region);
  const partition = arn.split(':')[1] ?? '';
  if (wanted === undefined || !arn.startsWith('arn:') || partition === wanted) return undefined;
  return {
    code: 'wrong-partition',
    message: `${quote(arn)} is in the partition ${partition}, ${region} in ${wanted}`,
    fix: `no policy reaches across partitions: name one that begins with arn:${wanted}:`,
  };
}
