/**
 * The action that an API operation needs first, as IAM names it.
 *
 * @param versioned whether the request names a version
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function actionOf(operation: string, versioned = false): string {
  if (STS.test(operation)) return `sts:${operation}`;
  if (operation === 'CreateSession') return 'rolesanywhere:CreateSession';
  if (operation === 'Decrypt' || operation === 'GenerateDataKey') return `kms:${operation}`;
  const named = (versioned ? VERSIONED[operation] : undefined) ?? ACTIONS[operation] ?? operation;
  return `s3:${named}`;
}

const STS = /^(?:AssumeRole(?:With\w+)?|GetCallerIdentity|TagSession|SetSourceIdentity|GetSessionToken)$/;

/** Operations whose action has another name. */
const ACTIONS: Readonly<Record<string, string>> = {
  HeadBucket: 'ListBucket',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  ListObjectVersions: 'ListBucketVersions',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListBuckets: 'ListAllMyBuckets',
  HeadObject: 'GetObject',
  SelectObjectContent: 'GetObject',
  CopyObject: 'PutObject',
  PostObject: 'PutObject',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  UploadPartCopy: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  ListParts: 'ListMultipartUploadParts',
  DeleteObjects: 'DeleteObject',
};

/** The same, of an object's version. */
const VERSIONED: Readonly<Record<string, string>> = {
  GetObject: 'GetObjectVersion',
  HeadObject: 'GetObjectVersion',
  GetObjectAttributes: 'GetObjectVersionAttributes',
  GetObjectTagging: 'GetObjectVersionTagging',
  DeleteObject: 'DeleteObjectVersion',
  DeleteObjects: 'DeleteObjectVersion',
};
