/**
 * Everything that says which S3 actions an integration gets, and where. With trust.ts, the whole of
 * what an auditor has to read: no other file grants an S3 action or builds a condition on a prefix.
 */

import { quote } from '../text/quote';
import type { Finding } from './finding';
import { origins, type Restrictions, untilExpiry } from './restrictions';
import { allOf, type Conditions, oneOrMany, type Statement, statement } from './statement';

/** What an integration may do under its prefix. */
export enum Capability {
  /** See the keys under the prefix; of a whole bucket, uploads in progress too. */
  LIST = 'list',
  /** Fetch objects. */
  READ = 'read',
  /** Put objects, in one piece or in parts. */
  WRITE = 'write',
  /** Delete objects. */
  DELETE = 'delete',
  /** See and fetch earlier versions; with `delete`, delete them. */
  VERSIONS = 'versions',
  /** Read and set object tags; with `delete`, delete them. */
  TAGS = 'tags',
  /** Send the canned ACL `bucket-owner-full-control`; no other ACL. */
  ACL = 'acl',
  /** Read an object's retention and legal hold. */
  RETENTION_READ = 'retention-read',
  /** List from the bucket's root, which shows other integrations' key names. */
  ROOT_LIST = 'root-list',
  /** See the names of all the account's buckets. */
  LIST_BUCKETS = 'list-buckets',
}

/** What an integration may do where its definition does not say. */
export const DEFAULT_ACCESS: readonly Capability[] = [Capability.LIST, Capability.READ, Capability.WRITE];

const UPLOADS_IN_PROGRESS = 's3:ListBucketMultipartUploads';

