/**
 * Who reads an account for a snapshot, and what that takes in AWS: each request that a reader may send, with the action that
 * it needs. The readers cannot send another: their requests are typed by this table.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */

import { type PolicyDocument, policyDocument, statement } from './statement';

/** Service → operation → the action that it needs; null where it needs none. */
export const READER_OPERATIONS = {
  // Anybody may ask who they are, even where a policy denies it.
  sts: { GetCallerIdentity: null },
  iam: {
    GetAccountAuthorizationDetails: 'iam:GetAccountAuthorizationDetails',
    ListRoles: 'iam:ListRoles',
    ListAccessKeys: 'iam:ListAccessKeys',
    GetAccessKeyLastUsed: 'iam:GetAccessKeyLastUsed',
    GetLoginProfile: 'iam:GetLoginProfile',
    ListOpenIDConnectProviders: 'iam:ListOpenIDConnectProviders',
    GetOpenIDConnectProvider: 'iam:GetOpenIDConnectProvider',
    ListSAMLProviders: 'iam:ListSAMLProviders',
  },
  s3: {
    ListBuckets: 's3:ListAllMyBuckets',
    GetBucketLocation: 's3:GetBucketLocation',
    GetBucketPolicy: 's3:GetBucketPolicy',
    GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
    GetBucketOwnershipControls: 's3:GetBucketOwnershipControls',
    GetBucketAcl: 's3:GetBucketAcl',
    GetBucketEncryption: 's3:GetEncryptionConfiguration',
    GetBucketVersioning: 's3:GetBucketVersioning',
    GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
    GetBucketLogging: 's3:GetBucketLogging',
    GetBucketReplication: 's3:GetReplicationConfiguration',
    ListBucketInventoryConfigurations: 's3:GetInventoryConfiguration',
    GetBucketWebsite: 's3:GetBucketWebsite',
    GetBucketNotificationConfiguration: 's3:GetBucketNotification',
    GetBucketCors: 's3:GetBucketCORS',
    GetBucketAccelerateConfiguration: 's3:GetAccelerateConfiguration',
  },
  s3control: {
    GetPublicAccessBlock: 's3:GetAccountPublicAccessBlock',
    ListAccessPoints: 's3:ListAccessPoints',
    GetAccessPointPolicy: 's3:GetAccessPointPolicy',
    ListAccessGrants: 's3:ListAccessGrants',
    ListAccessGrantsLocations: 's3:ListAccessGrantsLocations',
  },
  kms: {
    ListAliases: 'kms:ListAliases',
    GetKeyPolicy: 'kms:GetKeyPolicy',
    ListGrants: 'kms:ListGrants',
  },
  secretsmanager: {
    ListSecrets: 'secretsmanager:ListSecrets',
    GetResourcePolicy: 'secretsmanager:GetResourcePolicy',
  },
  rolesanywhere: {
    ListTrustAnchors: 'rolesanywhere:ListTrustAnchors',
    ListProfiles: 'rolesanywhere:ListProfiles',
  },
  transfer: {
    ListServers: 'transfer:ListServers',
    ListUsers: 'transfer:ListUsers',
    DescribeUser: 'transfer:DescribeUser',
    ListAccesses: 'transfer:ListAccesses',
    DescribeAccess: 'transfer:DescribeAccess',
  },
  cloudformation: {
    DescribeStacks: 'cloudformation:DescribeStacks',
    ListStackResources: 'cloudformation:ListStackResources',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string | null>>>>;

/** A service that is asked, as its endpoint names it. */
export type ReaderService = keyof typeof READER_OPERATIONS;

/** The beginning of the name of every secret of an integration; no other secret's policy is read. */
export const SECRETS_READ = 'integrations/';

const OF_SECRETS: readonly string[] = ['secretsmanager:GetResourcePolicy'];

/**
 * The least that a reader of snapshots needs, and nothing else. It reads who may do what, and no object, no secret's value.
 *
 * Most of these actions know no narrower resource than all of an account's; a list is one of the whole account.
 */
export function readerPolicy(partition: string): PolicyDocument {
  const actions = Object.values(READER_OPERATIONS).flatMap((operations) =>
    Object.values(operations as Readonly<Record<string, string | null>>).flatMap((action) => action ?? []),
  );
  const secrets = `arn:${partition}:secretsmanager:*:*:secret:${SECRETS_READ}*`;
  const others = [...new Set(actions.filter((action) => !OF_SECRETS.includes(action)))].sort();
  return policyDocument([
    statement({ Sid: 'ReadAccess', Effect: 'Allow', Action: others, Resource: '*' }),
    statement({ Sid: 'ReadPoliciesOfSecrets', Effect: 'Allow', Action: OF_SECRETS, Resource: secrets }),
  ]);
}
