import { App, type Stack as CdkStack } from 'aws-cdk-lib/core';
import { clientStacks } from '../../lib/app/client-stack';
import { type FlatTemplate, flatTemplate } from '../../lib/changes/flat-template';
import { merged } from '../../lib/changes/merged';
import type { Stack } from '../../lib/changes/stack';
import type { Client } from '../../lib/definitions/model/model';

/**
 * A client's templates as one, without a cloud assembly around it, into which most of the time would go, and without
 * tags.
 */
export function quickTemplate(client: Client): FlatTemplate {
  const stacks = quickTemplates(client).map(({ name, template }) => ({ name, client: client.name, template }));
  return flatTemplate({ ...(merged(stacks as unknown as Stack[])[0]?.template ?? {}) });
}

/** The templates of a client's stacks in the same way, by what `cdk deploy` knows them by. */
export function quickTemplates(client: Client): { name: string; template: Record<string, unknown> }[] {
  const stacks = clientStacks(new App({ analyticsReporting: false }), client, {});
  return stacks.map((stack) => ({ name: stack.node.id, template: templateOf(stack) }));
}

function templateOf(stack: CdkStack): Record<string, unknown> {
  return stack.resolve((stack as unknown as { _toCloudFormation(): unknown })._toCloudFormation());
}
