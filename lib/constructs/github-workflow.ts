import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { GITHUB_AUDIENCE, GITHUB_ISSUER, type Workflow } from '../rules/deployer';
import { throwFindings } from './findings';
import { IdentityProvider } from './identity-provider';

/** Whose workflow it is, as properties say. */
export interface WorkflowProps {
  readonly repository: string;
  readonly repositoryOwnerId?: string;
  readonly repositoryId?: string;
  readonly branch?: string;
  readonly environment?: string;
}

/**
 * The workflow of properties; on the branch `main` where they name none.
 * @throws where one is known only at deployment, or one id goes without the other
 */
export function workflowOf(scope: Construct, props: WorkflowProps): Workflow {
  const { repository, repositoryOwnerId: owner, repositoryId, branch = 'main', environment } = props;
  if ([repository, owner, repositoryId, branch, environment].some((value) => Token.isUnresolved(value))) {
    throw new Error(`${scope.node.path}: give repository, ids, branch and environment as literals`);
  }
  if ((owner === undefined) !== (repositoryId === undefined)) {
    const message = 'one of repositoryOwnerId and repositoryId is missing';
    const fix = 'give both: gh api repos/OWNER/NAME --jq ".owner.id, .id" prints them';
    throwFindings(scope, [{ code: 'missing-key', message, fix }]);
  }
  const ids = owner !== undefined && repositoryId !== undefined ? { owner, repository: repositoryId } : undefined;
  return { repository, ids, branch, environment };
}

/** GitHub's identity provider of the account. */
export function githubProvider(scope: Construct): IdentityProvider {
  return new IdentityProvider(scope, 'Provider', { issuer: GITHUB_ISSUER, audiences: [GITHUB_AUDIENCE] });
}
