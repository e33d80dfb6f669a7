/** Violations under the ids by which somebody acknowledges them: what is wrong, where, and what stands there. */
import { createHash } from 'node:crypto';
import { CfnElement, Stack } from 'aws-cdk-lib/core';
import type { TemplateFile } from './sources';
import type { Violation } from './violation';

/** A violation with its id and the construct that it is about. */
export interface Identified {
  readonly violation: Violation;
  /** `<rule>[<12 hex>]`, the same from synth to synth as long as rule, construct and statement are. */
  readonly id: string;
  readonly constructPath: string;
}

/** The constructs behind the resources of templates. */
export class Constructs {
  private readonly stacks: ReadonlyMap<string, Stack>;
  private readonly paths = new Map<string, ReadonlyMap<string, string>>();

  constructor(files: readonly Pick<TemplateFile, 'name' | 'stack'>[]) {
    this.stacks = new Map(files.map(({ name, stack }) => [name, stack]));
  }

  identified(violation: Violation): Identified {
    const { rule, place, value } = violation;
    const { scope, id } = place;
    const constructPath = this.pathOf(scope, id) ?? scope;
    // Within its stack: the same stack in another stage has the same ids.
    const within = constructPath === scope ? id : constructPath.slice(scope.length + 1);
    return { violation, id: `${rule}[${hashOf([rule, within, value])}]`, constructPath };
  }

  private pathOf(scope: string, logicalId: string): string | undefined {
    const known = this.paths.get(scope) ?? pathsIn(this.stacks.get(scope));
    this.paths.set(scope, known);
    return known.get(logicalId);
  }
}

function pathsIn(stack: Stack | undefined): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const construct of stack?.node.findAll() ?? []) {
    if (!CfnElement.isCfnElement(construct) || Stack.of(construct) !== stack) continue;
    all.set(String(stack.resolve(construct.logicalId)), construct.node.path);
  }
  return all;
}

export function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}
