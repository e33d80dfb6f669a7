import { Refused, refusalOf } from '../../connection/refused';
import type { ObjectVersion, Session } from '../../connection/vendor';
import { regionOfLocation } from '../../rules/names';

type S3 = typeof import('@aws-sdk/client-s3');

/**
 * S3 in one bucket through the AWS SDK.
 *
 * @param send sends a request and throws {@link Refused} where it fails
 */
export function sdkSession(s3: S3, send: InstanceType<S3['S3Client']>['send'], bucket: string): Session {
  const here = { Bucket: bucket };
  const at = (Key: string) => ({ Bucket: bucket, Key });
  return {
    location: async () => regionOfLocation((await send(new s3.GetBucketLocationCommand(here))).LocationConstraint),
    head: async () => {
      await send(new s3.HeadBucketCommand(here));
    },
    list: async (Prefix) => {
      const { Contents = [] } = await send(new s3.ListObjectsV2Command({ ...here, Prefix }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    },
    listVersions: async (Prefix) => {
      const { Versions = [] } = await send(new s3.ListObjectVersionsCommand({ ...here, Prefix }));
      return Versions.flatMap(({ Key: key, VersionId: versionId }): ObjectVersion[] =>
        key === undefined || versionId === undefined ? [] : [{ key, versionId }],
      );
    },
    put: async (key, Body, acl) => {
      const ACL = acl as 'bucket-owner-full-control' | undefined;
      return (await send(new s3.PutObjectCommand({ ...at(key), Body, ACL }))).VersionId;
    },
    get: async (key, VersionId) => {
      const { Body } = await send(new s3.GetObjectCommand({ ...at(key), VersionId }));
      return Body === undefined ? '' : beginning(Body as AsyncIterable<Uint8Array>);
    },
    delete: async (key, VersionId) => (await send(new s3.DeleteObjectCommand({ ...at(key), VersionId }))).VersionId,
    startUpload: async (key) => (await send(new s3.CreateMultipartUploadCommand(at(key)))).UploadId ?? '',
    uploadPart: async (key, UploadId, Body) =>
      (await send(new s3.UploadPartCommand({ ...at(key), UploadId, Body, PartNumber: 1 }))).ETag ?? '',
    countParts: async (key, UploadId) =>
      (await send(new s3.ListPartsCommand({ ...at(key), UploadId }))).Parts?.length ?? 0,
    completeUpload: async (key, UploadId, ETag) => {
      const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
      return (await send(new s3.CompleteMultipartUploadCommand({ ...at(key), UploadId, MultipartUpload }))).VersionId;
    },
    abortUpload: async (key, UploadId) => {
      await send(new s3.AbortMultipartUploadCommand({ ...at(key), UploadId }));
    },
    tags: async (key) => {
      const { TagSet = [] } = await send(new s3.GetObjectTaggingCommand(at(key)));
      return Object.fromEntries(TagSet.map(({ Key, Value }) => [Key ?? '', Value ?? '']));
    },
    setTags: async (key, tags) => {
      const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      await send(new s3.PutObjectTaggingCommand({ ...at(key), Tagging: { TagSet } }));
    },
    deleteTags: async (key) => {
      await send(new s3.DeleteObjectTaggingCommand(at(key)));
    },
    retention: async (key) => {
      await send(new s3.GetObjectRetentionCommand(at(key)));
    },
    legalHold: async (key) => {
      await send(new s3.GetObjectLegalHoldCommand(at(key)));
    },
    policy: async () => (await send(new s3.GetBucketPolicyCommand(here))).Policy ?? '',
    countBuckets: async () => (await send(new s3.ListBucketsCommand({}))).Buckets?.length ?? 0,
  };
}

/** What comes first of an object, however large it is; the rest is not fetched. */
async function beginning(body: AsyncIterable<Uint8Array>): Promise<string> {
  try {
    for await (const chunk of body) return Buffer.from(chunk).toString();
    return '';
  } catch (error) {
    throw new Refused(refusalOf(error));
  }
}
