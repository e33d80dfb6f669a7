import type { Template } from '../../support/synth';
import type { ResourceType } from './resource-type';
import { RESOURCE_TYPES } from './resources';

/** What the CDK puts into every template, and CloudFormation asks before it begins. */
const OF_THE_CDK: Readonly<Record<string, readonly string[]>> = {
  Parameters: ['BootstrapVersion'],
  Rules: ['CheckBootstrapVersion'],
};
const OF_A_TEMPLATE = ['Description', 'Metadata', 'Outputs', 'Resources', ...Object.keys(OF_THE_CDK)];
const OF_A_RESOURCE = ['Type', 'Properties', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy', 'Metadata'];
const POLICIES = [undefined, 'Delete', 'Retain'];

/** @throws where the template has anything that this project does not emit */
export function acceptable(template: Template): void {
  known('the template', Object.keys(template), OF_A_TEMPLATE);
  for (const [part, names] of Object.entries(OF_THE_CDK)) {
    known(part, Object.keys((template as unknown as Record<string, object>)[part] ?? {}), names);
  }
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    known(logicalId, Object.keys(resource), OF_A_RESOURCE);
    known(logicalId, Object.keys(resource.Properties ?? {}), Object.keys(typeOf(resource.Type).properties));
    for (const policy of [resource.DeletionPolicy, resource.UpdateReplacePolicy]) {
      if (!POLICIES.includes(policy)) throw new Error(`${logicalId} has the policy ${policy}, ${NOT_OURS}`);
    }
  }
}

/** @throws where this project emits no such type */
export function typeOf(name: string): ResourceType {
  const type = RESOURCE_TYPES[name];
  if (type === undefined || !Object.hasOwn(RESOURCE_TYPES, name)) throw new Error(`${name}: ${NOT_OURS}`);
  return type;
}

const NOT_OURS = 'which this project does not emit';

function known(of: string, names: readonly string[], all: readonly string[]): void {
  const strange = names.find((name) => !all.includes(name));
  if (strange !== undefined) throw new Error(`${of} has ${strange}, ${NOT_OURS}`);
}
