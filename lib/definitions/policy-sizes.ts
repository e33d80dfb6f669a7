import { tlsOnly } from '../rules/confinement';
import { type Intent, policiesOf, type Trusts } from '../rules/intent';
import { checkPolicySize, type Limit, POLICY_LIMITS, UNKNOWN } from '../rules/limits';
import { partitionOf } from '../rules/names';
import { parseProvider } from '../rules/provider';
import { policyDocument, type Statement } from '../rules/statement';
import type { ClientFiles } from './client';
import { type Bucket, bucketOf, type Client, type Integration } from './model';
import type { Problem } from './problem';

/** Policies that would be longer than AWS takes: the same policies that the constructs make, before there is a stack. */
export function policySizes(files: ClientFiles): Problem[] {
  const { client, yaml, problems } = files;
  // Sizes of policies that are wrong for another reason say nothing.
  if (problems.some(({ severity }) => severity === 'error')) return [];
  const own: Problem[] = [];
  const buckets = new Map<Bucket, Statement[]>();
  const keys = new Map<Bucket, Statement[]>();
  for (const file of files.integrations) {
    const { integration } = file;
    if (!integration) continue;
    const policies = policiesOf(intentOf(client, integration));
    const bucket = bucketOf(client, integration);
    if (policies.bucket.length > 0) append(buckets, bucket, policies.bucket);
    if (policies.key.length > 0) append(keys, bucket, policies.key);
    const limit: Limit = integration.kind === 'access-key' ? POLICY_LIMITS.user : POLICY_LIMITS.role;
    const { access, trust } = policies;
    if (access) own.push(...checkPolicySize(limit, access).map((finding) => file.yaml.problem(finding, [])));
    if (trust) {
      const found = checkPolicySize(POLICY_LIMITS.trust, trust);
      own.push(...found.map((finding) => file.yaml.problem(finding, [TRUSTED[integration.kind] ?? 'kind'])));
    }
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

/** The key that most of a trust policy comes from. */
const TRUSTED: Readonly<Partial<Record<Integration['kind'], string>>> = {
  'assumed-role': 'principals',
  'roles-anywhere': 'subject',
  'web-identity': 'subjects',
};

/** The intent that the constructs will note, with the longest values for what only AWS knows. */
function intentOf(client: Client, integration: Integration): Intent {
  const { partition, account, viaService } = env(client);
  const bucket = bucketOf(client, integration);
  const { kmsKey } = bucket;
  const arn = kmsKey === 'create' ? `arn:${partition}:kms:${UNKNOWN}:${account}:key/${UUID}` : kmsKey;
  return {
    integration: integration.name,
    status: integration.status,
    confinement: { ...integration, bucketArn: bucketArn(client, bucket), bucketIsGuarded: !bucket.existing },
    key: arn === undefined ? undefined : { arn, viaService },
    partition,
    trusts: trustsOf(client, integration),
  };
}

const UUID = '?'.repeat(36);

function trustsOf(client: Client, integration: Integration): Trusts {
  const { partition, account } = env(client);
  switch (integration.kind) {
    case 'assumed-role': {
      const roleArn = `arn:${partition}:iam::${account}:role/${integration.roleName}`;
      const self = integration.selfAssume ? { roleArn, account } : undefined;
      return { by: 'role', ...integration, partition, self };
    }
    case 'direct-trust':
      return { by: 'bucket-policy', principals: integration.principals };
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
