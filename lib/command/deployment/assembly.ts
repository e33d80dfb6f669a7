import type { Deployment } from '../../definitions/model/model';
import { parseStackName } from '../../rules/stacks';
import type { SynthesizedStack } from '../../templates';
import { artifactsIn, templateIn } from './assembly-file';

/** Where a stack goes, as far as that is known. */
export interface Environment {
  readonly account?: string;
  readonly region?: string;
}

/**
 * Reads the stacks of a cloud assembly (`cdk.out`), those of clients and what they share.
 * @throws Failure where the folder is none
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html (cloud assembly)
 */
export function readAssembly(dir: string): SynthesizedStack[] {
  const stacks = artifactsIn(dir).flatMap(([id, { type, environment, properties }]) => {
    const { templateFile, stackName = id } = properties ?? {};
    if (type !== 'aws:cloudformation:stack' || templateFile === undefined) return [];
    const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment ?? '') ?? [];
    const client = parseStackName(stackName)?.client;
    const template = templateIn(dir, templateFile);
    return [{ name: stackName, client, account: known(account), region: known(region), template }];
  });
  return stacks.filter(({ name }) => name.startsWith('integrations-'));
}

/**
 * A deployment in the places for which an assembly was made. A client that does not say its account or region has those of
 * its own stack; one that has no stack there has those of the other clients that do not say, as has what clients share.
 *
 * @returns the clients, each with its place, and the environment of all else
 */
export function placed(
  deployment: Deployment,
  stacks: readonly SynthesizedStack[],
): { readonly deployment: Deployment; readonly environment: Environment } {
  const stackOf = new Map(stacks.map((stack) => [stack.client, stack]));
  const common = (key: keyof Environment) =>
    only(deployment.clients.flatMap(({ name, [key]: said }) => (said ? [] : (stackOf.get(name)?.[key] ?? []))));
  const shared = stacks.filter(({ client }) => client === undefined).map(({ region }) => region);
  const environment = { account: common('account'), region: only(shared) ?? common('region') };
  const clients = deployment.clients.map((client) => {
    const { account, region } = stackOf.get(client.name) ?? environment;
    return { ...client, account: client.account ?? account, region: client.region ?? region };
  });
  return { deployment: { ...deployment, clients }, environment };
}

/** The one value that all have; undefined where they differ, or there is none. */
function only(values: readonly (string | undefined)[]): string | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

function known(value: string | undefined): string | undefined {
  return value?.startsWith('unknown-') ? undefined : value;
}
