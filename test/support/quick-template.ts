import { App } from 'aws-cdk-lib/core';
import { ClientStack } from '../../lib/app/client-stack';
import { type FlatTemplate, flatTemplate } from '../../lib/checks/flat-template';
import type { Client } from '../../lib/definitions/model';

/** A client's template without a cloud assembly around it, into which most of the time would go, and without tags. */
export function quickTemplate(client: Client): FlatTemplate {
  const stack = new ClientStack(new App({ analyticsReporting: false }), client, {});
  return flatTemplate(stack.resolve((stack as unknown as { _toCloudFormation(): unknown })._toCloudFormation()));
}
