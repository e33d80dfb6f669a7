/**
 * Writes requests as AWS's two logs have them, from AWS's documents and not from the readers.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */

/** A request, whoever logs it. */
export interface Request {
  /** ISO, in UTC, to the second. */
  readonly at: string;
  readonly bucket: string;
  /** An ARN, a canonical user ID, or nothing for an anonymous request. */
  readonly requester?: string;
  readonly id: string;
  /** As the API names it. */
  readonly operation: string;
  readonly key?: string;
  /** Of a listing; none leaves the parameter out. */
  readonly prefix?: string;
  readonly versionId?: string;
  readonly status?: number;
  readonly errorCode?: string;
  readonly message?: string;
  readonly received?: number;
  readonly sent?: number;
  readonly userAgent?: string;
  readonly accessPointArn?: string;
  /** The caller's; else one of a documentation range. */
  readonly address?: string;
  readonly vpcEndpoint?: string;
  readonly plainHttp?: boolean;
  /** Headers that CloudTrail has and server access logs do not. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of STS: the role that is assumed. */
  readonly roleArn?: string;
}

/** Names of operations, as AWS's documents and public logs have them: `REST.METHOD.RESOURCE`. */
const NAMES: Readonly<Record<string, readonly [string, string, string?]>> = {
  GetObject: ['REST.GET.OBJECT', 'GET'],
  HeadObject: ['REST.HEAD.OBJECT', 'HEAD'],
  PutObject: ['REST.PUT.OBJECT', 'PUT'],
  CreateMultipartUpload: ['REST.POST.UPLOADS', 'POST', 'uploads'],
  UploadPart: ['REST.PUT.PART', 'PUT', 'partNumber=1&uploadId=x'],
  CompleteMultipartUpload: ['REST.POST.UPLOAD', 'POST', 'uploadId=x'],
  AbortMultipartUpload: ['REST.DELETE.UPLOAD', 'DELETE', 'uploadId=x'],
  ListParts: ['REST.GET.UPLOAD', 'GET', 'uploadId=x'],
  CopyObject: ['REST.COPY.OBJECT', 'PUT'],
  /** What a copy reads has a record of its own. */
  CopySource: ['REST.COPY.OBJECT_GET', 'GET'],
  DeleteObject: ['REST.DELETE.OBJECT', 'DELETE'],
  /** One of the keys of a DeleteObjects. */
  BatchDelete: ['BATCH.DELETE.OBJECT', 'POST', 'delete'],
  ListObjectsV2: ['REST.GET.BUCKET', 'GET', 'list-type=2'],
  ListObjectVersions: ['REST.GET.BUCKETVERSIONS', 'GET', 'versions'],
  ListMultipartUploads: ['REST.GET.UPLOADS', 'GET', 'uploads'],
  ListBuckets: ['REST.GET.SERVICE', 'GET'],
  HeadBucket: ['REST.HEAD.BUCKET', 'HEAD'],
  GetBucketLocation: ['REST.GET.LOCATION', 'GET', 'location'],
  GetObjectAttributes: ['REST.GET.OBJECT_ATTRIBUTES', 'GET', 'attributes'],
  GetObjectTagging: ['REST.GET.OBJECT_TAGGING', 'GET', 'tagging'],
  PutObjectTagging: ['REST.PUT.OBJECT_TAGGING', 'PUT', 'tagging'],
  DeleteObjectTagging: ['REST.DELETE.OBJECT_TAGGING', 'DELETE', 'tagging'],
  GetObjectAcl: ['REST.GET.ACL', 'GET', 'acl'],
  PutObjectAcl: ['REST.PUT.ACL', 'PUT', 'acl'],
  GetObjectRetention: ['REST.GET.RETENTION', 'GET', 'retention'],
  PutObjectRetention: ['REST.PUT.RETENTION', 'PUT', 'retention'],
  GetObjectLegalHold: ['REST.GET.LEGAL_HOLD', 'GET', 'legal-hold'],
  PutObjectLegalHold: ['REST.PUT.LEGAL_HOLD', 'PUT', 'legal-hold'],
  GetBucketPolicy: ['REST.GET.BUCKETPOLICY', 'GET', 'policy'],
  PutBucketPolicy: ['REST.PUT.BUCKETPOLICY', 'PUT', 'policy'],
  DeleteBucketPolicy: ['REST.DELETE.BUCKETPOLICY', 'DELETE', 'policy'],
  GetBucketAcl: ['REST.GET.ACL', 'GET', 'acl'],
  PutBucketAcl: ['REST.PUT.ACL', 'PUT', 'acl'],
  GetBucketVersioning: ['REST.GET.VERSIONING', 'GET', 'versioning'],
  PutBucketVersioning: ['REST.PUT.VERSIONING', 'PUT', 'versioning'],
  GetBucketLifecycleConfiguration: ['REST.GET.LIFECYCLE', 'GET', 'lifecycle'],
  GetBucketNotificationConfiguration: ['REST.GET.NOTIFICATION', 'GET', 'notification'],
  GetBucketEncryption: ['REST.GET.ENCRYPTION', 'GET', 'encryption'],
  GetPublicAccessBlock: ['REST.GET.PUBLIC_ACCESS_BLOCK', 'GET', 'publicAccessBlock'],
  DeletePublicAccessBlock: ['REST.DELETE.PUBLIC_ACCESS_BLOCK', 'DELETE', 'publicAccessBlock'],
  GetBucketTagging: ['REST.GET.TAGGING', 'GET', 'tagging'],
  DeleteBucket: ['REST.DELETE.BUCKET', 'DELETE'],
  CreateBucket: ['REST.PUT.BUCKET', 'PUT'],
};

