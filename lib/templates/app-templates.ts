/**
 * The templates of an app, and what they give each other: exports where they are deployed, and the parameters and outputs of
 * nested stacks.
 */
import { type Json, literalText, UNKNOWN, type Value, valueText } from '../access';
import { type Raw, recordOf } from '../text/record';
import { environmentOf } from './environment';
import { textOf } from './intrinsics';
import { withoutLookups } from './json-text';
import { section, type TemplateSource } from './source';
import { type OtherTemplates, type Place, TemplateReader } from './template-reader';
import { rewritersOf } from './transforms';

/** A resource of a template, its values evaluated. */
export interface ReadResource {
  readonly source: TemplateSource;
  readonly logicalId: string;
  readonly type: string;
  /** The condition on which it is made at all. */
  readonly condition?: string;
  /** What CloudFormation looks up elsewhere is not known. */
  readonly properties: Json;
  /** The same with the texts by which it is looked up. */
  readonly written: Json;
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
  /** The construct that made it, where the template says. */
  readonly path?: string;
}

/** Types that deploy another template. */
const NESTING: ReadonlySet<string> = new Set([
  'AWS::CloudFormation::Stack',
  'AWS::Serverless::Application',
  'AWS::ServerlessRepo::Application',
]);

export class AppTemplates implements OtherTemplates {
  private readonly readers = new Map<string, TemplateReader>();
  private readonly children = new Map<string, TemplateSource>();
  /** Exports by where they are, and by name; of one name there may be several where two stages are deployed. */
  private readonly exports = new Map<string, { readonly reader: TemplateReader; readonly value: unknown }[]>();
  /** Every resource of every template. */
  readonly resources: readonly ReadResource[];
  private readonly byType = new Map<string, ReadResource[]>();

