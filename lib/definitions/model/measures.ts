import { accessPointName, accessPointNames } from '../../rules/access-points';
import { tlsOnly } from '../../rules/confinement';
import { type Intent, policiesOf, type TrustBasis } from '../../rules/intent';
import { type Limit, POLICY_LIMITS, policySize, STACK_LIMITS, UNKNOWN } from '../../rules/limits';
import { partitionOf } from '../../rules/names';
import { parseProvider } from '../../rules/provider';
import { stackName } from '../../rules/stacks';
import { policyDocument, type Statement } from '../../rules/statement';
import { type Bucket, bucketOf, type Client, type Integration } from './model';
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

/** Whoever judges a client and then reports on it measures once. */
const measured = new WeakMap<Client, readonly Measure[]>();

function measure(client: Client): Measure[] {
  const measures: Measure[] = [];
  const buckets = new Map<Bucket, Statement[]>();
  const keys = new Map<Bucket, Statement[]>();
  for (const integration of client.integrations) {
    const { access, trust, accessPoint, bucket: shared, key } = policiesOf(intentOf(client, integration));
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
    const document = policyDocument([tlsOnly(bucketArn(client, bucket)), ...statements]);
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

/** The intent that the constructs will note, with the longest values for what only AWS knows. */
function intentOf(client: Client, integration: Integration): Intent {
  const { partition, account, viaService } = env(client);
  const bucket = bucketOf(client, integration);
  const { kmsKey } = bucket;
  const arn = kmsKey === 'create' ? `arn:${partition}:kms:${UNKNOWN}:${account}:key/${UUID}` : kmsKey;
  return {
    integration: integration.name,
    status: integration.status,
    confinement: {
      ...integration,
      bucketArn: bucketArn(client, bucket),
      accessPointArn:
        integration.kind === 'direct-trust' && integration.accessPoint
          ? accessPointArn(client, accessPointName(client.name, integration.vendor))
          : undefined,
      bucketIsGuarded: !bucket.existing,
    },
    key: arn === undefined ? undefined : { arn, viaService },
    partition,
    trusts: trustsOf(client, integration),
  };
}

const UUID = '?'.repeat(36);

function trustsOf(client: Client, integration: Integration): TrustBasis {
  const { partition, account } = env(client);
  switch (integration.kind) {
    case 'assumed-role': {
      const roleArn = `arn:${partition}:iam::${account}:role/${integration.roleName}`;
      const self = integration.selfAssume ? { roleArn, account } : undefined;
      return { by: 'role', ...integration, partition, self };
    }
    case 'direct-trust': {
      const { principals, accessPoint, vendor } = integration;
      if (!accessPoint) return { by: 'bucket-policy', principals };
      const accessPoints = accessPointArn(client, accessPointNames(client.name));
      const delegation = { bucketArn: bucketArn(client, bucketOf(client, integration)), account, accessPoints };
      return { by: 'access-point', principals, name: accessPointName(client.name, vendor), delegation };
    }
    case 'roles-anywhere': {
      const trustAnchorArn = `arn:${partition}:rolesanywhere:${UNKNOWN}:${account}:trust-anchor/${UUID}`;
      return { by: 'certificate', trustAnchorArn, subject: { commonName: '', ...integration.subject } };
    }
    case 'web-identity': {
      const provider = parseProvider(integration.provider ?? '') ?? { issuer: '', builtIn: false };
      const providerArn = provider.arn ?? `arn:${partition}:iam::${account}:oidc-provider/${provider.issuer}`;
      return { by: 'token', ...integration, provider, providerArn };
    }
    case 'access-key':
      return { by: 'access-key' };
  }
}

function bucketArn(client: Client, bucket: Bucket): string {
  return `arn:${env(client).partition}:s3:::${bucket.name}`;
}

function accessPointArn(client: Client, name: string): string {
  const { partition, account } = env(client);
  return `arn:${partition}:s3:${client.region ?? UNKNOWN}:${account}:accesspoint/${name}`;
}

function env(client: Client) {
  return {
    partition: partitionOf(client.region) ?? UNKNOWN,
    account: client.account ?? UNKNOWN,
    viaService: `s3.${client.region ?? UNKNOWN}.${UNKNOWN}`,
  };
}

/** What several integrations share is there once. */
function append<K>(map: Map<K, Statement[]>, key: K, statements: readonly Statement[]): void {
  const all = map.get(key) ?? [];
  const sids = new Set(all.map(({ Sid }) => Sid));
  all.push(...statements.filter(({ Sid }) => !sids.has(Sid)));
  map.set(key, all);
}
