/** What is asked of S3 by, or as if by, one integration. */
import {
  BUCKET_CALLS,
  type Call,
  ENCRYPTIONS,
  type Encryption,
  LIST_CALLS,
  needs,
  OBJECT_CALLS,
  type ObjectCall,
} from './calls';
import { brings } from './contract';
import type { Asked, Who } from './request';
import { BUCKETS, bucketOf, prefixOf, SIMULATED_CLIENT, SUBJECTS, type Subject } from './subjects';

/** Keys that are there in each prefix from the start; others are made by who asks. */
export const SEEDS = ['seed', 'acl'];

function keyFor(does: ObjectCall): string {
  if (does.endsWith('Acl') && does.startsWith('PutObject')) return does === 'PutObjectAcl' ? 'acl' : 'new-with-acl';
  if (/^(?:Put|Delete)Object(?:Tagging|Retention|LegalHold)$/.test(does) || does.startsWith('Get')) return 'seed';
  if (does === 'HeadObject') return 'seed';
  return does.startsWith('Delete') ? 'gone' : `new-by-${does}`;
}

const object = (does: ObjectCall, bucket: string, prefix: string, acl?: string): Call => ({
  does,
  bucket,
  key: `${prefix}${keyFor(does)}`,
  ...(acl && { acl }),
});

/** Under the prefix and in its bucket: every call there is. */
export function everyCall(one: Subject, who: Who): Asked[] {
  const [bucket, prefix] = [bucketOf(one), prefixOf(one)];
  const calls: Call[] = [
    ...OBJECT_CALLS.map((does) => object(does, bucket, prefix)),
    ...(['PutObjectAcl', 'PutObjectWithAcl'] as const).map((does) => object(does, bucket, prefix, 'public-read')),
    ...(['ListObjectsV2', 'ListObjectVersions'] as const).flatMap((does) =>
      listed(prefix).map((each): Call => ({ does, bucket, ...each })),
    ),
    { does: 'ListMultipartUploads', bucket },
    { does: 'ListMultipartUploads', bucket, prefix },
    ...BUCKET_CALLS.map((does): Call => ({ does, bucket })),
    { does: 'CopyObject', from: { bucket, key: `${prefix}seed` }, to: { bucket, key: `${prefix}copied` } },
    { does: 'ListBuckets' },
  ];
  return calls.map((call) => [who, call]);
}

/** Prefixes inside, bare, beside, above and away from one; and none. */
function listed(prefix: string): { prefix?: string }[] {
  const bare = prefix.slice(0, -1);
  const inside = ['', 's', '2026/'].map((more) => `${prefix}${more}`);
  const parent = bare.includes('/') ? [`${bare.split('/')[0]}/`] : [];
  const beside = prefix === '' ? ['anything/'] : [bare, bare.slice(0, -1), `${bare}2/`, ...parent];
  return [...inside, ...beside, 'nobody/', ''].map((each) => ({ prefix: each }) as { prefix?: string }).concat({});
}

/** One call for each permission that the integration has, as it is meant to be used. */
export function oneOfEach(one: Subject, who: Who): Asked[] {
  const [bucket, prefix] = [bucketOf(one), prefixOf(one)];
  const calls: Call[] = [
    { does: 'GetBucketLocation', bucket },
    ...LIST_CALLS.map((does): Call => ({ does, bucket, prefix })),
    ...OBJECT_CALLS.map((does) => object(does, bucket, prefix)),
  ];
  const root: Call[] = one.access.includes('root-list') ? [{ does: 'ListObjectsV2', bucket }] : [];
  return [...singly(one, calls), ...root].map((call) => [who, call]);
}

/** For each permission that the integration has while in use, the first call that shows it. */
function singly(one: Subject, calls: readonly Call[]): Call[] {
  const first = new Map<string, Call>();
  for (const call of calls) {
    const wanted = needs(call);
    const action = wanted.at(-1)?.action ?? '';
    const single = wanted.length === 1 || action.endsWith('Attributes');
    if (single && !first.has(action) && wanted.every((need) => brings(one, need))) first.set(action, call);
  }
  return [...first.values()];
}

/** The same permissions where they must not reach. */
export function besides(one: Subject, who: Who): Asked[] {
  const [bucket, prefix] = [bucketOf(one), prefixOf(one)];
  const neighbours = SUBJECTS.filter((other) => bucketOf(other) === bucket && other !== one).slice(0, 2);
  const places: [string, string][] = [
    ...(prefix === '' ? [] : [[bucket, `${prefix.slice(0, -1)}2/`] as [string, string]]),
    ...neighbours.map((other): [string, string] => [bucket, prefixOf(other)]),
    ...elsewhere(one).map((other): [string, string] => [other, prefix]),
  ];
  const calls = oneOfEach(one, who).map(([, call]) => call);
  const moved = places.flatMap(([to, under]) =>
    calls.flatMap((call): Call[] => {
      if ('key' in call) return [object(call.does, to, under)];
      return to === bucket || !('bucket' in call) ? [] : [{ ...call, bucket: to }];
    }),
  );
  const own = { bucket, key: `${prefix}seed` };
  const bare: Call[] = prefix === '' ? [] : [{ does: 'GetObject', bucket, key: prefix.slice(0, -1) }];
  const copies = places.flatMap(([to, under]): Call[] => [
    { does: 'CopyObject', from: { bucket: to, key: `${under}seed` }, to: { bucket, key: `${prefix}copied` } },
    { does: 'CopyObject', from: own, to: { bucket: to, key: `${under}copied` } },
  ]);
  return [...moved, ...bare, ...copies].map((call) => [who, call]);
}

/** Another client's bucket, and one whose name begins like this one's. */
function elsewhere(one: Subject): string[] {
  const own = bucketOf(one);
  const others = [...BUCKETS].filter(([bucket]) => bucket !== own);
  const foreign = others.filter(([, client]) => client !== one.client && client !== SIMULATED_CLIENT).slice(-1);
  return [...others.filter(([bucket]) => bucket.startsWith(own)), ...foreign].map(([bucket]) => bucket);
}

/** Uploads that ask to be encrypted. */
export function encrypted(one: Subject, who: Who): Asked[] {
  if (!one.access.includes('write')) return [];
  const upload = { does: 'PutObject', bucket: bucketOf(one), key: `${prefixOf(one)}encrypted` } as const;
  return (Object.keys(ENCRYPTIONS) as Encryption[]).map((encryption) => [who, { ...upload, encryption }]);
}

/** The same permissions without TLS. */
export function plainly(one: Subject, who: Who): Asked[] {
  return oneOfEach(one, who).map(([, call]) => [who, call, { plainHttp: true }]);
}

/** Everybody else, with what the integration may do. */
export function othersTry(one: Subject): Asked[] {
  const calls = oneOfEach(one, { nobody: true }).map(([, call]) => call);
  const some = calls.filter(({ does }) =>
    ['GetBucketLocation', 'ListObjectsV2', 'GetObject', 'PutObject'].includes(does),
  );
  const people = (['intern', 'stranger'] as const).flatMap((person) =>
    (one.kind === 'direct-trust' ? calls : some).map((call): Asked => [{ person }, call]),
  );
  // Who may assume a role may do nothing without assuming it.
  const vendor = one.kind === 'assumed-role' ? some.map((call): Asked => [{ person: 'reltio' }, call]) : [];
  return [...people, ...vendor, ...some.map((call): Asked => [{ nobody: true }, call])];
}
