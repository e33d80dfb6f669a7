/**
 * The stacks of a client: its own, and parts for what that has no room for. Client names have no upper case, so that no
 * other client's stack can have the name of a part.
 */

import { quote } from '../text/quote';
import type { Finding } from './finding';

/** The lowest and highest number of a part. */
export const STACK_PARTS = { least: 2, most: 99 } as const;

/**
 * The construct id of a stack, by which `cdk deploy` knows it, for example `kohler` or `kohler-Part2`.
 * @param part undefined for the client's own stack
 */
export function stackId(client: string, part?: number): string {
  return part === undefined ? client : `${client}-Part${part}`;
}

/** The name of a stack in CloudFormation, for example `integrations-kohler` or `integrations-kohler-Part2`. */
export function stackName(client: string, part?: number): string {
  return `integrations-${stackId(client, part)}`;
}

/** The description of a stack, by which it is known as one of ours. */
export function stackDescription(client: string, part?: number): string {
  return part === undefined ? `Bucket and integrations of ${client}` : `Integrations of ${client}`;
}

/** The client whose stack it is, and which; undefined where the name is of no client's stack. */
export function parseStackName(name: string): { readonly client: string; readonly part?: number } | undefined {
  const [, client, part] = /^integrations-([a-z0-9]+(?:-[a-z0-9]+)*)(?:-Part([1-9]\d?))?$/.exec(name) ?? [];
  if (client === undefined) return undefined;
  return part === undefined ? { client } : { client, part: Number(part) };
}

/** The construct id of the stack of the identity providers of an account; no client can have such a name. */
export function identityProvidersId(account?: string): string {
  return account === undefined ? 'IdentityProviders' : `IdentityProviders-${account}`;
}

/** The description of such a stack. */
export const IDENTITY_PROVIDERS_DESCRIPTION = 'Identity providers that integrations share';

/** How many clients one deployment may end without being told the number: the lowest, the highest, and where nothing is said. */
export const REMOVE_AT_MOST = { least: 0, most: 999, byDefault: 3 } as const;

/** What is wrong with how many clients a deployment may end. */
export function checkRemoveAtMost(value: string): Finding[] {
  if (/^(?:0|[1-9]\d{0,2})$/.test(value)) return [];
  const { least, most, byDefault } = REMOVE_AT_MOST;
  return [
    {
      code: 'bad-remove-at-most',
      message: `${quote(value)} is not a number of clients`,
      fix: `write a whole number from ${least} to ${most}, or remove it: then ${byDefault} clients may be removed at once`,
    },
  ];
}

/** What is wrong with the number of a part. */
export function checkStackPart(value: string): Finding[] {
  const { least, most } = STACK_PARTS;
  if (/^[1-9]\d?$/.test(value) && Number(value) >= least) return [];
  return [
    {
      code: 'bad-stack-part',
      message: `${quote(value)} is not a part of a client's stacks`,
      fix: `write a whole number from ${least} to ${most}, or remove stackPart: without it, it is in the client's own stack`,
    },
  ];
}
