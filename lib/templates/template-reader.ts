/**
 * Reads the values of one template. What another template of the app gives it, is asked of the app.
 */
import { ABSENT, ANYTHING, arnParts, compact, type Json, literalText, UNKNOWN, type Value } from '../access';
import { isRecord, type Raw, recordOf } from '../text/record';
import { type Environment, pseudoParameter } from './environment';
import {
  attributeNamed,
  callIn,
  eachBranch,
  foundInMap,
  joined,
  selected,
  split,
  substitutions,
  textOf,
} from './intrinsics';
import { attributeOf, type Referred, refOf } from './references';
import { section, type TemplateSource } from './source';
import { macroName, TRANSFORM } from './transforms';

/** Where a stack is. */
export type Place = Pick<Environment, 'account' | 'region'>;

/** What other templates know. */
export interface OtherTemplates {
  /** The parameter of a nested stack, as its parent gives it; undefined where nothing does. */
  parameter(of: TemplateSource, name: string): Json | undefined;
  /** An output of a stack nested in this template. */
  output(of: TemplateSource, logicalId: string, name: string): Json;
  /** What is exported under a name where a template is deployed; by the CDK, from another Region too. */
  exported(to: TemplateReader, name: string, by?: 'the CDK'): Json;
  /** An output of a stack by its name, where it is. */
  stackOutput(place: Place, stack: string, output: string): Json;
}

