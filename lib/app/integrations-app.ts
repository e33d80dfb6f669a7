import { App, type AppProps, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { load } from '../definitions/load';
import { problemLine } from '../definitions/problem';
import { ClientStack } from './client-stack';

/** Where the app is told what to do, apart from its context. */
export interface IntegrationsAppOptions extends AppProps {
  /** Receives a line for each problem. */
  readonly report: (line: string) => void;
  /** Today as `YYYY-MM-DD`; changes warnings, never a template. */
  readonly today: string;
  /** The CDK environment's account and region. */
  readonly environment: { readonly account?: string; readonly region?: string };
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
    .map((name) => name.trim());
  const { deployment, problems, failed } = load(dir, { clients, today });
  for (const problem of problems) report(problemLine(problem, dir));
  if (failed) return undefined;
  for (const client of deployment.clients) new ClientStack(app, client, environment);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

function text(app: App, key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  return typeof value === 'string' ? value : undefined;
}
