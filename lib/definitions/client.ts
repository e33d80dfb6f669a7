import type { z } from 'zod';
import { type Finding, quote } from '../rules/finding';
import { checkBucketName, parseKeyArn, partitionOf } from '../rules/names';
import type { ClientFolder } from './folder';
import { type IntegrationFile, readIntegration } from './integration';
import { readKeys, type ValidKeys } from './keys';
import type { Bucket, Client } from './model';
import type { Problem } from './problem';
import type { Profiles } from './profiles';
import { type bucketShape, clientShape, settingsShape } from './schema';
import type { YamlFile } from './yaml-file';

export type Settings = ValidKeys<typeof settingsShape>;
export type BucketKeys = { readonly [K in keyof typeof bucketShape]?: z.infer<(typeof bucketShape)[K]> };

export function readSettings(yaml: YamlFile | undefined): { keys: Settings; problems: Problem[] } {
  if (!yaml) return { keys: {}, problems: [] };
  const { keys, problems } = readKeys(yaml, settingsShape);
  const finding = keys.permissionsBoundary && wrongPartition(keys.permissionsBoundary, keys.region);
  if (finding) problems.push(yaml.problem(finding, ['permissionsBoundary']));
  problems.push(...tagProblems(yaml, {}, keys.tags ?? {}));
  return { keys, problems };
}

/** One client's folder, read; `client` is whole only where none of its problems is an error. */
export interface ClientFiles {
  readonly name: string;
  readonly client: Client;
  readonly yaml?: YamlFile;
  /** The client's bucket, where its name could be read. */
  readonly bucket?: Bucket;
  readonly integrations: readonly IntegrationFile[];
  readonly problems: readonly Problem[];
}

/** What all clients share. */
export interface Surroundings {
  readonly settings: Settings;
  readonly profiles: Profiles;
}

export function readClient(folder: ClientFolder, surroundings: Surroundings): ClientFiles {
  const { name, client: yaml, pems } = folder;
  const { settings, profiles } = surroundings;
  const { keys, problems } = yaml
    ? readKeys(yaml, clientShape)
    : { keys: {} as ValidKeys<typeof clientShape>, problems: [] };
  const said = (key: string) => yaml !== undefined && Object.hasOwn(yaml.data, key);
  const account = said('account') ? keys.account : settings.account;
  const region = said('region') ? keys.region : settings.region;
  const bucket = makeBucket(keys.bucket ?? {}, `${settings.bucketPrefix ?? 'integrations'}-${name}`, settings);
  const unknownBucket = !yaml || yaml.problems.length > 0 || (said('bucket') && !keys.bucket);
  if (yaml) problems.push(...clientRules(yaml, keys, bucket, settings, region));
  const known = unknownBucket ? undefined : bucket;
  const place = { client: name, bucket: known, account, region, settings, pems, profiles };
  const integrations = folder.integrations.map(({ vendor, yaml: file }) => readIntegration(place, vendor, file));
  const client: Client = {
    name,
    account,
    region,
    tags: { ...settings.tags, ...keys.tags },
    permissionsBoundary: settings.permissionsBoundary,
    bucket,
    integrations: integrations.flatMap(({ integration }) => (integration ? [integration] : [])),
    file: `${name}/client.yaml`,
  };
  problems.push(...integrations.flatMap((integration) => integration.problems));
  return { name, client, yaml, bucket: known, integrations, problems };
}

const MOST_TAGS = 50;

function clientRules(
  yaml: YamlFile,
  keys: ValidKeys<typeof clientShape>,
  bucket: Bucket,
  settings: Settings,
  region: string | undefined,
): Problem[] {
  const problems = bucketProblems(yaml, ['bucket'], keys.bucket ?? {}, region);
  if (keys.bucket?.name === undefined && yaml.problems.length === 0) {
    problems.push(...checkBucketName(bucket.name).map((finding) => yaml.problem(finding, ['bucket', 'name'])));
  }
  const boundary = settings.permissionsBoundary;
  const finding =
    boundary !== undefined && keys.region !== undefined ? wrongPartition(boundary, keys.region) : undefined;
  const owner = boundary?.split(':')[4];
  if (keys.account !== undefined && owner !== undefined && owner !== 'aws' && owner !== keys.account) {
    const wrong = {
      code: 'wrong-account',
      message: `the permissions boundary of settings.yaml is in the account ${owner}, this client in ${keys.account}`,
      fix: 'IAM takes a boundary of the same account only: keep such clients in a folder with settings of their own',
    };
    problems.push(yaml.problem(wrong, ['account'], 'value', 'warning'));
  }
  if (finding) problems.push(yaml.problem(finding, ['region']));
  problems.push(...tagProblems(yaml, settings.tags ?? {}, keys.tags ?? {}));
  return problems;
}

/** Tags that AWS would refuse together: IAM does not tell the case of their keys, and takes fifty. */
function tagProblems(
  yaml: YamlFile,
  inherited: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map(Object.keys(inherited).map((key) => [key.toLowerCase(), key]));
  for (const key of Object.keys(own)) {
    const other = seen.get(key.toLowerCase());
    if (other !== undefined && other !== key) {
      const message = `the tags ${quote(key)} and ${quote(other)} are one to IAM, which does not tell their case`;
      problems.push(
        yaml.problem({ code: 'duplicate-tag', message, fix: `write it as ${other}` }, ['tags', key], 'key'),
      );
    }
    if (other === undefined) seen.set(key.toLowerCase(), key);
  }
  if (seen.size > MOST_TAGS && Object.keys(inherited).length <= MOST_TAGS) {
    const message = `${seen.size} tags, those of settings.yaml among them; AWS takes ${MOST_TAGS}`;
    problems.push(yaml.problem({ code: 'too-many-tags', message, fix: 'remove some' }, ['tags']));
  }
  return problems;
}

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
      const finding = {
        code: 'existing-bucket-setting',
        message: `${key} is a setting of a bucket that is created, and an existing one is never changed`,
        fix: `remove ${key}, and set it where the bucket is made`,
      };
      problems.push(yaml.problem(finding, [...path, key], 'key'));
    }
    if (keys.kmsKey === 'create') {
      const finding = {
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
    const finding = {
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
