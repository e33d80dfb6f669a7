/**
 * Acts as a vendor towards AWS. Every method throws {@link Refused} where the request fails.
 */
export interface Vendor {
  /** The ARN of the principal that the credentials belong to. */
  identity(): Promise<string>;
  /** S3 with the credentials themselves. */
  own(): Promise<Session>;
  /** S3 in a session of a role, opened with the credentials. */
  assume(request: RoleRequest): Promise<Session>;
  /** S3 in a session of a role, opened with a token of an identity provider. */
  assumeWithToken(request: RoleRequest, token: string): Promise<Session>;
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export interface RoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId?: string;
  /** Of the session; 15 minutes or more. */
  readonly seconds: number;
}

/** S3 in one bucket, as somebody. */
export interface Session {
  /** The bucket's region, as S3 tells it. */
  location(): Promise<string>;
  /** Whether the bucket is there, as programs ask when they start: HeadBucket. */
  head(): Promise<void>;
  /** The first keys under a prefix; undefined leaves the parameter out. */
  list(prefix: string | undefined): Promise<readonly string[]>;
  /** The first versions under a prefix. */
  listVersions(prefix: string | undefined): Promise<readonly ObjectVersion[]>;
  /**
   * Puts an object.
   *
   * @param acl the canned ACL to send
   * @returns the id of its version, where the bucket keeps versions
   */
  put(key: string, body: string, acl?: string): Promise<string | undefined>;
  /** The beginning of an object. */
  get(key: string, versionId?: string): Promise<string>;
  /**
   * Deletes an object, or one version of it for good.
   *
   * @returns the id of the version or delete marker that was deleted or made, where the bucket keeps versions
   */
  delete(key: string, versionId?: string): Promise<string | undefined>;
  /** Begins a multipart upload and gives its id. */
  startUpload(key: string): Promise<string>;
  /** Uploads the only part and gives its entity tag. */
  uploadPart(key: string, uploadId: string, body: string): Promise<string>;
  /** The number of parts. */
  countParts(key: string, uploadId: string): Promise<number>;
  /** Completes an upload of one part and gives the id of its version, where the bucket keeps versions. */
  completeUpload(key: string, uploadId: string, entityTag: string): Promise<string | undefined>;
  abortUpload(key: string, uploadId: string): Promise<void>;
  tags(key: string): Promise<Readonly<Record<string, string>>>;
  setTags(key: string, tags: Readonly<Record<string, string>>): Promise<void>;
  deleteTags(key: string): Promise<void>;
  /** Reads retention and legal hold. */
  retention(key: string): Promise<void>;
  legalHold(key: string): Promise<void>;
  /** The bucket's policy. */
  policy(): Promise<string>;
  /** The number of the account's buckets. */
  countBuckets(): Promise<number>;
}

/** One version of an object, or a delete marker. */
export interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
}