  constructor(readonly sources: readonly TemplateSource[]) {
    for (const source of sources) {
      this.readers.set(source.name, new TemplateReader(source, environmentOf(source, this.rootOf(source)), this));
      if (source.parent) this.children.set(childKey(source.parent), source);
    }
    for (const reader of this.readers.values()) this.addExports(reader);
    const written = sources.flatMap((source) => this.resourcesOf(source));
    const mayLookUp = [...this.readers.values()].some((reader) => reader.mayLookUp);
    this.resources = mayLookUp
      ? written.map((resource) => ({ ...resource, properties: withoutLookups(resource.written) }))
      : written;
    for (const resource of this.resources) {
      const like = this.byType.get(resource.type);
      if (like) like.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
  }

  ofType(...types: readonly string[]): readonly ReadResource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** Who reads a template's values. */
  reader(name: string): TemplateReader | undefined {
    return this.readers.get(name);
  }

  /** Whether a resource is a stack whose template is not in the app. */
  isUnreadStack({ source, logicalId, type }: ReadResource): boolean {
    return NESTING.has(type) && !this.children.has(childKey({ name: source.name, logicalId }));
  }

  /** What `Ref` or an attribute of a resource comes to. */
  valueOf({ source, logicalId }: Pick<ReadResource, 'source' | 'logicalId'>, attribute?: string): Value {
    const reference = attribute === undefined ? { Ref: logicalId } : { 'Fn::GetAtt': [logicalId, attribute] };
    return textOf(this.reader(source.name)?.read(reference) ?? UNKNOWN);
  }

  /** What rewrites a template when it is deployed, so that nobody here sees what it makes. */
  rewriters(source: TemplateSource): readonly string[] {
    const reader = this.readers.get(source.name);
    for (const output of Object.values(section(source, 'Outputs'))) reader?.read(recordOf(output).Value);
    return [...new Set([...rewritersOf(source), ...(reader?.macros ?? [])])];
  }

  parameter({ parent }: TemplateSource, name: string): Json | undefined {
    const reader = parent && this.readers.get(parent.name);
    if (!reader || !parent) return undefined;
    const { Parameters } = recordOf(recordOf(section(reader.source, 'Resources')[parent.logicalId]).Properties);
    const given = recordOf(Parameters);
    return Object.hasOwn(given, name) ? reader.read(given[name]) : undefined;
  }

  output({ name }: TemplateSource, logicalId: string, output: string): Json {
    const child = this.children.get(childKey({ name, logicalId }));
    const reader = child && this.readers.get(child.name);
    const outputs = child ? section(child, 'Outputs') : {};
    if (!reader || !Object.hasOwn(outputs, output)) return UNKNOWN;
    return reader.read(recordOf(outputs[output]).Value);
  }

  exported({ environment }: TemplateReader, name: string, by?: 'the CDK'): Json {
    const found = this.exports.get(exportKey(environment, name, by)) ?? [];
    const values = found.map(({ reader, value }) => reader.read(value));
    return values.length > 1 ? { choice: values } : (values[0] ?? UNKNOWN);
  }

  stackOutput({ account, region }: Place, stack: string, output: string): Json {
    const found = this.sources.filter(({ name, stackName }) => {
      const there = this.readers.get(name)?.environment;
      return stackName === stack && there !== undefined && placeKey(there) === placeKey({ account, region });
    });
    const values = found.map((source) => {
      const outputs = section(source, 'Outputs');
      const value = Object.hasOwn(outputs, output) ? recordOf(outputs[output]).Value : undefined;
      return value === undefined ? UNKNOWN : (this.readers.get(source.name)?.read(value) ?? UNKNOWN);
    });
    return values.length > 1 ? { choice: values } : (values[0] ?? UNKNOWN);
  }

  private rootOf(source: TemplateSource): TemplateSource {
    let root = source;
    const visited = new Set<string>();
    while (root.parent && !visited.has(root.name)) {
      visited.add(root.name);
      const { name } = root.parent;
      root = this.sources.find((each) => each.name === name) ?? { ...root, parent: undefined };
    }
    return root;
  }

  private addExports(reader: TemplateReader): void {
    const add = (key: string, value: unknown) =>
      this.exports.set(key, [...(this.exports.get(key) ?? []), { reader, value }]);
    for (const resource of Object.values(section(reader.source, 'Resources'))) {
      const { Type, Properties } = recordOf(resource);
      if (Type !== 'Custom::CrossRegionExportWriter') continue;
      const { region, exports } = recordOf(recordOf(Properties).WriterProps);
      const there = { ...reader.environment, region: textOf(reader.read(region)) };
      for (const [name, value] of Object.entries(recordOf(exports))) add(exportKey(there, name, 'the CDK'), value);
    }
    for (const output of Object.values(section(reader.source, 'Outputs'))) {
      const { Export, Value: value } = recordOf(output);
      if (Export === undefined) continue;
      const name = literalText(textOf(reader.read(recordOf(Export).Name)));
      if (name === undefined) continue;
      add(exportKey(reader.environment, name), value);
    }
  }

  private resourcesOf(source: TemplateSource): ReadResource[] {
    const reader = this.readers.get(source.name);
    if (!reader) return [];
    return Object.entries(section(source, 'Resources')).map(([logicalId, value]) => {
      const raw = recordOf(value);
      const written = reader.read(raw.Properties ?? {});
      return {
        source,
        logicalId,
        type: typeof raw.Type === 'string' ? raw.Type : '',
        ...(raw.Condition !== undefined && { condition: String(raw.Condition) }),
        properties: written,
        written,
        deletionPolicy: policyIn(raw, 'DeletionPolicy'),
        updateReplacePolicy: policyIn(raw, 'UpdateReplacePolicy'),
        path: textIn(recordOf(raw.Metadata), 'aws:cdk:path'),
      };
    });
  }
}

function textIn(raw: Raw, name: string): string | undefined {
  const value = raw[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * What becomes of a resource; where only the deployment knows it, it is none of the policies that there are.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-aws-languageextensions.html
 */
function policyIn(raw: Raw, name: string): string | undefined {
  const value = raw[name] ?? undefined;
  return value === undefined || typeof value === 'string' ? value : 'unknown';
}

function childKey({ name, logicalId }: { readonly name: string; readonly logicalId: string }): string {
  return JSON.stringify([name, logicalId]);
}

function placeKey({ account, region }: Place): string {
  return JSON.stringify([valueText(account), valueText(region)]);
}

function exportKey(place: Place, name: string, by?: 'the CDK'): string {
  return JSON.stringify([placeKey(place), name, by]);
}
