/**
 * What a vendor can ask of S3, STS and KMS, and which permissions AWS wants for it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
import { HOME } from '../../support/resolve';

/** The KMS key of the one client that has one. */
export const KMS_KEY = `arn:aws:kms:${HOME.region}:${HOME.account}:key/11111111-2222-4333-8444-555555555555`;

/** A permission that a call needs. */
export interface Need {
  readonly action: string;
  /** Without one it is the account. */
  readonly bucket?: string;
  readonly key?: string;
  /** The integration whose role is assumed. */
  readonly role?: string;
  /** The client whose KMS key is used. */
  readonly kmsKeyOf?: string;
  readonly context: Readonly<Record<string, string>>;
}

/** On a bucket, with a prefix; that of `ListMultipartUploads` is no key of conditions. */
const LISTS = {
  ListObjectsV2: 's3:ListBucket',
  ListObjectVersions: 's3:ListBucketVersions',
  ListMultipartUploads: 's3:ListBucketMultipartUploads',
} as const;

/** On a bucket, with nothing else. */
const OF_BUCKETS = {
  HeadBucket: 's3:ListBucket',
  GetBucketLocation: 's3:GetBucketLocation',
  GetBucketPolicy: 's3:GetBucketPolicy',
  PutBucketPolicy: 's3:PutBucketPolicy',
  DeleteBucketPolicy: 's3:DeleteBucketPolicy',
  GetBucketAcl: 's3:GetBucketAcl',
  PutBucketAcl: 's3:PutBucketAcl',
  GetBucketVersioning: 's3:GetBucketVersioning',
  PutBucketVersioning: 's3:PutBucketVersioning',
  GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
  GetBucketNotificationConfiguration: 's3:GetBucketNotification',
  GetBucketEncryption: 's3:GetEncryptionConfiguration',
  GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  DeletePublicAccessBlock: 's3:PutBucketPublicAccessBlock',
  GetBucketTagging: 's3:GetBucketTagging',
  DeleteBucket: 's3:DeleteBucket',
} as const;

/** On an object. */
const OF_OBJECTS = {
  GetObject: ['s3:GetObject'],
  HeadObject: ['s3:GetObject'],
  GetObjectAttributes: ['s3:GetObject', 's3:GetObjectAttributes'],
  GetObjectVersion: ['s3:GetObjectVersion'],
  GetObjectVersionAttributes: ['s3:GetObjectVersion', 's3:GetObjectVersionAttributes'],
  PutObject: ['s3:PutObject'],
  PutObjectWithAcl: ['s3:PutObject', 's3:PutObjectAcl'],
  PutObjectWithTags: ['s3:PutObject', 's3:PutObjectTagging'],
  CreateMultipartUpload: ['s3:PutObject'],
  UploadPart: ['s3:PutObject'],
  CompleteMultipartUpload: ['s3:PutObject'],
  ListParts: ['s3:ListMultipartUploadParts'],
  AbortMultipartUpload: ['s3:AbortMultipartUpload'],
  DeleteObject: ['s3:DeleteObject'],
  DeleteObjects: ['s3:DeleteObject'],
  DeleteObjectVersion: ['s3:DeleteObjectVersion'],
  GetObjectTagging: ['s3:GetObjectTagging'],
  GetObjectVersionTagging: ['s3:GetObjectVersionTagging'],
  PutObjectTagging: ['s3:PutObjectTagging'],
  DeleteObjectTagging: ['s3:DeleteObjectTagging'],
  GetObjectAcl: ['s3:GetObjectAcl'],
  PutObjectAcl: ['s3:PutObjectAcl'],
  GetObjectRetention: ['s3:GetObjectRetention'],
  PutObjectRetention: ['s3:PutObjectRetention'],
  GetObjectLegalHold: ['s3:GetObjectLegalHold'],
  PutObjectLegalHold: ['s3:PutObjectLegalHold'],
} as const;

export type ListCall = keyof typeof LISTS;
export type BucketCall = keyof typeof OF_BUCKETS;
export type ObjectCall = keyof typeof OF_OBJECTS;

