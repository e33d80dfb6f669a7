/**
 * Which actions touch what is guarded, and which are known to touch none of it. An action that is in no list counts.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

/** What an action touches: a bucket with its objects, access points that lead to one, a key, a secret. */
export type Touch = 'bucket' | 'point' | 'key' | 'secret';

export interface Actions {
  /** The services whose actions they are. */
  readonly services: readonly string[];
  /** Actions that touch it: what a pattern must meet to touch it. */
  readonly touching: readonly string[];
  /** Actions of these services that don't. */
  readonly inert: readonly string[];
}

const words = (text: string): readonly string[] => text.match(/\S+/g) ?? [];

/** What makes or changes access points and their policies; of use only where a bucket leaves it to them. */
const POINTS = words(`
  s3:CreateAccessPoint s3:PutAccessPointPolicy s3:DeleteAccessPointPolicy s3:PutAccessPointPublicAccessBlock
  s3:CreateMultiRegionAccessPoint s3:PutMultiRegionAccessPointPolicy s3:SubmitMultiRegionAccessPointRoutes
  s3:CreateAccessPointForObjectLambda s3:PutAccessPointPolicyForObjectLambda s3:PutAccessPointConfigurationForObjectLambda
  s3express:CreateAccessPoint s3express:PutAccessPointPolicy s3express:PutAccessPointScope`);

/** Objects, and what lists, copies, hides or opens them. */
const BUCKETS = words(`
  s3:GetObject s3:GetObjectAcl s3:GetObjectAnnotation s3:GetObjectAttributes s3:GetObjectLegalHold s3:GetObjectRetention
  s3:GetObjectTagging s3:GetObjectTorrent s3:GetObjectVersion s3:GetObjectVersionAcl s3:GetObjectVersionAnnotation
  s3:GetObjectVersionAnnotationForReplication s3:GetObjectVersionAttributes s3:GetObjectVersionForReplication
  s3:GetObjectVersionTagging s3:GetObjectVersionTorrent
  s3:ListBucket s3:ListBucketMultipartUploads s3:ListBucketVersions s3:ListMultipartUploadParts s3:ListObjectAnnotations
  s3:ListObjectVersionAnnotations
  s3:PutObject s3:PutObjectAcl s3:PutObjectAnnotation s3:PutObjectLegalHold s3:PutObjectRetention s3:PutObjectTagging
  s3:PutObjectVersionAcl s3:PutObjectVersionAnnotation s3:PutObjectVersionTagging s3:AbortMultipartUpload
  s3:DeleteObject s3:DeleteObjectAnnotation s3:DeleteObjectTagging s3:DeleteObjectVersion
  s3:DeleteObjectVersionAnnotation s3:DeleteObjectVersionTagging s3:BypassGovernanceRetention s3:RestoreObject
  s3:ReplicateDelete s3:ReplicateObject s3:ReplicateObjectAnnotation s3:ReplicateTags s3:InitiateReplication
  s3:ObjectOwnerOverrideToBucketOwner s3:UpdateObjectEncryption
  s3:PutBucketPolicy s3:DeleteBucketPolicy s3:PutBucketAcl s3:PutBucketOwnershipControls s3:PutBucketPublicAccessBlock
  s3:PutAccountPublicAccessBlock s3:PutBucketAbac s3:PutBucketLogging s3:PutBucketNotification
  s3:PutBucketObjectLockConfiguration s3:PutBucketVersioning s3:PutBucketWebsite s3:DeleteBucketWebsite
  s3:PutEncryptionConfiguration s3:PutLifecycleConfiguration s3:PutReplicationConfiguration
  s3:PutInventoryConfiguration s3:PutAnalyticsConfiguration s3:CreateBucketMetadataTableConfiguration
  s3:UpdateBucketMetadataAnnotationTableConfiguration s3:UpdateBucketMetadataInventoryTableConfiguration
  s3:UpdateBucketMetadataJournalTableConfiguration s3:DeleteBucket
  s3:CreateAccessGrant s3:CreateAccessGrantsLocation s3:UpdateAccessGrantsLocation
  s3:PutAccessGrantsInstanceResourcePolicy s3:AssociateAccessGrantsIdentityCenter
  s3express:CreateSession s3express:PutBucketPolicy s3express:DeleteBucketPolicy s3express:PutEncryptionConfiguration
  s3express:PutInventoryConfiguration s3express:PutLifecycleConfiguration s3express:DeleteBucket`);

