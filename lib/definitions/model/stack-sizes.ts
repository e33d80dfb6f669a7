import type { Kind } from '../../rules/vocabulary';
import type { Bucket, Client, Integration } from './model';

/** How much one stack holds. */
export interface StackSize {
  readonly resources: number;
  readonly outputs: number;
}

/** Of a client's stacks, by part; its own is `undefined`. */
export type StackSizes = ReadonlyMap<number | undefined, StackSize>;

/** A role, a user, or statements in a policy. */
const RESOURCES: Readonly<Record<Kind, number>> = {
  'assumed-role': 1,
  'direct-trust': 0,
  'roles-anywhere': 2,
  'web-identity': 1,
  'access-key': 1,
};

/** What one integration adds to its stack. */
export function sizeOf(integration: Integration): StackSize {
  const own = integration.dedicatedBucket ? bucketResources(integration.dedicatedBucket) : 0;
  const slots = integration.kind === 'access-key' ? 2 * integration.keys.length : 0;
  const anchor = integration.kind === 'roles-anywhere' && integration.certificateAuthority !== undefined ? 1 : 0;
  const point = integration.kind === 'direct-trust' && integration.accessPoint ? 1 : 0;
  return { resources: own + RESOURCES[integration.kind] + slots + anchor + point, outputs: 1 };
}

/**
 * How much each of a client's stacks holds; a test holds it against the templates.
 *
 * @param files its integrations, where more of them are known than those that could be read: each has an output
 */
export function stackSizes(
  client: Client,
  files: readonly { readonly stackPart?: number }[] = client.integrations,
): StackSizes {
  const sizes = new Map<number | undefined, StackSize>([[undefined, ownSize(client, files)]]);
  const add = (part: number | undefined, { resources, outputs }: StackSize) =>
    sizes.set(part, plus(sizes.get(part), { resources, outputs }));
  for (const { stackPart } of files) add(stackPart, { resources: 0, outputs: 1 });
  for (const one of client.integrations) add(one.stackPart, { ...sizeOf(one), outputs: 0 });
  return new Map([...sizes].sort(([a = 0], [b = 0]) => a - b).map(([part, size]) => [part, standing(size)]));
}

/** Whether nothing of a client's stack would be a resource. */
export function isBare(client: Client, part: number | undefined): boolean {
  const own = part === undefined ? bucketResources(client.bucket) : 0;
  return own === 0 && client.integrations.every((one) => one.stackPart !== part || sizeOf(one).resources === 0);
}

/** CloudFormation has no stack without a resource, so that one is put in which does nothing. */
function standing(size: StackSize): StackSize {
  return size.resources === 0 ? { ...size, resources: 1 } : size;
}

/** One stack with something more in it. */
export function plus(size: StackSize = { resources: 0, outputs: 0 }, more: StackSize): StackSize {
  return { resources: size.resources + more.resources, outputs: size.outputs + more.outputs };
}

/** What a client's own stack holds beside its integrations. */
function ownSize({ bucket }: Client, files: readonly { readonly stackPart?: number }[]): StackSize {
  const shown =
    !bucket.existing && bucket.kmsKey === 'create' && files.some(({ stackPart }) => stackPart !== undefined);
  // The parts' roles name the key that is made here, whose ARN nobody knows beforehand.
  return { resources: bucketResources(bucket), outputs: shown ? 1 : 0 };
}

function bucketResources({ existing, kmsKey }: Bucket): number {
  return existing ? 0 : kmsKey === 'create' ? 3 : 2;
}
