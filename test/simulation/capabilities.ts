import type { Capability } from '../../lib/rules/confinement';

/** What a capability brings. */
interface Brought {
  readonly lists?: readonly string[];
  readonly objects?: readonly string[];
}

/** The contract's table of capabilities, restated: what each brings, apart from s3:GetBucketLocation. */
export const CAPABILITIES: Readonly<Record<string, Brought>> = {
  list: { lists: ['s3:ListBucket', 's3:ListBucketMultipartUploads'] },
  read: { objects: ['s3:GetObject', 's3:GetObjectAttributes'] },
  write: { objects: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'] },
  delete: { objects: ['s3:DeleteObject'] },
  versions: {
    lists: ['s3:ListBucketVersions'],
    objects: ['s3:GetObjectVersion', 's3:GetObjectVersionAttributes', 's3:GetObjectVersionTagging'],
  },
  tags: { objects: ['s3:GetObjectTagging', 's3:PutObjectTagging'] },
  acl: { objects: ['s3:PutObjectAcl'] },
  'retention-read': { objects: ['s3:GetObjectRetention', 's3:GetObjectLegalHold'] },
  'root-list': {},
  'list-buckets': {},
} satisfies Record<Capability, Brought>;

/** What two capabilities bring together that neither brings alone. */
export const TOGETHER: readonly { readonly access: readonly string[]; readonly object: string }[] = [
  { access: ['versions', 'delete'], object: 's3:DeleteObjectVersion' },
  { access: ['tags', 'delete'], object: 's3:DeleteObjectTagging' },
];

export const OBJECT_ACTIONS: readonly string[] = [
  ...Object.values(CAPABILITIES).flatMap(({ objects = [] }) => objects),
  ...TOGETHER.map(({ object }) => object),
];

/** Never granted to anybody; the object's or the bucket's, by name. */
export const NEVER_ON_OBJECTS: readonly string[] = [
  's3:GetObjectAcl',
  's3:PutObjectRetention',
  's3:PutObjectLegalHold',
  's3:BypassGovernanceRetention',
  's3:RestoreObject',
  's3:PutObjectVersionAcl',
  's3:PutObjectVersionTagging',
];

export const NEVER_ON_BUCKETS: readonly string[] = [
  's3:GetBucketPolicy',
  's3:PutBucketPolicy',
  's3:DeleteBucketPolicy',
  's3:DeleteBucket',
  's3:GetBucketAcl',
  's3:PutBucketAcl',
  's3:GetBucketVersioning',
  's3:PutBucketVersioning',
  's3:PutBucketNotification',
  's3:PutLifecycleConfiguration',
  's3:PutBucketPublicAccessBlock',
  's3:PutEncryptionConfiguration',
];