/** Names and settings, read; settings that guard nothing, written; and what is there for other things than buckets. */
const INERT_S3 = words(`
  s3:PauseReplication s3:AllowVendedLogDeliveryForResource s3:CreateAccessGrantsInstance s3:CreateBucket s3:CreateJob
  s3:CreateStorageLensGroup s3:DeleteAccessGrant s3:DeleteAccessGrantsInstance
  s3:DeleteAccessGrantsInstanceResourcePolicy s3:DeleteAccessGrantsLocation s3:DeleteAccessPoint
  s3:DeleteAccessPointForObjectLambda s3:DeleteAccessPointPolicyForObjectLambda
  s3:DeleteBucketMetadataTableConfiguration s3:DeleteJobTagging s3:DeleteMultiRegionAccessPoint
  s3:DeleteStorageLensConfiguration s3:DeleteStorageLensConfigurationTagging s3:DeleteStorageLensGroup s3:DescribeJob
  s3:DescribeMultiRegionAccessPointOperation s3:DissociateAccessGrantsIdentityCenter s3:GetAccelerateConfiguration
  s3:GetAccessGrant s3:GetAccessGrantsInstance s3:GetAccessGrantsInstanceForPrefix
  s3:GetAccessGrantsInstanceResourcePolicy s3:GetAccessGrantsLocation s3:GetAccessPoint
  s3:GetAccessPointConfigurationForObjectLambda s3:GetAccessPointForObjectLambda s3:GetAccessPointPolicy
  s3:GetAccessPointPolicyForObjectLambda s3:GetAccessPointPolicyStatus s3:GetAccessPointPolicyStatusForObjectLambda
  s3:GetAccountPublicAccessBlock s3:GetAnalyticsConfiguration s3:GetBucketAbac s3:GetBucketAcl s3:GetBucketCORS
  s3:GetBucketLocation s3:GetBucketLogging s3:GetBucketMetadataTableConfiguration s3:GetBucketNotification
  s3:GetBucketObjectLockConfiguration s3:GetBucketOwnershipControls s3:GetBucketPolicy s3:GetBucketPolicyStatus
  s3:GetBucketPublicAccessBlock s3:GetBucketRequestPayment s3:GetBucketTagging s3:GetBucketVersioning
  s3:GetBucketWebsite s3:GetDataAccess s3:GetEncryptionConfiguration s3:GetIntelligentTieringConfiguration
  s3:GetInventoryConfiguration s3:GetJobTagging s3:GetLifecycleConfiguration s3:GetMetricsConfiguration
  s3:GetMultiRegionAccessPoint s3:GetMultiRegionAccessPointPolicy s3:GetMultiRegionAccessPointPolicyStatus
  s3:GetMultiRegionAccessPointRoutes s3:GetReplicationConfiguration s3:GetStorageLensConfiguration
  s3:GetStorageLensConfigurationTagging s3:GetStorageLensDashboard s3:GetStorageLensGroup s3:ListAccessGrants
  s3:ListAccessGrantsInstances s3:ListAccessGrantsLocations s3:ListAccessPoints s3:ListAccessPointsForObjectLambda
  s3:ListAllMyBuckets s3:ListCallerAccessGrants s3:ListJobs s3:ListMultiRegionAccessPoints
  s3:ListStorageLensConfigurations s3:ListStorageLensGroups s3:ListTagsForResource s3:PutAccelerateConfiguration
  s3:PutBucketCORS s3:PutBucketRequestPayment s3:PutBucketTagging s3:PutIntelligentTieringConfiguration s3:PutJobTagging
  s3:PutMetricsConfiguration s3:PutStorageLensConfiguration s3:PutStorageLensConfigurationTagging s3:TagResource
  s3:UntagResource s3:UpdateJobPriority s3:UpdateJobStatus s3:UpdateStorageLensGroup
  s3express:CreateBucket s3express:ListAllMyDirectoryBuckets s3express:GetBucketPolicy s3express:GetEncryptionConfiguration
  s3express:GetLifecycleConfiguration s3express:GetInventoryConfiguration s3express:ListTagsForResource
  s3express:TagResource s3express:UntagResource s3express:GetAccessPoint s3express:GetAccessPointPolicy
  s3express:GetAccessPointScope s3express:ListAccessPointsForDirectoryBuckets s3express:DeleteAccessPoint
  s3express:DeleteAccessPointPolicy s3express:DeleteAccessPointScope s3express:PutMetricsConfiguration
  s3express:GetMetricsConfiguration`);

