import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '../../changes/stack';
import { parseStackName } from '../../rules/stacks';
import { Failure } from '../host/failure';

/** The stacks of an app that was synthesized earlier. */
export interface Assembly {
  readonly stacks: readonly Stack[];
  /** Where stacks of clients go that don't say: what the assembly was made for, where it is one place. */
  readonly environment: { readonly account?: string; readonly region?: string };
}

interface Artifact {
  readonly type?: string;
  readonly environment?: string;
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string };
}

/**
 * Reads a cloud assembly (`cdk.out`).
 * @throws Failure where the folder is none
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html (cloud assembly)
 */
export function readAssembly(dir: string): Assembly {
  const manifest = json(dir, 'manifest.json') as { artifacts?: Readonly<Record<string, Artifact>> };
  const stacks = Object.entries(manifest.artifacts ?? {}).flatMap(([id, { type, environment, properties }]) => {
    const { templateFile, stackName = id } = properties ?? {};
    if (type !== 'aws:cloudformation:stack' || templateFile === undefined) return [];
    const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment ?? '') ?? [];
    const client = parseStackName(stackName)?.client;
    const template = json(dir, templateFile) as Stack['template'];
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

function json(dir: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(join(dir, file), 'utf8'));
  } catch (error) {
    const message = (error as Error).message;
    throw new Failure(
      'cannot-read',
      `${join(dir, file)} cannot be read: ${message}; name a folder that cdk synth made`,
      { cause: error },
    );
  }
}