/** The S3 actions of a capability that stand in the statements which all capabilities share. */
interface Actions {
  /** On the bucket; they take an `s3:prefix`. */
  readonly bucket?: readonly string[];
  /** On objects. Aborting and listing parts of an upload are on the object, not on the bucket. */
  readonly objects?: readonly string[];
  /** On objects, where `delete` is granted too. */
  readonly withDelete?: readonly string[];
  /** What it needs of the key of an encrypted bucket. */
  readonly key?: keyof typeof KEY_ACTIONS;
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const ACTIONS: Readonly<Record<Capability, Actions>> = {
  [Capability.LIST]: { bucket: ['s3:ListBucket', UPLOADS_IN_PROGRESS] },
  [Capability.READ]: { objects: ['s3:GetObject', 's3:GetObjectAttributes'], key: 'reads' },
  [Capability.WRITE]: {
    objects: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    key: 'writes',
  },
  [Capability.DELETE]: { objects: ['s3:DeleteObject'] },
  [Capability.VERSIONS]: {
    bucket: ['s3:ListBucketVersions'],
    objects: ['s3:GetObjectVersion', 's3:GetObjectVersionAttributes', 's3:GetObjectVersionTagging'],
    withDelete: ['s3:DeleteObjectVersion'],
    key: 'reads',
  },
  [Capability.TAGS]: {
    objects: ['s3:GetObjectTagging', 's3:PutObjectTagging'],
    withDelete: ['s3:DeleteObjectTagging'],
  },
  [Capability.RETENTION_READ]: { objects: ['s3:GetObjectRetention', 's3:GetObjectLegalHold'] },
  // Each has a statement of its own, in `s3Statements`.
  [Capability.ACL]: {},
  [Capability.ROOT_LIST]: {},
  [Capability.LIST_BUCKETS]: {},
};

/** What some capabilities bring on the bucket, in one order whatever order they are in. */
function onBucket(access: readonly Capability[]): string[] {
  return among(access).flatMap((capability) => ACTIONS[capability].bucket ?? []);
}

/** What some capabilities bring on objects, likewise. */
function onObjects(access: readonly Capability[]): string[] {
  return among(access).flatMap((capability) => {
    const { objects = [], withDelete = [] } = ACTIONS[capability];
    return access.includes(Capability.DELETE) ? [...objects, ...withDelete] : objects;
  });
}

/**
 * What an integration must have to be allowed an S3 action: nothing for what every integration may, undefined for what none may.
 *
 * @param prefix the prefix that a listing names, empty for the root
 */
export function capabilitiesFor(action: string, prefix?: string): readonly Capability[] | undefined {
  if (action === 's3:GetBucketLocation') return [];
  if (action === 's3:ListBucket' && prefix === '') return [Capability.ROOT_LIST];
  if (action === 's3:PutObjectAcl') return [Capability.ACL];
  if (action === 's3:ListAllMyBuckets') return [Capability.LIST_BUCKETS];
  const every = Object.values(Capability);
  const alone = every.find((each) => [ACTIONS[each].bucket, ACTIONS[each].objects].flat().includes(action));
  if (alone !== undefined) return [alone];
  const both = every.find((each) => ACTIONS[each].withDelete?.includes(action));
  return both === undefined ? undefined : [both, Capability.DELETE];
}

function among(access: readonly Capability[]): Capability[] {
  return Object.values(Capability).filter((capability) => access.includes(capability));
}

/**
 * Actions on the bucket's KMS key. Parts of an upload are decrypted again when it is completed, so writing needs
 * `kms:Decrypt` too.
 * @see https://repost.aws/knowledge-center/s3-large-file-encryption-kms-key
 */
const KEY_ACTIONS = { reads: ['kms:Decrypt'], writes: ['kms:GenerateDataKey', 'kms:Decrypt'] } as const;

function onKey(access: readonly Capability[]): string[] {
  const uses = among(access).map((capability) => ACTIONS[capability].key);
  return [...new Set((['reads', 'writes'] as const).flatMap((use) => (uses.includes(use) ? KEY_ACTIONS[use] : [])))];
}

/** Where one integration may act, and how. */
export interface Confinement extends Restrictions {
  readonly bucketArn: string;
  /** The access point through which alone it may act, if it has one. */
  readonly accessPointArn?: string;
  /** In canonical form (see {@link canonicalPrefix}); the empty string is the whole bucket. */
  readonly prefix: string;
  readonly access: readonly Capability[];
  /** The ARN of the bucket's KMS key; SSE-S3 without one. */
  readonly keyArn?: string;
  /**
   * Whether the bucket's own policy and ownership settings are known to refuse plain HTTP and ACLs.
   * Where they are not, the integration's own statements do.
   */
  readonly bucketIsGuarded: boolean;
}

/**
 * The statements on the bucket and its objects, without principals. No action stands under a condition on a key that it
 * does not carry: S3 refuses a bucket policy with such a one, and in an identity policy it would never match.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export function s3Statements(confinement: Confinement): Statement[] {
  const { bucketArn, accessPointArn, prefix, access } = confinement;
  const whole = prefix === '';
  const place = accessPointArn ?? bucketArn;
  const objects = `${objectsIn(confinement)}${prefix}*`;
  const under: Conditions | undefined = whole ? undefined : { StringLike: { 's3:prefix': `${prefix}*` } };
  const statements: Statement[] = [
    // Neither call carries an s3:prefix: under a prefix condition they would never match.
    { Sid: 'Location', Effect: 'Allow', Action: 's3:GetBucketLocation', Resource: place },
  ];
  // It carries no s3:prefix, and AWS's reference does not name access points for it.
  const confined = !whole || accessPointArn !== undefined;
  const lists = onBucket(access).filter((action) => !(confined && action === UPLOADS_IN_PROGRESS));
  if (lists.length > 0) {
    statements.push({ Sid: 'List', Effect: 'Allow', Action: oneOrMany(lists), Resource: place, Condition: under });
  }
  if (access.includes(Capability.ROOT_LIST) && !(whole && access.includes(Capability.LIST))) {
    // Some clients leave the parameter out, others send it empty.
    const atRoot = { StringEqualsIfExists: { 's3:prefix': '' } };
    statements.push({
      Sid: 'RootList',
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: place,
      Condition: atRoot,
    });
  }
  if (access.includes(Capability.LIST_BUCKETS)) {
    statements.push({ Sid: 'ListBuckets', Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' });
  }
  const actions = onObjects(access);
  if (actions.length > 0) {
    statements.push({ Sid: 'Objects', Effect: 'Allow', Action: oneOrMany(actions), Resource: objects });
  }
  if (access.includes(Capability.ACL)) {
    // Where ACLs are disabled no other ACL can be set; elsewhere an upload could make itself public.
    const operator = confinement.bucketIsGuarded ? 'StringEqualsIfExists' : 'StringEquals';
    const owned = { [operator]: { 's3:x-amz-acl': 'bucket-owner-full-control' } };
    statements.push({ Sid: 'Acl', Effect: 'Allow', Action: 's3:PutObjectAcl', Resource: objects, Condition: owned });
  }
  const tls = confinement.bucketIsGuarded ? undefined : { Bool: { 'aws:SecureTransport': 'true' } };
  const allowed = origins(confinement).flatMap((origin, at) =>
    statements.map((s) =>
      statement({
        ...s,
        Sid: at === 0 ? s.Sid : `${s.Sid}${at + 1}`,
        Condition: allOf(s.Condition, origin, untilExpiry(confinement), tls),
      }),
    ),
  );
  return [...allowed, ...foreignEncryption(confinement)];
}

const ENCRYPTION = 's3:x-amz-server-side-encryption';

/**
 * Denies what is encrypted so that the bucket's owner cannot read it: with another key than the bucket's, with `aws:kms`
 * and no key (which would be a key of the requester's own account), or with a key that the caller sends along. Of these
 * keys of conditions `s3:PutObject` alone knows, and the parts of a multipart upload have no such header: a request
 * without one passes. Denies, because one for all origins is shorter than an Allow for each.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html (a negated operator is true where the key is missing)
 */
function foreignEncryption(confinement: Confinement): Statement[] {
  const { keyArn, access, bucketIsGuarded } = confinement;
  if (!access.includes(Capability.WRITE)) return [];
  const deny = (Sid: string, Condition: Conditions): Statement => ({
    Sid,
    Effect: 'Deny',
    Action: 's3:PutObject',
    // Shorter than with the prefix, beyond which nothing is allowed anyway.
    Resource: `${objectsIn(confinement)}*`,
    Condition,
  });
  const isAsked = { Null: { [ENCRYPTION]: 'false' } };
  const [key, value] = keyArn === undefined ? [ENCRYPTION, 'AES256'] : [`${ENCRYPTION}-aws-kms-key-id`, keyArn];
  return [
    deny('Encryption', { ...isAsked, StringNotEquals: { [key]: value } }),
    // A created bucket refuses these by its own setting.
    ...(bucketIsGuarded ? [] : [deny('CallersKey', { Null: { [`${ENCRYPTION}-customer-algorithm`]: 'false' } })]),
  ];
}

/**
 * The statements on the bucket's KMS key, without principals: only through S3 in the bucket's
 * region. No `aws:SourceIp` or `aws:SourceVpce` here: the request comes from S3, not from the vendor.
 *
 * @param keyArn in an identity policy; `*` in the key's own policy, where it means that key
 * @param viaService for example `s3.eu-west-1.amazonaws.com`
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export function keyStatements(confinement: Confinement, keyArn: string, viaService: string): Statement[] {
  const actions = onKey(confinement.access);
  if (actions.length === 0) return [];
  const via = { StringEquals: { 'kms:ViaService': viaService } };
  return [
    statement({
      Sid: 'Key',
      Effect: 'Allow',
      Action: oneOrMany(actions),
      Resource: keyArn,
      Condition: allOf(via, untilExpiry(confinement)),
    }),
  ];
}

/** What the ARNs of objects begin with. */
function objectsIn({ bucketArn, accessPointArn }: Pick<Confinement, 'bucketArn' | 'accessPointArn'>): string {
  return accessPointArn === undefined ? `${bucketArn}/` : `${accessPointArn}/object/`;
}

/** Where a bucket policy hands decisions on to. */
export interface Delegation {
  readonly bucketArn: string;
  /** Of the bucket and the access points. */
  readonly account: string;
  /** The ARNs of the access points, as IAM's pattern. */
  readonly accessPoints: string;
}

/**
 * Lets a bucket's policy leave it to access points who may do what any integration may: both must allow a request. No
 * bucket administration is among it. A principal that may make access points for the bucket in its own account, and name them
 * so, could hand on as much: that is an administrator of the bucket. A fixed account keeps the policy from being public.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html#access-points-delegating-control
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function delegated({ bucketArn, account, accessPoints }: Delegation): Statement {
  const every = Object.values(Capability);
  const actions = [...onBucket(every), ...onObjects(every)];
  return {
    Sid: 'AccessPoints',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: ['s3:GetBucketLocation', ...actions, 's3:PutObjectAcl'],
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: {
      StringEquals: { 's3:DataAccessPointAccount': account },
      StringLike: { 's3:DataAccessPointArn': accessPoints },
    },
  };
}

/** Refuses plain HTTP to everybody, the bucket's owner included. */
export function tlsOnly(bucketArn: string, accessPointArn?: string): Statement {
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 's3:*',
    Resource: [accessPointArn ?? bucketArn, `${objectsIn({ bucketArn, accessPointArn })}*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}

/** Whose server access logs go where. */
export interface LogDelivery {
  /** The ARN of the bucket that receives them. */
  readonly logs: string;
  /** What the keys of the logs begin with. */
  readonly prefix: string;
  /** The ARN of the bucket whose logs they are. */
  readonly source: string;
  /** The account of that bucket. */
  readonly account: string;
}

/**
 * Lets S3 deliver one bucket's server access logs.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general
 */
export function logDelivery({ logs, prefix, source, account }: LogDelivery): Statement {
  return {
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${logs}/${prefix}*`,
    Condition: { ArnLike: { 'aws:SourceArn': source }, StringEquals: { 'aws:SourceAccount': account } },
  };
}

/**
 * What the policy of a suspended or pending integration says: nothing works, not even in a session
 * that began before, and not by any other policy either.
 */
export function denyEverything(): Statement {
  return { Sid: 'NotActive', Effect: 'Deny', Action: '*', Resource: '*' };
}

const MAX_PREFIX_BYTES = 512;

/** The prefix as policies use it: no leading slash, one at the end. */
export function canonicalPrefix(prefix: string): string {
  const bare = prefix.startsWith('/') ? prefix.slice(1) : prefix;
  return bare === '' || bare.endsWith('/') ? bare : `${bare}/`;
}

/** What is wrong with a prefix in canonical form; a prefix is data and must never act as a pattern. */
export function checkPrefix(prefix: string): Finding[] {
  if (prefix === '') {
    return [
      {
        code: 'prefix-empty',
        message: 'an empty prefix is the whole bucket',
        fix: 'name a prefix, or give the integration a dedicatedBucket with wholeBucket: true',
      },
    ];
  }
  const findings: Finding[] = [];
  if (/[*?]/.test(prefix)) {
    findings.push({
      code: 'prefix-wildcard',
      message: `the prefix ${quote(prefix)} has a character that IAM reads as a wildcard`,
      fix: 'write the prefix without * and ?; everything under it is included already',
    });
  } else if (prefix.includes('$')) {
    findings.push({
      code: 'prefix-variable',
      message: `the prefix ${quote(prefix)} has a $, with which IAM policy variables begin`,
      fix: 'write the prefix without $, braces and variables',
    });
  } else if (/[^A-Za-z0-9!_.'()=+@,:/-]/.test(prefix)) {
    findings.push({
      code: 'prefix-character',
      message: `the prefix ${quote(prefix)} has a character that is not safe in an S3 key everywhere`,
      fix: "use only A-Z a-z 0-9 ! _ . ' ( ) = + @ , : - in its segments",
    });
  }
  const segments = prefix.slice(0, -1).split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    findings.push({
      code: 'prefix-segment',
      message: `the prefix ${quote(prefix)} has an empty, . or .. segment`,
      fix: 'write every segment between single slashes with its own name',
    });
  }
  const bytes = Buffer.byteLength(prefix);
  if (bytes > MAX_PREFIX_BYTES) {
    findings.push({
      code: 'prefix-too-long',
      message: `the prefix is ${bytes} bytes long; at most ${MAX_PREFIX_BYTES} are allowed`,
      fix: 'shorten it: S3 keys end at 1,024 bytes, and the vendor needs room for its own names',
    });
  }
  return findings;
}

/** Whether one of two canonical prefixes lies under the other, so that one vendor would see the other's keys. */
export function overlaps(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}
