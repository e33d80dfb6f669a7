import { App, type AppProps, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { GitHubDeployRole } from '../constructs/github-deploy-role';
import type { Environment } from './identity-providers-stack';

/** Where the app is told what to do, apart from its context. */
export interface DeployRoleAppOptions extends AppProps {
  /** Receives a line for each problem. */
  readonly report: (line: string) => void;
  /** The CDK environment's account and region: where the role goes. */
  readonly environment: Environment;
}

/**
 * The app of the platform team: one stack with the role with which the repository's workflow deploys. Its context is
 * the properties of {@link GitHubDeployRole}, `targets` separated by commas.
 *
 * @returns undefined where the context is wrong, which has then been reported
 */
export function deployRoleApp({ report, environment, ...props }: DeployRoleAppOptions): App | undefined {
  const app = new App({ analyticsReporting: false, stackTraces: false, ...props });
  const said = (key: string): string | undefined => {
    const value: unknown = app.node.tryGetContext(key);
    return value === undefined || value === '' ? undefined : String(value);
  };
  const repository = said('repository');
  if (repository === undefined) {
    report('no repository is named: -c repository=OWNER/NAME');
    return undefined;
  }
  const stack = new Stack(app, 'DeployRole', {
    stackName: 'bucket-integrations-deploy-role',
    description: `Lets a workflow of ${repository} deploy integrations`,
    env: environment,
  });
  try {
    new GitHubDeployRole(stack, 'GitHub', {
      repository,
      repositoryOwnerId: said('repositoryOwnerId'),
      repositoryId: said('repositoryId'),
      branch: said('branch'),
      environment: said('environment'),
      targets: said('targets')
        ?.split(',')
        .map((target) => target.trim()),
      qualifier: said('qualifier'),
      existingProvider: said('existingProvider') === 'true',
      roleName: said('roleName'),
    });
  } catch (error) {
    report((error as Error).message);
    return undefined;
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