const OWNER = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
const ADDRESS = '192.0.2.3';
const CIPHER = 'TLS_AES_128_GCM_SHA256';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A line of a server access log, without its end: 27 fields, a dash where there is nothing. */
export function serverAccessLine(request: Request): string {
  const { bucket, id, operation, status = 200, errorCode, versionId, requester, address = ADDRESS } = request;
  const [name, method, query] = NAMES[operation] ?? [`REST.${operation}`, 'GET'];
  const [, year, month, day, clock] = /^(\d{4})-(\d\d)-(\d\d)T([\d:]{8})Z$/.exec(request.at) ?? [];
  const key = request.key === undefined ? undefined : encodeURIComponent(request.key).replaceAll('%2F', '/');
  const queries = [
    ...(query === undefined ? [] : [query]),
    ...(request.prefix === undefined ? [] : [`prefix=${encodeURIComponent(request.prefix)}`]),
    ...(versionId === undefined ? [] : [`versionId=${versionId}`]),
  ];
  const uri = `${method} /${key ?? ''}${queries.length > 0 ? `?${queries.join('&')}` : ''} HTTP/1.1`;
  const uploads = method === 'PUT' ? request.received : undefined;
  return [
    ...[OWNER, bucket, `[${day}/${MONTHS[Number(month) - 1]}/${year}:${clock} +0000]`, address],
    ...[requester ?? '-', id, name, key ?? '-', `"${uri}"`, String(status), errorCode ?? '-'],
    ...[
      String(request.sent ?? '-'),
      String(uploads ?? '-'),
      '12',
      '7',
      '"-"',
      `"${request.userAgent ?? 'aws-cli/2.31'}"`,
    ],
    ...[versionId ?? '-', 's9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3=', 'SigV4'],
    ...[request.plainHttp ? '-' : CIPHER, 'AuthHeader', `${bucket}.s3.eu-west-1.amazonaws.com`],
    ...[request.plainHttp ? '-' : 'TLSv1.3'],
    ...[request.accessPointArn ?? '-', '-', 'eu-west-1'],
  ].join(' ');
}

