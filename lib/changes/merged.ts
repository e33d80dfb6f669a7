import type { Stack } from './stack';

/**
 * The stacks of each client as one: where one client's resources stand makes no difference to what they let through.
 * Logical ids are made of vendors' names, which a client has once.
 */
export function merged(stacks: readonly Stack[]): Stack[] {
  const whole = new Map<string, Stack>();
  for (const stack of stacks) {
    const key = stack.client === undefined ? `/${stack.name}` : stack.client;
    const first = whole.get(key);
    whole.set(key, first ? { ...first, template: both(first.template, stack.template) } : stack);
  }
  return [...whole.values()].map((stack) => ({ ...stack, name: stack.client ?? stack.name }));
}

type Parts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function both(one: Stack['template'], other: Stack['template']): Stack['template'] {
  const [a, b] = [one, other] as unknown as [Parts, Parts];
  const part = (name: string) => ({ ...a[name], ...b[name] });
  return {
    ...one,
    ...{ Metadata: part('Metadata'), Outputs: part('Outputs') },
    Resources: part('Resources') as Stack['template']['Resources'],
  };
}
