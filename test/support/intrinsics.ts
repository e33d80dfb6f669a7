/** What references of a template mean where it is put. */
export interface Meanings {
  /** What `Ref` gives: of a pseudo parameter, or of a resource. */
  reference(id: string): unknown;
  /** What `Fn::GetAtt` gives. */
  attribute(id: string, name: string): unknown;
  /** What `Fn::ImportValue` gives, by the name of the export; nothing is imported without it. */
  imported?(name: string): unknown;
}

/** A value with its intrinsic functions worked out. Throws on any that it doesn't know. */
export function workedOut(value: unknown, meanings: Meanings): unknown {
  if (Array.isArray(value)) return value.map((member) => workedOut(member, meanings));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only && (only[0] === 'Ref' || only[0].startsWith('Fn::'))) {
    return intrinsic(only[0], only[1], meanings);
  }
  return Object.fromEntries(entries.map(([key, member]) => [key, workedOut(member, meanings)]));
}

function intrinsic(name: string, argument: unknown, meanings: Meanings): unknown {
  const list = () => workedOut(argument, meanings) as unknown[];
  switch (name) {
    case 'Ref':
      return meanings.reference(argument as string);
    case 'Fn::GetAtt': {
      const [id = '', ...attribute] = typeof argument === 'string' ? argument.split('.') : (argument as string[]);
      return meanings.attribute(id, attribute.join('.'));
    }
    case 'Fn::ImportValue': {
      const exported = String(workedOut(argument, meanings));
      const value = meanings.imported?.(exported);
      if (value === undefined) throw new Error(`Fn::ImportValue: nothing exports ${exported}`);
      return value;
    }
    case 'Fn::Join': {
      const [delimiter, parts] = list();
      return (parts as unknown[]).join(String(delimiter));
    }
    case 'Fn::Split': {
      const [delimiter, text] = list();
      return String(text).split(String(delimiter));
    }
    case 'Fn::Select': {
      const [at, values] = list();
      return (values as unknown[])[Number(at)];
    }
    case 'Fn::Sub':
      return substituted(argument as string | [string, Record<string, unknown>], meanings);
    default:
      throw new Error(`no test knows ${name}`);
  }
}

function substituted(argument: string | [string, Record<string, unknown>], meanings: Meanings): string {
  const [text, values] = typeof argument === 'string' ? [argument, {}] : argument;
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(values, name)) return String(workedOut((values as Record<string, unknown>)[name], meanings));
    const [id = '', ...attribute] = name.split('.');
    return String(attribute.length === 0 ? meanings.reference(id) : meanings.attribute(id, attribute.join('.')));
  });
}

/** The logical ids that a value refers to; pseudo parameters are not among them. */
export function referencesIn(value: unknown): Set<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  const found = Object.entries(value).flatMap(([key, member]) => {
    if (key === 'Ref') return [member as string];
    if (key === 'Fn::GetAtt') return [typeof member === 'string' ? member.split('.')[0] : (member as string[])[0]];
    if (key === 'Fn::Sub') return [...namesIn(member), ...referencesIn(member)];
    return [...referencesIn(member)];
  });
  return new Set(found.filter((id) => id !== undefined && !id.startsWith('AWS::')) as string[]);
}

function namesIn(argument: string | [string, object]): string[] {
  const [text, own] = typeof argument === 'string' ? [argument, {}] : argument;
  const names = [...text.matchAll(/\$\{([^!}.][^}.]*)[^}]*\}/g)].map(([, name]) => name ?? '');
  return names.filter((name) => !Object.hasOwn(own, name));
}
