import { CfnRole, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { CfnOutput, type Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { readerPolicy } from '../rules/account-reader';
import { checkWorkflow, GITHUB_ISSUER, workflowTrust } from '../rules/deployer';
import { checkSessionSeconds, LEAST_MAX_SESSION } from '../rules/duration';
import { checkIamName } from '../rules/names';
import { checkProps, type PropTypes } from '../rules/prop-types';
import { nobodyTrusted } from '../rules/trust';
import { acknowledgeReader } from './acknowledgements';
import { throwFindings } from './findings';
import { githubProvider, workflowOf } from './github-workflow';
import { awaitsLookUp, literal } from './known';

/** Properties of a {@link SnapshotReaderRole}. */
export interface SnapshotReaderRoleProps {
  /** The repository whose workflow reads, as GitHub shows it: `OWNER/NAME`. */
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
   * The branch from which it reads.
   * @default 'main'
   */
  readonly branch?: string;

  /**
   * The GitHub environment of the job that reads. One with reviewers would make a scheduled job wait for them.
   * @default - the job names no environment
   */
  readonly environment?: string;

  /**
   * Whether the account has GitHub's identity provider already, with the audience `sts.amazonaws.com`: a
   * `GitHubDeployRole` makes it too, and an account can have one only.
   * @default false
   */
  readonly existingProvider?: boolean;

  /**
   * The role's name. Changing it replaces the role.
   * @default 'bucket-integrations-snapshot'
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

const TYPES: PropTypes<SnapshotReaderRoleProps> = {
  repository: 'text',
  repositoryOwnerId: 'text',
  repositoryId: 'text',
  branch: 'text',
  environment: 'text',
  existingProvider: 'flag',
  roleName: 'text',
  maxSessionDuration: 'duration',
  permissionsBoundary: 'IManagedPolicy',
};

/**
 * The role with which a GitHub workflow reads an account into a snapshot, without any key stored there: bound to one
 * repository and branch. It sees who may do what in the account, and neither an object nor the value of a secret.
 *
 * @see https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
 */
export class SnapshotReaderRole extends Construct {
  /** The ARN of the role, for the workflow's `role-to-assume`. */
  readonly roleArn: string;
  /** The name of the role. */
  readonly roleName: string;

  /** @throws where a property is not one that GitHub or AWS takes */
  constructor(scope: Construct, id: string, props: SnapshotReaderRoleProps) {
    super(scope, id);
    throwFindings(this, checkProps(props, TYPES, ['repository']));
    const { maxSessionDuration } = props;
    this.roleName = props.roleName ?? 'bucket-integrations-snapshot';
    this.roleArn = this.arnOf('role', this.roleName);
    const workflow = workflowOf(this, props);
    throwFindings(this, [
      ...(awaitsLookUp(workflow) ? [] : checkWorkflow(workflow)),
      ...literal([this.roleName]).flatMap((name) => checkIamName('role', name)),
      ...(maxSessionDuration ? checkSessionSeconds(maxSessionDuration.toSeconds()) : []),
    ]);
    const policy = readerPolicy(Stack.of(this).partition);
    const provider = this.arnOf('oidc-provider', GITHUB_ISSUER.replace('https://', ''));
    const role = new CfnRole(this, 'Role', {
      roleName: this.roleName,
      description: `Reads the account from ${workflow.repository}, branch ${workflow.branch}`,
      assumeRolePolicyDocument: awaitsLookUp(props) ? nobodyTrusted() : workflowTrust(workflow, provider),
      policies: [{ policyName: 'snapshot', policyDocument: policy }],
      maxSessionDuration: maxSessionDuration && Math.max(maxSessionDuration.toSeconds(), LEAST_MAX_SESSION),
      permissionsBoundary: props.permissionsBoundary?.managedPolicyArn,
    });
    acknowledgeReader(role, policy);
    if (!props.existingProvider) role.node.addDependency(githubProvider(this));
    new CfnOutput(this, 'RoleArn', { description: 'role-to-assume of the workflow', value: this.roleArn });
  }

  private arnOf(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'iam', region: '', resource, resourceName });
  }
}
