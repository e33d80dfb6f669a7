/** How a request misses a condition or a resource of an integration: undefined where it meets it. */
import { BlockList } from 'node:net';
import type { Need } from './calls';
import type { Circumstances } from './request';
import { bucketOf, prefixOf, type Subject } from './subjects';

/** An hour at which the tests' definitions are neither too early nor, by their dates, too late. */
export const NOW = '2026-11-22T12:00:00Z';
export const LOOPBACK = '127.0.0.1';

/** How a value misses those that would do. */
export function missed(value: string | undefined, right: readonly string[]): string | undefined {
  if (value === undefined) return 'missing';
  return right.includes(value) ? undefined : 'other';
}

/** How a listed prefix misses the one that may be listed: beside it, were it not for the slash. */
export function besidePrefix(own: string, prefix: string | undefined): string | undefined {
  if (own === '') return undefined;
  if (prefix === undefined) return 'missing';
  if (prefix.startsWith(own)) return undefined;
  return prefix.startsWith(own.slice(0, -1)) ? 'beside' : 'elsewhere';
}

/** How a resource misses those of an integration. */
export function outside(one: Subject, { bucket, key, kmsKeyOf }: Need): string | undefined {
  if (kmsKeyOf !== undefined) return kmsKeyOf === one.client ? undefined : 'other key';
  const own = bucketOf(one);
  if (bucket !== own) return prefixOf(one) === '' && bucket?.startsWith(own) ? 'beside' : 'other bucket';
  return key === undefined ? undefined : besidePrefix(prefixOf(one), key);
}

/** Dates, addresses and endpoints, which bind every statement. */
export function everywhere(one: Subject, action: string, circumstances: Circumstances): [string, string | undefined][] {
  const { address = LOOPBACK, endpoint } = circumstances;
  const late = one.expires !== undefined && (circumstances.at ?? NOW) >= `${one.expires}T00:00:00Z`;
  // S3 uses the key, from where S3 is.
  const fromSomewhere = action.startsWith('s3:');
  return [
    ['aws:CurrentTime', late ? 'late' : undefined],
    ['aws:SourceIp', fromSomewhere && one.sourceIps && !within(address, one.sourceIps) ? 'other' : undefined],
    ['aws:SourceVpce', fromSomewhere && one.vpcEndpoints ? missed(endpoint, one.vpcEndpoints) : undefined],
  ];
}

function within(address: string, ranges: readonly string[]): boolean {
  const list = new BlockList();
  for (const [net = '', bits] of ranges.map((range) => range.split('/'))) list.addSubnet(net, Number(bits));
  return list.check(address);
}
