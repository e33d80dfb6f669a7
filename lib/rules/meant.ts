/**
 * What an integration is meant to be, worked out from what it says and where it is. The one place that does: constructs
 * write it into templates, and the definitions measure it before there is a stack.
 */
import { accessPointNames, accessPointOf } from './access-points';
import { type ArnPlace, accessPointArn, iamArn } from './arns';
import { bareCertificates, fingerprint } from './certificate';
import type { Confinement } from './confinement';
import type {
  AccessKeyRules,
  AssumedRoleRules,
  DirectTrustRules,
  IntegrationRules,
  RoleRules,
  RolesAnywhereRules,
  WebIdentityRules,
} from './integration-rules';
import type {
  CertificateBasis,
  DirectBasis,
  DirectIntent,
  Intent,
  RoleBasis,
  RoleIntent,
  TokenBasis,
  UserIntent,
} from './intent';
import { integrationName } from './names';
import type { BucketKey } from './policies';
import { parseProvider } from './provider';

/** Where an integration is. Values may be CDK tokens, and placeholders for what only AWS knows. */
export interface Placement extends ArnPlace {
  readonly bucket: {
    readonly arn: string;
    /** Whether its own policy and settings are known to refuse plain HTTP and ACLs. */
    readonly isGuarded: boolean;
    /** Its KMS key, if it has one. */
    readonly key?: BucketKey;
  };
  /** The IAM path of roles and users; none is `/`. */
  readonly rolePath?: string;
  /** The ARN of the trust anchor that it names or that is made for it; undefined while there is neither. */
  readonly trustAnchorArn?: string;
}

/** What an integration is meant to be. */
export function intentOf(rules: RoleRules, place: Placement): RoleIntent;
export function intentOf(rules: AccessKeyRules, place: Placement): UserIntent;
export function intentOf(rules: DirectTrustRules, place: Placement): DirectIntent;
export function intentOf(rules: IntegrationRules, place: Placement): Intent;
export function intentOf(rules: IntegrationRules, place: Placement): Intent {
  const common = {
    integration: integrationName(rules.client, rules.vendor),
    status: rules.status,
    confinement: confinementOf(rules, place),
    key: place.bucket.key,
    partition: place.partition,
  };
  switch (rules.kind) {
    case 'assumed-role':
      return { ...common, trusts: roleBasis(rules, place), principalName: rules.roleName };
    case 'direct-trust':
      return { ...common, trusts: directBasis(rules, place) };
    case 'roles-anywhere':
      return { ...common, trusts: certificateBasis(rules, place), principalName: rules.roleName };
    case 'web-identity':
      return { ...common, trusts: tokenBasis(rules, place), principalName: rules.roleName };
    case 'access-key':
      return { ...common, trusts: { by: 'access-key' }, principalName: common.integration };
    default:
      return rules satisfies never;
  }
}

function confinementOf(rules: IntegrationRules, place: Placement): Confinement {
  const point = accessPointOf(rules);
  return {
    bucketArn: place.bucket.arn,
    accessPointArn: point === undefined ? undefined : accessPointArn(place, point),
    prefix: rules.prefix,
    access: rules.access,
    expires: rules.expires,
    sourceIps: some(rules.sourceIps),
    vpcEndpoints: some(rules.vpcEndpoints),
    sourceVpcs: some(rules.sourceVpcs),
    bucketIsGuarded: place.bucket.isGuarded,
  };
}

/** None and an empty list both restrict nothing. */
function some(values: readonly string[] | undefined): readonly string[] | undefined {
  return values?.length === 0 ? undefined : values;
}

function roleBasis(rules: AssumedRoleRules, place: Placement): RoleBasis {
  const { principals, externalIds, trusts, roleSessionName, selfAssume, roleName } = rules;
  const { partition, account } = place;
  const self = selfAssume ? { roleArn: iamArn(place, 'role', roleName), account } : undefined;
  const sessionTags = rules.sessionTags || undefined;
  const sourceIdentity = rules.sourceIdentity || undefined;
  return { by: 'role', principals, externalIds, trusts, sessionTags, sourceIdentity, roleSessionName, self, partition };
}

function directBasis(rules: DirectTrustRules, place: Placement): DirectBasis {
  const { principals, client } = rules;
  const name = accessPointOf(rules);
  if (name === undefined) return { by: 'bucket-policy', principals };
  const delegation = {
    bucketArn: place.bucket.arn,
    account: place.account,
    accessPoints: accessPointArn(place, accessPointNames(client)),
  };
  return { by: 'access-point', principals, name, delegation };
}

function certificateBasis(
  { subject = {}, certificateAuthority }: RolesAnywhereRules,
  place: Placement,
): CertificateBasis {
  const { commonName, organization, organizationalUnit } = subject;
  const authority =
    certificateAuthority === undefined ? undefined : fingerprint(bareCertificates(certificateAuthority));
  return {
    by: 'certificate',
    trustAnchorArn: place.trustAnchorArn,
    subject: { commonName, organization, organizationalUnit },
    authority,
  };
}

function tokenBasis(rules: WebIdentityRules, place: Placement): TokenBasis {
  const { audiences, subjects, roleSessionName } = rules;
  const provider = rules.provider === undefined ? undefined : parseProvider(rules.provider);
  const providerArn = provider?.arn ?? iamArn(place, 'oidc-provider', provider?.issuer ?? '');
  const sessionTags = rules.sessionTags || undefined;
  return { by: 'token', provider, providerArn, audiences, subjects, roleSessionName, sessionTags };
}
