import { App, type AppProps, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfinementChecks } from '../checks/confinement-checks';
import { load } from '../definitions/load';
import type { Client, Deployment } from '../definitions/model';
import { problemLine } from '../definitions/problem';
import { ClientStack } from './client-stack';
import { type Environment, IdentityProvidersStack, issuersOf } from './identity-providers-stack';

/** Where the app is told what to do, apart from its context. */
export interface IntegrationsAppOptions extends AppProps {
  /** Receives a line for each problem. */
  readonly report: (line: string) => void;
  /** Today as `YYYY-MM-DD`; changes warnings, never a template. */
  readonly today: string;
  /** The CDK environment's account and region. */
  readonly environment: Environment;
}

/**
 * The app: one stack for each client of the folder. Context `integrations` names the folder
 * (`integrations` where it is not given), `clients` limits it to some clients, separated by commas.
 *
 * @returns undefined where the definitions have errors, which have then been reported
 */
export function integrationsApp(options: IntegrationsAppOptions): App | undefined {
  const { report, today, environment, ...props } = options;
  // Neither metadata that varies with the machine nor stack traces: the same folder gives the same bytes.
  const app = new App({ analyticsReporting: false, stackTraces: false, ...props });
  const dir = text(app, 'integrations') ?? 'integrations';
  const clients = text(app, 'clients')
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const { deployment, problems, failed } = load(dir, { clients, today });
  for (const problem of problems) report(problemLine(problem, dir));
  if (failed) return undefined;
  const stacks = withoutStackTraces(() =>
    deployment.clients.map((client) => ({ client, stack: new ClientStack(app, client, environment) })),
  );
  // Of some clients only, nobody knows which audiences the others need: their providers are left as they are.
  if (clients === undefined) addIdentityProviders(app, stacks, environment, deployment);
  Validations.of(app).addPlugins(new ConfinementChecks(), new AwsSolutionsChecks(app));
  return app;
}

/** The CDK notes where each resource and acknowledgement was made; here that is always the same place, and costs a third of the synth. */
function withoutStackTraces<T>(make: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return make();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Makes the identity providers of each account before the stacks whose roles trust them. */
function addIdentityProviders(
  app: App,
  stacks: readonly { client: Client; stack: ClientStack }[],
  environment: Environment,
  deployment: Deployment,
): void {
  const accounts = new Map<string | undefined, { client: Client; stack: ClientStack }[]>();
  for (const each of stacks) {
    if (issuersOf([each.client]).size === 0) continue;
    const account = each.client.account ?? environment.account;
    accounts.set(account, [...(accounts.get(account) ?? []), each]);
  }
  for (const [account, users] of accounts) {
    // Neither name nor region may depend on which clients there are: moved, a provider would be in its own way.
    const id = account === undefined ? 'IdentityProviders' : `IdentityProviders-${account}`;
    const issuers = issuersOf(users.map(({ client }) => client));
    const env = { account, region: deployment.region ?? environment.region };
    const providers = new IdentityProvidersStack(app, id, issuers, deployment.tags, env);
    for (const { stack } of users) stack.addStackDependency(providers, 'its roles trust the providers');
  }
}

function text(app: App, key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  return typeof value === 'string' ? value : undefined;
}
