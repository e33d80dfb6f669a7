/** Requests made for real, with the AWS SDK. */
import * as s3 from '@aws-sdk/client-s3';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { Clients } from '../servers/clients';
import { type Call, type ObjectCall, type OnObject, OWNED, SESSION } from './calls';

/** What has to be known of the servers to make a request. */
export interface Surroundings {
  /** A bucket as the caller has to call it. */
  readonly bucketName: (bucket: string) => string;
  readonly roleArn: (integration: string) => string;
  /** An upload in parts that the bucket's owner began at a key and, with a part in it, did not complete. */
  readonly upload: (bucket: string, key: string, one: 'shared' | 'new') => Promise<Upload>;
  /** The version of an object that is there. */
  readonly versionOf: (bucket: string, key: string) => string;
}

export interface Upload {
  readonly id: string;
  /** Of its one part. */
  readonly etag: string;
}

/** Makes a request, and fails as the server does. */
export async function act(call: Call, clients: Clients, around: Surroundings): Promise<void> {
  switch (call.does) {
    case 'AssumeRole': {
      const { role, externalId, sessionName = SESSION } = call;
      const input = { RoleArn: around.roleArn(role), RoleSessionName: sessionName, ExternalId: externalId };
      await clients.sts.send(new AssumeRoleCommand(input));
      return;
    }
    case 'ListBuckets':
      await clients.s3.send(new s3.ListBucketsCommand({}));
      return;
    case 'CopyObject': {
      const { from, to } = call;
      const CopySource = `${around.bucketName(from.bucket)}/${from.key}`;
      await clients.s3.send(
        new s3.CopyObjectCommand({ CopySource, Bucket: around.bucketName(to.bucket), Key: to.key }),
      );
      return;
    }
    case 'Decrypt':
    case 'GenerateDataKey':
      throw new Error('no server here has KMS keys');
    default: {
      const { bucket } = call;
      if ('key' in call) await onObject(call, clients.s3, around);
      else
        await ON_BUCKETS[call.does](clients.s3, around.bucketName(bucket), 'prefix' in call ? call.prefix : undefined);
    }
  }
}

type OnBucket = (client: s3.S3Client, Bucket: string, Prefix: string | undefined) => Promise<unknown>;
type BucketDoes = Exclude<Extract<Call, { bucket: string }>['does'], ObjectCall>;

const ON_BUCKETS: Readonly<Record<BucketDoes, OnBucket>> = {
  ListObjectsV2: (client, Bucket, Prefix) => client.send(new s3.ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 2 })),
  ListObjectVersions: (client, Bucket, Prefix) =>
    client.send(new s3.ListObjectVersionsCommand({ Bucket, Prefix, MaxKeys: 2 })),
  ListMultipartUploads: (client, Bucket, Prefix) =>
    client.send(new s3.ListMultipartUploadsCommand({ Bucket, Prefix, MaxUploads: 2 })),
  HeadBucket: (client, Bucket) => client.send(new s3.HeadBucketCommand({ Bucket })),
  GetBucketLocation: (client, Bucket) => client.send(new s3.GetBucketLocationCommand({ Bucket })),
  GetBucketPolicy: (client, Bucket) => client.send(new s3.GetBucketPolicyCommand({ Bucket })),
  PutBucketPolicy: (client, Bucket) => client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy: OPEN(Bucket) })),
  DeleteBucketPolicy: (client, Bucket) => client.send(new s3.DeleteBucketPolicyCommand({ Bucket })),
  GetBucketAcl: (client, Bucket) => client.send(new s3.GetBucketAclCommand({ Bucket })),
  PutBucketAcl: (client, Bucket) => client.send(new s3.PutBucketAclCommand({ Bucket, ACL: 'public-read' })),
  GetBucketVersioning: (client, Bucket) => client.send(new s3.GetBucketVersioningCommand({ Bucket })),
  PutBucketVersioning: (client, Bucket) =>
    client.send(new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } })),
  GetBucketLifecycleConfiguration: (client, Bucket) =>
    client.send(new s3.GetBucketLifecycleConfigurationCommand({ Bucket })),
  GetBucketNotificationConfiguration: (client, Bucket) =>
    client.send(new s3.GetBucketNotificationConfigurationCommand({ Bucket })),
  GetBucketEncryption: (client, Bucket) => client.send(new s3.GetBucketEncryptionCommand({ Bucket })),
  GetPublicAccessBlock: (client, Bucket) => client.send(new s3.GetPublicAccessBlockCommand({ Bucket })),
  DeletePublicAccessBlock: (client, Bucket) => client.send(new s3.DeletePublicAccessBlockCommand({ Bucket })),
  GetBucketTagging: (client, Bucket) => client.send(new s3.GetBucketTaggingCommand({ Bucket })),
  DeleteBucket: (client, Bucket) => client.send(new s3.DeleteBucketCommand({ Bucket })),
};

