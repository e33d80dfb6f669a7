/** A resource of a template, its intrinsic functions written as text. */
export interface FlatResource {
  readonly logicalId: string;
  /** Its name in references: its logical id, after the name of its template where there are several. */
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
  /** The condition on which it is made at all. */
  readonly condition?: string;
  /** The construct that made it, where the template says. */
  readonly path?: string;
}

/** A template whose values can be compared: references are written as `<Id>` and `<Id.Attribute>`. */
export interface FlatTemplate {
  /** The account that it is deployed to, where that is known. */
  readonly account?: string;
  readonly resources: readonly FlatResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A synthesized template, and what it does not say of itself. */
export interface Source {
  /** Apart from that of every other template of the app. */
  readonly name: string;
  readonly account?: string;
  readonly template: Raw;
}

type Raw = Readonly<Record<string, unknown>>;

/** Reads one synthesized template. */
export function flatTemplate(template: Raw, account?: string): FlatTemplate {
  const source = { name: '', account, template };
  return flatten(source, new App([source]));
}

/** Reads the templates of an app; a reference from one to another becomes the name of what it means. */
export function flatTemplates(sources: readonly Source[]): FlatTemplate[] {
  const app = new App(sources);
  return sources.map((source) => flatten(source, app));
}

function flatten(source: Source, app: App): FlatTemplate {
  const { Outputs = {}, Metadata = {} } = source.template as Record<string, Record<string, Raw>>;
  const flat = (value: unknown) => new Flattening(source, app).flat(value);
  return {
    account: source.account,
    resources: Object.entries(resourcesOf(source)).map(([logicalId, raw]) => ({
      logicalId,
      id: scoped(source, logicalId),
      type: String(raw.Type),
      properties: flat(raw.Properties ?? {}) as Record<string, unknown>,
      deletionPolicy: raw.DeletionPolicy as string | undefined,
      updateReplacePolicy: raw.UpdateReplacePolicy as string | undefined,
      condition: raw.Condition as string | undefined,
      path: (raw.Metadata as Record<string, string> | undefined)?.['aws:cdk:path'],
    })),
    outputs: flat(Outputs) as Record<string, unknown>,
    metadata: flat(notes(Metadata)) as Record<string, unknown>,
  };
}

function resourcesOf({ template }: Source): Readonly<Record<string, Raw>> {
  return (template.Resources ?? {}) as Record<string, Raw>;
}

/** Two templates may use one logical id, so that alone does not say what is meant. */
function scoped({ name }: Source, logicalId: string): string {
  return name === '' ? logicalId : `${name}|${logicalId}`;
}

interface Given {
  readonly source: Source;
  readonly value: unknown;
}

/** Of a name that means two things, as an export of two regions may, nobody knows which. */
function give(all: Map<string, Given | undefined>, name: string, given: Given): void {
  const known = all.get(name);
  const same = known?.source === given.source && JSON.stringify(known.value) === JSON.stringify(given.value);
  all.set(name, all.has(name) && !same ? undefined : given);
}

/** Whether a value is, in part, something that only a deployment knows. */
export function isUnknown(value: unknown): boolean {
  return /<Fn::|\{\{resolve:/.test(JSON.stringify(value) ?? '');
}

/** What the templates of an app know of each other. */
class App {
  /** The values of exports, by name. */
  readonly exports = new Map<string, Given | undefined>();
  /** The values of nested stacks' parameters, by name: the CDK names each by what it means. */
  readonly parameters = new Map<string, Given | undefined>();

  constructor(private readonly sources: readonly Source[]) {
    for (const source of sources) {
      for (const output of Object.values((source.template.Outputs ?? {}) as Record<string, Raw>)) {
        const { Name } = (output.Export ?? {}) as Raw;
        if (typeof Name === 'string') give(this.exports, Name, { source, value: output.Value });
      }
      for (const { Type, Properties } of Object.values(resourcesOf(source))) {
        if (Type !== 'AWS::CloudFormation::Stack') continue;
        for (const [name, value] of Object.entries(((Properties as Raw).Parameters ?? {}) as Raw)) {
          give(this.parameters, name, { source, value });
        }
      }
    }
  }

  /** The one template that has a resource, where no more do. */
  only(logicalId: string): Source | undefined {
    const [found, ...others] = this.sources.filter((source) => resourcesOf(source)[logicalId] !== undefined);
    return others.length === 0 ? found : undefined;
  }
}

class Flattening {
  constructor(
    private readonly source: Source,
    private readonly app: App,
  ) {}

  flat(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((member) => this.flat(member));
    if (typeof value !== 'object' || value === null) return value;
    const [only, ...others] = Object.entries(value);
    if (only && others.length === 0) {
      const text = this.intrinsic(only[0], only[1]);
      if (text !== undefined) return text;
    }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.flat(member)]));
  }

  /** An intrinsic function as text; undefined where the name is none. What is not known stays apart from every literal. */
  private intrinsic(name: string, argument: unknown): unknown {
    if (name === 'Ref') return this.reference(String(argument));
    if (!name.startsWith('Fn::')) return undefined;
    const known = this.known(name, argument);
    return known === undefined ? `<${name} ${JSON.stringify(this.flat(argument))}>` : known;
  }

  private known(name: string, argument: unknown): unknown {
    const list = Array.isArray(argument) ? (argument as unknown[]) : [];
    switch (name) {
      case 'Fn::GetAtt':
        return this.reference(
          Array.isArray(argument) ? list.map((part) => this.flat(part)).join('.') : String(argument),
        );
      case 'Fn::Join':
        return Array.isArray(list[1]) ? list[1].map((part) => this.flat(part)).join(String(list[0])) : undefined;
      case 'Fn::Sub':
        return typeof argument === 'string'
          ? this.substituted(argument, {})
          : this.substituted(String(list[0]), (list[1] ?? {}) as Raw);
      case 'Fn::ImportValue': {
        const given = this.app.exports.get(String(this.flat(argument)));
        return given && new Flattening(given.source, this.app).flat(given.value);
      }
      default:
        return undefined;
    }
  }

  private substituted(text: string, values: Raw): string {
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      return String(Object.hasOwn(values, name) ? this.flat(values[name]) : this.reference(name.trim()));
    });
  }

  /** `Id` or `Id.Attribute` as text that says of which template it is. */
  private reference(text: string): unknown {
    const [id = '', ...attribute] = text.split('.');
    if (id.startsWith('AWS::')) return `<${text}>`;
    if (Object.hasOwn((this.source.template.Parameters ?? {}) as Raw, id)) {
      const given = this.app.parameters.get(id);
      return given ? new Flattening(given.source, this.app).flat(given.value) : `<Fn::Parameter ${id}>`;
    }
    const own = Object.hasOwn(resourcesOf(this.source), id) ? this.source : this.app.only(id);
    return `<${[own ? scoped(own, id) : id, ...attribute].join('.')}>`;
  }
}

/** What constructs note in the metadata: JSON texts, in which references stand as in the template. */
function notes(metadata: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, noted(value)]));
}

function noted(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
