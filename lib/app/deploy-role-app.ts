import { App, type AppProps, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { GitHubDeployRole } from '../constructs/github-deploy-role';
import { SnapshotReaderRole } from '../constructs/snapshot-reader-role';
import { parseTarget } from '../rules/deployer';
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
 * the properties of {@link GitHubDeployRole}, `targets` separated by commas. With `readers=true` it also has, in each account
 * of the targets, a stack with the role with which the workflow `verify` reads that account, in the GitHub environment
 * `readersEnvironment` (`verify` if it is not given).
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
  const targets = said('targets')
    ?.split(',')
    .map((target) => target.trim());
  const workflow = {
    repository,
    repositoryOwnerId: said('repositoryOwnerId'),
    repositoryId: said('repositoryId'),
    branch: said('branch'),
  };
  const existingProvider = said('existingProvider') === 'true';
  try {
    new GitHubDeployRole(stack, 'GitHub', {
      ...workflow,
      environment: said('environment'),
      targets,
      qualifier: said('qualifier'),
      existingProvider,
      roleName: said('roleName'),
    });
    if (said('readers') === 'true') {
      for (const env of accountsOf(targets, environment)) {
        const isHere = env.account === environment.account;
        const reader = new Stack(app, `Reader-${env.account}`, {
          stackName: 'bucket-integrations-snapshot-role',
          description: `Lets a workflow of ${repository} read this account into a snapshot`,
          env,
        });
        if (isHere) reader.addDependency(stack);
        new SnapshotReaderRole(reader, 'GitHub', {
          ...workflow,
          environment: said('readersEnvironment') ?? 'verify',
          existingProvider: existingProvider || isHere,
        });
      }
    }
  } catch (error) {
    report((error as Error).message);
    return undefined;
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

/** Each account of the targets, with the Region of its first one; without targets, the app's own account. */
function accountsOf(targets: readonly string[] | undefined, here: Environment): readonly Environment[] {
  const all = targets ? targets.flatMap((target) => parseTarget(target) ?? []) : [here];
  return [...new Map(all.toReversed().map((each) => [each.account, each])).values()].toReversed();
}
