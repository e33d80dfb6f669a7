import { NAMED_BY, NamedResources } from '../changes/named-resources';
import type { Raw } from '../text/record';

/** A resource of a stack that can be one which exists already. */
export interface Adoptable {
  readonly logicalId: string;
  /** Its name in AWS; of a bucket's policy, that of the bucket. */
  readonly name: string;
  readonly isPolicy: boolean;
  /** What CloudFormation knows it by. */
  readonly identifier: Readonly<Record<string, string>>;
  /** What of the stack it refers to: logical id → type. */
  readonly needs: Readonly<Record<string, string>>;
}

/**
 * What of a template can be imported into its stack: access keys cannot be, nor can the secrets made of them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-import-supported-resources.html
 */
export function adoptables(template: Raw): Adoptable[] {
  const resources = new NamedResources(template);
  const all = [...resources.all.values()];
  return all.flatMap(({ logicalId, type }) => {
    const property = NAMED_BY[type];
    const name = resources.nameOf(logicalId);
    if (property === undefined || name === undefined) return [];
    const needed = all.filter((other) => resources.refersTo(logicalId, other.logicalId));
    const needs = Object.fromEntries(needed.map((other) => [other.logicalId, other.type]));
    return [{ logicalId, name, isPolicy: type === 'AWS::S3::BucketPolicy', identifier: { [property]: name }, needs }];
  });
}
