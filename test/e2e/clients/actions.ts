/** A request to S3 in the path style, as far as it matters who may send it. */
export interface S3Request {
  readonly method: string;
  /** Bucket, key and query, as sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Something that a request needs permission for. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * What AWS asks permission for before it answers a request.
 *
 * @throws where nobody here knows
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function permissionsFor({ method, path, headers }: S3Request): Permission[] {
  const { pathname, searchParams: query } = new URL(path, 'http://s3');
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
  if (bucket === '') return [{ action: 's3:ListAllMyBuckets', resource: '*' }];
  const found = key === '' ? ofBucket(method, bucket, query) : ofObject(method, `${bucket}/${key}`, query, headers);
  if (found === undefined) throw new Error(`nobody knows what ${method} ${path} needs permission for`);
  return found;
}

function ofBucket(method: string, bucket: string, query: URLSearchParams): Permission[] | undefined {
  const resource = `arn:aws:s3:::${bucket}`;
  const sub = BUCKET_PARTS.find(([name]) => query.has(name));
  if (sub && method === 'GET') return [{ action: sub[1], resource }];
  if (method === 'GET' || method === 'HEAD') {
    // Absent is not empty.
    const prefix = query.get('prefix');
    return [{ action: 's3:ListBucket', resource, ...(prefix === null ? {} : { context: { 's3:prefix': prefix } }) }];
  }
  // Asked for each key, once they are known.
  if (method === 'POST' && query.has('delete')) return [];
  if (method === 'PUT' && query.size === 0) return [{ action: 's3:CreateBucket', resource }];
  return undefined;
}

const BUCKET_PARTS: readonly (readonly [string, string])[] = [
  ['location', 's3:GetBucketLocation'],
  ['versions', 's3:ListBucketVersions'],
  ['uploads', 's3:ListBucketMultipartUploads'],
  ['policy', 's3:GetBucketPolicy'],
  ['acl', 's3:GetBucketAcl'],
];

function ofObject(
  method: string,
  path: string,
  query: URLSearchParams,
  headers: S3Request['headers'],
): Permission[] | undefined {
  const resource = `arn:aws:s3:::${path}`;
  const version = query.has('versionId') ? 'Version' : '';
  switch (method) {
    case 'HEAD':
    case 'GET':
      if (query.has('acl')) return [{ action: `s3:GetObject${version}Acl`, resource }];
      if (query.has('tagging')) return [{ action: `s3:GetObject${version}Tagging`, resource }];
      if (query.has('uploadId')) return [{ action: 's3:ListMultipartUploadParts', resource }];
      return [{ action: `s3:GetObject${version}`, resource }];
    case 'DELETE':
      if (query.has('uploadId')) return [{ action: 's3:AbortMultipartUpload', resource }];
      return [{ action: `s3:DeleteObject${version}`, resource }];
    case 'PUT':
    case 'POST':
      return [...sourceOf(headers), { action: 's3:PutObject', resource }, ...aclOf(headers, resource)];
    default:
      return undefined;
  }
}

/** A copy reads what it copies. */
function sourceOf(headers: S3Request['headers']): Permission[] {
  const source = headers['x-amz-copy-source'];
  if (typeof source !== 'string') return [];
  const [path = '', version] = decodeURIComponent(source).replace(/^\//, '').split('?versionId=');
  return [{ action: version === undefined ? 's3:GetObject' : 's3:GetObjectVersion', resource: `arn:aws:s3:::${path}` }];
}

/** An upload that sets an ACL needs permission for that too. */
function aclOf(headers: S3Request['headers'], resource: string): Permission[] {
  const acl = headers['x-amz-acl'];
  if (typeof acl !== 'string') return [];
  return [{ action: 's3:PutObjectAcl', resource, context: { 's3:x-amz-acl': acl } }];
}
