import { App, type AppProps, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfinementChecks } from '../checks/confinement-checks';
import { load } from '../definitions/load';
import type { Deployment } from '../definitions/model/model';
import { problemLine } from '../definitions/yaml/problem';
import { type ValidationOptions, validationPlugins } from '../validation/plugins';
import { TemplateSize } from '../validation/template-size';
import { clientStacks } from './client-stack';
import { addIdentityProviders, type Environment } from './identity-providers-stack';

/** Where the app is told what to do, apart from its context. */
export interface IntegrationsAppOptions extends AppProps {
  /** Receives a line for each problem. */
  readonly report: (line: string) => void;
  /** Today as `YYYY-MM-DD`; changes warnings, never a template. */
  readonly today: string;
  /** The CDK environment's account and region. */
  readonly environment: Environment;
  /** How templates are validated; in this thread, all of them each time, where nothing is said. */
  readonly validation?: Pick<ValidationOptions, 'folder' | 'parallel'>;
}

/**
 * The app: the stacks of each client of the folder. Context `integrations` names the folder
 * (`integrations` where it is not given), `clients` limits it to some clients, separated by commas, and
 * `validationCache` names the folder in which it is kept what passed, or is `false`, and `insiders=true` lists who of ours
 * reaches a client's bucket.
 *
 * @returns undefined where the definitions have errors, which have then been reported
 */
export function integrationsApp(options: IntegrationsAppOptions): App | undefined {
  const { report, today, environment, validation = {}, ...props } = options;
  // Neither metadata that varies with the machine nor stack traces: the same folder gives the same bytes.
  const app = new App({ analyticsReporting: false, stackTraces: false, ...props });
  const strange = ['integrations', 'clients'].find((key) => !isText(app.node.tryGetContext(key)));
  if (strange !== undefined) {
    report(
      `the context ${strange} is not a text: write -c ${strange}=${strange === 'clients' ? 'kohler,acme' : 'DIR'}`,
    );
    return undefined;
  }
  const dir = contextText(app, 'integrations') ?? 'integrations';
  const clients = contextText(app, 'clients')
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  // Before anything is read: the rules may load meanwhile.
  const cache = String(app.node.tryGetContext('validationCache') ?? '') || 'true';
  const { before, after } = validationPlugins(new AwsSolutionsChecks(app), {
    ...validation,
    folder: cache === 'false' ? undefined : cache === 'true' ? validation.folder : cache,
    templates: props.builtinCloudFormationValidation !== false && process.env.CDK_VALIDATION !== 'false',
    say: report,
  });
  const { deployment, problems, failed } = load(dir, { clients, today });
  for (const problem of problems) report(problemLine(problem, dir));
  if (failed) return undefined;
  const stacks = withoutStackTraces(
    () => new Map(deployment.clients.map((client) => [client, clientStacks(app, client, environment)[0]])),
  );
  // Of some clients only, nobody knows which audiences the others need: their providers are left as they are.
  for (const { stack, users } of clients === undefined ? addIdentityProviders(app, deployment, environment) : []) {
    // The providers are there before the roles that trust them; a client's further stacks come after its own.
    for (const user of users) stacks.get(user)?.addStackDependency(stack, 'its roles trust the providers');
  }
  Validations.of(app).addPlugins(
    ...before,
    new TemplateSize(),
    checksOf(deployment, app.node.tryGetContext('insiders')),
    ...after,
  );
  return app;
}

/** The confinement checks, told who is ours, and whether to list who of ours reaches a client's bucket. */
function checksOf({ clients }: Deployment, listed: unknown): ConfinementChecks {
  const [organization] = clients.flatMap((client) => client.organization ?? []);
  return new ConfinementChecks({
    ownAccounts: [...new Set(clients.flatMap((client) => client.ownAccounts))],
    organization,
    listInsiders: String(listed) === 'true',
  });
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

/** A list in cdk.json would else be taken for nothing, and so for all. */
function isText(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function contextText(app: App, key: string): string | undefined {
  const value: unknown = app.node.tryGetContext(key);
  return typeof value === 'string' ? value : undefined;
}
