import type { Deployment } from '../../definitions/model/model';
import {
  foundAt,
  type Place,
  type ProvidersStack,
  placesOf,
  providersPlaces,
  stateOf,
  type UndefinedStack,
  undefinedStacks,
  unneededProviders,
} from '../../deploy/account-stacks';
import { deleteStackCommand } from '../../deploy/cdk';
import type { OrphanedStack } from '../../deploy/plan';
import { parseStackName } from '../../rules/stacks';
import type { Planned } from '../git/since';
import type { Host } from '../host/host';
import { type Looked, lookAt } from './look';

/** A stack that no definition has any more. */
export interface LeftOver extends OrphanedStack {
  /** As CloudFormation has it; undefined where nobody could look. */
  readonly status?: string;
  /** Where it was seen. */
  readonly at?: Place;
  /** A commit with the definitions that it was made of; undefined where none is known. */
  readonly commit?: string;
}

/**
 * What is left over: stacks that git knows to have been defined, without those that are gone, and stacks that an account has
 * and no definition. What was defined at any commit since the last deployment may have been deployed in between.
 */
export async function leftOver(
  { plan, base, between }: Planned,
  deployment: Deployment,
  host: Host,
): Promise<{ readonly left: readonly LeftOver[]; readonly looked: Looked }> {
  const places = placesOf(deployment.clients, plan.left, between.places);
  const looked = await lookAt(places, providersPlaces(places, deployment), host);
  for (const providers of unneededProviders(looked.found, deployment)) host.err(`${unneededText(providers)}\n`);
  const { found } = looked;
  const commitOf = (client: string) => between.clients.get(client)?.commit ?? base?.commit;
  const known = plan.left.flatMap((each): LeftOver[] => {
    const state = stateOf(found, each);
    if (state === 'gone') return [];
    const { account, region } = foundAt(found, each) ?? {};
    return [{ ...each, status: state?.status, at: state && { account, region }, commit: commitOf(each.client) }];
  });
  const isKnown = ({ stack, account, region }: UndefinedStack) =>
    known.some((each) => {
      const at = foundAt(found, each) ?? each;
      return each.stack === stack && (at.account ?? account) === account && (at.region ?? region) === region;
    });
  const others = undefinedStacks(found, deployment).filter((one) => !isKnown(one));
  const removed = new Set(known.flatMap(({ client, because }) => (because === 'removed' ? [client] : [])));
  const left = others.map((each): LeftOver => {
    const { client, account, region } = each;
    const at = { account, region };
    if (each.because !== 'not-defined') return { ...each, at, commit: base && 'HEAD' };
    const commit = removed.has(client) ? commitOf(client) : between.clients.get(client)?.commit;
    return { ...each, at, ...(commit !== undefined && { because: 'removed', commit }) };
  });
  return { left: [...known, ...left].sort(inOrder), looked };
}

/** By client; a part before its client's own stack, which it imports from. */
function inOrder(a: LeftOver, b: LeftOver): number {
  if (a.client !== b.client) return a.client < b.client ? -1 : 1;
  const partOf = ({ stack }: LeftOver) => parseStackName(stack)?.part ?? 0;
  return partOf(b) - partOf(a);
}

function unneededText(providers: ProvidersStack): string {
  const { stack, account, region } = providers;
  const how = `${deleteStackCommand(providers)} ends that`;
  return `note: no definition needs the identity providers of ${stack} in account ${account} in ${region} any more; unless another folder of definitions does, ${how}`;
}

/** What is left over, in a sentence, and how a person ends it. */
export function leftOverText(left: LeftOver): string {
  const { client, stack, account, region, because } = left;
  const where = [account && ` in account ${account}`, region && ` in ${region}`].map((place) => place ?? '').join('');
  const why = {
    removed: `${client} is removed`,
    moved: `${client} has moved`,
    emptied: `${client} has no integration there now`,
    'not-defined': `no definition has ${client}`,
  }[because];
  const how = `${deleteStackCommand(left)} ends that, and keeps the bucket`;
  return `warning: ${why}, and its stack ${stack}${where} still allows its vendors; ${how}`;
}
