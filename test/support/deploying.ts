/** A repository that is deployed: what the tests of `changed` and `deploy` have in common. */
import { readdirSync, writeFileSync } from 'node:fs';
import type { Run as RunProgram } from '../../lib/command/host/run';
import { FakeCloud } from './fake-cloud';
import { GitFolder } from './git-folder';
import { type Run, runWith } from './run';

export const ROLE = `kind: assumed-role
principals: [arn:aws:iam::111122223333:role/exporter]
externalId: 7f3c9a52-2f0e
`;
export const FILES = {
  'integrations/acme/client.yaml': '',
  'integrations/acme/tool.yaml': ROLE,
  'integrations/kohler/client.yaml': '',
  'integrations/kohler/reltio.yaml': ROLE,
  'cdk.json': '{}\n',
};
export const RECORD = 'refs/deployed/production';
export const NEW = { 'integrations/kohler/adobe.yaml': ROLE };

const repositories: GitFolder[] = [];
afterAll(() => {
  for (const each of repositories) each.remove();
});

/** A repository of these files, which is removed at the end. */
export function made(files: Readonly<Record<string, string>> = FILES): GitFolder {
  const repository = new GitFolder(files);
  repositories.push(repository);
  return repository;
}

/** What the CDK was asked, and what was in the folder of definitions that it was pointed at. */
export interface Asked {
  readonly words: string;
  readonly files: readonly string[];
}

export interface Options {
  /** What the CDK ends with, where it does nothing. */
  readonly status?: number;
  readonly outputs?: unknown;
  readonly cloud?: FakeCloud;
  /** Whether AWS can be asked. */
  readonly aws?: boolean;
}

/** Runs the command, with stand-ins for the CDK and the account. */
export async function runIn(
  { dir }: GitFolder,
  words: readonly string[],
  { status = 0, outputs, cloud = new FakeCloud(), aws = true }: Options = {},
): Promise<Run & { readonly asked: readonly Asked[]; readonly words: readonly string[] }> {
  const asked: Asked[] = [];
  const program: RunProgram = async (name, args) => {
    const folder = args.find((word) => word.startsWith('integrations='))?.slice('integrations='.length);
    const files = folder === undefined ? [] : readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    asked.push({ words: `${name} ${args.map(withoutFolder).join(' ')}`, files });
    const ended = status === 0 ? await cloud.run(name, args) : status;
    const file = args.at(-1) ?? '';
    if (outputs !== undefined && file.endsWith('outputs.json')) writeFileSync(file, JSON.stringify(outputs));
    return ended;
  };
  const [command = '', ...options] = words;
  const stand = { program, aws: aws ? { stacks: cloud.describe } : {} };
  const run = await runWith(stand, command, '--dir', dir, ...options);
  return { ...run, asked, words: asked.map((each) => each.words) };
}

function withoutFolder(word: string): string {
  if (word.startsWith('integrations=')) return 'integrations=DIR';
  if (!word.startsWith('/')) return word;
  return word.endsWith('outputs.json') ? 'OUTPUTS' : 'ASSEMBLY';
}

/** An account in which everything is deployed as it is now. */
export async function deployed(repository: GitFolder): Promise<FakeCloud> {
  const cloud = new FakeCloud();
  expect(await runIn(repository, ['deploy', '--all'], { cloud })).toMatchObject({ exit: 0 });
  return cloud;
}

/** One in which everything is deployed and recorded. */
export async function recorded(repository: GitFolder): Promise<FakeCloud> {
  const cloud = new FakeCloud();
  expect(await runIn(repository, ['deploy', '--record', RECORD], { cloud })).toMatchObject({ exit: 0 });
  return cloud;
}

export const HOW = '--concurrency 4 --require-approval never --outputs-file OUTPUTS';
export const DEPLOY = `npx cdk deploy kohler --context integrations=DIR --context clients=kohler ${HOW}`;
/** The same, of what is recorded. */
export const SYNTH_AND_DEPLOY = [
  'npx cdk synth --quiet --output ASSEMBLY --context integrations=DIR --context clients=kohler',
  `npx cdk deploy kohler --app ASSEMBLY ${HOW}`,
];
/** The same, of all clients. */
export const SYNTH_AND_DEPLOY_ALL = [
  'npx cdk synth --quiet --output ASSEMBLY --context integrations=DIR',
  `npx cdk deploy --all --app ASSEMBLY ${HOW}`,
];
/** How a client is ended. */
export const END_ACME = [
  'npx cdk deploy acme --context integrations=DIR --context clients=acme --exclusively --require-approval never',
  'npx cdk destroy acme --context integrations=DIR --context clients=acme --exclusively --force',
];
