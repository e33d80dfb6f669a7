import { type Confinement, tlsOnly } from '../rules/confinement';
import { checkPolicySize, POLICY_LIMITS, UNKNOWN } from '../rules/limits';
import { partitionOf, sidPrefix } from '../rules/names';
import {
  assumeRolePolicy,
  type BucketKey,
  bucketPolicyStatements,
  identityPolicy,
  keyPolicyStatements,
} from '../rules/policies';
import { policyDocument, type Statement } from '../rules/statement';
import type { ClientFiles } from './client';
import type { IntegrationFile } from './integration';
import { type Bucket, bucketOf, type Client, type Integration } from './model';
import type { Problem } from './problem';

/** Policies that would be longer than AWS takes: the same policies that the constructs make, before there is a stack. */
export function policySizes(files: ClientFiles): Problem[] {
  const { client, yaml, problems } = files;
  // Sizes of policies that are wrong for another reason say nothing.
  if (problems.some(({ severity }) => severity === 'error')) return [];
  const own = files.integrations.flatMap((file) => identityPolicies(client, file));
  const buckets = new Map<Bucket, Statement[]>();
  const keys = new Map<Bucket, Statement[]>();
  for (const integration of client.integrations) {
    if (integration.kind !== 'direct-trust') continue;
    const bucket = bucketOf(client, integration);
    const { status, principals, vendor } = integration;
    const trust = { status, principals, partition: env(client).partition, sidPrefix: sidPrefix(vendor) };
    const confinement = confine(client, integration);
    append(buckets, bucket, bucketPolicyStatements(trust, confinement));
    if (bucket.kmsKey) append(keys, bucket, keyPolicyStatements(trust, confinement, env(client).viaService));
  }
  const findings = [
    ...[...buckets.entries()].flatMap(([bucket, statements]) =>
      checkPolicySize(POLICY_LIMITS.bucket, policyDocument([tlsOnly(bucketArn(client, bucket)), ...statements])),
    ),
    ...[...keys.values()].flatMap((statements) => checkPolicySize(POLICY_LIMITS.key, policyDocument(statements))),
  ];
  return [...own, ...(yaml ? findings.map((finding) => yaml.problem(finding, [])) : [])];
}

function identityPolicies(client: Client, { integration, yaml }: IntegrationFile): Problem[] {
  if (!integration || integration.kind === 'direct-trust') return [];
  const { partition, account, viaService } = env(client);
  const { kmsKey } = bucketOf(client, integration);
  const arn = kmsKey === 'create' ? `arn:${partition}:kms:${UNKNOWN}:${account}:key/${'?'.repeat(36)}` : kmsKey;
  const key: BucketKey | undefined = arn === undefined ? undefined : { arn, viaService };
  const confinement = confine(client, integration);
  if (integration.kind === 'access-key') {
    const findings = checkPolicySize(POLICY_LIMITS.user, identityPolicy(integration.status, confinement, key));
    return findings.map((finding) => yaml.problem(finding, []));
  }
  const roleArn = `arn:${partition}:iam::${account}:role/${integration.roleName}`;
  const self = integration.selfAssume ? { roleArn, account } : undefined;
  const access = identityPolicy(integration.status, confinement, key, self?.roleArn);
  const trust = assumeRolePolicy(integration.status, { ...integration, partition, self });
  return [
    ...checkPolicySize(POLICY_LIMITS.role, access).map((finding) => yaml.problem(finding, [])),
    ...checkPolicySize(POLICY_LIMITS.trust, trust).map((finding) => yaml.problem(finding, ['principals'])),
  ];
}

function confine(client: Client, integration: Integration): Confinement {
  const bucket = bucketOf(client, integration);
  return { ...integration, bucketArn: bucketArn(client, bucket), bucketIsGuarded: !bucket.existing };
}

function bucketArn(client: Client, bucket: Bucket): string {
  return `arn:${env(client).partition}:s3:::${bucket.name}`;
}

function env(client: Client) {
  return {
    partition: partitionOf(client.region) ?? UNKNOWN,
    account: client.account ?? '?'.repeat(12),
    viaService: `s3.${client.region ?? UNKNOWN}.amazonaws.com`,
  };
}

function append<K>(map: Map<K, Statement[]>, key: K, statements: readonly Statement[]): void {
  map.set(key, [...(map.get(key) ?? []), ...statements]);
}
