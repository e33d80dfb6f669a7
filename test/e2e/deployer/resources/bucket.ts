import {
  CreateBucketCommand,
  DeleteBucketCommand,
  HeadBucketCommand,
  type LifecycleRule,
  PutBucketLifecycleConfigurationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  type Tag,
} from '@aws-sdk/client-s3';
import { completed, exactly, type Made, type Place, type ResourceType, unless } from '../resource-type';

interface BucketProperties {
  readonly BucketName: string;
  readonly VersioningConfiguration?: { readonly Status: 'Enabled' };
  readonly LifecycleConfiguration?: { readonly Rules: readonly Rule[] };
  readonly Tags?: Tag[];
  readonly BucketEncryption?: unknown;
  readonly OwnershipControls?: unknown;
  readonly PublicAccessBlockConfiguration?: unknown;
  readonly LoggingConfiguration?: unknown;
  readonly NotificationConfiguration?: unknown;
}

interface Rule {
  readonly Id: string;
  readonly Status: 'Enabled';
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number };
  readonly ExpirationInDays?: number;
  readonly NoncurrentVersionExpiration?: { readonly NoncurrentDays: number };
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const bucket: ResourceType<BucketProperties> = {
  properties: {
    BucketName: 'replace',
    VersioningConfiguration: 'update',
    LifecycleConfiguration: 'update',
    Tags: 'update',
    BucketEncryption: 'update',
    OwnershipControls: 'update',
    PublicAccessBlockConfiguration: 'update',
    LoggingConfiguration: 'update',
    NotificationConfiguration: 'update',
  },
  notJudged: {
    BucketEncryption: 'Ceph 16 has no default encryption',
    OwnershipControls: 'Ceph 16 has none',
    PublicAccessBlockConfiguration: 'that of Ceph 16 refuses every policy that names somebody',
    LoggingConfiguration: 'Ceph 16 has no server access logs of a bucket',
    NotificationConfiguration: 'there is no EventBridge here',
  },

  async create(place, properties) {
    const { BucketName: Bucket } = properties;
    // S3 refuses a name that is taken; Ceph does only where somebody else has it.
    if (await find(place, properties)) throw new Error(`the bucket ${Bucket} exists already`);
    await place.gateway.s3.send(new CreateBucketCommand({ Bucket }));
    const made = madeOf(Bucket);
    return completed(
      made,
      () => configure(place, properties),
      () => remove(place, made),
    );
  },

  find,

  update: (place, _, properties) => configure(place, properties),

  remove,
};

function madeOf(Bucket: string): Made {
  return { physicalId: Bucket, attributes: { Arn: `arn:aws:s3:::${Bucket}` } };
}

async function find({ gateway }: Place, { BucketName: Bucket }: BucketProperties): Promise<Made | undefined> {
  const there = await unless(['NotFound', 'NoSuchBucket'], gateway.s3.send(new HeadBucketCommand({ Bucket })));
  return there && madeOf(Bucket);
}

async function remove({ gateway }: Place, { physicalId }: Made): Promise<void> {
  await unless(['NoSuchBucket'], gateway.s3.send(new DeleteBucketCommand({ Bucket: physicalId })));
}

async function configure({ gateway: { s3 } }: Place, properties: BucketProperties): Promise<void> {
  const { BucketName: Bucket, VersioningConfiguration, LifecycleConfiguration, Tags } = properties;
  const Status = VersioningConfiguration?.Status ?? 'Suspended';
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  const Rules = LifecycleConfiguration?.Rules.map(lifecycleRule) ?? [];
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: Tags ?? [] } }));
}

const RULE_KEYS = ['Id', 'Status', 'AbortIncompleteMultipartUpload', 'ExpirationInDays', 'NoncurrentVersionExpiration'];

function lifecycleRule(rule: Rule): LifecycleRule {
  const { Id, ExpirationInDays, ...rest } = exactly('a lifecycle rule', rule, RULE_KEYS as (keyof Rule)[]);
  return {
    ID: Id,
    Filter: { Prefix: '' },
    ...(ExpirationInDays !== undefined && { Expiration: { Days: ExpirationInDays } }),
    ...rest,
  };
}
