/**
 * Whose workflow it is that deploys or reads: of one GitHub repository, on one branch and in one environment, and what it may
 * do in AWS to deploy. No vendor comes near any of this.
 */

import { quote } from '../text/quote';
import type { Finding } from './finding';
import { checkAccount, checkRegion } from './names';
import { checkExact, type Provider } from './provider';
import { allOf, oneOrMany, type PolicyDocument, policyDocument, statement } from './statement';
import { tokenTrust } from './trust';

/** The issuer of the tokens that GitHub gives to workflows. */
export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

/** The audience that `aws-actions/configure-aws-credentials` asks for. */
export const GITHUB_AUDIENCE = 'sts.amazonaws.com';

const GITHUB: Provider = { issuer: GITHUB_ISSUER.replace('https://', ''), builtIn: false };

/** A workflow, as its tokens name it. */
export interface Workflow {
  /** `OWNER/NAME`. */
  readonly repository: string;
  /** The ids of owner and repository, which outlive their names; both or neither. */
  readonly ids?: { readonly owner: string; readonly repository: string };
  readonly branch: string;
  /** None is a job that names no environment. */
  readonly environment?: string;
}

/** What is wrong with a workflow's names. */
export function checkWorkflow({ repository, ids, branch, environment }: Workflow): Finding[] {
  const findings = [
    ...checkExact('the branch', branch),
    ...(environment === undefined ? [] : checkExact('the environment', environment)),
  ];
  if (!/^[A-Za-z0-9][A-Za-z0-9-]*\/[\w.-]+$/.test(repository)) {
    const fix = 'write OWNER/NAME in the case that GitHub shows, for example octo-org/integrations';
    findings.push({ code: 'bad-repository', message: `${quote(repository)} is not a repository`, fix });
  }
  for (const id of ids ? [ids.owner, ids.repository] : []) {
    if (/^\d+$/.test(id)) continue;
    const fix = 'write digits: gh api repos/OWNER/NAME --jq ".owner.id, .id" prints both';
    findings.push({ code: 'bad-repository-id', message: `${quote(id)} is not an id of GitHub's`, fix });
  }
  if (branch.startsWith('refs/')) {
    const fix = 'write the name of a branch, for example main';
    findings.push({ code: 'bad-branch', message: `${quote(branch)} is a ref, not a branch`, fix });
  }
  return findings;
}

/**
 * The trust policy of a role that this workflow assumes, and no other: IAM compares the token's audience, its subject
 * (repository, and environment or branch), its repository and its ref, letter by letter, and a claim that is missing denies.
 *
 * With ids the repository is compared by its id, so that nobody gets in who takes over a name that has become free; the
 * subject is then taken in both of its forms, since which one GitHub writes is a setting of the repository.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html the condition keys for GitHub
 * @see https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims the subject's two forms
 */
export function workflowTrust(workflow: Workflow, providerArn: string): PolicyDocument {
  const { repository, ids, branch } = workflow;
  const trust = tokenTrust({
    provider: GITHUB,
    providerArn,
    audiences: [GITHUB_AUDIENCE],
    subjects: subjectsOf(workflow),
  });
  const claims = {
    [`${GITHUB.issuer}:ref`]: `refs/heads/${branch}`,
    ...(ids ? { [`${GITHUB.issuer}:repository_id`]: ids.repository } : { [`${GITHUB.issuer}:repository`]: repository }),
  };
  return policyDocument(
    trust.Statement.map((each) => statement({ ...each, Condition: allOf(each.Condition, { StringEquals: claims }) })),
  );
}

function subjectsOf({ repository, ids, branch, environment }: Workflow): string[] {
  // GitHub writes a colon in a name as %3A; a ref has none.
  const where =
    environment === undefined ? `ref:refs/heads/${branch}` : `environment:${environment.replaceAll(':', '%3A')}`;
  const named = `repo:${repository}:${where}`;
  if (!ids) return [named];
  const [owner, name] = repository.split('/');
  return [`repo:${owner}@${ids.owner}/${name}@${ids.repository}:${where}`, named];
}

/** Where `cdk bootstrap` has been run. */
export interface Target {
  readonly account: string;
  readonly region: string;
}

/** The account and region that `aws://111122223333/eu-west-1` names, or undefined where it names none. */
export function parseTarget(text: string): Target | undefined {
  const [, account, region] = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(text) ?? [];
  return account && region && checkRegion(region).length === 0 ? { account, region } : undefined;
}

/** What is wrong with the name of a CDK environment. */
export function checkTarget(text: string): Finding[] {
  if (parseTarget(text)) return [];
  const [account, region] = text.replace(/^aws:\/\//, '').split('/');
  const [finding] = [...checkAccount(account ?? ''), ...checkRegion(region ?? '')];
  const fix = 'write it as cdk bootstrap takes it, for example aws://111122223333/eu-west-1';
  return [
    {
      code: 'bad-target',
      message: `${quote(text)} is not a CDK environment${finding ? `: ${finding.message}` : ''}`,
      fix,
    },
  ];
}

/**
 * What is wrong with a bootstrap qualifier.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
 */
export function checkQualifier(value: string): Finding[] {
  if (/^[a-z0-9]{1,10}$/.test(value)) return [];
  const fix = 'write the one that cdk bootstrap --qualifier was given: at most ten lower-case letters and digits';
  return [{ code: 'bad-qualifier', message: `${quote(value)} is not a bootstrap qualifier`, fix }];
}

// Neither cfn-exec, which CloudFormation alone assumes, nor image-publishing: the stacks have no images.
const BOOTSTRAP_ROLES = ['deploy', 'file-publishing', 'lookup'];

/**
 * What `cdk deploy` needs, and nothing else: the roles that `cdk bootstrap` made for it.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export function deployPolicy(targets: readonly Target[], qualifier: string, partition: string): PolicyDocument {
  const arns = targets.flatMap(({ account, region }) =>
    BOOTSTRAP_ROLES.map(
      (role) => `arn:${partition}:iam::${account}:role/cdk-${qualifier}-${role}-role-${account}-${region}`,
    ),
  );
  return policyDocument([
    statement({ Sid: 'BootstrapRoles', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: oneOrMany(arns) }),
  ]);
}