export const LIST_CALLS = Object.keys(LISTS) as ListCall[];
export const BUCKET_CALLS = Object.keys(OF_BUCKETS) as BucketCall[];
export const OBJECT_CALLS = Object.keys(OF_OBJECTS) as ObjectCall[];

export type Call =
  | { readonly does: ListCall; readonly bucket: string; readonly prefix?: string }
  | { readonly does: BucketCall; readonly bucket: string }
  | OnObject
  | { readonly does: 'CopyObject'; readonly from: Place; readonly to: Place }
  | { readonly does: 'ListBuckets' }
  | { readonly does: 'AssumeRole'; readonly role: string; readonly externalId?: string; readonly sessionName?: string }
  /** What S3 does for the caller where objects are encrypted; `via` is the service that asks. */
  | { readonly does: 'Decrypt' | 'GenerateDataKey'; readonly client: string; readonly via?: string };

export interface OnObject {
  readonly does: ObjectCall;
  readonly bucket: string;
  readonly key: string;
  /** Canned; where it is left out, a call that wants one asks for `bucket-owner-full-control`. */
  readonly acl?: string;
  /** How an upload asks to be encrypted. */
  readonly encryption?: Encryption;
}

export interface Place {
  readonly bucket: string;
  readonly key: string;
}

const HEADER = 's3:x-amz-server-side-encryption';
export const HEADER_OF_KEY = `${HEADER}-aws-kms-key-id`;
const FOREIGN_KEY = 'arn:aws:kms:eu-west-1:666677778888:key/99999999-2222-4333-8444-555555555555';

/** What S3 makes of the headers of encryption. */
export const ENCRYPTIONS = {
  AES256: { [HEADER]: 'AES256' },
  'aws:kms': { [HEADER]: 'aws:kms' },
  "the client's key": { [HEADER]: 'aws:kms', [HEADER_OF_KEY]: KMS_KEY },
  'a foreign key': { [HEADER]: 'aws:kms', [HEADER_OF_KEY]: FOREIGN_KEY },
} as const;

export type Encryption = keyof typeof ENCRYPTIONS;

export const OWNED = 'bucket-owner-full-control';
export const SESSION = 'nightly-1';

const isList = (does: string): does is ListCall => Object.hasOwn(LISTS, does);
const isOfBucket = (does: string): does is BucketCall => Object.hasOwn(OF_BUCKETS, does);

/** The permissions that a call needs, all of them. */
export function needs(call: Call): Need[] {
  switch (call.does) {
    case 'ListBuckets':
      return [{ action: 's3:ListAllMyBuckets', context: {} }];
    case 'CopyObject':
      return [
        { action: 's3:GetObject', ...call.from, context: {} },
        { action: 's3:PutObject', ...call.to, context: {} },
      ];
    case 'AssumeRole': {
      const { role, externalId, sessionName = SESSION } = call;
      const context = {
        'sts:RoleSessionName': sessionName,
        ...(externalId !== undefined && { 'sts:ExternalId': externalId }),
      };
      return [{ action: 'sts:AssumeRole', role, context }];
    }
    case 'Decrypt':
    case 'GenerateDataKey': {
      const context: Record<string, string> = call.via === undefined ? {} : { 'kms:ViaService': call.via };
      return [{ action: `kms:${call.does}`, kmsKeyOf: call.client, context }];
    }
    default:
      return ofS3(call);
  }
}

function ofS3(call: Extract<Call, { bucket: string }>): Need[] {
  const { does, bucket } = call;
  if (isList(does)) {
    const prefix = 'prefix' in call && does !== 'ListMultipartUploads' ? call.prefix : undefined;
    return [{ action: LISTS[does], bucket, context: prefix === undefined ? {} : { 's3:prefix': prefix } }];
  }
  if (isOfBucket(does)) return [{ action: OF_BUCKETS[does], bucket, context: {} }];
  const { key, acl = OWNED, encryption } = call as OnObject;
  const sent: Readonly<Record<string, Need['context']>> = {
    's3:PutObjectAcl': { 's3:x-amz-acl': acl },
    's3:PutObject': encryption === undefined ? {} : ENCRYPTIONS[encryption],
  };
  return OF_OBJECTS[does].map((action) => ({ action, bucket, key, context: sent[action] ?? {} }));
}
