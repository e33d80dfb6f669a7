import { literalText } from '../access';
import { AppTemplates, at, type ReadResource, referencesIn, section, textOf } from '../templates';
import { type Raw, recordOf } from '../text/record';

/** By which property AWS knows a resource: its own name, or that of the bucket whose policy it is. */
export const NAMED_BY: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'BucketName',
  'AWS::S3::BucketPolicy': 'Bucket',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
};

/** The property that names a resource of a type. */
export function nameProperty(type: string): string {
  return NAMED_BY[type] ?? 'Name';
}

/** What is there for another resource, which refers to it. */
const SERVED: Readonly<Record<string, string>> = {
  'AWS::KMS::Key': 'AWS::S3::Bucket',
  'AWS::IAM::AccessKey': 'AWS::SecretsManager::Secret',
};

/** The resources of a template, what they are called, and what each refers to. */
export class NamedResources {
  readonly all: ReadonlyMap<string, ReadResource>;
  private readonly references = new Map<string, ReadonlySet<string>>();

  constructor(private readonly template: Raw) {
    const { resources } = new AppTemplates([{ name: '', template }]);
    this.all = new Map(resources.map((resource) => [resource.logicalId, resource]));
  }

  /** A resource's own name, or else that of the one that it serves; undefined where neither has one that is known. */
  nameOf(logicalId: string): string | undefined {
    const resource = this.all.get(logicalId);
    if (!resource) return undefined;
    const own = literalText(textOf(at(resource.properties, nameProperty(resource.type))));
    if (own) return own;
    const owner = this.ownerOf(logicalId);
    return owner === undefined || owner === logicalId ? undefined : this.nameOf(owner);
  }

  /**
   * The resource with which another is there: a KMS key's bucket, an access key's secret; any other stands for itself.
   * Undefined where it has none, or several.
   */
  ownerOf(logicalId: string): string | undefined {
    const served = SERVED[this.all.get(logicalId)?.type ?? ''];
    if (served === undefined) return logicalId;
    const [owner, ...others] = [...this.all.values()].filter(
      (each) => each.type === served && this.refersTo(each.logicalId, logicalId),
    );
    return others.length === 0 ? owner?.logicalId : undefined;
  }

  /** Whether the properties of a resource refer to another. */
  refersTo(logicalId: string, other: string): boolean {
    const known = this.references.get(logicalId);
    const all =
      known ?? referencesIn(recordOf(section({ template: this.template }, 'Resources')[logicalId]).Properties);
    if (!known) this.references.set(logicalId, all);
    return all.has(other);
  }
}