const KEYS = words(`
  kms:Decrypt kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext kms:GenerateDataKeyPair
  kms:GenerateDataKeyPairWithoutPlaintext kms:ReEncryptFrom kms:ReEncryptTo kms:CreateGrant kms:PutKeyPolicy
  kms:ReplicateKey kms:ImportKeyMaterial kms:DeleteImportedKeyMaterial kms:ScheduleKeyDeletion kms:DisableKey
  kms:DeriveSharedSecret kms:SynchronizeMultiRegionKey kms:UpdatePrimaryRegion`);

const INERT_KMS = words(`
  kms:CancelKeyDeletion kms:ConnectCustomKeyStore kms:CreateAlias kms:CreateCustomKeyStore kms:CreateKey kms:DeleteAlias
  kms:DeleteCustomKeyStore kms:DescribeCustomKeyStores kms:DescribeKey kms:DisableKeyRotation kms:DisconnectCustomKeyStore
  kms:EnableKey kms:EnableKeyRotation kms:GenerateMac kms:GenerateRandom kms:GetKeyLastUsage kms:GetKeyPolicy
  kms:GetKeyRotationStatus kms:GetParametersForImport kms:GetPublicKey kms:ListAliases kms:ListGrants kms:ListKeyPolicies
  kms:ListKeyRotations kms:ListKeys kms:ListResourceTags kms:ListRetirableGrants kms:RetireGrant kms:RevokeGrant
  kms:RotateKeyOnDemand kms:Sign kms:TagResource kms:UntagResource kms:UpdateAlias kms:UpdateCustomKeyStore
  kms:UpdateKeyDescription kms:Verify kms:VerifyMac`);

const SECRETS = words(`
  secretsmanager:GetSecretValue secretsmanager:PutSecretValue secretsmanager:UpdateSecret
  secretsmanager:UpdateSecretVersionStage secretsmanager:PutResourcePolicy secretsmanager:DeleteResourcePolicy
  secretsmanager:ReplicateSecretToRegions secretsmanager:RotateSecret secretsmanager:DeleteSecret`);

/** `BatchGetSecretValue` needs `GetSecretValue` for each secret. */
const INERT_SECRETS = words(`
  secretsmanager:BatchGetSecretValue secretsmanager:CancelRotateSecret secretsmanager:CreateSecret
  secretsmanager:DescribeSecret secretsmanager:GetRandomPassword secretsmanager:GetResourcePolicy
  secretsmanager:ListSecretVersionIds secretsmanager:ListSecrets secretsmanager:RemoveRegionsFromReplication
  secretsmanager:RestoreSecret secretsmanager:StopReplicationToReplica secretsmanager:TagResource
  secretsmanager:UntagResource secretsmanager:ValidateResourcePolicy`);

export const ACTIONS: Readonly<Record<Touch, Actions>> = {
  bucket: { services: ['s3', 's3express'], touching: BUCKETS, inert: [...INERT_S3, ...POINTS] },
  point: { services: ['s3', 's3express'], touching: [...BUCKETS, ...POINTS], inert: INERT_S3 },
  key: { services: ['kms'], touching: KEYS, inert: INERT_KMS },
  secret: { services: ['secretsmanager'], touching: SECRETS, inert: INERT_SECRETS },
};
