import { bucketArn } from '../../rules/arns';
import { tlsOnly } from '../../rules/confinement';
import { internalPolicies, policiesOf } from '../../rules/intent';
import { type Limit, POLICY_LIMITS, policySize, STACK_LIMITS } from '../../rules/limits';
import { intentOf } from '../../rules/meant';
import { stackName } from '../../rules/stacks';
import { policyDocument, type Statement } from '../../rules/statement';
import { type Bucket, bucketOf, type Client, type Integration } from './model';
import { arnPlaceOf, internalIntentOf, placementOf } from './placement';
import { stackSizes } from './stack-sizes';

/** How much of one of AWS's limits is used. */
export interface Measure {
  readonly limit: Limit;
  readonly used: number;
  /** Whose policy it is; a bucket's or a stack's where there is none. */
  readonly integration?: Integration;
  /** Whose policy (or key's policy) it is. */
  readonly bucket?: Bucket;
  /** The stack that it is of, where it is no policy's. */
  readonly stack?: string;
}

/** How long the policies of a client will be: the same policies that the constructs make, before there is a stack. */
export function policyMeasures(client: Client): readonly Measure[] {
  const known = measured.get(client);
  if (known) return known;
  const measures = measure(client);
  measured.set(client, measures);
  return measures;
}

/** A client that is judged and then reported on is measured once. */
const measured = new WeakMap<Client, readonly Measure[]>();

function measure(client: Client): Measure[] {
  const measures: Measure[] = [];
  const buckets = new Map<Bucket, Statement[]>();
  const keys = new Map<Bucket, Statement[]>();
  for (const bucket of new Set([client.bucket, ...client.integrations.map((one) => bucketOf(client, one))])) {
    client.internal.forEach((entry, at) => {
      const own = internalPolicies(internalIntentOf(client, entry, bucket, at + 1));
      if (own.bucket.length > 0) append(buckets, bucket, own.bucket);
      if (own.key.length > 0) append(keys, bucket, own.key);
    });
  }
  for (const integration of client.integrations) {
    const intent = intentOf(integration, placementOf(client, integration));
    const { access, trust, accessPoint, bucket: shared, key } = policiesOf(intent);
    const bucket = bucketOf(client, integration);
    if (shared.length > 0) append(buckets, bucket, shared);
    if (key.length > 0) append(keys, bucket, key);
    const own: Limit = integration.kind === 'access-key' ? POLICY_LIMITS.user : POLICY_LIMITS.role;
    if (access) measures.push({ limit: own, used: policySize(access), integration });
    if (accessPoint) {
      measures.push({ limit: POLICY_LIMITS.accessPoint, used: policySize(accessPoint), integration });
    }
    if (trust) measures.push({ limit: POLICY_LIMITS.trust, used: policySize(trust), integration });
  }
  for (const [bucket, statements] of buckets) {
    const document = policyDocument([tlsOnly(bucketArn(arnPlaceOf(client).partition, bucket.name)), ...statements]);
    measures.push({ limit: POLICY_LIMITS.bucket, used: policySize(document), bucket });
  }
  for (const [bucket, statements] of keys) {
    measures.push({ limit: POLICY_LIMITS.key, used: policySize(policyDocument(statements)), bucket });
  }
  return measures;
}

/**
 * What a client's stacks will hold.
 *
 * @param files its integrations, where more of them are known than those that could be read
 */
export function stackMeasures(client: Client, files?: readonly { readonly stackPart?: number }[]): Measure[] {
  return [...stackSizes(client, files)].flatMap(([part, { resources, outputs }]) => {
    const stack = stackName(client.name, part);
    return [
      { limit: STACK_LIMITS.resources, used: resources, stack },
      { limit: STACK_LIMITS.outputs, used: outputs, stack },
    ];
  });
}

/** What several integrations share is there once. */
function append<K>(map: Map<K, Statement[]>, key: K, statements: readonly Statement[]): void {
  const all = map.get(key) ?? [];
  const sids = new Set(all.map(({ Sid }) => Sid));
  all.push(...statements.filter(({ Sid }) => !sids.has(Sid)));
  map.set(key, all);
}
