import { dirname, join } from 'node:path';
import { type IPolicyValidationContext, NestedStack, type Stack } from 'aws-cdk-lib/core';
import { readRegular } from '../files/bounded';
import type { TemplateSource } from '../templates';

/** Many times what CloudFormation takes. */
const MOST_BYTES = 64 * 2 ** 20;

/** A template of the app, and the file that it was read from. */
export interface TemplateFile extends TemplateSource {
  readonly path: string;
  readonly stack: Stack;
}

/** The templates of the stacks that are validated, and of the stacks nested in them, which the context leaves out. */
export function templateFiles(
  all: readonly Stack[],
  { stackTemplates }: Pick<IPolicyValidationContext, 'stackTemplates'>,
): readonly TemplateFile[] {
  const stacks = new Map(all.map((stack) => [stack.node.path, stack]));
  const files = stackTemplates.flatMap(
    ({ stackConstructPath: name, templatePath, accountId, region }): TemplateFile[] => {
      const stack = stacks.get(name);
      if (!stack) return [];
      const where = {
        ...(/^\d{12}$/.test(accountId ?? '') && { account: accountId }),
        ...(region !== undefined && !region.startsWith('unknown-') && { region }),
      };
      return [{ name, ...where, stackName: stack.stackName, ...read(templatePath), stack }];
    },
  );
  const folders = new Map(files.map(({ name, path }) => [name, dirname(path)]));
  return [...files, ...[...stacks.values()].flatMap((stack) => nestedFile(stack, folders))];
}

/** The template of a nested stack, if it is one and is in a stack that is validated. */
function nestedFile(stack: Stack, folders: ReadonlyMap<string, string>): TemplateFile[] {
  if (!NestedStack.isNestedStack(stack)) return [];
  const { nestedStackParent: parent, nestedStackResource: resource } = stack;
  let root: Stack = stack;
  while (root.nestedStackParent) root = root.nestedStackParent;
  const folder = folders.get(root.node.path);
  if (!parent || !resource || folder === undefined) return [];
  const logicalId = String(parent.resolve((resource as { readonly logicalId?: string }).logicalId));
  return [
    {
      name: stack.node.path,
      ...read(join(folder, stack.templateFile)),
      parent: { name: parent.node.path, logicalId },
      stack,
    },
  ];
}

function read(path: string): Pick<TemplateFile, 'path' | 'template'> {
  return { path, template: JSON.parse(readRegular(path, MOST_BYTES).toString()) };
}
