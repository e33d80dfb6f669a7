/** Stacks of an account whose resources are made by the services themselves, and what they were made as. */
import { referencesIn, workedOut } from '../../support/intrinsics';
import { type Any, type Clients, clientsIn, MAKERS, type Made, type Where } from './makers';

/** A resource of a stack. */
export interface StackResource extends Made {
  readonly type: string;
  readonly properties: Any;
  readonly isRetained: boolean;
}

export type Template = Readonly<Record<string, Any>>;

/** Whether everything in a template is of this app. */
export function isOfThisApp({ Resources = {} }: Template): boolean {
  return Object.values(Resources as Template).every(({ Type }) => Object.hasOwn(MAKERS, Type));
}

export class Stacks {
  private readonly byName = new Map<string, Map<string, StackResource>>();
  private readonly exported = new Map<string, unknown>();
  private readonly clients: Clients;

  constructor(private readonly where: Where) {
    this.clients = clientsIn(where);
  }

  resourcesOf(stack: string): ReadonlyMap<string, StackResource> | undefined {
    return this.byName.get(stack);
  }

  /** Every resource of a type, in all stacks. */
  all(type: string): readonly StackResource[] {
    return [...this.byName.values()].flatMap((all) => [...all.values()].filter((each) => each.type === type));
  }

  /**
   * Makes a stack be what a template says.
   * @returns the template as it may be given to whoever makes nothing of it: resources without a meaning, outputs worked out
   */
  async apply(stack: string, template: Template): Promise<Template> {
    const before = this.byName.get(stack) ?? new Map<string, StackResource>();
    const made = new Map<string, StackResource>();
    // What was made so far is there, be it that the next fails.
    this.byName.set(stack, new Map([...before, ...made]));
    const value = this.valueIn(stack, made);
    const left = new Map(Object.entries((template.Resources ?? {}) as Template));
    while (left.size > 0) {
      const ready = [...left].find(([, { Properties = {}, DependsOn = [] }]) =>
        [...referencesIn(Properties), ...[DependsOn].flat()].every((id) => !left.has(id)),
      );
      if (!ready) throw new Error(`the resources of ${stack} wait for each other`);
      const [id, resource] = ready;
      made.set(id, await this.put(resource, value(resource.Properties ?? {}), before.get(id)));
      this.byName.set(stack, new Map([...before, ...made]));
      left.delete(id);
    }
    for (const [id, old] of [...before].reverse()) if (made.get(id)?.ref !== old.ref) await this.drop(old);
    this.byName.set(stack, made);
    return this.shown(template, value);
  }

  async remove(stack: string): Promise<void> {
    for (const each of [...(this.byName.get(stack) ?? new Map<string, StackResource>()).values()].reverse())
      await this.drop(each);
    this.byName.delete(stack);
  }

  private async put(resource: Any, properties: Any, before: StackResource | undefined): Promise<StackResource> {
    const { Type: type, DeletionPolicy } = resource;
    const { name, put } = MAKERS[type] ?? {};
    if (!put) throw new Error(`no test knows how to make ${type}`);
    const isRetained = DeletionPolicy === 'Retain';
    const isOther = before && name !== undefined && before.properties[name] !== properties[name];
    const known = isOther ? undefined : before;
    if (known && JSON.stringify(known.properties) === JSON.stringify(properties)) return { ...known, isRetained };
    return { ...(await put(this.clients, properties, this.where, known)), type, properties, isRetained };
  }

  private async drop(resource: StackResource): Promise<void> {
    if (!resource.isRetained)
      await MAKERS[resource.type]?.remove?.(this.clients, resource, resource.properties, this.where);
  }

  private valueIn(stack: string, made: ReadonlyMap<string, Made>): (given: unknown) => Any {
    const { account, region } = this.where;
    const pseudo: Readonly<Record<string, string>> = {
      'AWS::AccountId': account,
      'AWS::Region': region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack,
    };
    return (given) =>
      workedOut(given, {
        reference: (id) => pseudo[id] ?? made.get(id)?.ref,
        attribute: (id, attribute) => made.get(id)?.attributes[attribute],
        imported: (key) => this.exported.get(key),
      });
  }

  private shown({ Description, Resources = {}, Outputs = {} }: Template, value: (given: unknown) => Any): Template {
    const outputs = Object.entries(Outputs as Template).map(([id, { Value, Export }]) => {
      const output = value(Value);
      if (Export === undefined) return [id, { Value: output }];
      const name = value(Export.Name);
      this.exported.set(name, output);
      return [id, { Value: output, Export: { Name: name } }];
    });
    const handles = Object.keys(Resources as Template).map((id) => [
      id,
      { Type: 'AWS::CloudFormation::WaitConditionHandle' },
    ]);
    return {
      ...(Description && { Description }),
      Resources: Object.fromEntries(handles),
      Outputs: Object.fromEntries(outputs),
    };
  }
}
