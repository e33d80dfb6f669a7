import { referencesIn, workedOut } from '../../support/intrinsics';
import type { Resource, Template } from '../../support/synth';
import type { Made } from './resource-type';

/** Where a stack is. */
export interface Environment {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
}

/** Works out a value of a template from what has been made, and from what other stacks export. */
export function resolve(
  value: unknown,
  environment: Environment,
  made: ReadonlyMap<string, Made>,
  exports: ReadonlyMap<string, string> = new Map(),
): unknown {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': environment.account,
    'AWS::Region': environment.region,
    'AWS::StackName': environment.stackName,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const resource = (id: string): Made => {
    const found = made.get(id);
    if (!found) throw new Error(`nothing is known of ${id}`);
    return found;
  };
  return workedOut(value, {
    imported: (name) => exports.get(name),
    reference: (id) => pseudo[id] ?? resource(id).physicalId,
    attribute: (id, name) => {
      const attribute = resource(id).attributes[name];
      if (attribute === undefined) throw new Error(`${id} has no attribute ${name}`);
      return attribute;
    },
  });
}

/** The resources that have to be there before this one. */
export function dependenciesOf({ Properties, DependsOn = [] }: Resource): string[] {
  return [...new Set([...referencesIn(Properties), ...[DependsOn].flat()])];
}

/** The logical ids of a template, each after those that it depends on. */
export function inOrder({ Resources }: Template): string[] {
  const order = new Set<string>();
  const visit = (id: string, path: readonly string[]) => {
    if (order.has(id)) return;
    if (path.includes(id)) throw new Error(`${[...path, id].join(' → ')}: a circle`);
    const resource = Resources[id];
    if (!resource) throw new Error(`${path.at(-1)} refers to ${id}, which is not there`);
    for (const dependency of dependenciesOf(resource)) visit(dependency, [...path, id]);
    order.add(id);
  };
  for (const id of Object.keys(Resources)) visit(id, []);
  return [...order];
}
