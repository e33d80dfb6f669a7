import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aspects, Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { placeOfNamespace } from '../rules/names';
import { acknowledgeBucket } from './acknowledgements';
import { awaitsLookUp } from './known';

/** What a bucket that is made can be told. */
interface MadeBucketProps {
  readonly versioned?: boolean;
  readonly abortUploadsAfter?: Duration;
  readonly expireObjectsAfter?: Duration;
  readonly expireOldVersionsAfter?: Duration;
  readonly eventBridgeEnabled?: boolean;
  readonly serverAccessLogsBucket?: s3.IBucket;
  readonly serverAccessLogsPrefix?: string;
}

/**
 * Of a bucket's properties, as CloudFormation calls them.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-blockedencryptiontypes.html
 */
const BLOCKED_ENCRYPTION = 'BucketEncryption.ServerSideEncryptionConfiguration.0.BlockedEncryptionTypes';

/**
 * Makes a bucket that blocks public access, has ACLs disabled, is encrypted, cleans up abandoned uploads, and stays when it
 * is removed.
 */
export function makeBucket(
  scope: Construct,
  name: string,
  encryptionKey: kms.IKey | undefined,
  props: MadeBucketProps,
): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'Resource', {
    // The L2 refuses what stands for a name until it is looked up.
    bucketName: awaitsLookUp(name) ? undefined : name,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
    encryptionKey,
    bucketKeyEnabled: encryptionKey ? true : undefined,
    versioned: props.versioned ?? true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        id: 'expiry',
        abortIncompleteMultipartUploadAfter: props.abortUploadsAfter ?? Duration.days(7),
        expiration: props.expireObjectsAfter,
        noncurrentVersionExpiration: props.expireOldVersionsAfter,
      },
    ],
  });
  const resource = bucket.node.defaultChild as s3.CfnBucket;
  acknowledgeBucket(resource, { encrypted: encryptionKey !== undefined, versioned: props.versioned ?? true });
  // Objects under a key of the caller's own could be read by nobody else.
  resource.addPropertyOverride(BLOCKED_ENCRYPTION, { EncryptionType: ['SSE-C'] });
  if (props.eventBridgeEnabled) {
    // The L2's own property brings a custom resource with a function of its own.
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    // Where somebody adds a notification, that resource writes them all, and would switch EventBridge off.
    const visit = (node: IConstruct) => {
      if (node !== bucket || !bucket.node.tryFindChild('Notifications')) return;
      bucket.enableEventBridgeNotification();
      resource.notificationConfiguration = undefined;
    };
    Aspects.of(bucket).add({ visit });
  }
  const { account, region } = Stack.of(scope);
  if (placeOfNamespace(name) || name.endsWith(`-${account}-${region}-an`)) {
    resource.bucketNamespace = s3.BucketNamespace.ACCOUNT_REGIONAL;
  }
  if (props.serverAccessLogsBucket) {
    resource.loggingConfiguration = {
      destinationBucketName: props.serverAccessLogsBucket.bucketName,
      logFilePrefix: props.serverAccessLogsPrefix,
    };
  }
  return bucket;
}

/**
 * A bucket that is left behind keeps refusing plain HTTP, and keeps nobody's access: its policy stays with it only as long
 * as nothing else is in it. That is known at the end only, and no removal policy of the app's may change it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html
 */
export function keepPolicyWithoutGrants({ policy }: s3.IBucket): void {
  const resource = policy?.node.defaultChild as s3.CfnBucketPolicy;
  const fate = Lazy.string({ produce: () => (policy?.document.statementCount === 1 ? 'Retain' : 'Delete') });
  for (const attribute of ['DeletionPolicy', 'UpdateReplacePolicy']) resource.addOverride(attribute, fate);
}
