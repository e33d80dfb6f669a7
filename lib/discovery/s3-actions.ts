/** S3's actions: which there are, what they are on, and what they are called for people. */
import { ACTIONS } from '../access/action-table';
import { Capability, s3Statements } from '../rules/confinement';
import { actionMatches } from './globs';

const { touching, inert } = ACTIONS.bucket;

/** Every action of S3 that is known. */
const S3_ACTIONS: readonly string[] = [...touching, ...inert].filter((action) => action.startsWith('s3:'));

/** Actions of S3 that a pattern means, as AWS writes them; one that nobody knows is itself. */
export function actionsMeant(pattern: string): readonly string[] {
  if (!/[*?]/.test(pattern)) {
    const known = S3_ACTIONS.find((action) => action.toLowerCase() === pattern.toLowerCase());
    if (known !== undefined) return [known];
    return /^s3:\w+$/i.test(pattern) ? [pattern] : [];
  }
  return S3_ACTIONS.filter((action) => actionMatches(pattern, action));
}

/** Those that no pattern of a `NotAction` means. */
export function actionsBut(patterns: readonly string[]): readonly string[] {
  return S3_ACTIONS.filter((action) => !patterns.some((pattern) => actionMatches(pattern, action)));
}

/** What an action is on. */
export type On = 'account' | 'bucket' | 'objects';

const ON_OBJECTS = new Set(
  [
    'AbortMultipartUpload',
    'ListMultipartUploadParts',
    'BypassGovernanceRetention',
    'ReplicateDelete',
    'ReplicateTags',
  ].map((name) => `s3:${name}`),
);

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export function onWhat(action: string): On {
  if (action === 's3:ListAllMyBuckets') return 'account';
  if (ON_OBJECTS.has(action) || action === 's3:ObjectOwnerOverrideToBucketOwner') return 'objects';
  return /Object/.test(action) && !/Bucket|ObjectLambda/.test(action) ? 'objects' : 'bucket';
}

/** Whether it changes the bucket, or only reads what it is like. */
export function administers(action: string): boolean {
  return onWhat(action) === 'bucket' && touching.includes(action) && !/^s3:List/.test(action);
}

/** What a definition with these capabilities gives: the actions, wherever they are. */
export function actionsGiven(prefix: string, access: readonly Capability[]): ReadonlySet<string> {
  const statements = s3Statements({ bucketArn: '', prefix, access, bucketIsGuarded: true });
  return new Set(statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action));
}

/** The actions by which a capability is known, of which one is enough, and those without which it would give more than there is. */
export const KNOWN_BY: Readonly<
  Record<Capability, { readonly one: readonly string[]; readonly all?: readonly string[] }>
> = {
  [Capability.LIST]: { one: ['s3:ListBucket'] },
  [Capability.READ]: { one: ['s3:GetObject'] },
  [Capability.WRITE]: { one: ['s3:PutObject'] },
  [Capability.DELETE]: { one: ['s3:DeleteObject'] },
  [Capability.VERSIONS]: { one: ['s3:GetObjectVersion', 's3:ListBucketVersions'] },
  [Capability.TAGS]: { one: ['s3:PutObjectTagging'], all: ['s3:GetObjectTagging', 's3:PutObjectTagging'] },
  [Capability.ACL]: { one: ['s3:PutObjectAcl'] },
  [Capability.RETENTION_READ]: { one: ['s3:GetObjectRetention', 's3:GetObjectLegalHold'] },
  [Capability.ROOT_LIST]: { one: [] },
  [Capability.LIST_BUCKETS]: { one: ['s3:ListAllMyBuckets'] },
};

/** What `delete` adds to a capability. */
export const WITH_DELETE: Readonly<Partial<Record<Capability, string>>> = {
  [Capability.VERSIONS]: 's3:DeleteObjectVersion',
  [Capability.TAGS]: 's3:DeleteObjectTagging',
};

const WORDS: Readonly<Record<string, string>> = {
  's3:GetObject': 'read objects',
  's3:PutObject': 'write objects',
  's3:DeleteObject': 'delete objects',
  's3:GetObjectVersion': 'read earlier versions',
  's3:DeleteObjectVersion': 'delete versions for good',
  's3:GetObjectTagging': 'read tags',
  's3:PutObjectTagging': 'change tags',
  's3:DeleteObjectTagging': 'delete tags',
  's3:GetObjectAcl': 'read ACLs',
  's3:PutObjectAcl': 'set ACLs',
  's3:GetObjectRetention': 'read retentions',
  's3:PutObjectRetention': 'change retentions',
  's3:BypassGovernanceRetention': 'override retentions',
  's3:RestoreObject': 'restore archived objects',
};

/** Those that others bring with them, or that nobody asks about. */
const WITHOUT_WORDS = new Set(
  ['GetObjectAttributes', 'GetObjectVersionAttributes', 'AbortMultipartUpload', 'ListMultipartUploadParts'].map(
    (name) => `s3:${name}`,
  ),
);

/** What may be done with objects, in a few words each; at most so many, the most telling first. */
export function objectWords(actions: ReadonlySet<string>, most = 6): readonly string[] {
  const named = Object.keys(WORDS).filter((action) => actions.has(action));
  const others = [...actions].filter((action) => !(action in WORDS) && !WITHOUT_WORDS.has(action)).sort();
  const all = [...named.map((action) => WORDS[action] ?? action), ...others];
  return all.length <= most ? all : [...all.slice(0, most), `${all.length - most} other actions`];
}
