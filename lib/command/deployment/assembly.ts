import type { Stack } from '../../changes/stack';
import { parseStackName } from '../../rules/stacks';
import { artifactsIn, templateIn } from './assembly-file';

/** The stacks of an app that was synthesized earlier. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  /** Where stacks of clients go that don't say: what the assembly was made for, where it is one place. */
  readonly environment: { readonly account?: string; readonly region?: string };
}

/**
 * Reads a cloud assembly (`cdk.out`).
 * @throws Failure where the folder is none
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html (cloud assembly)
 */
export function readAssembly(dir: string): Assembly {
  const stacks = artifactsIn(dir).flatMap(([id, { type, environment, properties }]) => {
    const { templateFile, stackName = id } = properties ?? {};
    if (type !== 'aws:cloudformation:stack' || templateFile === undefined) return [];
    const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment ?? '') ?? [];
    const client = parseStackName(stackName)?.client;
    const template = templateIn(dir, templateFile);
    return [{ name: stackName, client, account: known(account), region: known(region), template }];
  });
  const ours = stacks.filter(({ name }) => name.startsWith('integrations-'));
  const only = (values: readonly (string | undefined)[]) => (new Set(values).size === 1 ? values[0] : undefined);
  return {
    stacks: ours,
    environment: { account: only(ours.map(({ account }) => account)), region: only(ours.map(({ region }) => region)) },
  };
}

function known(value: string | undefined): string | undefined {
  return value?.startsWith('unknown-') ? undefined : value;
}
