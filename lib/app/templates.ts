import { App } from 'aws-cdk-lib/core';
import type { Deployment } from '../definitions/model/model';
import type { SynthesizedStack } from '../templates';
import { clientStacks } from './client-stack';
import { addIdentityProviders, type Environment } from './identity-providers-stack';

/** What is synthesized, and how. */
export interface SynthesisOptions {
  /** The clients whose stacks are wanted. */
  readonly clients: ReadonlySet<string>;
  /** Whether the stacks of identity providers are wanted, which depend on all clients. */
  readonly providers: boolean;
  /** Of clients that don't say. */
  readonly environment: Environment;
  /** The CDK context of the app, feature flags above all. */
  readonly context: Readonly<Record<string, unknown>>;
  /** An empty folder for the cloud assembly, which the caller removes. */
  readonly outdir: string;
}

/**
 * The templates of some clients' stacks, in this process and as `cdk synth` makes them, but not validated: a comparison
 * also shows what nobody may deploy.
 */
export function synthesizedStacks(deployment: Deployment, options: SynthesisOptions): SynthesizedStack[] {
  const { clients, providers, environment, context, outdir } = options;
  const app = new App({
    analyticsReporting: false,
    stackTraces: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
    context: { ...context },
    outdir,
  });
  const wanted = deployment.clients.filter(({ name }) => clients.has(name));
  const stacks = [
    ...wanted.flatMap((client) =>
      clientStacks(app, client, environment).map((stack) => ({ client: client.name, stack })),
    ),
    ...(providers ? addIdentityProviders(app, deployment, environment) : []).map(({ stack }) => ({
      client: undefined,
      stack,
    })),
  ];
  const assembly = app.synth();
  return stacks.map(({ client, stack }) => {
    const { template, environment: at } = assembly.getStackArtifact(stack.artifactId);
    const known = (value: string) => (value.startsWith('unknown-') ? undefined : value);
    return { name: stack.stackName, client, account: known(at.account), region: known(at.region), template };
  });
}
