import { identityProvidersId } from '../rules/stacks';
import { isUnchanged, type OrphanedStack, type Plan } from './plan';

/** How the CDK is to deploy. */
export interface CdkOptions {
  /** The folder of the definitions. */
  readonly dir: string;
  /** How many stacks are deployed at once. */
  readonly concurrency: number;
  /** The file that receives the stacks' outputs. */
  readonly outputs: string;
  /** The cloud assembly to deploy; without it, the app is synthesized. */
  readonly assembly?: string;
}

/** The identity providers' stacks, whatever account is in their names; no client can have such a name. */
export const IDENTITY_PROVIDERS = `${identityProvidersId()}*`;

/**
 * The words after `npx` that deploy a plan; undefined where there is nothing to deploy. Only the planned clients are
 * read, unless the identity providers are among them: those depend on everybody's definitions.
 */
export function deployWords(plan: Plan, { dir, concurrency, outputs, assembly }: CdkOptions): string[] | undefined {
  const ids = plan.clients.flatMap(({ stackIds }) => stackIds);
  if (isUnchanged(plan)) return undefined;
  const stacks = [...ids, ...(plan.identityProviders ? [IDENTITY_PROVIDERS] : [])];
  return [
    ...['cdk', 'deploy', ...(plan.everything ? ['--all'] : stacks)],
    ...(assembly === undefined ? contextOf(plan, dir) : ['--app', assembly]),
    ...['--concurrency', String(concurrency)],
    // What a person approves is the pull request, and the environment of the job that deploys.
    ...['--require-approval', 'never'],
    ...['--outputs-file', outputs],
  ];
}

/** The words after `npx` that synthesize what a plan deploys. */
export function synthWords(plan: Plan, dir: string, assembly: string): string[] {
  return ['cdk', 'synth', '--quiet', '--output', assembly, ...contextOf(plan, dir)];
}

function contextOf({ clients, everything, identityProviders }: Plan, dir: string): string[] {
  const names = clients.map(({ client }) => client);
  const some = everything || identityProviders ? [] : ['--context', `clients=${names.join(',')}`];
  return ['--context', `integrations=${dir}`, ...some];
}

/**
 * The words after `npx` that take everybody's access from a client's own stack.
 * @param dir the definitions of the client without integrations
 */
export function bareDeployWords({ client, stackId }: OrphanedStack, dir: string): string[] {
  return [
    ...['cdk', 'deploy', stackId],
    ...['--context', `integrations=${dir}`, '--context', `clients=${client}`],
    ...['--exclusively', '--require-approval', 'never'],
  ];
}

/**
 * The words after `npx` that delete a stack which the definitions have no more. Buckets and KMS keys are retained.
 *
 * @param dir definitions that have it
 */
export function destroyWords({ client, stackId }: OrphanedStack, dir: string): string[] {
  return [
    ...['cdk', 'destroy', stackId],
    ...['--context', `integrations=${dir}`, '--context', `clients=${client}`],
    // Nothing that depends on it goes with it.
    ...['--exclusively', '--force'],
  ];
}

/** What a person can type to end a stack that was left behind. */
export function deleteStackCommand({ stack, region }: Pick<OrphanedStack, 'stack' | 'region'>): string {
  return `aws cloudformation delete-stack --stack-name ${stack}${region === undefined ? '' : ` --region ${region}`}`;
}
