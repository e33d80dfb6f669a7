import { createHash } from 'node:crypto';

/**
 * The logical id that the CDK gives a resource, by the path of its construct in the stack.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/identifiers.html#identifiers-logical-ids
 */
export function logicalId(...path: readonly string[]): string {
  const hash = createHash('md5').update(path.join('/')).digest('hex').slice(0, 8).toUpperCase();
  const said = path.filter((id, at) => !path[at - 1]?.endsWith(id));
  const words = said.filter((id) => id !== 'Resource').map((id) => id.replace(/[^A-Za-z0-9]/g, ''));
  return `${words.join('').slice(0, 240)}${hash}`;
}
