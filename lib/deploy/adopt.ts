import { nameOf, refersTo, type Template } from '../changes/template';

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

/** The properties that identify what can be imported. Access keys cannot be, nor can the secrets made of them. */
const IDENTIFIERS: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::S3::BucketPolicy': 'Bucket',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
};

/**
 * What of a template can be imported into its stack; a template may have no resources at all.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-import-supported-resources.html
 */
export function adoptables({ Resources = {} }: Partial<Template>): Adoptable[] {
  const all = Object.entries(Resources);
  return all.flatMap(([logicalId, { Type, Properties }]) => {
    const property = IDENTIFIERS[Type];
    const name = nameOf({ Resources }, logicalId);
    if (property === undefined || name === undefined) return [];
    const needed = all.filter(([id]) => refersTo(Properties, id)).map(([id, { Type: type }]) => [id, type]);
    const needs = Object.fromEntries(needed);
    return [{ logicalId, name, isPolicy: Type === 'AWS::S3::BucketPolicy', identifier: { [property]: name }, needs }];
  });
}
