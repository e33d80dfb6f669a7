import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../../support/synth';
import { dependenciesOf } from './references';
import type { Made, Properties, ResourceType } from './resource-type';

/** A resource as a stack remembers it. */
export interface Remembered extends Made {
  readonly type: string;
  readonly properties: Properties;
  readonly dependencies: readonly string[];
  readonly onRemoval: Policy;
  readonly onReplacement: Policy;
}

export type Policy = 'Delete' | 'Retain';

/** What is to be remembered of a resource, once it is made. */
export function toRemember(
  resource: Resource,
  type: ResourceType,
  properties: Properties,
): Omit<Remembered, keyof Made> {
  return {
    type: resource.Type,
    properties: withoutSecrets(type, properties),
    dependencies: dependenciesOf(resource),
    onRemoval: (resource.DeletionPolicy ?? 'Delete') as Policy,
    onReplacement: (resource.UpdateReplacePolicy ?? 'Delete') as Policy,
  };
}

/** What a change makes of a resource that is there. */
export function changeOf(
  before: Remembered,
  now: Pick<Remembered, 'type' | 'properties'>,
  type: ResourceType,
): 'none' | 'update' | 'replace' {
  if (before.type !== now.type) throw new Error(`it was a ${before.type}, and CloudFormation changes no type`);
  const names = new Set([...Object.keys(before.properties), ...Object.keys(now.properties)]);
  const changed = [...names].filter((name) => !isDeepStrictEqual(before.properties[name], now.properties[name]));
  const effects = changed.map((name) => type.properties[name]);
  return effects.includes('replace') ? 'replace' : effects.length > 0 ? 'update' : 'none';
}

function withoutSecrets({ secret = [] }: ResourceType, properties: Properties): Properties {
  const digest = (value: unknown) => createHash('sha256').update(String(value)).digest('hex');
  const secrets: readonly string[] = secret;
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, secrets.includes(name) ? digest(value) : value]),
  );
}
