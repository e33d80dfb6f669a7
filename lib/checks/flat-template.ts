/** A resource of a template, its intrinsic functions written as text. */
export interface FlatResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly deletionPolicy?: string;
  /** The construct that made it, where the template says. */
  readonly path?: string;
}

/** A template whose values can be compared: references are written as `<Id>` and `<Id.Attribute>`. */
export interface FlatTemplate {
  readonly resources: readonly FlatResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Reads a synthesized template. */
export function flatTemplate(template: Readonly<Record<string, unknown>>): FlatTemplate {
  const { Resources = {}, Outputs = {}, Metadata = {} } = template as Record<string, Record<string, Raw>>;
  return {
    resources: Object.entries(Resources).map(([logicalId, raw]) => ({
      logicalId,
      type: String(raw.Type),
      properties: flat(raw.Properties ?? {}) as Record<string, unknown>,
      deletionPolicy: raw.DeletionPolicy as string | undefined,
      path: (raw.Metadata as Record<string, string> | undefined)?.['aws:cdk:path'],
    })),
    outputs: flat(Outputs) as Record<string, unknown>,
    metadata: flat(Metadata) as Record<string, unknown>,
  };
}

type Raw = Readonly<Record<string, unknown>>;

function flat(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(flat);
  if (typeof value !== 'object' || value === null) return value;
  const [only, ...others] = Object.entries(value);
  if (only && others.length === 0) {
    const text = intrinsic(only[0], only[1]);
    if (text !== undefined) return text;
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, flat(member)]));
}

/** An intrinsic function as text; undefined where the name is none. What is not known stays apart from every literal. */
function intrinsic(name: string, argument: unknown): string | undefined {
  if (name === 'Ref') return `<${String(argument)}>`;
  if (!name.startsWith('Fn::')) return undefined;
  if (name === 'Fn::GetAtt') return `<${Array.isArray(argument) ? argument.map(flat).join('.') : String(argument)}>`;
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
    return argument[1].map(flat).join(String(argument[0]));
  }
  if (name === 'Fn::Sub' && typeof argument === 'string') return argument.replace(/\$\{([^!}][^}]*)\}/g, '<$1>');
  return `<${name} ${JSON.stringify(flat(argument))}>`;
}
