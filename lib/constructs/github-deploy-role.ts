import { CfnRole, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnOutput, type Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  checkQualifier,
  checkTarget,
  checkWorkflow,
  deployPolicy,
  GITHUB_ISSUER,
  parseTarget,
  type Target,
  workflowTrust,
} from '../rules/deployer';
import { checkSessionSeconds, LEAST_MAX_SESSION } from '../rules/duration';
import { checkPolicySize, POLICY_LIMITS } from '../rules/limits';
import { checkIamName } from '../rules/names';
import { checkProps, type PropTypes } from '../rules/prop-types';
import { nobodyTrusted } from '../rules/trust';
import { throwFindings } from './findings';
import { githubProvider, workflowOf } from './github-workflow';
import { awaitsLookUp, literal } from './known';
import { emptyList } from './values';

/** Properties of a {@link GitHubDeployRole}. */
export interface GitHubDeployRoleProps {
  /** The repository whose workflow deploys, as GitHub shows it: `OWNER/NAME`. */
  readonly repository: string;

  /**
   * The id of the repository's owner. Goes with `repositoryId`.
   * @default - the repository is known by its name, which GitHub gives to others once it is free
   */
  readonly repositoryOwnerId?: string;

  /**
   * The id of the repository. A repository made, renamed or moved after 15 July 2026 needs both ids, since GitHub
   * writes them into its tokens' subject.
   * @default - the repository is known by its name, which GitHub gives to others once it is free
   */
  readonly repositoryId?: string;

  /**
   * The branch from which it deploys.
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * The GitHub environment of the job that deploys, with whatever reviewers and branches GitHub asks for there.
   * @default 'production'
   */
  readonly environment?: string;

  /**
   * The CDK environments to which it deploys, as `cdk bootstrap` names them: `aws://111122223333/eu-west-1`. Those of
   * other accounts must trust this one (`cdk bootstrap --trust`).
   * @default - the account and region of the stack
   */
  readonly targets?: string[];

  /**
   * The qualifier of the bootstrap stacks.
   * @default 'hnb659fds'
   */
  readonly qualifier?: string;

  /**
   * Whether the account has GitHub's identity provider already, with the audience `sts.amazonaws.com`. An account can
   * have one only.
   * @default false
   */
  readonly existingProvider?: boolean;

  /**
   * The role's name. Changing it replaces the role.
   * @default 'bucket-integrations-deploy'
   */
  readonly roleName?: string;

  /**
   * The longest session, 1 hour to 12 hours; a workflow gets one hour unless it asks for more.
   * @default - one hour
   */
  readonly maxSessionDuration?: Duration;

  /**
   * The permissions boundary of the role.
   * @default - no permissions boundary
   */
  readonly permissionsBoundary?: IManagedPolicy;
}

const TYPES: PropTypes<GitHubDeployRoleProps> = {
  repository: 'text',
  repositoryOwnerId: 'text',
  repositoryId: 'text',
  branch: 'text',
  environment: 'text',
  targets: 'texts',
  qualifier: 'text',
  existingProvider: 'flag',
  roleName: 'text',
  maxSessionDuration: 'duration',
  permissionsBoundary: 'IManagedPolicy',
};

/**
 * The role with which a GitHub workflow deploys, without any key stored there: bound to one repository, branch and
 * environment, and able to do nothing but assume the roles that `cdk bootstrap` made for deploying.
 *
 * @see https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
 */
export class GitHubDeployRole extends Construct {
  /** The ARN of the role, for the workflow's `role-to-assume`. */
  readonly roleArn: string;
  /** The name of the role. */
  readonly roleName: string;

  /** @throws where a property is not one that GitHub or AWS takes, or the policy would be longer than AWS takes */
  constructor(scope: Construct, id: string, props: GitHubDeployRoleProps) {
    super(scope, id);
    throwFindings(this, checkProps(props, TYPES, ['repository']));
    const { partition } = Stack.of(this);
    const { qualifier = 'hnb659fds', maxSessionDuration } = props;
    this.roleName = props.roleName ?? 'bucket-integrations-deploy';
    this.roleArn = this.arnOf('role', this.roleName);
    const workflow = workflowOf(this, { ...props, environment: props.environment ?? 'production' });
    throwFindings(this, [
      ...(awaitsLookUp(workflow) ? [] : checkWorkflow(workflow)),
      ...(props.targets?.length === 0 ? [emptyList('targets')] : []),
      ...literal(props.targets).flatMap(checkTarget),
      ...literal([qualifier]).flatMap(checkQualifier),
      ...literal([this.roleName]).flatMap((name) => checkIamName('role', name)),
      ...(maxSessionDuration ? checkSessionSeconds(maxSessionDuration.toSeconds()) : []),
    ]);
    const policy = deployPolicy(this.targetsOf(props), qualifier, partition);
    const provider = this.arnOf('oidc-provider', GITHUB_ISSUER.replace('https://', ''));
    const trust = awaitsLookUp(props) ? nobodyTrusted() : workflowTrust(workflow, provider);
    const fix = 'make a second role for some of the targets';
    throwFindings(this, checkPolicySize({ ...POLICY_LIMITS.role, fix }, policy));

    const role = new CfnRole(this, 'Role', {
      roleName: this.roleName,
      description: `Deploys from ${workflow.repository}, branch ${workflow.branch}, environment ${workflow.environment}`,
      assumeRolePolicyDocument: trust,
      policies: [{ policyName: 'deploy', policyDocument: policy }],
      maxSessionDuration: maxSessionDuration && Math.max(maxSessionDuration.toSeconds(), LEAST_MAX_SESSION),
      permissionsBoundary: props.permissionsBoundary?.managedPolicyArn,
    });
    if (!props.existingProvider) role.node.addDependency(githubProvider(this));
    new CfnOutput(this, 'RoleArn', { description: 'role-to-assume of the workflow', value: this.roleArn });
  }

  private targetsOf({ targets }: GitHubDeployRoleProps): Target[] {
    const { account, region } = Stack.of(this);
    return targets ? targets.flatMap((target) => parseTarget(target) ?? []) : [{ account, region }];
  }

  private arnOf(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'iam', region: '', resource, resourceName });
  }
}
