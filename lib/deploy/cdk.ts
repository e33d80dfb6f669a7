import type { OrphanedStack, Plan } from './plan';

/** How the CDK is to deploy. */
export interface CdkOptions {
  /** The folder of the definitions. */
  readonly dir: string;
  /** How many stacks are deployed at once. */
  readonly concurrency: number;
  /** The file that receives the stacks' outputs. */
  readonly outputs: string;
}

/** The identity providers' stacks, whatever account is in their names; no client can have such a name. */
export const IDENTITY_PROVIDERS = 'IdentityProviders*';

/**
 * The words after `npx` that deploy a plan; undefined where there is nothing to deploy. Only the planned clients are
 * read, unless the identity providers are among them: those depend on everybody's definitions.
 */
export function deployWords(plan: Plan, { dir, concurrency, outputs }: CdkOptions): string[] | undefined {
  const names = plan.clients.map(({ client }) => client);
  const ids = plan.clients.flatMap(({ stackIds }) => stackIds);
  const stacks = [...ids, ...(plan.identityProviders ? [IDENTITY_PROVIDERS] : [])];
  if (stacks.length === 0) return undefined;
  return [
    ...['cdk', 'deploy', ...(plan.everything ? ['--all'] : stacks)],
    ...['--context', `integrations=${dir}`],
    ...(plan.everything || plan.identityProviders ? [] : ['--context', `clients=${names.join(',')}`]),
    ...['--concurrency', String(concurrency)],
    // What a person approves is the pull request, and the environment of the job that deploys.
    ...['--require-approval', 'never'],
    ...['--outputs-file', outputs],
  ];
}

/**
 * The words after `npx` that delete a stack which the definitions have no more. Buckets and KMS keys are retained.
 *
 * @param dir the definitions as they were when it was there
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
export function deleteStackCommand({ stack, region }: OrphanedStack): string {
  return `aws cloudformation delete-stack --stack-name ${stack}${region === undefined ? '' : ` --region ${region}`}`;
}
