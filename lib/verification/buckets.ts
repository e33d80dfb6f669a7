/** Clients' buckets and their keys: whether they are there, guarded and set as they are defined. */
import { canonicalText, plainJson } from '../access';
import type { Bucket } from '../account/bucket';
import { DOOR_AT } from '../account/doors';
import { isObject } from '../account/json';
import { parseKeyArn } from '../rules/names';
import { all, someOf } from '../text/list';
import { counted } from '../text/plural';
import { othersIn, withoutAcls } from './acls';
import { awsCommand } from './aws-command';
import type { ExpectedBucket, ExpectedStatement } from './expected';
import type { Finding } from './finding';
import { type Repairs, statementsIn } from './repairs';
import { finding } from './settings';

const NOT_PUBLIC = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
} as const;

export function bucketFindings(expected: ExpectedBucket, repairs: Repairs): readonly Finding[] {
  const { site, bucket, arn } = expected;
  const { at, client } = site;
  const about = { client: client.name, resource: arn };
  if (at.hasBucket(bucket.name) === false) {
    const message = `the bucket ${bucket.name} of ${client.name} is not in account ${at.account}`;
    return [finding('missing', about, message)];
  }
  const found = at.bucket(bucket.name);
  return [
    ...keyFindings(expected, repairs),
    ...(found ? [...policyFindings(expected, found, repairs), ...guards(expected, found)] : []),
    ...(found && !bucket.existing ? settings(expected, found) : []),
  ];
}

/** The statements that a bucket's policy must have and lacks. */
function policyFindings(expected: ExpectedBucket, { Policy }: Bucket, repairs: Repairs): readonly Finding[] {
  if (Policy === undefined) return [];
  const { arn, site, statements } = expected;
  const place = { scope: site.at.account, id: arn, at: DOOR_AT.policy };
  return lacking(statements, Policy).map(({ statement, integration }) => {
    const code = statement.Effect === 'Deny' ? 'bucket-guard' : 'missing';
    const about = { client: site.client.name, integration, resource: arn };
    return finding(code, about, `the policy of ${arn} lacks ${described(statement)}`, repairs.at(place));
  });
}

function lacking(needed: readonly ExpectedStatement[], policy: Bucket['Policy']): readonly ExpectedStatement[] {
  const there = new Set(statementsIn(policy).map((statement) => canonicalText(plainJson(statement))));
  return needed.filter(({ statement }) => !there.has(canonicalText(plainJson(statement))));
}

function described({ Sid, Effect, Action }: ExpectedStatement['statement']): string {
  if (Sid === 'TlsOnly') return 'the statement that denies plain HTTP';
  return `the statement ${Sid ?? ''}, which ${Effect === 'Deny' ? 'denies' : 'allows'} ${[Action].flat().slice(0, 3).join(', ')}`;
}

function keyFindings(
  { site, bucket, arn, keyArn, keyStatements }: ExpectedBucket,
  repairs: Repairs,
): readonly Finding[] {
  const { at, client } = site;
  if (keyArn === undefined) return [];
  if (keyArn === null) {
    const message = `the key of the bucket ${bucket.name} is not there: neither its stack nor the bucket names one`;
    return [finding('missing', { client: client.name, resource: arn }, message)];
  }
  const about = { client: client.name, resource: keyArn };
  // Only the key's own account can read it.
  if (parseKeyArn(keyArn)?.account !== at.account) return [];
  const key = at.key(keyArn);
  if (!key) return isKeyKnown(keyArn, at.snapshot) ? [finding('missing', about, `the key ${keyArn} is not there`)] : [];
  if (key.Policy === undefined) return [];
  const place = { scope: at.account, id: keyArn, at: DOOR_AT.policy };
  return lacking(keyStatements, key.Policy).map(({ statement, integration }) =>
    finding(
      'missing',
      { ...about, integration },
      `the policy of ${keyArn} lacks ${described(statement)}`,
      repairs.at(place),
    ),
  );
}

/** Whether a key that is in no list does not exist. */
function isKeyKnown(arn: string, { keys, notRead }: ExpectedBucket['site']['at']['snapshot']): boolean {
  return keys !== undefined && !notRead.some((each) => each.list === 'keys' && (each.arn === null || each.arn === arn));
}

