/**
 * Issuers whose tokens many customers have: what in a token tells one customer from the others, so that a trust that does
 * not compare it trusts them all. Reviewed data; IAM refuses new trusts for most of these issuers without that claim.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */

/** What tells customers apart: a claim of the token, or the name that the caller gives its session. */
export type CustomerClaim = 'sub' | 'aud' | 'session-name';

/** One issuer that customers share. */
export interface SharedIssuer {
  /** As in condition keys: without `https://`. */
  readonly issuer: string;
  /** Its name for people. */
  readonly name: string;
  readonly claim: CustomerClaim;
  /** The start of a subject that names one customer; behind it a `*` may stand. Without it a subject is always exact. */
  readonly customer?: RegExp;
  /** What such a value looks like. */
  readonly example: string;
  readonly source: string;
  /** The day on which the source was read, `YYYY-MM-DD`. */
  readonly checked: string;
}

const AWS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html';
const CHECKED = '2026-11-27';

/** A name between two separators, of which no pattern is part. */
const NAME = '[^/:*?$]+';

const start = (text: string): RegExp => new RegExp(`^${text.replaceAll('NAME', NAME)}`);

export const SHARED_ISSUERS: readonly SharedIssuer[] = [
  {
    issuer: 'token.actions.githubusercontent.com',
    name: 'GitHub Actions',
    claim: 'sub',
    customer: start('repo:NAME/'),
    example: 'repo:octo-org/octo-repo:environment:production',
    source: 'https://docs.github.com/en/actions/reference/security/oidc',
    checked: CHECKED,
  },
  {
    issuer: 'vstoken.actions.githubusercontent.com',
    name: 'GitHub Actions (self-hosted runners)',
    claim: 'sub',
    customer: start('repo:NAME/'),
    example: 'repo:octo-org/octo-repo:environment:production',
    source: AWS,
    checked: CHECKED,
  },
  {
    issuer: 'oidc-configuration.audit-log.githubusercontent.com',
    name: "GitHub's audit log",
    claim: 'sub',
    example: 'https://github.com/octo-enterprise',
    source:
      'https://docs.github.com/en/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/streaming-the-audit-log-for-your-enterprise',
    checked: CHECKED,
  },
  {
    issuer: 'gitlab.com',
    name: 'GitLab',
    claim: 'sub',
    customer: start('project_path:NAME/'),
    example: 'project_path:group/project:ref_type:branch:ref:main',
    source: 'https://docs.gitlab.com/ci/cloud_services/aws/',
    checked: CHECKED,
  },
  {
    issuer: 'agent.buildkite.com',
    name: 'Buildkite',
    claim: 'sub',
    customer: start('organization:NAME:'),
    example: 'organization:acme:pipeline:export:*',
    source: 'https://buildkite.com/docs/agent/v3/cli-oidc',
    checked: CHECKED,
  },
  {
    issuer: 'app.terraform.io',
    name: 'HCP Terraform',
    claim: 'sub',
    customer: start('organization:NAME:'),
    example: 'organization:acme:project:platform:workspace:exports:run_phase:*',
    source:
      'https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration',
    checked: CHECKED,
  },
  {
    issuer: 'oidc.codefresh.io',
    name: 'Codefresh',
    claim: 'sub',
    customer: start('account:NAME:'),
    example: 'account:628a80b693a15c0f9c13ab75:pipeline:export/nightly:*',
    source: 'https://codefresh.io/docs/docs/integrations/oidc-pipelines/',
    checked: CHECKED,
  },
  {
    issuer: 'scalr.io',
    name: 'Scalr',
    claim: 'sub',
    customer: start('account:NAME:'),
    example: 'account:acme:environment:prod:workspace:exports',
    source: 'https://docs.scalr.io/docs/aws',
    checked: CHECKED,
  },
  {
    issuer: 'studio.datachain.ai/api',
    name: 'DataChain Studio',
    claim: 'sub',
    customer: start('credentials:NAME/'),
    example: 'credentials:acme/exports',
    source: 'https://docs.dvc.ai/studio/user-guide/openid-connect',
    checked: CHECKED,
  },
  {
    issuer: 'tokens.cloud.shisho.dev',
    name: 'Shisho Cloud',
    claim: 'sub',
    example: 'the subject that Shisho Cloud shows for your organization',
    source: 'https://shisho.dev/docs/g/getting-started/integrate-apps/aws/',
    checked: CHECKED,
  },
  {
    issuer: 'proidc.upbound.io',
    name: 'Upbound',
    claim: 'sub',
    customer: start('mcp:NAME/'),
    example: 'mcp:acme/exports:provider:provider-aws',
    source: 'https://docs.upbound.io/',
    checked: CHECKED,
  },
  {
    issuer: 'accounts.google.com',
    name: 'Google',
    claim: 'sub',
    example: '104182323391028490742',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif',
    checked: CHECKED,
  },
  {
    issuer: 'api.pulumi.com/oidc',
    name: 'Pulumi Cloud',
    claim: 'aud',
    example: 'aws:acme',
    source: 'https://www.pulumi.com/docs/pulumi-cloud/oidc/provider/aws/',
    checked: CHECKED,
  },
  {
    issuer: 'sandboxes.cloud',
    name: 'Sandboxes',
    claim: 'aud',
    example: 'acme',
    source: 'https://docs.sandboxes.cloud/docs/cloud-resources-setup',
    checked: CHECKED,
  },
  {
    issuer: 'oidc.vercel.com',
    name: 'Vercel (its global issuer)',
    claim: 'aud',
    example: 'https://vercel.com/acme',
    source: 'https://vercel.com/docs/oidc/reference',
    checked: CHECKED,
  },
  {
    issuer: 'cognito-identity.amazonaws.com',
    name: 'Cognito identity pools',
    claim: 'aud',
    example: 'eu-west-1:11111111-2222-4333-8444-555555555555',
    source: AWS,
    checked: CHECKED,
  },
  {
    issuer: 'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d/',
    name: 'Microsoft Sentinel',
    claim: 'session-name',
    example: 'MicrosoftSentinel_11111111-2222-4333-8444-555555555555',
    source: 'https://learn.microsoft.com/en-us/azure/sentinel/connect-aws',
    checked: CHECKED,
  },
];

const BY_ISSUER = new Map(SHARED_ISSUERS.map((each) => [each.issuer.replace(/\/$/, ''), each]));

/** The row of an issuer that customers share, or undefined where the issuer is its customer's own. */
export function sharedIssuer(issuer: string): SharedIssuer | undefined {
  return BY_ISSUER.get(issuer.replace(/\/$/, ''));
}
