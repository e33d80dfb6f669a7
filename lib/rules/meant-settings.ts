/**
 * What an integration's role or user, and a client's bucket, are meant to be beside their policies: what the constructs make
 * of their properties, and what the checks compare with.
 */

/** Settings of a role or user. */
export interface PrincipalSettings {
  /** The IAM path. */
  readonly path: string;
  /** The ARN of its permissions boundary, if it has one. */
  readonly permissionsBoundary?: string;
  /** How long a session of a role may last, in seconds. */
  readonly maxSessionSeconds?: number;
}

/** How long sessions of a role may last where nobody says, in seconds. */
export const DEFAULT_SESSION_SECONDS = 3600;

/** Settings of a bucket that is created. */
export interface BucketSettings {
  readonly bucketName: string;
  readonly encryption: object;
  readonly versioned: boolean;
  /** After how many days objects expire, and earlier versions of them; never where it is left out. */
  readonly expireObjectsAfterDays?: number;
  readonly expireOldVersionsAfterDays?: number;
  /** The name of the bucket that takes access logs. */
  readonly accessLogs?: string;
  /** Whether its KMS key is created with it. */
  readonly createsKey: boolean;
}

/**
 * The encryption of a bucket, as CloudFormation writes it: SSE-S3, or a key, and never a key that the writer of an object brings.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-serversideencryptionrule.html
 */
export function bucketEncryption(keyArn: string | undefined): object {
  const byDefault =
    keyArn === undefined ? { SSEAlgorithm: 'AES256' } : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn };
  return {
    ServerSideEncryptionConfiguration: [
      {
        ...(keyArn !== undefined && { BucketKeyEnabled: true }),
        ServerSideEncryptionByDefault: byDefault,
        BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
      },
    ],
  };
}
