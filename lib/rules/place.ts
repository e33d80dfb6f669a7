/**
 * What is wrong with an ARN where an integration is: of another partition, account or region than may be.
 */
import { quote } from '../text/quote';
import type { Finding } from './finding';
import { partitionOf } from './names';

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

/** A finding where a provider or trust anchor is of another account than the role: a role trusts those of its own only. */
export function wrongAccount(arn: string, account: string | undefined): Finding | undefined {
  const owner = arn.split(':')[4];
  if (account === undefined || owner === account) return undefined;
  return {
    code: 'wrong-account',
    message: `${quote(arn)} is in the account ${owner}, the role in ${account}`,
    fix: "name one of the role's own account",
  };
}

/** A finding where a trust anchor is in another region than its profile, which is the bucket's: a session is opened in one. */
export function wrongAnchorRegion(arn: string, region: string | undefined): Finding | undefined {
  const own = arn.split(':')[3];
  if (region === undefined || own === region) return undefined;
  return {
    code: 'wrong-region',
    message: `the trust anchor is in ${own}, the profile in ${region}`,
    fix: 'name one of the same region, or its certificate',
  };
}

/** A finding where a KMS key is in another region than its bucket. */
export function wrongKeyRegion(key: string | undefined, bucket: string | undefined): Finding | undefined {
  if (key === undefined || bucket === undefined || key === bucket) return undefined;
  return {
    code: 'wrong-region',
    message: `the key is in ${key}, the bucket in ${bucket}`,
    fix: "S3 uses keys of the bucket's own region only: name one there, or write create",
  };
}

/** An account and a region, as far as they are known. */
interface KnownPlace {
  readonly account?: string;
  readonly region?: string;
}

/**
 * Findings where the logs of a bucket would go to one of another account or region: S3 delivers within one only.
 * @param what is there, for example `the bucket`
 * @param other where the log bucket is, by what is known to be there
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function wrongLogPlace(what: string, own: KnownPlace, other: { what: string; place: KnownPlace }): Finding[] {
  const { place } = other;
  const fix = 'S3 delivers logs to a bucket of the same account and region only: name one there, or none';
  return (['account', 'region'] as const)
    .filter((key) => own[key] !== undefined && place[key] !== undefined && own[key] !== place[key])
    .map((key) => {
      const kind = key === 'account' ? 'account ' : '';
      const message = `${other.what} in ${kind}${place[key]}, ${what} in ${kind}${own[key]}`;
      return { code: WRONG[key], message, fix };
    });
}

const WRONG = { account: 'wrong-account', region: 'wrong-region' } as const;

/**
 * What the names of AWS's services end in, in a partition.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html#cfn-pseudo-param-urlsuffix
 */
export function urlSuffixOf(partition: string): string {
  return URL_SUFFIXES[partition] ?? 'amazonaws.com';
}

const URL_SUFFIXES: Readonly<Record<string, string>> = {
  'aws-cn': 'amazonaws.com.cn',
  'aws-iso': 'c2s.ic.gov',
  'aws-iso-b': 'sc2s.sgov.gov',
  'aws-iso-e': 'cloud.adc-e.uk',
  'aws-iso-f': 'csp.hci.ic.gov',
  'aws-eusc': 'amazonaws.eu',
};