/** An event of CloudTrail. */
export function cloudTrailEvent(request: Request, eventSource = 's3.amazonaws.com'): Record<string, unknown> {
  const { bucket, operation, key, prefix, versionId, errorCode, message, requester = '', address = ADDRESS } = request;
  return {
    eventVersion: '1.11',
    userIdentity: identityOf(requester),
    eventTime: request.at,
    ...{ eventSource, eventName: operation, awsRegion: 'eu-west-1', sourceIPAddress: address },
    userAgent: `[${request.userAgent ?? 'aws-cli/2.31'}]`,
    ...(errorCode === undefined ? {} : { errorCode, errorMessage: message ?? 'Access Denied' }),
    requestParameters: {
      ...{ bucketName: bucket, Host: `${bucket}.s3.eu-west-1.amazonaws.com` },
      ...(key === undefined ? {} : { key }),
      ...(prefix === undefined ? {} : { prefix }),
      ...(versionId === undefined ? {} : { versionId }),
      ...request.headers,
    },
    responseElements: null,
    additionalEventData: {
      ...{ SignatureVersion: 'SigV4', ...(request.plainHttp ? {} : { CipherSuite: CIPHER }) },
      AuthenticationMethod: 'AuthHeader',
      ...{ bytesTransferredIn: request.received ?? 0, bytesTransferredOut: request.sent ?? 0 },
    },
    requestID: request.id,
    eventID: `00000000-0000-4000-8000-${request.id.slice(0, 12).padStart(12, '0').toLowerCase()}`,
    readOnly: /^(?:Get|Head|List)/.test(operation),
    resources: [
      { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket}/${key ?? ''}` },
      { accountId: '111122223333', type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` },
    ],
    ...(request.vpcEndpoint === undefined ? {} : { vpcEndpointId: request.vpcEndpoint }),
    ...{ eventType: 'AwsApiCall', managementEvent: false, recipientAccountId: '111122223333', eventCategory: 'Data' },
  };
}

/** An event of STS, which is one of management. */
export function stsEvent(request: Request): Record<string, unknown> {
  const { additionalEventData: _, resources: __, ...event } = cloudTrailEvent(request, 'sts.amazonaws.com');
  const { roleArn = '' } = request;
  return {
    ...event,
    requestParameters: { roleArn, roleSessionName: 'job', durationSeconds: 3600 },
    resources: [{ accountId: roleArn.split(':')[4], type: 'AWS::IAM::Role', ARN: roleArn }],
    ...{ managementEvent: true, eventCategory: 'Management', readOnly: true },
  };
}

/** A file of CloudTrail: all events on one line. */
export function cloudTrailFile(requests: readonly Request[]): string {
  return JSON.stringify({
    Records: requests.map((each) => (each.roleArn === undefined ? cloudTrailEvent(each) : stsEvent(each))),
  });
}

function identityOf(arn: string): Record<string, unknown> {
  const [, account = '', role = '', session = ''] = /:sts::(\d{12}):assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  if (role !== '') {
    const issuer = `arn:aws:iam::${account}:role/${role}`;
    return {
      ...{ type: 'AssumedRole', principalId: `AROAEXAMPLEEXAMPLE123:${session}`, arn, accountId: account },
      accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
      sessionContext: { sessionIssuer: { type: 'Role', arn: issuer, accountId: account, userName: role } },
    };
  }
  const [, ofUser = '', user = ''] = /:iam::(\d{12}):user\/(.+)$/.exec(arn) ?? [];
  if (user !== '')
    return { type: 'IAMUser', principalId: 'AIDAEXAMPLEEXAMPLE123', arn, accountId: ofUser, userName: user };
  if (/^\d{12}$/.test(arn)) return { type: 'AWSAccount', principalId: 'AROAEXAMPLEEXAMPLE456:job', accountId: arn };
  return { type: 'AWSAccount', principalId: '', accountId: 'anonymous' };
}
