/** What stands in the buckets for requests to find. */
import { CreateMultipartUploadCommand, PutObjectCommand, type S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import type { Upload } from './acts';
import { notByGateway } from './judges';
import { MATRIX } from './matrix';
import type { Request } from './request';

export interface Furniture {
  readonly upload: (bucket: string, key: string, one: 'shared' | 'new') => Promise<Upload>;
  readonly versionOf: (bucket: string, key: string) => string;
}

/** Puts an object wherever a request wants to read one, so that a missing object is never taken for a denial. */
export async function furnish(owner: S3Client): Promise<Furniture> {
  const places = new Map(
    MATRIX.filter((request) => notByGateway(request) === undefined)
      .flatMap(found)
      .map((place) => [`${place.bucket}/${place.key}`, place]),
  );
  const versions = new Map<string, string>();
  for (const [path, { bucket, key }] of places) {
    const { VersionId = '' } = await owner.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'seed' }));
    versions.set(path, VersionId);
  }
  const shared = new Map<string, Promise<Upload>>();
  return {
    versionOf: (bucket, key) => versions.get(`${bucket}/${key}`) ?? '',
    upload: (bucket, key, one) => {
      const path = `${bucket}/${key}`;
      const known = one === 'shared' ? shared.get(path) : undefined;
      const upload = known ?? begin(owner, bucket, key);
      if (one === 'shared') shared.set(path, upload);
      return upload;
    },
  };
}

/** Where a request expects an object. */
function found({ call }: Request): { bucket: string; key: string }[] {
  if (call.does === 'CopyObject') return [call.from];
  if (!('key' in call)) return [];
  const writes = /^(?:Put|Delete)Object(?:With.*|s|Version)?$|Upload|Parts/.test(call.does);
  return writes ? [] : [{ bucket: call.bucket, key: call.key }];
}

async function begin(owner: S3Client, Bucket: string, Key: string): Promise<Upload> {
  const { UploadId: id = '' } = await owner.send(new CreateMultipartUploadCommand({ Bucket, Key }));
  const part = new UploadPartCommand({ Bucket, Key, UploadId: id, PartNumber: 1, Body: 'hello' });
  const { ETag: etag = '' } = await owner.send(part);
  return { id, etag };
}
