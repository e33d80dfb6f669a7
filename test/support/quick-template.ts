import { App, type Stack as CdkStack } from 'aws-cdk-lib/core';
import { clientStacks } from '../../lib/app/client-stack';
import { type PrintedStacks, printedStacks } from '../../lib/changes/printed-stacks';
import type { Client } from '../../lib/definitions/model/model';
import { type SynthesizedStack, section } from '../../lib/templates';

/**
 * A client's templates as one, without a cloud assembly around it, into which most of the time would go, and without
 * tags.
 */
export function quickTemplate(client: Client): PrintedStacks {
  return printedStacks([quickStack(client)]);
}

/** The same as it is synthesized. References between stacks are written only into an assembly: here they are within one. */
export function quickStack(client: Client): SynthesizedStack {
  const stacks = quickTemplates(client);
  const sections = ['Resources', 'Outputs', 'Metadata'].map((name) => [
    name,
    Object.assign({}, ...stacks.map((stack) => section(stack, name))),
  ]);
  return { name: client.name, client: client.name, template: Object.fromEntries(sections) };
}

/** The templates of a client's stacks in the same way, by what `cdk deploy` knows them by. */
export function quickTemplates(client: Client): { name: string; template: Record<string, unknown> }[] {
  const stacks = clientStacks(new App({ analyticsReporting: false }), client, {});
  return stacks.map((stack) => ({ name: stack.node.id, template: templateOf(stack) }));
}

function templateOf(stack: CdkStack): Record<string, unknown> {
  return stack.resolve((stack as unknown as { _toCloudFormation(): unknown })._toCloudFormation());
}
