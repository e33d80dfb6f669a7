/** A CloudFormation template, as far as changes to it matter. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** By which property AWS knows a resource. */
const NAMES = ['BucketName', 'RoleName', 'UserName', 'Name'];

/** A resource's own name, or else that of the one that it serves; undefined where neither has one. */
export function nameOf(template: Template, logicalId: string): string | undefined {
  const properties = template.Resources[logicalId]?.Properties ?? {};
  const own = NAMES.map((key) => properties[key]).find((value) => typeof value === 'string');
  if (own !== undefined) return own as string;
  const owner = ownerOf(template, logicalId);
  return owner === undefined || owner === logicalId ? undefined : nameOf(template, owner);
}

/**
 * The resource with which another is there: a KMS key's bucket, an access key's secret, a bucket policy's bucket; any
 * other stands for itself. Undefined where it has none, or several.
 */
export function ownerOf({ Resources }: Template, logicalId: string): string | undefined {
  const ofType = (type: string) => Object.keys(Resources).filter((id) => Resources[id]?.Type === type);
  const users = (type: string) => ofType(type).filter((id) => refersTo(Resources[id]?.Properties, logicalId));
  switch (Resources[logicalId]?.Type) {
    case 'AWS::KMS::Key':
      return only(users('AWS::S3::Bucket'));
    case 'AWS::IAM::AccessKey':
      return only(users('AWS::SecretsManager::Secret'));
    case 'AWS::S3::BucketPolicy':
      return only(ofType('AWS::S3::Bucket').filter((id) => refersTo(Resources[logicalId]?.Properties?.Bucket, id)));
    default:
      return logicalId;
  }
}

function only(ids: readonly string[]): string | undefined {
  return ids.length === 1 ? ids[0] : undefined;
}

/** Whether a value has `Ref` or `Fn::GetAtt` of a resource anywhere in it. */
export function refersTo(value: unknown, logicalId: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([key, member]) =>
      (key === 'Ref' && member === logicalId) ||
      (key === 'Fn::GetAtt' && Array.isArray(member) && member[0] === logicalId) ||
      refersTo(member, logicalId),
  );
}
