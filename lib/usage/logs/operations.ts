/** What an operation of a server access log is. */
export interface KnownOperation {
  /** As the API names it. */
  readonly operation: string;
  /** Whether the object's size is what was sent to S3. */
  readonly uploads?: boolean;
}

/**
 * What an operation is called in a server access log; undefined where AWS's documents and public lines have no such name.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-s3-access-logs-to-identify-requests.html
 */
export function operationOf(name: string): KnownOperation | undefined {
  return OPERATIONS.get(name);
}

const of = (operation: string): KnownOperation => ({ operation });
const upload = (operation: string): KnownOperation => ({ operation, uploads: true });

const OPERATIONS: ReadonlyMap<string, KnownOperation> = new Map([
  ['REST.GET.OBJECT', of('GetObject')],
  ['REST.HEAD.OBJECT', of('HeadObject')],
  ['REST.GET.OBJECT_ATTRIBUTES', of('GetObjectAttributes')],
  ['REST.POST.SELECT', of('SelectObjectContent')],
  ['WEBSITE.GET.OBJECT', of('GetObject')],
  ['WEBSITE.HEAD.OBJECT', of('HeadObject')],
  ['REST.PUT.OBJECT', upload('PutObject')],
  ['REST.POST.OBJECT', upload('PostObject')],
  ['REST.COPY.OBJECT', of('CopyObject')],
  // Reading the source of a copy, which has a record of its own.
  ['REST.COPY.OBJECT_GET', of('GetObject')],
  ['REST.COPY.PART_GET', of('GetObject')],
  ['REST.POST.UPLOADS', of('CreateMultipartUpload')],
  ['REST.PUT.PART', upload('UploadPart')],
  ['REST.COPY.PART', of('UploadPartCopy')],
  ['REST.POST.UPLOAD', of('CompleteMultipartUpload')],
  ['REST.DELETE.UPLOAD', of('AbortMultipartUpload')],
  ['REST.GET.UPLOAD', of('ListParts')],
  ['REST.GET.UPLOADS', of('ListMultipartUploads')],
  ['REST.DELETE.OBJECT', of('DeleteObject')],
  ['REST.POST.MULTI_OBJECT_DELETE', of('DeleteObjects')],
  ['BATCH.DELETE.OBJECT', of('DeleteObject')],
  ['REST.GET.BUCKET', of('ListObjectsV2')],
  ['REST.HEAD.BUCKET', of('HeadBucket')],
  ['REST.GET.BUCKETVERSIONS', of('ListObjectVersions')],
  ['REST.GET.LOCATION', of('GetBucketLocation')],
  ['REST.GET.SERVICE', of('ListBuckets')],
  ['REST.GET.OBJECT_TAGGING', of('GetObjectTagging')],
  ['REST.PUT.OBJECT_TAGGING', of('PutObjectTagging')],
  ['REST.DELETE.OBJECT_TAGGING', of('DeleteObjectTagging')],
  ['REST.GET.OBJECT_ACL', of('GetObjectAcl')],
  ['REST.PUT.OBJECT_ACL', of('PutObjectAcl')],
  ['REST.GET.RETENTION', of('GetObjectRetention')],
  ['REST.GET.OBJECT_LOCK_RETENTION', of('GetObjectRetention')],
  ['REST.GET.LEGAL_HOLD', of('GetObjectLegalHold')],
  ['REST.GET.OBJECT_LOCK_LEGALHOLD', of('GetObjectLegalHold')],
  ['REST.PUT.BUCKET', of('CreateBucket')],
  ['REST.DELETE.BUCKET', of('DeleteBucket')],
  ['REST.GET.BUCKETPOLICY', of('GetBucketPolicy')],
  ['REST.PUT.BUCKETPOLICY', of('PutBucketPolicy')],
  ['REST.GET.VERSIONING', of('GetBucketVersioning')],
  ['REST.GET.LOGGING_STATUS', of('GetBucketLogging')],
  ['REST.GET.ENCRYPTION', of('GetEncryptionConfiguration')],
  ['REST.GET.TAGGING', of('GetBucketTagging')],
  ['REST.GET.CORS', of('GetBucketCORS')],
  ['REST.GET.LIFECYCLE', of('GetLifecycleConfiguration')],
  ['REST.GET.NOTIFICATION', of('GetBucketNotification')],
  ['REST.GET.POLICY_STATUS', of('GetBucketPolicyStatus')],
  ['REST.GET.PUBLIC_ACCESS_BLOCK', of('GetBucketPublicAccessBlock')],
  ['REST.GET.OBJECT_LOCK_CONFIGURATION', of('GetBucketObjectLockConfiguration')],
  ['REST.GET.REQUEST_PAYMENT', of('GetBucketRequestPayment')],
  ['REST.GET.ACCELERATE', of('GetAccelerateConfiguration')],
  ['REST.GET.OWNERSHIP_CONTROLS', of('GetBucketOwnershipControls')],
  ['REST.POST.RESTORE', of('RestoreObject')],
]);
