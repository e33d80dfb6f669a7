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
import { parseProvider } from '../rules/provider';
import { type PolicyDocument, policyDocument, type Statement } from '../rules/statement';
import { certificateTrust, type RoleTrust, roleTrust, tokenTrust } from '../rules/trust';
import type { ClientFiles } from './client';
import type { IntegrationFile } from './integration';
import {
  type AssumedRole,
  type Bucket,
  bucketOf,
  type Client,
  type Integration,
  type RolesAnywhere,
  type WebIdentity,
} from './model';
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
  const sizes = [
    ...[...buckets].map(([bucket, statements]) => {
      const document = policyDocument([tlsOnly(bucketArn(client, bucket)), ...statements]);
      return { bucket, findings: checkPolicySize(POLICY_LIMITS.bucket, document) };
    }),
    ...[...keys].map(([bucket, statements]) => {
      return { bucket, findings: checkPolicySize(POLICY_LIMITS.key, policyDocument(statements)) };
    }),
  ];
  // A dedicated bucket is its integration's matter, the client's bucket the client's.
  const shared = sizes.flatMap(({ bucket, findings }) => {
    const owner = files.integrations.find(({ integration }) => integration?.dedicatedBucket === bucket);
    const file = owner?.yaml ?? yaml;
    return file ? findings.map((finding) => file.problem(finding, owner ? ['dedicatedBucket'] : [])) : [];
  });
  return [...own, ...shared];
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
  const self = integration.kind === 'assumed-role' && integration.selfAssume ? { roleArn, account } : undefined;
  const access = identityPolicy(integration.status, confinement, key, self?.roleArn);
  const trust = assumeRolePolicy(integration.status, () => trustOf(integration, { partition, account, self }));
  return [
    ...checkPolicySize(POLICY_LIMITS.role, access).map((finding) => yaml.problem(finding, [])),
    ...checkPolicySize(POLICY_LIMITS.trust, trust).map((finding) => yaml.problem(finding, [TRUSTED[integration.kind]])),
  ];
}

/** The key that most of a trust policy comes from. */
const TRUSTED = { 'assumed-role': 'principals', 'roles-anywhere': 'subject', 'web-identity': 'subjects' };

function trustOf(
  integration: AssumedRole | RolesAnywhere | WebIdentity,
  { partition, account, self }: { partition: string; account: string; self: RoleTrust['self'] },
): PolicyDocument {
  switch (integration.kind) {
    case 'assumed-role':
      return roleTrust({ ...integration, partition, self });
    case 'roles-anywhere':
      return certificateTrust({
        trustAnchorArn: `arn:${partition}:rolesanywhere:${UNKNOWN}:${account}:trust-anchor/${'?'.repeat(36)}`,
        subject: { commonName: '', ...integration.subject },
        expires: integration.expires,
      });
    case 'web-identity': {
      const provider = parseProvider(integration.provider ?? '') ?? { issuer: '', builtIn: false };
      const providerArn = provider.arn ?? `arn:${partition}:iam::${account}:oidc-provider/${provider.issuer}`;
      return tokenTrust({ ...integration, provider, providerArn });
    }
  }
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
    account: client.account ?? UNKNOWN,
    viaService: `s3.${client.region ?? UNKNOWN}.${UNKNOWN}`,
  };
}

function append<K>(map: Map<K, Statement[]>, key: K, statements: readonly Statement[]): void {
  map.set(key, [...(map.get(key) ?? []), ...statements]);
}
