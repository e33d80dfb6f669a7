/** Why a request of the matrix is denied: what was planted, by the subjects and the contract alone. */
import type { CauseCode } from '../../../lib/causes/cause';
import { CAPABILITIES, TOGETHER } from '../../simulation/capabilities';
import { type Call, type Need, needs } from './calls';
import { brings, nameOfOurs, waysTo } from './contract';
import { NOW } from './misses';
import { actors, idOf, letThrough, type Request, type Who } from './request';
import { bucketOf, prefixOf, SIMULATED_CLIENT, SUBJECTS, type Subject, subject } from './subjects';

/** Whose request it is, at which permission it ends, and what is wrong with it: each of these is a reason by itself. */
export interface Planted {
  readonly of: Subject;
  readonly need: Need;
  readonly reasons: readonly CauseCode[];
}

/** Undefined where the request is nobody's of the definitions: of a stranger, or of two who cannot be told apart. */
export function planted(request: Request): Planted | undefined {
  const { who, call, circumstances } = request;
  const need = needs(call).find((each) => !letThrough(waysTo(each, who, circumstances)));
  if (need === undefined) return undefined;
  const of = ownerOf(who, call, need);
  return of && { of, need, reasons: reasonsFor(of, need, request) };
}

function ownerOf(who: Who, call: Call, need: Need): Subject | undefined {
  if (call.does === 'AssumeRole') return subject(call.role);
  const name = nameOfOurs(who);
  if (name !== undefined) return subject(name);
  const guests = SUBJECTS.filter(
    (one) => one.kind === 'direct-trust' && bucketOf(one) === need.bucket && actors(one).map(idOf).includes(idOf(who)),
  );
  // Two of one principal are told apart by the prefix alone.
  const place = need.key ?? need.context['s3:prefix'] ?? '';
  return guests.length > 1 ? guests.find((one) => place.startsWith(prefixOf(one))) : guests[0];
}

function reasonsFor(of: Subject, need: Need, { who, call, circumstances }: Request): CauseCode[] {
  const { action, bucket, key, context } = need;
  const { at = NOW } = circumstances;
  const found: CauseCode[] = [];
  const prefix = prefixOf(of);
  if (of.expires !== undefined && at >= `${of.expires}T00:00:00Z`) found.push('expired');
  // The key itself is inactive.
  if (of.status !== undefined) found.push('keyOf' in who ? 'unknown-key' : 'not-active');
  if (need.role !== undefined) return found.length > 0 ? found : ['assume-denied'];
  if (need.kmsKeyOf !== undefined) return [...found, 'key-denied'];
  if (call.does === 'HeadBucket' && prefix !== '') found.push('head-bucket');
  if (bucket !== undefined && bucket !== bucketOf(of)) found.push('outside-prefix');
  if (key !== undefined && !key.startsWith(prefix)) found.push('outside-prefix');
  const listed = context['s3:prefix'];
  const lists = ['s3:ListBucket', 's3:ListBucketVersions'].includes(action);
  const root = !listed && action === 's3:ListBucket' && of.access.includes('root-list');
  if (lists && prefix !== '' && !root && !(listed ?? '').startsWith(prefix)) found.push('outside-prefix');
  const own: Need = { ...need, bucket: bucketOf(of), context: {}, ...(key === undefined ? {} : { key: `${prefix}x` }) };
  if (lacks(of, own)) found.push(lacksTags(of, action) ? 'tags-not-granted' : 'not-granted');
  if (action === 's3:PutObjectAcl' && context['s3:x-amz-acl'] !== 'bucket-owner-full-control')
    found.push('acl-refused');
  const right = of.client === SIMULATED_CLIENT ? "the client's key" : 'AES256';
  if ('encryption' in call && call.encryption !== right) found.push('foreign-key');
  if (circumstances.plainHttp) found.push('bucket-denies');
  if (of.sourceIps !== undefined || of.vpcEndpoints !== undefined) found.push('nothing-allowed');
  return [...new Set(found)];
}

function lacksTags(of: Subject, action: string): boolean {
  const objects = [
    ...(CAPABILITIES.tags?.objects ?? []),
    ...TOGETHER.filter(({ access }) => access.includes('tags')).map(({ object }) => object),
  ];
  return objects.includes(action) && !of.access.includes('tags');
}

/** A list of the root is another capability than one of the prefix. */
function lacks(of: Subject, need: Need): boolean {
  return need.action !== 's3:ListAllMyBuckets' || !of.access.includes('list-buckets') ? !brings(of, need) : false;
}
