import type { Client, Deployment } from '../definitions/model/model';
import { INTENT_KEY } from '../rules/intent';
import { printable } from '../text/quote';
import { newClient, newIntegration, paired } from './access';
import { type Diff, grownStack, type Synthesize, stackChanges } from './diff';
import type { AccessChange } from './effect';
import type { AddedPermission } from './grants';
import { merged } from './merged';
import { unnamedRemovals } from './removals';
import type { Stack } from './stack';

/**
 * What changes from what was synthesized earlier, by another version of this package perhaps: told in the words of the
 * policies, since there are no definitions to compare with.
 *
 * @param before its stacks; others than those of clients may be among them
 */
export async function diffAssembly(before: readonly Stack[], after: Deployment, synthesize: Synthesize): Promise<Diff> {
  const clients = new Map(after.clients.map((client) => [client.name, client]));
  const now = await synthesize(after, { clients: new Set(clients.keys()), providers: true });
  const old = before.map((stack) => ({ ...stack, template: withoutMetadata(stack.template) }));
  const access = paired(merged(before), merged(now)).flatMap(([was, is]) =>
    accessOf(was, is, clients.get((is ?? was)?.client ?? '')),
  );
  const templates = new Map(merged(before).map(({ client, template }) => [client, template]));
  const stacks = await stackChanges(
    old,
    now.map((stack) => ({ ...stack, template: withoutMetadata(stack.template) })),
    (client) => unnamedRemovals(templates.get(client) ?? { Resources: {} }, clients.get(client ?? '')),
  );
  return { access, stacks };
}

/** Where a construct stands in its app is no part of what is deployed. */
function withoutMetadata(template: Stack['template']): Stack['template'] {
  const resources = Object.entries(template.Resources)
    .filter(([, { Type }]) => Type !== 'AWS::CDK::Metadata')
    .map(([id, resource]) => [id, { ...resource, Metadata: undefined }]);
  return { ...template, Resources: Object.fromEntries(resources) };
}

function accessOf(was: Stack | undefined, is: Stack | undefined, client: Client | undefined): AccessChange[] {
  if (!was) return client ? newClient(client) : [];
  const name = (is ?? was).client;
  if (name === undefined) return [];
  const file = client?.file ?? `${name}/client.yaml`;
  const gone = (integration?: string): AccessChange => ({
    sign: '-',
    client: name,
    integration,
    text: 'removed; its access ends with the deployment',
    effect: 'narrowing',
    file: fileOf(integration) ?? file,
  });
  const had = integrationsOf(was);
  if (!is || !client) return [{ ...gone(), effect: 'neutral', text: 'removed; its buckets stay' }, ...had.map(gone)];
  const has = integrationsOf(is);
  const added = client.integrations.filter((integration) => !had.includes(integration.name));
  const both = ({ integration }: AddedPermission) =>
    integration === undefined || (had.includes(integration) && has.includes(integration));
  const told = (sign: '+' | '-', { integration, text }: AddedPermission): AccessChange => ({
    sign,
    client: name,
    integration,
    text: printable(sign === '+' ? text : `removed: ${text}`),
    effect: sign === '+' ? 'widening' : 'narrowing',
    file: fileOf(integration) ?? file,
  });
  return [
    ...grownStack(was, is)
      .filter(both)
      .map((each) => told('+', each)),
    ...grownStack(is, was)
      .filter(both)
      .map((each) => told('-', each)),
    ...added.map((integration) => newIntegration(client, integration)),
    ...had.filter((integration) => !has.includes(integration)).map(gone),
  ];
}

/** The integrations that a template notes. */
function integrationsOf({ template }: Stack): string[] {
  const { Metadata = {} } = template as { Metadata?: Readonly<Record<string, unknown>> };
  return Object.keys(Metadata).flatMap((key) => (key.startsWith(INTENT_KEY) ? [key.slice(INTENT_KEY.length)] : []));
}

function fileOf(integration: string | undefined): string | undefined {
  return integration === undefined ? undefined : `${integration.replace('_', '/')}.yaml`;
}