/** What somebody would write who may write a bucket's policy. */
const OPEN = (bucket: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` },
    ],
  });

async function onObject(call: OnObject, client: s3.S3Client, around: Surroundings): Promise<void> {
  const { does, bucket, key, acl = OWNED, encryption } = call;
  if (encryption !== undefined) throw new Error('no server here encrypts');
  const of = { Bucket: around.bucketName(bucket), Key: key };
  const UploadId = async (one: 'shared' | 'new') => (await around.upload(bucket, key, one)).id;
  const version = () => ({ ...of, VersionId: around.versionOf(bucket, key) });
  const Tagging = { TagSet: [{ Key: 'by', Value: 'a-test' }] };
  const ACL = acl as s3.ObjectCannedACL;
  const commands: Readonly<Record<ObjectCall, () => Promise<unknown>>> = {
    GetObject: async () => (await client.send(new s3.GetObjectCommand(of))).Body?.transformToByteArray(),
    HeadObject: () => client.send(new s3.HeadObjectCommand(of)),
    GetObjectAttributes: () => client.send(new s3.GetObjectAttributesCommand({ ...of, ObjectAttributes: ['ETag'] })),
    GetObjectVersion: async () => (await client.send(new s3.GetObjectCommand(version()))).Body?.transformToByteArray(),
    GetObjectVersionAttributes: () =>
      client.send(new s3.GetObjectAttributesCommand({ ...version(), ObjectAttributes: ['ETag'] })),
    PutObject: () => client.send(new s3.PutObjectCommand({ ...of, Body: 'hello' })),
    PutObjectWithAcl: () => client.send(new s3.PutObjectCommand({ ...of, Body: 'hello', ACL })),
    PutObjectWithTags: () => client.send(new s3.PutObjectCommand({ ...of, Body: 'hello', Tagging: 'by=a-test' })),
    CreateMultipartUpload: () => client.send(new s3.CreateMultipartUploadCommand(of)),
    UploadPart: async () =>
      client.send(
        new s3.UploadPartCommand({ ...of, UploadId: await UploadId('shared'), PartNumber: 1, Body: 'hello' }),
      ),
    CompleteMultipartUpload: async () => {
      const { id, etag } = await around.upload(bucket, key, 'new');
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: etag }] };
      return client.send(new s3.CompleteMultipartUploadCommand({ ...of, UploadId: id, MultipartUpload }));
    },
    ListParts: async () => client.send(new s3.ListPartsCommand({ ...of, UploadId: await UploadId('shared') })),
    AbortMultipartUpload: async () =>
      client.send(new s3.AbortMultipartUploadCommand({ ...of, UploadId: await UploadId('new') })),
    DeleteObject: () => client.send(new s3.DeleteObjectCommand(of)),
    DeleteObjects: () =>
      client.send(new s3.DeleteObjectsCommand({ Bucket: of.Bucket, Delete: { Objects: [{ Key: key }] } })),
    DeleteObjectVersion: () => client.send(new s3.DeleteObjectCommand({ ...of, VersionId: 'nothing-of-this-version' })),
    GetObjectTagging: () => client.send(new s3.GetObjectTaggingCommand(of)),
    GetObjectVersionTagging: () => client.send(new s3.GetObjectTaggingCommand(version())),
    PutObjectTagging: () => client.send(new s3.PutObjectTaggingCommand({ ...of, Tagging })),
    DeleteObjectTagging: () => client.send(new s3.DeleteObjectTaggingCommand(of)),
    GetObjectAcl: () => client.send(new s3.GetObjectAclCommand(of)),
    PutObjectAcl: () => client.send(new s3.PutObjectAclCommand({ ...of, ACL })),
    GetObjectRetention: () => client.send(new s3.GetObjectRetentionCommand(of)),
    PutObjectRetention: () =>
      client.send(
        new s3.PutObjectRetentionCommand({ ...of, Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(4e12) } }),
      ),
    GetObjectLegalHold: () => client.send(new s3.GetObjectLegalHoldCommand(of)),
    PutObjectLegalHold: () => client.send(new s3.PutObjectLegalHoldCommand({ ...of, LegalHold: { Status: 'ON' } })),
  };
  await commands[does]();
}

/**
 * Whether a request was let through: only a 403 is a denial, and an answer that something is not there or not configured
 * comes after the permission was seen.
 */
export async function letIn(request: Promise<void>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
    if ($metadata?.httpStatusCode === 403) return false;
    // Buckets here have no object lock.
    if (name === 'InvalidRequest' && String(error).includes('object lock')) return true;
    throw error;
  }
}
