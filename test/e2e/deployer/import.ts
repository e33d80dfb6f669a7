import type { Resource, Template } from '../../support/synth';
import { dependenciesOf } from './references';

/** Logical id → the property that identifies what exists. */
export type Mapping = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * The template with which the CDK CLI asks for an import: what is imported, kept whatever becomes of the stack unless it
 * says itself what becomes of it, and nothing else.
 *
 * @param there the logical ids that the stack has already
 * @throws where CloudFormation would refuse it
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 */
export function importOf({ Resources }: Template, mapping: Mapping, there: readonly string[]): Template {
  const wanted = Object.entries(mapping).map(([logicalId, identifier]): [string, Resource] => {
    const resource = Resources[logicalId];
    if (!resource) throw new Error(`the template has no ${logicalId}`);
    if (there.includes(logicalId)) throw new Error(`${logicalId} is the stack's already`);
    const missing = dependenciesOf(resource).filter((id) => !(id in mapping) && !there.includes(id));
    if (missing.length > 0) throw new Error(`unresolved resource dependencies: ${missing.join(', ')}`);
    for (const [property, value] of Object.entries(identifier)) {
      const asked = resource.Properties?.[property];
      // What refers to another resource has its name, of which the other one is found.
      if (typeof asked === 'string' && asked !== value) throw new Error(`${logicalId} is ${asked}, and not ${value}`);
    }
    return [logicalId, { DeletionPolicy: 'Retain', ...resource }];
  });
  return { Resources: Object.fromEntries(wanted), Outputs: {} } as Template;
}