/** Public access and ACLs. */
function guards(expected: ExpectedBucket, found: Bucket): readonly Finding[] {
  const { site, bucket, arn } = expected;
  const about = { client: site.client.name, resource: arn };
  const named = { bucket: bucket.name, region: found.Region };
  const findings: Finding[] = [];
  const { PublicAccessBlock: block, OwnershipControls: ownership } = found;
  const ofAccount = site.at.snapshot.accountPublicAccessBlock;
  const flags = Object.keys(NOT_PUBLIC) as (keyof typeof NOT_PUBLIC)[];
  // A bucket that is made elsewhere only has to be closed to the public; it makes no difference which setting does so.
  const needed = bucket.existing ? (['IgnorePublicAcls', 'RestrictPublicBuckets'] as const) : flags;
  const isBlocked = (flag: (typeof flags)[number]) => block?.[flag] || (bucket.existing && ofAccount?.[flag]);
  const open = needed.filter((flag) => !isBlocked(flag));
  if (block !== undefined && open.length > 0 && !(bucket.existing && ofAccount === undefined)) {
    const configuration = flags.map((flag) => `${flag}=true`).join();
    const undo = awsCommand('s3api', 'put-public-access-block', {
      ...named,
      'public-access-block-configuration': configuration,
    });
    findings.push(
      finding(
        'bucket-guard',
        about,
        `${arn} does not block public access: ${all(open)} ${open.length > 1 ? 'are' : 'is'} off`,
        undo,
      ),
    );
  }
  if (bucket.existing || ownership === undefined) return findings;
  if (!ownership?.Rules.some(({ ObjectOwnership }) => ObjectOwnership === 'BucketOwnerEnforced')) {
    const lost = othersIn(found);
    const message = lost.length === 0 ? '' : `; without ACLs these grants end: ${someOf(lost)}`;
    findings.push(finding('bucket-guard', about, `${arn} takes ACLs${message}`, withoutAcls(found)));
  }
  return findings;
}

/** What a bucket that is made is set to. A setting that was not read is a gap. */
function settings(expected: ExpectedBucket, found: Bucket): readonly Finding[] {
  const { site, bucket, arn, keyArn } = expected;
  const about = { client: site.client.name, resource: arn };
  const named = { bucket: bucket.name, region: found.Region };
  const findings: Finding[] = [];
  const set = (is: boolean, message: string, operation: string, options: Readonly<Record<string, string>>) => {
    if (is) return;
    findings.push(finding('bucket-guard', about, message, awsCommand('s3api', operation, { ...named, ...options })));
  };
  const { Encryption, Versioning, Lifecycle, Logging, Notifications, Website } = found;
  set(!Website, `${arn} is set up as a website`, 'delete-bucket-website', {});
  if (Encryption !== undefined && keyArn !== null) {
    const rule = {
      ApplyServerSideEncryptionByDefault:
        keyArn === undefined ? { SSEAlgorithm: 'AES256' } : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn },
      BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
      ...(keyArn !== undefined && { BucketKeyEnabled: true }),
    };
    set(
      encryptsWith(Encryption, keyArn),
      `${arn} does not encrypt with ${keyArn ?? 'keys of S3 (SSE-S3)'}, or takes keys of callers`,
      'put-bucket-encryption',
      { 'server-side-encryption-configuration': JSON.stringify({ Rules: [rule] }) },
    );
  }
  if (Versioning !== undefined) {
    const [is, wanted] = [Versioning?.Status === 'Enabled', bucket.versioned ? 'Enabled' : 'Suspended'];
    set(
      is === bucket.versioned,
      `${arn} ${is ? 'keeps' : 'does not keep'} earlier versions of objects`,
      'put-bucket-versioning',
      { 'versioning-configuration': `Status=${wanted}` },
    );
  }
  if (Lifecycle !== undefined) {
    const wrong = lifecycleDifference(bucket, Lifecycle?.Rules ?? []);
    const rules = JSON.stringify({ Rules: [lifecycleRule(bucket)] });
    set(wrong === undefined, `${arn}: ${wrong}`, 'put-bucket-lifecycle-configuration', {
      'lifecycle-configuration': rules,
    });
  }
  if (Logging !== undefined) {
    const { bucket: target, prefix = '' } = bucket.accessLogs ?? {};
    const isRight =
      target === undefined || (Logging?.TargetBucket === target && (Logging.TargetPrefix ?? '') === prefix);
    set(isRight, `${arn} does not write its access logs to ${target}`, 'put-bucket-logging', {
      'bucket-logging-status': JSON.stringify({ LoggingEnabled: { TargetBucket: target, TargetPrefix: prefix } }),
    });
  }
  if (Notifications !== undefined && bucket.eventBridge) {
    const isOn = Notifications !== null && Notifications.EventBridgeConfiguration !== undefined;
    const configuration = JSON.stringify({ ...Notifications, EventBridgeConfiguration: {} });
    set(isOn, `${arn} does not emit its events`, 'put-bucket-notification-configuration', {
      'notification-configuration': configuration,
    });
  }
  return findings;
}

