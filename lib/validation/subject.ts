import {
  type IPolicyValidationContext,
  type IPolicyValidationPlugin,
  NestedStack,
  type PolicyValidationStack,
  Stack,
  Validations,
} from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { readRegular } from '../files/bounded';
import { digest } from './pass-cache';

/** A stack with everything about it that a validation can depend on. */
export interface Subject {
  readonly stack: Stack;
  readonly template: PolicyValidationStack;
  /** The same for the same template, environment and acknowledgements; none where they are not all known. */
  readonly key?: string;
}

/** The stacks whose templates are to be validated: read once for all plugins of a synth. */
export class Subjects {
  private last: { readonly templates: string; readonly all: readonly Subject[] } | undefined;
  private readonly asked = new Set<IPolicyValidationPlugin>();

  /** @param asker asks once in a synth: when it asks again, it is another */
  of(context: IPolicyValidationContext, asker: IPolicyValidationPlugin): readonly Subject[] {
    const templates = JSON.stringify(context.stackTemplates);
    if (this.last?.templates !== templates || this.asked.has(asker)) {
      this.last = { templates, all: read(context) };
      this.asked.clear();
    }
    this.asked.add(asker);
    return this.last.all;
  }
}

function read(context: IPolicyValidationContext): Subject[] {
  // The CDK hands its plugins the app, and the type does not say so.
  const { appConstruct, stackTemplates } = context as IPolicyValidationContext & { readonly appConstruct: IConstruct };
  const constructs = appConstruct.node.findAll();
  const stacks = new Map(constructs.flatMap((each) => (Stack.isStack(each) ? [[each.node.path, each]] : [])));
  return stackTemplates.flatMap((template) => {
    const stack = stacks.get(template.stackConstructPath);
    return stack ? [{ stack, template, key: keyOf(stack, template) }] : [];
  });
}

/** Many times what CloudFormation takes. */
const MOST_BYTES = 64 * 2 ** 20;

function keyOf(stack: Stack, { templatePath, accountId, region }: PolicyValidationStack): string | undefined {
  const constructs = stack.node.findAll();
  // The template of a nested stack is another file.
  if (constructs.some((each) => NestedStack.isNestedStack(each))) return undefined;
  const around = [...stack.node.scopes.slice(0, -1), ...constructs];
  return digest(
    stack.node.path,
    accountId ?? '',
    region ?? '',
    JSON.stringify(around.flatMap(acknowledgements)),
    readRegular(templatePath, MOST_BYTES),
  );
}

function acknowledgements({ node }: IConstruct): unknown[] {
  return node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .map(({ data }) => [node.path, data]);
}

/** What is left out is never left out in silence. */
export function rememberedLine(name: string, remembered: number, all: number): string {
  return `${name}: ${remembered} of ${all} templates are unchanged since they passed`;
}
