import type { SynthesizedStack } from '../templates';

/** The stacks of one client, or the one of several stacks that clients share. */
export interface ClientStacks {
  /** The client's, or the stack's. */
  readonly name: string;
  readonly client?: string;
  readonly stacks: readonly SynthesizedStack[];
}

/**
 * Stacks by client: where one client's resources stand makes no difference to what they let through. Logical ids are made
 * of vendors' names, which a client has once.
 */
export function stacksByClient(stacks: readonly SynthesizedStack[]): ClientStacks[] {
  const all = new Map<string, SynthesizedStack[]>();
  for (const stack of stacks) {
    const key = stack.client ?? `/${stack.name}`;
    all.set(key, [...(all.get(key) ?? []), stack]);
  }
  return [...all.values()].flatMap((of) => {
    const [first] = of;
    return first ? [{ name: first.client ?? first.name, client: first.client, stacks: of }] : [];
  });
}
