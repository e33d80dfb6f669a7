/**
 * Which integrations of a client go to a further stack, so that each stack fits CloudFormation.
 */
import { STACK_PARTS } from '../../rules/stacks';
import type { Client, Integration } from './model';
import { plus, type StackSize, type StackSizes, sizeOf, stackSizes } from './stack-sizes';

/** How full a stack is made: what is left is room for second access keys and the like. */
export const FILL: StackSize = { resources: 450, outputs: 180 };

/** An integration that goes to another stack than its definition says. */
export interface Move {
  readonly integration: Integration;
  readonly part: number;
}

export interface Split {
  /** By name. */
  readonly moves: readonly Move[];
  /** Those for which no part has room; by name. */
  readonly left: readonly Integration[];
}

/**
 * Places what is not deployed yet. What is deployed stays, and so does what has room where its definition says; the
 * others go, by name, to the first part with room. The same definitions give the same places, and those that are given
 * stay when it is done again.
 *
 * @param isDeployed whether an integration must stay where its definition says
 */
export function splitOf(client: Client, isDeployed: (integration: Integration) => boolean): Split {
  const fixed = client.integrations.filter(isDeployed);
  const sizes = new Map(stackSizes({ ...client, integrations: fixed }));
  const moves: Move[] = [];
  const left: Integration[] = [];
  for (const integration of client.integrations) {
    if (fixed.includes(integration)) continue;
    const part = placeOf(integration, sizes);
    if (part === NOWHERE) {
      left.push(integration);
      continue;
    }
    sizes.set(part, plus(sizes.get(part), sizeOf(integration)));
    if (part !== undefined && part !== integration.stackPart) moves.push({ integration, part });
  }
  return { moves, left };
}

/** The stack that a new integration goes to: the client's own (undefined), or the first part with room. */
export function partFor(client: Client, integration: Integration): number | undefined {
  const others = client.integrations.filter(({ name }) => name !== integration.name);
  const part = placeOf(integration, stackSizes({ ...client, integrations: others }));
  return part === NOWHERE ? undefined : part;
}

const NOWHERE = 0;
const PARTS = Array.from({ length: STACK_PARTS.most - STACK_PARTS.least + 1 }, (_, at) => STACK_PARTS.least + at);

/** Where the definition says if there is room, or else the first part that has any. */
function placeOf(integration: Integration, sizes: StackSizes): number | undefined {
  const places = [integration.stackPart, ...PARTS];
  const at = places.findIndex((part) => {
    const { resources, outputs } = plus(sizes.get(part), sizeOf(integration));
    return resources <= FILL.resources && outputs <= FILL.outputs;
  });
  return at < 0 ? NOWHERE : places[at];
}

/** A client with its integrations where they go. */
export function moved(client: Client, { moves }: Split): Client {
  const parts = new Map(moves.map(({ integration, part }) => [integration.name, part]));
  const integrations = client.integrations.map((one) => ({ ...one, stackPart: parts.get(one.name) ?? one.stackPart }));
  return { ...client, integrations };
}