function encryptsWith(encryption: NonNullable<Bucket['Encryption']> | null, keyArn: string | undefined): boolean {
  // S3 encrypts every object; a bucket without a setting of its own does so with keys of S3.
  const rules = encryption?.Rules ?? [{}];
  return rules.every(({ ApplyServerSideEncryptionByDefault: rule, BlockedEncryptionTypes: blocked }) => {
    const { SSEAlgorithm = 'AES256', KMSMasterKeyID } = rule ?? {};
    const types = isObject(blocked) ? [blocked.EncryptionType].flat() : undefined;
    if (types !== undefined && !types.includes('SSE-C')) return false;
    if (keyArn === undefined) return SSEAlgorithm === 'AES256';
    return SSEAlgorithm === 'aws:kms' && (KMSMasterKeyID === keyArn || keyArn.endsWith(`:key/${KMSMasterKeyID}`));
  });
}

type Days = Readonly<Record<string, number | undefined>>;

/** What rules of a bucket's lifecycle come to, by what they do. */
function daysOf(
  rules: readonly Readonly<Record<string, unknown>>[],
): Readonly<Record<'abort' | 'expire' | 'old', number[]>> {
  const enabled = rules.filter(({ Status }) => Status !== 'Disabled');
  const all = (member: string, days: string) =>
    enabled.flatMap((rule) => {
      const part = rule[member];
      const value = isObject(part) ? part[days] : undefined;
      return value === undefined ? [] : [Number(value)];
    });
  return {
    abort: all('AbortIncompleteMultipartUpload', 'DaysAfterInitiation'),
    expire: all('Expiration', 'Days'),
    old: all('NoncurrentVersionExpiration', 'NoncurrentDays'),
  };
}

/** How a bucket's lifecycle is not as it is defined: objects that end too soon, or never. */
function lifecycleDifference(bucket: ExpectedBucket['bucket'], rules: readonly Readonly<Record<string, unknown>>[]) {
  const { abort, expire, old } = daysOf(rules);
  const wanted: Days = {
    abort: bucket.abortUploadsAfterDays,
    expire: bucket.expireObjectsAfterDays,
    old: bucket.expireOldVersionsAfterDays,
  };
  const is = (found: readonly number[], days: number | undefined) =>
    days === undefined ? found.length === 0 : found.length > 0 && found.every((each) => each === days);
  if (!abort.includes(wanted.abort ?? 0))
    return `abandoned uploads are not removed after ${counted(wanted.abort ?? 0, 'day')}`;
  if (!is(expire, wanted.expire))
    return `objects expire ${daysText(expire)}, and should ${daysText([wanted.expire ?? 0])}`;
  if (!is(old, wanted.old))
    return `earlier versions expire ${daysText(old)}, and should ${daysText([wanted.old ?? 0])}`;
  return undefined;
}

function daysText(days: readonly number[]): string {
  const some = days.filter((each) => each > 0);
  const last = some.at(-1);
  return last === undefined ? 'never' : `after ${all([...some.slice(0, -1).map(String), counted(last, 'day')])}`;
}

function lifecycleRule(bucket: ExpectedBucket['bucket']): object {
  const { abortUploadsAfterDays, expireObjectsAfterDays, expireOldVersionsAfterDays } = bucket;
  return {
    ID: 'expiry',
    Status: 'Enabled',
    Filter: { Prefix: '' },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: abortUploadsAfterDays },
    ...(expireObjectsAfterDays !== undefined && { Expiration: { Days: expireObjectsAfterDays } }),
    ...(expireOldVersionsAfterDays !== undefined && {
      NoncurrentVersionExpiration: { NoncurrentDays: expireOldVersionsAfterDays },
    }),
  };
}