const MAY_LOOK_UP = /\{\{|\{$|^\{(?!")/;

/** Deeper than any template goes; who goes round in a circle comes to this as well. */
const DEEPEST = 100;

export class TemplateReader {
  private readonly resources: Raw;
  private readonly references = new Map<string, Json>();
  private depth = 0;
  /** Whether a text that has been read so far looks something up elsewhere, or may be a part of one that does. */
  mayLookUp = false;
  /** Macros that rewrite what has been read so far. */
  readonly macros = new Set<string>();

  constructor(
    readonly source: TemplateSource,
    readonly environment: Environment,
    private readonly others: OtherTemplates,
  ) {
    this.resources = section(source, 'Resources');
  }

  /** A value with its intrinsic functions evaluated; look-ups are still the texts that they are written as. */
  read(value: unknown): Json {
    if (typeof value === 'string') {
      this.mayLookUp ||= MAY_LOOK_UP.test(value);
      return { text: [value] };
    }
    if (typeof value === 'number' || typeof value === 'boolean') return { text: [String(value)] };
    if (value === null || value === undefined) return ABSENT;
    if (this.depth >= DEEPEST) return UNKNOWN;
    this.depth += 1;
    try {
      return this.composed(value);
    } finally {
      this.depth -= 1;
    }
  }

  private composed(value: unknown): Json {
    if (Array.isArray(value)) return { list: value.map((each) => this.read(each)) };
    if (!isRecord(value)) return UNKNOWN;
    const members = Object.entries(value);
    const call = callIn(members);
    if (call && call[0] !== TRANSFORM) return this.call(...call);
    if (Object.hasOwn(value, TRANSFORM)) this.macros.add(macroName(value[TRANSFORM]));
    // Another function beside something else is none that CloudFormation takes.
    if (members.some(([name]) => name.startsWith('Fn::'))) return UNKNOWN;
    return { members: members.map(([name, member]) => [name, this.read(member)] as const) };
  }

  private call(name: string, argument: unknown): Json {
    const list = Array.isArray(argument) ? (argument as readonly unknown[]) : [];
    const arg = (at: number) => this.read(list[at]);
    switch (name) {
      case 'Ref':
        return this.ref(argument);
      case 'Fn::GetAtt':
        return this.attribute(argument);
      case 'Fn::Join':
        return joined(arg(0), arg(1));
      case 'Fn::Sub':
        return this.substituted(argument);
      case 'Fn::Select':
        return selected(arg(0), arg(1));
      case 'Fn::Split':
        return split(arg(0), arg(1));
      case 'Fn::If':
        return { choice: [arg(1), arg(2)] };
      case 'Fn::FindInMap': {
        const { DefaultValue } = recordOf(list[3]);
        const otherwise = DefaultValue === undefined ? undefined : this.read(DefaultValue);
        const maps = section(this.source, 'Mappings');
        const map = literalText(textOf(arg(0)));
        return map === undefined ? UNKNOWN : foundInMap(maps[map], arg(1), arg(2), otherwise);
      }
      case 'Fn::ImportValue': {
        const given = textOf(this.read(argument));
        const exported = literalText(given);
        return exported === undefined ? UNKNOWN : this.others.exported(this, exported);
      }
      case 'Fn::GetStackOutput':
        return this.stackOutput(recordOf(argument));
      // The text of JSON says what that JSON says.
      case 'Fn::ToJsonString':
        return this.read(argument);
      // What it comes to is no text that a policy could name, but what is in it is there.
      case 'Fn::Base64':
        return { list: [this.read(argument)] };
      default:
        return UNKNOWN;
    }
  }

  /**
   * An output of another stack: of this account and Region, or of the account of a role and of a Region that are said.
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
   */
  private stackOutput({ StackName, OutputName, Region, RoleArn }: Raw): Json {
    const text = (value: unknown) => literalText(textOf(this.read(value)));
    const [stack, output] = [text(StackName), text(OutputName)];
    const { environment } = this;
    const region = Region === undefined ? environment.region : textOf(this.read(Region));
    const account =
      RoleArn === undefined
        ? environment.account
        : (arnParts(textOf(this.read(RoleArn)))?.account as Value | undefined);
    if (stack === undefined || output === undefined || account === undefined) return UNKNOWN;
    return this.others.stackOutput({ account, region }, stack, output);
  }

  private ref(name: unknown): Json {
    if (typeof name !== 'string') return UNKNOWN;
    if (name.startsWith('AWS::')) return pseudoParameter(name, this.source.name, this.environment);
    return this.remembered(name, () => {
      const parameters = section(this.source, 'Parameters');
      if (Object.hasOwn(parameters, name)) return this.parameter(name, recordOf(parameters[name]));
      return this.resourceValue(name, refOf);
    });
  }

  /** A parameter of a stack that somebody deploys may be given as anything that it allows. */
  private parameter(name: string, declared: Raw): Json {
    const given = this.others.parameter(this.source, name);
    if (given) return given;
    if (this.source.parent && declared.Default !== undefined) return this.read(declared.Default);
    const { AllowedValues: allowed, Type } = declared;
    if (Type !== 'String' || !Array.isArray(allowed) || allowed.length === 0) return UNKNOWN;
    return { choice: allowed.map((value) => this.read(value)) };
  }

  private attribute(argument: unknown): Json {
    const [id, attribute] = attributeNamed(argument);
    if (typeof id !== 'string') return UNKNOWN;
    const name = literalText(textOf(this.read(attribute)));
    return name === undefined ? UNKNOWN : this.remembered(`${id}.${name}`, () => this.attributeValue(id, name));
  }

  private attributeValue(id: string, name: string): Json {
    const [, output] = /^Outputs\.(.+)$/.exec(name) ?? [];
    if (output !== undefined && recordOf(this.resources[id]).Type === 'AWS::CloudFormation::Stack') {
      return this.others.output(this.source, id, output);
    }
    if (recordOf(this.resources[id]).Type === 'Custom::CrossRegionExportReader') {
      return this.others.exported(this, name, 'the CDK');
    }
    return this.resourceValue(id, (resource) => attributeOf(resource, name));
  }

  private resourceValue(id: string, make: (resource: Referred) => Value): Json {
    const resource = Object.hasOwn(this.resources, id) ? this.resources[id] : undefined;
    if (!isRecord(resource)) return UNKNOWN;
    const properties = recordOf(resource.Properties);
    const property = (name: string) => {
      if (!Object.hasOwn(properties, name)) return undefined;
      const json = this.read(properties[name]);
      return 'absent' in json ? undefined : namesOf(json, { scope: this.source.name, id });
    };
    const { name: scope } = this.source;
    return { text: compact(make({ scope, id, type: String(resource.Type), environment: this.environment, property })) };
  }

  private substituted(argument: unknown): Json {
    const [text, given] = Array.isArray(argument) ? [argument[0], recordOf(argument[1])] : [argument, {}];
    if (typeof text !== 'string') return UNKNOWN;
    this.mayLookUp ||= MAY_LOOK_UP.test(text.replaceAll('${', ''));
    const values = substitutions(text).flatMap(({ literal, name }): Value => {
      if (literal !== undefined) return literal === '' ? [] : [literal];
      if (name === undefined) return ANYTHING;
      if (Object.hasOwn(given, name)) return textOf(this.read((given as Raw)[name]));
      return textOf(name.includes('.') && !name.startsWith('AWS::') ? this.attribute(name) : this.ref(name));
    });
    return { text: compact(values) };
  }

  private remembered(key: string, make: () => Json): Json {
    const known = this.references.get(key);
    if (known) return known;
    // What is asked again on the way goes round in a circle.
    this.references.set(key, UNKNOWN);
    const made = make();
    this.references.set(key, made);
    return made;
  }
}

/** A property that gives a name; where a branch leaves it out, the name is made. */
function namesOf(json: Json, thing: { readonly scope: string; readonly id: string }): Value {
  return textOf(eachBranch(json, (branch) => ('absent' in branch ? { text: [thing] } : branch)));
}
